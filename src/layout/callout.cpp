#include "layout/callout.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "layout/measure.hpp"
#include "layout/names.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

using Place = std::pair<double, double>;

double points(const odf::Element& element, odf::Name name) {
    return parse_length(element.attribute_or_empty(name)).value_or(Length()).points();
}

double distance(Place a, Place b) {
    return std::hypot(a.first - b.first, a.second - b.second);
}

/// Two points of a measure, and whether it is read from the second to the first.
struct Measured {
    Place first, second;
    bool reversed = false;
    double length() const { return distance(first, second); }
};

Measured measured(const odf::Element& element) {
    Measured out;
    out.first = {points(element, n::svg_x1), points(element, n::svg_y1)};
    out.second = {points(element, n::svg_x2), points(element, n::svg_y2)};
    const double dx = out.second.first - out.first.first;
    const double dy = out.second.second - out.first.second;
    out.reversed = dx < -0.01 || (dx < 0.01 && dy > 0);
    return out;
}

}  // namespace

DrawnPath caption_line(const odf::Element& element, const CaptionStyle& style, double width,
                       double height) {
    const Place tip{points(element, n::draw_caption_point_x),
                    points(element, n::draw_caption_point_y)};
    // Measured: of the places where it may leave the box, the nearest to what it points at.
    struct Exit {
        Place at;
        bool sideways;
        int direction;
    };
    std::vector<Exit> exits;
    if (style.escape != CaptionStyle::Escape::vertical) {
        const double y = style.place.value_or(height * style.share);
        exits.push_back({{-style.gap, y}, true, -1});
        exits.push_back({{width + style.gap, y}, true, 1});
    }
    if (style.escape != CaptionStyle::Escape::horizontal) {
        const double x = style.place.value_or(width * style.share);
        exits.push_back({{x, -style.gap}, false, -1});
        exits.push_back({{x, height + style.gap}, false, 1});
    }
    const Exit exit = *std::min_element(
        exits.begin(), exits.end(),
        [&](const Exit& a, const Exit& b) { return distance(a.at, tip) < distance(b.at, tip); });
    DrawnPath out;
    out.verbs = {Verb::move, Verb::line};
    out.points = {tip, exit.at};
    if (style.line == CaptionStyle::Line::straight) {
        // Measured: it lies along the edge of the box that is nearest to what it points at, and
        // does not reach that.
        const auto edge = [&](double at, double size) {
            return at < size / 2 ? -style.gap : size + style.gap;
        };
        if (exit.sideways) {
            const double y = edge(tip.second, height);
            out.points = {{tip.first, y}, {width / 2, y}};
        } else {
            const double x = edge(tip.first, width);
            out.points = {{x, tip.second}, {x, height / 2}};
        }
    }
    if (style.line == CaptionStyle::Line::connector) {
        const auto bend = [&](double from, double to) {
            return style.line_length ? from + exit.direction * *style.line_length : (from + to) / 2;
        };
        Place elbow = exit.at;
        if (exit.sideways)
            elbow.first = bend(exit.at.first, tip.first);
        else
            elbow.second = bend(exit.at.second, tip.second);
        out.verbs.push_back(Verb::line);
        out.points.insert(out.points.begin() + 1, elbow);
    }
    return out;
}

ShapePlace measure_place(const odf::Element& element) {
    const Measured ends = measured(element);
    const auto [from, to] =
        ends.reversed ? std::pair{ends.second, ends.first} : std::pair{ends.first, ends.second};
    ShapePlace out;
    out.width = ends.length();
    const double angle = std::atan2(to.second - from.second, to.first - from.first);
    out.matrix = {std::cos(angle), std::sin(angle), -std::sin(angle),
                  std::cos(angle), from.first,      from.second};
    return out;
}

MeasureLines measure_lines(const odf::Element& element, const MeasureStyle& style) {
    const Measured ends = measured(element);
    const double length = ends.length();
    // The line lies to the left of the way from the first point to the second.
    const double side = ends.reversed != style.below ? 1 : -1;
    MeasureLines out;
    out.text = side * style.distance;
    out.line.verbs = {Verb::move, Verb::line};
    out.line.points = {{0, out.text}, {length, out.text}};
    const double end = out.text + side * style.overhang;
    const auto guide = [&](double x, double longer) {
        out.guides.verbs.insert(out.guides.verbs.end(), {Verb::move, Verb::line});
        out.guides.points.emplace_back(x, side * (style.guide_distance - longer));
        out.guides.points.emplace_back(x, end);
    };
    guide(ends.reversed ? length : 0, style.start_guide);
    guide(ends.reversed ? 0 : length, style.end_guide);
    if (ends.reversed) std::swap(out.line.points[0], out.line.points[1]);
    return out;
}

std::string measured_value(const odf::Element& element, const MeasureStyle& style) {
    constexpr std::array units{std::pair{"mm", 25.4 / 72},  std::pair{"cm", 2.54 / 72},
                               std::pair{"m", 0.0254 / 72}, std::pair{"km", 2.54e-5 / 72},
                               std::pair{"pt", 1.0},        std::pair{"pc", 1.0 / 12},
                               std::pair{"inch", 1.0 / 72}, std::pair{"in", 1.0 / 72},
                               std::pair{"ft", 1.0 / 864},  std::pair{"mi", 1.0 / 4561920}};
    double one = units[0].second;
    for (const auto& [name, size] : units)
        if (style.unit == name) one = size;
    char digits[64];
    const auto end = std::to_chars(digits, std::end(digits), measured(element).length() * one,
                                   std::chars_format::fixed, style.decimals)
                         .ptr;
    std::string out(digits, end);
    if (const auto point = out.find('.'); point != std::string::npos) {
        // Measured: no noughts at the end.
        out.erase(out.find_last_not_of('0') + 1);
        if (out.back() == '.')
            out.pop_back();
        else
            out[point] = ',';
    }
    return out;
}

}  // namespace paraphe::layout
