#include "template/unique_names.hpp"

#include <map>
#include <string>

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

class Renamer {
public:
    ElementPtr unique(const ElementPtr& element) {
        std::vector<odf::Attribute> attributes = element->attributes;
        bool changed = false;
        for (odf::Attribute& attribute : attributes)
            if (kind_of(*element, attribute.name) != nullptr)
                changed = rename(*element, attribute) || changed;
        std::vector<Node> children;
        children.reserve(element->children.size());
        for (const Node& node : element->children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr) {
                children.push_back(node);
                continue;
            }
            ElementPtr made = unique(*child);
            changed = changed || made != *child;
            children.emplace_back(std::move(made));
        }
        if (!changed) return element;
        auto out = std::make_shared<Element>(*element);
        out->attributes = std::move(attributes);
        out->children = std::move(children);
        return out;
    }

private:
    static const char* kind_of(const Element& element, Name attribute) {
        static const Name xml_id("xml:id"), text_id("text:id"), table_name("table:name"),
            draw_name("draw:name"), text_name("text:name"), section("text:section"),
            bookmark("text:bookmark"), bookmark_start("text:bookmark-start"),
            bookmark_end("text:bookmark-end"), reference("text:reference-mark"),
            table("table:table");
        if (attribute == xml_id || attribute == text_id) return "id";
        if (attribute == table_name) return element.name == table ? "table" : nullptr;
        if (attribute == draw_name) return "draw";
        if (attribute != text_name) return nullptr;
        if (element.name == section) return "section";
        if (element.name == bookmark_end) return "bookmark-end";
        if (element.name == bookmark || element.name == bookmark_start) return "bookmark";
        return element.name == reference ? "reference" : nullptr;
    }

    bool rename(const Element& element, odf::Attribute& attribute) {
        const std::string kind = kind_of(element, attribute.name);
        int& times = seen_[kind + "|" + attribute.value];
        if (++times == 1) return false;
        std::string name;
        do
            name = attribute.value + "_" + std::to_string(times);
        while (seen_.count(kind + "|" + name) > 0 && ++times > 0);
        seen_[kind + "|" + name] = 1;
        attribute.value = name;
        return true;
    }

    std::map<std::string, int> seen_;
};

}  // namespace

odf::ElementPtr with_unique_names(const odf::ElementPtr& element) {
    return Renamer().unique(element);
}

}  // namespace paraphe::tmpl
