#include "template/form_controls.hpp"

#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Attribute;
using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

/// Writer gives a control both; a shape refers to either (ODF 1.3 part 3 §19.135).
std::string id_of(const Element& element) {
    static const Name form_id("form:id"), xml_id("xml:id");
    const std::string_view id = element.attribute_or_empty(form_id);
    return std::string(id.empty() ? element.attribute_or_empty(xml_id) : id);
}

}  // namespace

void FormControls::survey(const Element& forms) {
    static const Name form_name("form:name");
    odf::walk(forms, [&](const Element& each) {
        if (const std::string id = id_of(each); !id.empty()) controls_.emplace(id, false);
        if (const std::string* name = each.attribute(form_name)) names_.emplace(*name, 1);
    });
}

std::string FormControls::shown(const std::string& id, std::size_t copy) {
    const auto control = controls_.find(id);
    if (control == controls_.end()) return id;
    if (!control->second) {
        control->second = true;
        return id;
    }
    const std::string own = fresh_(id);
    made_[id].push_back({own, copy});
    ids_in_copies_[{copy, id}] = own;
    return own;
}

ElementPtr FormControls::settled(const ElementPtr& forms) {
    return made_.empty() ? forms : with_copies(forms);
}

ElementPtr FormControls::with_copies(const ElementPtr& parent) {
    std::vector<Node> children;
    bool changed = false;
    for (const Node& node : parent->children) {
        const auto* child = std::get_if<ElementPtr>(&node);
        if (child == nullptr) {
            children.push_back(node);
            continue;
        }
        const ElementPtr inside = with_copies(*child);
        changed = changed || inside != *child;
        children.emplace_back(inside);
        const auto copies = made_.find(id_of(**child));
        if (copies == made_.end()) continue;
        changed = true;
        for (const Made& each : copies->second)
            children.emplace_back(made(*child, each));
    }
    return changed ? odf::with_children(*parent, std::move(children)) : parent;
}

ElementPtr FormControls::made(const ElementPtr& original, const Made& as) {
    static const Name form_id("form:id"), xml_id("xml:id"), form_name("form:name"),
        label("form:for");
    return odf::with_changes(original, [&](Element& each) {
        const bool is_control = each.name == original->name && id_of(each) == id_of(*original);
        const std::string old = id_of(each);
        const std::string id = old.empty() ? old : is_control ? as.id : fresh_(old);
        for (Attribute& attribute : each.attributes) {
            if (attribute.name == form_id || attribute.name == xml_id)
                attribute.value = id;
            else if (attribute.name == form_name && is_control)
                attribute.value = name_in(as.copy, attribute.value);
            else if (attribute.name == label)
                if (const auto field = ids_in_copies_.find({as.copy, attribute.value});
                    field != ids_in_copies_.end())
                    attribute.value = field->second;
        }
    });
}

std::string FormControls::name_in(std::size_t copy, const std::string& name) {
    std::string& out = names_in_copies_[{copy, name}];
    if (!out.empty() || name.empty()) return out;
    std::size_t& number = names_[name];
    do
        out = name + "_" + std::to_string(++number);
    while (!names_.emplace(out, 1).second);
    return out;
}

}  // namespace paraphe::tmpl
