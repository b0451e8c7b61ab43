#include "layout/area_style.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "layout/drawing.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/picture.hpp"
#include "layout/style_sheet.hpp"
#include "odf/picture.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

/// In radians. A number without a unit counts tenths of a degree, as Writer writes them.
double parse_angle(std::string_view text) {
    const auto value = next_number(text);
    if (!value || std::abs(*value) > 1e6) return 0;
    constexpr double degree = std::numbers::pi / 180;
    if (text.starts_with("deg")) return *value * degree;
    if (text.starts_with("grad")) return *value * degree * 0.9;
    if (text.starts_with("rad")) return *value;
    return *value * degree / 10;
}

/// "20%" as a share; at least 0, at most 1.
double parse_share(std::string_view text, double otherwise) {
    return std::clamp(parse_percent(text).value_or(otherwise * 100) / 100, 0.0, 1.0);
}

/// Of an intensity of less than 1, the colour is darker.
Color parse_intense(std::string_view color, std::string_view intensity, std::uint8_t alpha) {
    const double share = parse_share(intensity, 1);
    const Color full = parse_color(color).value_or(Color{});
    const auto part = [&](std::uint8_t value) {
        return static_cast<std::uint8_t>(std::lround(value * share));
    };
    return {part(full.red), part(full.green), part(full.blue), alpha};
}

Gradient read_gradient(const odf::Element& element, const AreaProperties& properties) {
    const auto value = [&](odf::Name name) { return element.attribute_or_empty(name); };
    Gradient out;
    const auto style = value(n::draw_style);
    out.kind = style == "axial"         ? Gradient::Kind::axial
               : style == "radial"      ? Gradient::Kind::radial
               : style == "ellipsoid"   ? Gradient::Kind::ellipsoid
               : style == "square"      ? Gradient::Kind::square
               : style == "rectangular" ? Gradient::Kind::rectangular
                                        : Gradient::Kind::linear;
    out.start =
        parse_intense(value(n::draw_start_color), value(n::draw_start_intensity), properties.alpha);
    out.end =
        parse_intense(value(n::draw_end_color), value(n::draw_end_intensity), properties.alpha);
    out.angle = parse_angle(value(n::draw_angle));
    out.border = parse_share(value(n::draw_border), 0);
    out.x = parse_share(value(n::draw_cx), 0.5);
    out.y = parse_share(value(n::draw_cy), 0.5);
    out.steps = std::max(properties.steps, 0);
    return out;
}

Hatch read_hatch(const odf::Element& element, const AreaProperties& properties) {
    Hatch out;
    const auto style = element.attribute_or_empty(n::draw_style);
    out.directions = style == "double" ? 2 : style == "triple" ? 3 : 1;
    out.color = parse_color(element.attribute_or_empty(n::draw_color)).value_or(Color{});
    out.color.alpha = properties.alpha;
    // Measured: Writer takes hundredths of a millimetre for twips.
    const auto distance = parse_exact_length(element.attribute_or_empty(n::draw_distance));
    out.distance = distance.value_or(Length()).points() * 2540 / 1440;
    out.angle = parse_angle(element.attribute_or_empty(n::draw_rotation));
    return out;
}

ImageFill read_image(std::shared_ptr<const Picture> picture, const AreaProperties& properties) {
    ImageFill out;
    out.picture = std::move(picture);
    out.alpha = properties.alpha;
    out.repeat = properties.repeat == "no-repeat" ? ImageFill::Repeat::no
                 : properties.repeat == "stretch" ? ImageFill::Repeat::stretched
                                                  : ImageFill::Repeat::tiles;
    const auto measure = [](std::string_view text) -> ImageFill::Measure {
        if (const auto percent = parse_percent(text)) return {std::max(*percent, 0.0) / 100, true};
        return {std::max(parse_length(text).value_or(Length()).points(), 0.0), false};
    };
    out.width = measure(properties.width);
    out.height = measure(properties.height);
    if (const auto facts = odf::picture_facts(*out.picture->bytes)) {
        if (out.width.length == 0) out.width = {facts->natural.width.points(), false};
        if (out.height.length == 0) out.height = {facts->natural.height.points(), false};
    }
    const std::string_view point = properties.point;
    const auto says = [&](std::string_view word) { return point.find(word) != point.npos; };
    if (says("left")) out.x = 0;
    if (says("right")) out.x = 1;
    if (says("top")) out.y = 0;
    if (says("bottom")) out.y = 1;
    out.offset_x = parse_share(properties.point_x, 0);
    out.offset_y = parse_share(properties.point_y, 0);
    std::string_view rest = properties.offset;
    const double shift = parse_share(next_word(rest), 0);
    (next_word(rest) == "vertical" ? out.column_offset : out.row_offset) = shift;
    return out;
}

}  // namespace

std::uint8_t parse_opacity(std::string_view percent) {
    const double share = std::clamp(parse_percent(percent).value_or(100), 0.0, 100.0);
    return static_cast<std::uint8_t>(std::lround(share * 255 / 100));
}

bool AreaProperties::apply(odf::Name key, const std::string& value) {
    if (key == n::draw_fill)
        fill = value;
    else if (key == n::draw_fill_color)
        color = parse_color(value);
    else if (key == n::draw_opacity)
        alpha = parse_opacity(value);
    else if (key == n::draw_opacity_name)
        opacity = value;
    else if (key == n::draw_fill_gradient_name)
        gradient = value;
    else if (key == n::draw_fill_hatch_name)
        hatch = value;
    else if (key == n::draw_fill_image_name)
        image = value;
    else if (key == n::draw_fill_hatch_solid)
        hatch_solid = value == "true";
    else if (key == n::draw_gradient_step_count)
        steps = parse_integer(value, 0);
    else if (key == n::style_repeat)
        repeat = value;
    else if (key == n::draw_fill_image_width)
        width = value;
    else if (key == n::draw_fill_image_height)
        height = value;
    else if (key == n::draw_fill_image_ref_point)
        point = value;
    else if (key == n::draw_fill_image_ref_point_x)
        point_x = value;
    else if (key == n::draw_fill_image_ref_point_y)
        point_y = value;
    else if (key == n::draw_tile_repeat_offset)
        offset = value;
    else
        return false;
    return true;
}

std::string AreaProperties::beyond_color() const {
    if (alpha == 0) return {};
    return fill == "gradient" ? "son dégradé"
           : fill == "hatch"  ? "ses hachures"
           : fill == "bitmap" ? "son image de fond"
                              : "";
}

std::shared_ptr<const AreaFill> StyleSheet::area(const AreaProperties& properties) const {
    if (properties.alpha == 0) return nullptr;
    const auto find = [](const auto& named, std::string_view name) -> const odf::Element* {
        const auto found = named.find(name);
        return found == named.end() ? nullptr : found->second;
    };
    AreaFill out;
    if (properties.fill == "gradient") {
        const auto* gradient = find(gradients_, properties.gradient);
        if (gradient == nullptr) return nullptr;
        out.gradient = read_gradient(*gradient, properties);
    } else if (properties.fill == "hatch") {
        const auto* hatch = find(hatches_, properties.hatch);
        if (hatch == nullptr) return nullptr;
        out.hatch = read_hatch(*hatch, properties);
    } else if (properties.fill == "bitmap") {
        const auto* image = find(fill_images_, properties.image);
        auto picture = image ? read_picture(document_, *image) : nullptr;
        if (!picture || picture->drawing) return nullptr;
        out.image = read_image(std::move(picture), properties);
    } else {
        return nullptr;
    }
    return std::make_shared<const AreaFill>(std::move(out));
}

std::vector<std::string> StyleSheet::fill_box(BoxStyle& box,
                                              const AreaProperties& properties) const {
    std::vector<std::string> missing;
    if (properties.fill.empty() || properties.fill == "none") return missing;
    box.area = area(properties);
    box.background.reset();
    if (properties.has_color()) {
        box.background = properties.color;
        if (box.background) box.background->alpha = properties.alpha;
        if (properties.alpha == 0) box.background.reset();
    }
    if (std::string lost = properties.beyond_color(); !lost.empty() && !box.area)
        missing.push_back(std::move(lost));
    if (!properties.opacity.empty()) missing.emplace_back("sa transparence qui varie");
    return missing;
}

void StyleSheet::fill_and_warn(BoxStyle& box, const AreaProperties& properties,
                               const odf::Element* at) {
    for (const std::string& each : fill_box(box, properties))
        warnings_.add("P0425", "un fond est composé sans " + each, at,
                      "choisissez une couleur unie, ou insérez l’image de nouveau");
}

}  // namespace paraphe::layout
