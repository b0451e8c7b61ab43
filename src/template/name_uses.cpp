#include "template/name_uses.hpp"

#include <algorithm>
#include <initializer_list>
#include <unordered_map>
#include <utility>

#include "base/percent.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Name;

using Lookup = std::unordered_map<const std::string*, Use>;

Lookup lookup(std::initializer_list<std::pair<const char*, Use>> all) {
    Lookup out;
    for (const auto& [name, use] : all)
        out.emplace(&Name(name).str(), use);
    return out;
}

/// What an attribute means on any element.
const Lookup& by_attribute() {
    using Role = Use::Role;
    static const Lookup all = lookup({
        {"xml:id", {Role::definition, Space::id}},
        {"text:id", {Role::definition, Space::id}},
        {"form:id", {Role::definition, Space::id}},
        {"draw:id", {Role::definition, Space::id}},
        {"draw:name", {Role::definition, Space::shape}},
        {"text:change-id", {Role::reference, Space::id}},
        {"draw:control", {Role::control, Space::id}},
        {"draw:start-shape", {Role::reference, Space::id}},
        {"draw:end-shape", {Role::reference, Space::id}},
        {"draw:caption-id", {Role::reference, Space::id}},
        {"draw:chain-next-name", {Role::reference, Space::shape}},
        {"xlink:href", {Role::href, Space::bookmark}},
        {"table:formula", {Role::formula, Space::table}},
        {"text:formula", {Role::formula, Space::table}},
    });
    return all;
}

/// What text:name, text:ref-name, table:name and office:name mean, by element.
const Lookup& by_element() {
    using Role = Use::Role;
    static const Lookup all = lookup({
        {"table:table", {Role::definition, Space::table}},
        {"text:section", {Role::definition, Space::section}},
        {"text:table-of-content", {Role::definition, Space::section}},
        {"text:illustration-index", {Role::definition, Space::section}},
        {"text:table-index", {Role::definition, Space::section}},
        {"text:object-index", {Role::definition, Space::section}},
        {"text:user-index", {Role::definition, Space::section}},
        {"text:alphabetical-index", {Role::definition, Space::section}},
        {"text:bibliography", {Role::definition, Space::section}},
        {"text:index-title", {Role::definition, Space::section}},
        {"text:bookmark", {Role::definition, Space::bookmark}},
        {"text:bookmark-start", {Role::start, Space::bookmark}},
        {"text:bookmark-end", {Role::end, Space::bookmark}},
        {"text:reference-mark", {Role::definition, Space::reference}},
        {"text:reference-mark-start", {Role::start, Space::reference}},
        {"text:reference-mark-end", {Role::end, Space::reference}},
        {"office:annotation", {Role::start, Space::annotation}},
        {"office:annotation-end", {Role::end, Space::annotation}},
        {"text:sequence", {Role::definition, Space::sequence}},
        {"text:bookmark-ref", {Role::reference, Space::bookmark}},
        {"text:reference-ref", {Role::reference, Space::reference}},
        {"text:sequence-ref", {Role::reference, Space::sequence}},
        {"text:note-ref", {Role::reference, Space::id}},
    });
    return all;
}

/// Index marks over a passage share one text:id.
const Lookup& index_marks() {
    using Role = Use::Role;
    static const Lookup all = lookup({
        {"text:alphabetical-index-mark-start", {Role::start, Space::id}},
        {"text:alphabetical-index-mark-end", {Role::end, Space::id}},
        {"text:toc-mark-start", {Role::start, Space::id}},
        {"text:toc-mark-end", {Role::end, Space::id}},
        {"text:user-index-mark-start", {Role::start, Space::id}},
        {"text:user-index-mark-end", {Role::end, Space::id}},
    });
    return all;
}

const Use* find(const Lookup& all, Name name) {
    const auto found = all.find(&name.str());
    return found == all.end() ? nullptr : &found->second;
}

}  // namespace

const Use* use_of(const odf::Element& element, Name attribute) {
    static const Name text_name("text:name"), ref_name("text:ref-name"), table_name("table:name"),
        office_name("office:name"), text_id("text:id"), sequence("text:sequence");
    if (attribute == text_id)
        if (const Use* mark = find(index_marks(), element.name)) return mark;
    if (const Use* use = find(by_attribute(), attribute)) return use;
    if (attribute != text_name && attribute != ref_name && attribute != table_name &&
        attribute != office_name)
        return nullptr;
    const Use* use = find(by_element(), element.name);
    if (use == nullptr) return nullptr;
    // A sequence is named by its counter and referred to by its ref-name.
    if (use->space == Space::sequence) return attribute == ref_name ? use : nullptr;
    if (use->space == Space::table) return attribute == table_name ? use : nullptr;
    if (use->space == Space::annotation) return attribute == office_name ? use : nullptr;
    return use->role == Use::Role::reference ? (attribute == ref_name ? use : nullptr)
                                             : (attribute == text_name ? use : nullptr);
}

std::string linked_name(std::string_view href, Space& space, std::size_t& end) {
    if (href.empty() || href.front() != '#') return {};
    const auto bar = href.rfind('|');
    end = bar == std::string_view::npos ? href.size() : bar;
    const std::string_view type = href.substr(std::min(href.size(), end + 1));
    if (bar == std::string_view::npos)
        space = Space::bookmark;
    else if (type == "table")
        space = Space::table;
    else if (type == "region")
        space = Space::section;
    else if (type == "frame" || type == "graphic" || type == "ole")
        space = Space::shape;
    else
        return {};
    return percent_decoded(href.substr(1, end - 1));
}

}  // namespace paraphe::tmpl
