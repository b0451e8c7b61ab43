#include "template/clause_styles.hpp"

#include <map>
#include <set>

#include "base/error.hpp"
#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;

/// What makes two styles the same style to a reference: family and name.
std::string key_of(const Element& style) {
    return style.name.str() + "|" + std::string(style.attribute_or_empty(Name("style:family"))) +
           "|" + std::string(style.attribute_or_empty(Name("style:name")));
}

std::map<std::string, ElementPtr> styles_of(std::initializer_list<ElementPtr> lists) {
    std::map<std::string, ElementPtr> out;
    for (const ElementPtr& list : lists) {
        if (!list) continue;
        for (const odf::Node& node : list->children)
            if (const auto* style = std::get_if<ElementPtr>(&node))
                if ((*style)->attribute(Name("style:name")) != nullptr)
                    out.emplace(key_of(**style), *style);
    }
    return out;
}

ElementPtr rename(const ElementPtr& element, const std::map<std::string, std::string>& names) {
    auto out = std::make_shared<Element>(*element);
    for (odf::Attribute& attribute : out->attributes) {
        const std::string& name = attribute.name.str();
        if (!name.ends_with("style-name") && name != "style:name") continue;
        if (const auto found = names.find(attribute.value); found != names.end())
            attribute.value = found->second;
    }
    for (odf::Node& node : out->children)
        if (auto* child = std::get_if<ElementPtr>(&node)) *child = rename(*child, names);
    return out;
}

ElementPtr with_added(const ElementPtr& list, const char* name, std::vector<ElementPtr> added) {
    if (added.empty()) return list;
    std::vector<odf::Node> children = list ? list->children : std::vector<odf::Node>();
    for (ElementPtr& style : added)
        children.emplace_back(std::move(style));
    return list ? odf::with_children(*list, std::move(children))
                : odf::make_element(Name(name), {}, std::move(children));
}

}  // namespace

ElementPtr import_styles(const odf::Document& clause, odf::Document& into,
                         const std::string& clause_name) {
    const ElementPtr text = clause.body->child(Name("office:text"));
    if (!text)
        throw Error(ErrorKind::malformed_input, "la clause n’est pas un texte",
                    {clause.source, 0, 0, {}});
    const auto present = styles_of({into.styles, into.automatic_styles});
    std::map<std::string, std::string> renamed;
    std::vector<std::pair<ElementPtr, bool>> added;  // style, automatic
    const std::string suffix = "_" + clause_name.substr(clause_name.rfind('/') + 1);
    const auto bring = [&](const ElementPtr& list, bool automatic) {
        for (const auto& [key, style] : styles_of({list})) {
            const auto same = present.find(key);
            if (same != present.end() && odf::markup(*same->second) == odf::markup(*style))
                continue;
            if (same != present.end()) {
                const std::string name(style->attribute_or_empty(Name("style:name")));
                renamed[name] = name + suffix;
            }
            added.emplace_back(style, automatic);
        }
    };
    bring(clause.styles, false);
    bring(clause.automatic_styles, true);
    std::vector<ElementPtr> common, automatic;
    for (auto& [style, is_automatic] : added) {
        ElementPtr made = renamed.empty() ? style : rename(style, renamed);
        (is_automatic ? automatic : common).push_back(std::move(made));
    }
    const bool flat = into.automatic_styles == into.styles_automatic_styles;
    into.styles = with_added(into.styles, "office:styles", std::move(common));
    into.automatic_styles =
        with_added(into.automatic_styles, "office:automatic-styles", std::move(automatic));
    if (flat) into.styles_automatic_styles = into.automatic_styles;
    return renamed.empty() ? text : rename(text, renamed);
}

}  // namespace paraphe::tmpl
