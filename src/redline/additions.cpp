#include "redline/additions.hpp"

#include "odf/odf.hpp"

namespace paraphe::redline {

using odf::Element;
using odf::ElementPtr;
using odf::Node;

ElementPtr Additions::rebuild(const ElementPtr& element) const {
    if (const auto found = marks.find(element.get()); found != marks.end())
        return with_marks(*element, found->second,
                          [this](const ElementPtr& child) { return rebuild(child); });
    std::vector<Node> children;
    bool changed = false;
    const auto put = [&](const std::unordered_map<const Element*, std::vector<Node>>& from,
                         const Element* key) {
        const auto found = from.find(key);
        if (found == from.end()) return;
        changed = true;
        children.insert(children.end(), found->second.begin(), found->second.end());
    };
    for (const Node& node : element->children) {
        const auto* child = std::get_if<ElementPtr>(&node);
        if (child == nullptr) {
            children.push_back(node);
            continue;
        }
        put(before, child->get());
        ElementPtr made = rebuild(*child);
        changed = changed || made != *child;
        children.emplace_back(std::move(made));
        put(after, child->get());
    }
    put(inside, element.get());
    const auto style = row_styles.find(element.get());
    if (!changed && style == row_styles.end()) return element;
    const ElementPtr made = odf::with_children(*element, std::move(children));
    if (style == row_styles.end()) return made;
    auto row = std::make_shared<Element>(*made);
    odf::set_attribute(*row, odf::Name("table:style-name"), style->second);
    return row;
}

}  // namespace paraphe::redline
