#include <algorithm>
#include <cmath>

#include "layout/callout.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/property_values.hpp"
#include "layout/style_sheet.hpp"

/// Styles of drawings (ODF 1.3 part 3 §§20.89–20.170).
namespace paraphe::layout {

namespace n = names;

namespace {

TextAcross parse_across(std::string_view value) {
    if (value == "left") return TextAcross::left;
    if (value == "center") return TextAcross::center;
    if (value == "right") return TextAcross::right;
    return TextAcross::justify;
}

VerticalAlign parse_down(std::string_view value) {
    // Measured: "justify" stands in the middle.
    if (value == "middle" || value == "justify") return VerticalAlign::middle;
    if (value == "bottom") return VerticalAlign::bottom;
    return VerticalAlign::top;
}

/// What the properties say of fill and stroke, as long as more of the chain may come.
struct Paint {
    AreaProperties area;
    std::string_view stroke = "solid", dash;
    std::uint8_t stroke_alpha = 255;
    bool shadow_visible = false, shadow_blurred = false;
    std::uint8_t shadow_alpha = 255;
    ShapeShadow shadow;
};

void apply_paint(Paint& paint, ShapeStyle& style, odf::Name key, const std::string& value) {
    if (paint.area.apply(key, value)) return;
    if (key == n::draw_stroke)
        paint.stroke = value;
    else if (key == n::svg_stroke_color)
        style.stroke = parse_color(value).value_or(*style.stroke);
    else if (key == n::svg_stroke_opacity)
        paint.stroke_alpha = value.ends_with('%') ? parse_opacity(value) : paint.stroke_alpha;
    else if (key == n::svg_stroke_width)
        style.stroke_width = std::max(parse_length(value).value_or(Length()), Length());
    else if (key == n::draw_stroke_dash)
        paint.dash = value;
    else if (key == n::draw_shadow)
        paint.shadow_visible = value == "visible";
    else if (key == n::draw_shadow_offset_x)
        paint.shadow.x = parse_length(value).value_or(Length()).points();
    else if (key == n::draw_shadow_offset_y)
        paint.shadow.y = parse_length(value).value_or(Length()).points();
    else if (key == n::draw_shadow_color)
        paint.shadow.color = parse_color(value).value_or(Color{});
    else if (key == n::draw_shadow_opacity)
        paint.shadow_alpha = parse_opacity(value);
    else if (key == n::loext_shadow_blur)
        paint.shadow_blurred = parse_length(value).value_or(Length()) > Length();
    else if (key == n::draw_stroke_linejoin) {
        style.miter_joins = value == "miter" || value == "middle" || value == "inherit";
        style.bevel_joins = value == "bevel" || value == "none";
    } else if (key == n::svg_stroke_linecap) {
        style.round_caps = value == "round";
        style.square_caps = value == "square";
    }
}

void apply_text_area(ShapeStyle& style, odf::Name key, const std::string& value) {
    if (key == n::draw_textarea_horizontal_align)
        style.across = parse_across(value);
    else if (key == n::draw_textarea_vertical_align)
        style.down = parse_down(value);
    else if (key == n::draw_auto_grow_height)
        style.grow_height = value == "true";
    else if (key == n::fo_wrap_option)
        style.wrap = value == "wrap";
}

/// Measured: where the default style says nothing, Writer 7.4 takes the colours that the program
/// had which wrote the file.
void apply_old_colors(ShapeStyle& style, std::string_view generator) {
    constexpr std::string_view build = "OpenOffice.org_project/";
    const auto at = generator.find(build);
    const char version = at == std::string_view::npos || at + build.size() >= generator.size()
                             ? '0'
                             : generator[at + build.size()];
    if (version == '3' || generator.starts_with("LibreOffice/3")) {
        style.fill = Color{0x99, 0xCC, 0xFF, 255};
        style.stroke = Color{};
    } else if (version == '4') {
        style.fill = Color{0xCF, 0xE7, 0xF5, 255};
        style.stroke = Color{0x80, 0x80, 0x80, 255};
    }
}

}  // namespace

const ShapeStyle* StyleSheet::shape(std::string_view name) {
    return cached<ShapeStyle>(shapes_, name, [&](ShapeStyle& style) {
        Paint paint;
        BoxStyle box;
        bool fit = true;  // a caption's line to what it points at
        const auto marker = [&](const std::string& value) {
            const auto found = markers_.find(value);
            return found == markers_.end() ? nullptr : found->second;
        };
        for (const odf::Element* element : chain("graphic", name)) {
            const auto* properties = child_of(*element, n::style_graphic_properties);
            if (properties == nullptr) continue;
            if (element->name == n::style_default_style) {
                apply_old_colors(style, generator_);
                style.wrap = true;  // measured: where it does not say otherwise
            }
            apply_box(box, *properties);
            for (const auto& [key, value] : properties->attributes) {
                apply_paint(paint, style, key, value);
                apply_text_area(style, key, value);
                apply_callout(style, key, value);
                if (key == n::draw_caption_fit_line_length) fit = value == "true";
                if (key == n::draw_marker_start)
                    style.start.marker = marker(value);
                else if (key == n::draw_marker_end)
                    style.end.marker = marker(value);
                else if (key == n::draw_marker_start_width)
                    style.start.width = parse_length(value).value_or(style.start.width);
                else if (key == n::draw_marker_end_width)
                    style.end.width = parse_length(value).value_or(style.end.width);
                else if (key == n::draw_marker_start_center)
                    style.start.centered = value == "true";
                else if (key == n::draw_marker_end_center)
                    style.end.centered = value == "true";
            }
        }
        style.padding = box.padding;
        if (fit) style.caption.line_length.reset();
        if (paint.area.fill.empty()) paint.area.fill = "solid";
        if (paint.area.color) style.fill = paint.area.color;
        style.fill->alpha = paint.area.alpha;
        style.stroke->alpha = paint.stroke_alpha;
        style.area = area(paint.area);
        if (const std::string lost = paint.area.beyond_color(); !lost.empty() && !style.area)
            style.missing.push_back(lost);
        if (!paint.area.opacity.empty() && (style.area || paint.area.has_color()))
            style.missing.emplace_back("sa transparence qui varie");
        if (!paint.area.has_color() || paint.area.alpha == 0) style.fill.reset();
        if (paint.shadow_visible && paint.shadow_alpha > 0) {
            paint.shadow.color.alpha = paint.shadow_alpha;
            style.shadow = paint.shadow;
            if (paint.shadow_blurred) style.missing.emplace_back("le flou de son ombre");
        }
        if (paint.stroke == "none" || paint.stroke_alpha == 0) style.stroke.reset();
        if (paint.stroke == "dash")
            if (const auto found = dashes_.find(paint.dash); found != dashes_.end())
                style.dash = found->second;
    });
}

}  // namespace paraphe::layout
