#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/property_values.hpp"
#include "layout/style_sheet.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

WrapMode parse_wrap(std::string_view value) {
    if (value == "left") return WrapMode::left;
    if (value == "right") return WrapMode::right;
    if (value == "parallel") return WrapMode::parallel;
    if (value == "dynamic" || value == "biggest") return WrapMode::dynamic;
    if (value == "run-through") return WrapMode::through;
    return WrapMode::none;
}

/// Measured: what Writer calls "Frame".
GraphicStyle built_in_frame() {
    GraphicStyle out;
    out.horizontal_position = "center";
    out.vertical_position = "top";
    out.horizontal_relation = out.vertical_relation = "paragraph-content";
    for (Length* margin :
         {&out.margin_left, &out.margin_right, &out.margin_top, &out.margin_bottom})
        *margin = Length::from_millimetres(2.01);
    out.box.border.fill({Stroke::solid, from_twips(1), Color{0, 0, 0, 255}});
    out.box.padding.fill(Length::from_millimetres(1.5));
    return out;
}

}  // namespace

const GraphicStyle* StyleSheet::frame(std::string_view name) {
    static const GraphicStyle built_in = built_in_frame();
    return name.empty() || find("graphic", name) == nullptr ? &built_in : graphic(name);
}

const GraphicStyle* StyleSheet::graphic(std::string_view name) {
    return cached<GraphicStyle>(graphics_, name, [&](GraphicStyle& style) {
        AreaProperties area;
        for (const odf::Element* element : chain("graphic", name)) {
            const auto* properties = child_of(*element, n::style_graphic_properties);
            if (properties == nullptr) continue;
            apply_box(style.box, *properties);
            apply_margins(
                {style.margin_left, style.margin_right, style.margin_top, style.margin_bottom},
                *properties);
            // A colour takes the place of what the parents have.
            if (properties->attribute(n::fo_background_color) != nullptr) area = {};
            for (const auto& [key, value] : properties->attributes) {
                if (area.apply(key, value)) continue;
                if (key == n::style_horizontal_pos)
                    style.horizontal_position = value;
                else if (key == n::style_vertical_pos)
                    style.vertical_position = value;
                else if (key == n::style_horizontal_rel)
                    style.horizontal_relation = value;
                else if (key == n::style_vertical_rel)
                    style.vertical_relation = value;
                else if (key == n::style_wrap)
                    style.wrap = parse_wrap(value);
                else if (key == n::style_number_wrapped_paragraphs)
                    style.wraps_anchor_only = value == "1";
                else if (key == n::text_anchor_type)
                    style.anchor = value;
                else if (key == n::style_flow_with_text)
                    style.flows_with_text = flag(value);
                else if (key == n::style_run_through)
                    style.background = value == "background";
            }
        }
        if (area.fill == "none") style.box.background.reset();
        style.missing = fill_box(style.box, area);
    });
}

}  // namespace paraphe::layout
