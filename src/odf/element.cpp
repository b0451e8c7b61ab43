#include <algorithm>
#include <mutex>
#include <unordered_set>

#include "odf/document.hpp"
#include "odf/odf.hpp"

namespace paraphe::odf {

Name::Name(std::string_view qualified) {
    // Names are few and live as long as the process; interning makes comparing them free.
    static std::mutex mutex;
    static std::unordered_set<std::string> names;
    const std::lock_guard lock(mutex);
    text_ = &*names.emplace(qualified).first;
}

const std::string* Element::attribute(Name wanted) const {
    for (const Attribute& attribute : attributes)
        if (attribute.name == wanted) return &attribute.value;
    return nullptr;
}

std::string_view Element::attribute_or_empty(Name wanted) const {
    const std::string* value = attribute(wanted);
    return value ? std::string_view(*value) : std::string_view();
}

ElementPtr Element::child(Name wanted) const {
    for (const Node& node : children)
        if (const auto* element = std::get_if<ElementPtr>(&node);
            element && (*element)->name == wanted)
            return *element;
    return nullptr;
}

ElementPtr with_children(const Element& element, std::vector<Node> children) {
    auto out = std::make_shared<Element>();
    out->name = element.name;
    out->attributes = element.attributes;
    out->provenance = element.provenance;
    out->constant = element.constant;
    out->children = std::move(children);
    return out;
}

ElementPtr with_changes(const ElementPtr& element, const std::function<void(Element&)>& change) {
    auto out = std::make_shared<Element>(*element);
    change(*out);
    for (Node& node : out->children)
        if (auto* child = std::get_if<ElementPtr>(&node)) *child = with_changes(*child, change);
    return out;
}

ElementPtr with_each_child(const ElementPtr& element,
                           const std::function<ElementPtr(const ElementPtr&)>& change) {
    std::vector<Node> children;
    bool changed = false;
    for (const Node& node : element->children) {
        const auto* child = std::get_if<ElementPtr>(&node);
        if (child == nullptr) {
            children.push_back(node);
            continue;
        }
        ElementPtr made = change(*child);
        changed = changed || made != *child;
        children.emplace_back(std::move(made));
    }
    return changed ? with_children(*element, std::move(children)) : element;
}

void rename_references(Element& element, const std::map<std::string, std::string>& names,
                       bool (*refers)(Name)) {
    for (Attribute& attribute : element.attributes) {
        if (!refers(attribute.name)) continue;
        if (const auto found = names.find(attribute.value); found != names.end())
            attribute.value = found->second;
    }
}

ElementPtr make_element(Name name, std::vector<Attribute> attributes, std::vector<Node> children,
                        ProvenancePtr provenance) {
    auto out = std::make_shared<Element>();
    out->name = name;
    out->attributes = std::move(attributes);
    out->children = std::move(children);
    out->provenance = std::move(provenance);
    return out;
}

void set_attribute(Element& element, Name name, std::string value) {
    for (Attribute& attribute : element.attributes)
        if (attribute.name == name) {
            attribute.value = std::move(value);
            return;
        }
    element.attributes.push_back({name, std::move(value)});
}

bool is_paragraph(Name name) {
    static const Name p("text:p"), h("text:h");
    return name == p || name == h;
}

std::string plain_text(const Element& element) {
    static const Name space("text:s"), count("text:c"), tab("text:tab"),
        line_break("text:line-break");
    if (element.name == tab) return "\t";
    if (element.name == line_break) return "\n";
    if (element.name == space) {
        std::size_t n = 1;
        if (const std::string* written = element.attribute(count))
            n = std::min<std::size_t>(
                static_cast<std::size_t>(std::max(1, std::atoi(written->c_str()))), 10'000);
        return std::string(n, ' ');
    }
    std::string out;
    for (const Node& node : element.children) {
        if (const auto* text = std::get_if<Text>(&node))
            out += text->text;
        else
            out += plain_text(*std::get<ElementPtr>(node));
    }
    return out;
}

void walk(const Element& element, const std::function<void(const Element&)>& visit) {
    visit(element);
    for (const Node& node : element.children)
        if (const auto* child = std::get_if<ElementPtr>(&node)) walk(**child, visit);
}

bool is_flat(const Document& document) {
    return !document.body || !document.body->provenance ||
           document.body->provenance->part == nullptr;
}

bool is_fixed(const Element& field) {
    static const Name fixed("text:fixed"), date("text:date"), time("text:time"),
        date_value("text:date-value"), time_value("text:time-value");
    if (field.attribute_or_empty(fixed) != "true") return false;
    return (field.name != date && field.name != time) || field.attribute(date_value) != nullptr ||
           field.attribute(time_value) != nullptr;
}

}  // namespace paraphe::odf
