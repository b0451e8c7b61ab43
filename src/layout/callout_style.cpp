#include <algorithm>
#include <cmath>

#include "layout/callout.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/style_sheet.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

double points(const std::string& value) {
    return parse_length(value).value_or(Length()).points();
}

}  // namespace

void apply_callout(ShapeStyle& style, odf::Name key, const std::string& value) {
    CaptionStyle& caption = style.caption;
    MeasureStyle& measure = style.measure;
    if (key == n::draw_caption_type) {
        caption.line = value == "straight-line" ? CaptionStyle::Line::straight
                       : value == "angled-line" ? CaptionStyle::Line::angled
                                                : CaptionStyle::Line::connector;
    } else if (key == n::draw_caption_escape_direction) {
        caption.escape = value == "auto"       ? CaptionStyle::Escape::nearest
                         : value == "vertical" ? CaptionStyle::Escape::vertical
                                               : CaptionStyle::Escape::horizontal;
    } else if (key == n::draw_caption_escape) {
        caption.place.reset();
        if (const auto percent = parse_percent(value))
            caption.share = std::clamp(*percent / 100, 0.0, 1.0);
        else
            caption.place = points(value);
    } else if (key == n::draw_caption_gap) {
        caption.gap = points(value);
    } else if (key == n::draw_caption_line_length) {
        caption.line_length = points(value);
    } else if (key == n::draw_line_distance) {
        measure.distance = points(value);
    } else if (key == n::draw_guide_overhang) {
        measure.overhang = points(value);
    } else if (key == n::draw_guide_distance) {
        measure.guide_distance = points(value);
    } else if (key == n::draw_start_guide) {
        measure.start_guide = points(value);
    } else if (key == n::draw_end_guide) {
        measure.end_guide = points(value);
    } else if (key == n::draw_placing) {
        measure.below = value == "below";
    } else if (key == n::draw_measure_vertical_align) {
        measure.text_below = value == "below";
    } else if (key == n::draw_unit) {
        measure.unit = value == "automatic" ? "mm" : value;
    } else if (key == n::draw_show_unit) {
        measure.show_unit = value == "true";
    } else if (key == n::draw_decimal_places) {
        measure.decimals = std::clamp(parse_integer(value, 2), 0, 6);
    }
}

const ShapeStyle* StyleSheet::measure(std::string_view name) {
    return cached<ShapeStyle>(measures_, name, [&](ShapeStyle& style) {
        style = *shape(name);
        style.across = TextAcross::center;
        style.down = style.measure.text_below || style.measure.below ? VerticalAlign::top
                                                                     : VerticalAlign::bottom;
        style.fill.reset();
        style.area.reset();
    });
}

}  // namespace paraphe::layout
