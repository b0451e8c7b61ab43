#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/property_values.hpp"
#include "layout/style_sheet.hpp"

namespace paraphe::layout {

namespace n = names;

const GraphicStyle* StyleSheet::graphic(std::string_view name) {
    return cached<GraphicStyle>(graphics_, name, [&](GraphicStyle& style) {
        for (const odf::Element* element : chain("graphic", name)) {
            const auto* properties = child_of(*element, n::style_graphic_properties);
            if (properties == nullptr) continue;
            apply_box(style.box, *properties);
            apply_margins(
                {style.margin_left, style.margin_right, style.margin_top, style.margin_bottom},
                *properties);
            for (const auto& [key, value] : properties->attributes) {
                if (key == n::style_horizontal_pos)
                    style.horizontal_position = value;
                else if (key == n::style_vertical_pos)
                    style.vertical_position = value;
                else if (key == n::style_wrap)
                    style.wrap = value;
            }
        }
    });
}

}  // namespace paraphe::layout
