#include "odf/kerning.hpp"

#include <algorithm>

#include "odf/odf.hpp"

namespace paraphe::odf {
namespace {

const Name default_style("style:default-style"), family("style:family"),
    text_properties("style:text-properties"), letter_kerning("style:letter-kerning");

}  // namespace

ElementPtr styles_with_kerning_said(const Document& document) {
    const std::string meant = is_flat(document) ? "true" : "false";
    const auto said = [&](const ElementPtr& properties) {
        if (properties->name != text_properties || properties->attribute(letter_kerning))
            return properties;
        auto out = std::make_shared<Element>(*properties);
        set_attribute(*out, letter_kerning, meant);
        return ElementPtr(std::move(out));
    };
    const ElementPtr unsaid = make_element(text_properties, {{letter_kerning, meant}});
    bool found = false;
    const auto styled = [&](const ElementPtr& style) {
        if (style->name != default_style || style->attribute_or_empty(family) != "paragraph")
            return style;
        found = true;
        if (style->child(text_properties)) return with_each_child(style, said);
        std::vector<Node> children = style->children;
        children.emplace_back(unsaid);
        return with_children(*style, std::move(children));
    };
    ElementPtr out = document.styles ? document.styles : make_element(Name("office:styles"), {});
    out = with_each_child(out, styled);
    if (found) return out;
    std::vector<Node> children = out->children;
    children.emplace(children.begin(),
                     make_element(default_style, {{family, "paragraph"}}, {unsaid}));
    return with_children(*out, std::move(children));
}

}  // namespace paraphe::odf
