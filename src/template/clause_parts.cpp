#include "template/clause_parts.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

std::string without_dot(std::string_view path) {
    return std::string(path.starts_with("./") ? path.substr(2) : path);
}

/// "Pictures/logo.png" and "rgpd" give "Pictures/logo_rgpd.png"; folders have no extension.
std::string renamed_path(const std::string& path, const std::string& suffix) {
    const auto slash = path.rfind('/');
    const auto dot = path.rfind('.');
    const bool extension = dot != std::string::npos && (slash == std::string::npos || dot > slash);
    const std::size_t at = extension ? dot : path.size();
    std::string made = path.substr(0, at) + "_";
    for (const char c : suffix)
        made += (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        c == '-' || c == '_'
                    ? c
                    : '_';
    return made + path.substr(at);
}

bool same_bytes(const odf::Part& a, const odf::Part& b) {
    return a.bytes == b.bytes || (a.bytes && b.bytes && *a.bytes == *b.bytes);
}

/// The part itself, or what lies in the folder of that name.
bool belongs_to(const std::string& part, const std::string& path) {
    return part == path || part == path + "/" || part.starts_with(path + "/");
}

/// Where an element stands at the head of office:text (ODF 1.3 part 3 §3.4); 0: it does not.
int rank(Name name) {
    static const std::vector<Name> order{Name("office:forms"),
                                         Name("text:tracked-changes"),
                                         Name("text:variable-decls"),
                                         Name("text:sequence-decls"),
                                         Name("text:user-field-decls"),
                                         Name("text:dde-connection-decls"),
                                         Name("text:alphabetical-index-auto-mark-file"),
                                         Name("table:calculation-settings"),
                                         Name("table:content-validations"),
                                         Name("table:label-ranges")};
    const auto found = std::find(order.begin(), order.end(), name);
    return found == order.end() ? 0 : static_cast<int>(found - order.begin()) + 1;
}

std::string declared_name(const Node& node) {
    const auto* element = std::get_if<ElementPtr>(&node);
    if (element == nullptr) return {};
    const std::string* name = (*element)->attribute(Name("text:name"));
    if (name == nullptr) name = (*element)->attribute(Name("form:name"));
    return name != nullptr ? *name : std::string();
}

ElementPtr element_of(const Instruction& instruction) {
    if (const auto* constant = std::get_if<Constant>(&instruction.content)) {
        const auto* element = std::get_if<ElementPtr>(&constant->node);
        return element != nullptr ? *element : nullptr;
    }
    if (const auto* container = std::get_if<Container>(&instruction.content))
        return container->element;
    return nullptr;
}

}  // namespace

odf::Document import_parts(odf::Document clause, odf::Document& into,
                           const std::string& clause_name) {
    static const Name href("xlink:href");
    if (clause.parts.empty() && clause.folders.empty()) return clause;
    std::set<std::string> wanted;
    ElementPtr* const trees[] = {&clause.body,
                                 &clause.styles,
                                 &clause.automatic_styles,
                                 &clause.styles_automatic_styles,
                                 &clause.master_styles,
                                 &clause.font_face_decls,
                                 &clause.styles_font_face_decls};
    for (ElementPtr* tree : trees)
        if (*tree)
            odf::walk(**tree, [&](const Element& each) {
                if (const std::string* to = each.attribute(href)) wanted.insert(without_dot(*to));
            });
    std::map<std::string, std::string> renamed;
    const std::string suffix = clause_name.substr(clause_name.rfind('/') + 1);
    for (const std::string& path : wanted) {
        std::vector<const odf::Part*> own;
        for (const odf::Part& part : clause.parts)
            if (belongs_to(part.path, path)) own.push_back(&part);
        if (own.empty()) continue;
        const auto clash = [&](const std::string& target) {
            bool shared = true, met = false;
            for (const odf::Part& there : into.parts) {
                if (!belongs_to(there.path, target)) continue;
                met = true;
                const std::string original = path + there.path.substr(target.size());
                shared = shared && std::any_of(own.begin(), own.end(), [&](const odf::Part* part) {
                             return part->path == original && same_bytes(*part, there);
                         });
            }
            return met && !shared;
        };
        std::string target = path;
        for (int n = 1; clash(target); ++n)
            target = renamed_path(path, suffix + (n == 1 ? "" : "_" + std::to_string(n)));
        if (target != path) renamed.emplace(path, target);
        const auto add = [&](const odf::Part& part, std::vector<odf::Part>& to) {
            odf::Part made = part;
            made.path = target + part.path.substr(path.size());
            if (std::none_of(to.begin(), to.end(),
                             [&](const odf::Part& each) { return each.path == made.path; }))
                to.push_back(std::move(made));
        };
        for (const odf::Part* part : own)
            add(*part, into.parts);
        for (const odf::Part& folder : clause.folders)
            if (belongs_to(folder.path, path)) add(folder, into.folders);
    }
    if (renamed.empty()) return clause;
    for (ElementPtr* tree : trees)
        if (*tree)
            *tree = odf::with_changes(*tree, [&](Element& each) {
                for (odf::Attribute& attribute : each.attributes) {
                    if (attribute.name != href) continue;
                    const auto to = renamed.find(without_dot(attribute.value));
                    if (to == renamed.end()) continue;
                    attribute.value = (attribute.value.starts_with("./") ? "./" : "") + to->second;
                }
            });
    return clause;
}

ElementPtr with_own_forms(const ElementPtr& text, std::set<std::string>& taken) {
    static const Name forms("office:forms"), form("form:form"), name("form:name"),
        form_id("form:id"), xml_id("xml:id"), control("draw:control"), label("form:for");
    const ElementPtr all = text ? text->child(forms) : nullptr;
    if (!all) return text;
    std::map<std::string, std::string> ids, names;
    const auto own = [&](const std::string& kind, const std::string* given,
                         std::map<std::string, std::string>& renamed) {
        if (given == nullptr || renamed.contains(*given)) return;
        std::string made = *given;
        for (int n = 2; !taken.insert(kind + made).second; ++n)
            made = *given + "_" + std::to_string(n);
        renamed[*given] = made;
    };
    odf::walk(*all, [&](const Element& each) {
        own("control ", each.attribute(form_id), ids);
        own("control ", each.attribute(xml_id), ids);
        if (each.name == form) own("form ", each.attribute(name), names);
    });
    const auto kept = [](const auto& renamed) { return renamed.first == renamed.second; };
    if (std::all_of(ids.begin(), ids.end(), kept) && std::all_of(names.begin(), names.end(), kept))
        return text;
    return odf::with_changes(text, [&](Element& each) {
        if (each.name == form)
            odf::rename_references(each, names, [](Name attribute) { return attribute == name; });
        if (each.name == control || each.name.str().starts_with("form:"))
            odf::rename_references(each, ids, [](Name attribute) {
                return attribute == form_id || attribute == xml_id || attribute == control ||
                       attribute == label;
            });
    });
}

ElementPtr without_declarations(const ElementPtr& text, std::vector<ElementPtr>& declarations) {
    std::vector<Node> kept;
    for (const Node& node : text->children) {
        const auto* child = std::get_if<ElementPtr>(&node);
        if (child != nullptr && rank((*child)->name) > 0)
            declarations.push_back(*child);
        else
            kept.push_back(node);
    }
    return kept.size() == text->children.size() ? text : odf::with_children(*text, std::move(kept));
}

void add_declarations(const std::vector<ElementPtr>& declarations, Instructions& body) {
    static const Name text("office:text");
    Container* head = nullptr;
    for (Instruction& instruction : body)
        if (auto* container = std::get_if<Container>(&instruction.content))
            if (container->element->name == text) head = container;
    if (head == nullptr) return;  // no tag, no clause
    for (const ElementPtr& declared : declarations) {
        const int own = rank(declared->name);
        auto place = head->children.begin();
        ElementPtr there;
        for (; place != head->children.end(); ++place) {
            const ElementPtr element = element_of(*place);
            const int rank_there = element ? rank(element->name) : 0;
            if (rank_there == 0 || rank_there > own) break;
            if (rank_there == own) {
                there = element;
                break;
            }
        }
        if (!there) {
            head->children.insert(place, Instruction{Constant{Node(declared), {}}});
            continue;
        }
        auto* constant = std::get_if<Constant>(&place->content);
        if (constant == nullptr) continue;  // a form that holds tags keeps its own
        std::set<std::string> names;
        std::vector<Node> children = there->children;
        for (const Node& node : children)
            names.insert(declared_name(node));
        for (const Node& node : declared->children)
            if (names.insert(declared_name(node)).second) children.push_back(node);
        constant->node = Node(odf::with_children(*there, std::move(children)));
    }
}

}  // namespace paraphe::tmpl
