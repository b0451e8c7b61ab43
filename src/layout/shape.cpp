#include "layout/shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "layout/callout.hpp"
#include "layout/enhanced_geometry.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

constexpr std::size_t most_points = 100'000;
/// Writer's numbers without a unit: hundredths of a millimetre.
constexpr double hundredth = 72 / 2540.0;

double points(const odf::Element& element, odf::Name name) {
    const auto length = parse_length(element.attribute_or_empty(name));
    return length ? length->points() : 0;
}

bool is_line(const odf::Element& element) {
    return element.name == n::draw_line || element.name == n::draw_connector;
}
bool has_points(const odf::Element& element) {
    return element.name == n::draw_polyline || element.name == n::draw_polygon ||
           element.name == n::draw_path;
}

/// draw:points or svg:d in the units of svg:viewBox.
DrawnPath written_path(const odf::Element& element, bool& sound) {
    DrawnPath out;
    out.even_odd = true;
    if (element.name == n::draw_path) {
        sound = append_path_data(element.attribute_or_empty(n::svg_d), most_points, out);
        return out;
    }
    std::string_view list = element.attribute_or_empty(n::draw_points);
    while (const auto x = next_number(list)) {
        const auto y = next_number(list);
        if (!y || out.points.size() > most_points) break;
        out.verbs.push_back(out.verbs.empty() ? Verb::move : Verb::line);
        out.points.emplace_back(*x, *y);
    }
    if (element.name == n::draw_polygon && !out.verbs.empty()) out.verbs.push_back(Verb::close);
    return out;
}

/// From the view box to a shape of the written size. Measured: Writer puts the corner of what the
/// points span, not that of the box, at svg:x, svg:y.
Matrix view(const odf::Element& element, const std::array<double, 4>& span) {
    const auto v = read_view_box(element.attribute_or_empty(n::svg_view_box))
                       .value_or(std::array<double, 4>{});
    const auto scale = [](double length, double units) {
        return units > 0 && length > 0 ? length / units : 1;
    };
    const double sx = scale(points(element, n::svg_width), v[2]),
                 sy = scale(points(element, n::svg_height), v[3]);
    return {sx, 0, 0, sy, -span[0] * sx, -span[1] * sy};
}

/// Of a line or connector, whose own coordinates begin at its first point.
std::array<double, 2> run(const odf::Element& element) {
    return {points(element, n::svg_x2) - points(element, n::svg_x1),
            points(element, n::svg_y2) - points(element, n::svg_y1)};
}

/// From the connector's first point.
DrawnPath connector_path(const odf::Element& element) {
    DrawnPath out;
    const auto data = element.attribute_or_empty(n::svg_d);
    if (!data.empty() && append_path_data(data, most_points, out) && !out.points.empty()) {
        const auto [x0, y0] = out.points.front();
        for (auto& [x, y] : out.points) {
            x = (x - x0) * hundredth;
            y = (y - y0) * hundredth;
        }
        return out;
    }
    out = DrawnPath();
    const auto [dx, dy] = run(element);
    const auto type = element.attribute_or_empty(n::draw_type);
    if (type == "line") {
        out.verbs = {Verb::move, Verb::line};
        out.points = {{0, 0}, {dx, dy}};
    } else if (type == "curve") {
        out.verbs = {Verb::move, Verb::curve};
        out.points = {{0, 0}, {dx / 2, 0}, {dx / 2, dy}, {dx, dy}};
    } else {
        out.verbs = {Verb::move, Verb::line, Verb::line, Verb::line};
        out.points = {{0, 0}, {dx / 2, 0}, {dx / 2, dy}, {dx, dy}};
    }
    return out;
}

void append_ellipse_part(const odf::Element& element, double width, double height, DrawnPath& out) {
    const auto kind = element.attribute_or_empty(n::draw_kind);
    const double rx = width / 2, ry = height / 2;
    if (kind.empty() || kind == "full") {
        append_ellipse(rx, ry, rx, ry, out);
        return;
    }
    const auto angle = [&](odf::Name name) {
        std::string_view text = element.attribute_or_empty(name);
        return next_number(text).value_or(0);
    };
    // Written against the clock from the right.
    const double start = angle(n::draw_start_angle), end = angle(n::draw_end_angle);
    double sweep = std::fmod(end - start, 360);
    if (sweep <= 0) sweep += 360;
    constexpr double degree = std::numbers::pi / 180;
    if (kind == "section") {
        out.verbs.push_back(Verb::move);
        out.points.emplace_back(rx, ry);
    }
    out.verbs.push_back(kind == "section" ? Verb::line : Verb::move);
    out.points.emplace_back(rx + rx * std::cos(start * degree), ry - ry * std::sin(start * degree));
    append_sweep({rx, 0, 0, ry, rx, ry}, -start * degree, -sweep * degree, out);
    if (kind != "arc") out.verbs.push_back(Verb::close);
}

bool closed(const DrawnPath& path) {
    return std::find(path.verbs.begin(), path.verbs.end(), Verb::close) != path.verbs.end();
}

/// Lengths of draw:stroke-dash, on and off.
std::vector<double> dashes(const odf::Element& dash, double width) {
    // Measured: Writer takes the dashes of a hairline for those of a line of 1.35 pt, and an
    // absolute length 1.76 times (hundredths of a millimetre for twips).
    if (width <= 0) width = 1.35;
    const auto length = [&](odf::Name name) {
        const auto value = dash.attribute_or_empty(name);
        if (const auto percent = parse_percent(value)) return *percent * width / 100;
        const auto absolute = parse_length(value);
        return absolute ? absolute->points() * 2540 / 1440 : width;
    };
    const double gap = length(n::draw_distance);
    std::vector<double> out;
    const auto dots = [&](odf::Name count, odf::Name size) {
        const int number = std::clamp(parse_integer(dash.attribute_or_empty(count), 0), 0, 20);
        for (int i = 0; i < number; ++i) {
            out.push_back(std::max(length(size), 0.05));
            out.push_back(std::max(gap, 0.05));
        }
    };
    dots(n::draw_dots1, n::draw_dots1_length);
    dots(n::draw_dots2, n::draw_dots2_length);
    return out;
}

/// Gives the outline its paint and adds it, line ends too.
void paint(const ShapeStyle& style, DrawnPath outline, bool fill, bool stroke,
           std::vector<DrawnPath>& out) {
    if (fill) {
        outline.fill = style.fill;
        outline.area = style.area != nullptr;
    }
    if (stroke && style.stroke) {
        outline.stroke = style.stroke;
        outline.stroke_width = std::max(style.stroke_width.points(), hairline);
        if (style.dash != nullptr)
            outline.dashes = dashes(*style.dash, style.stroke_width.points());
        outline.cap = style.round_caps ? Cap::round : style.square_caps ? Cap::square : Cap::butt;
        outline.join = style.miter_joins   ? Join::miter
                       : style.bevel_joins ? Join::bevel
                                           : Join::round;
    }
    if ((!outline.fill && !outline.area && !outline.stroke) || outline.points.empty()) return;
    std::vector<DrawnPath> ends;
    if (outline.stroke && !closed(outline)) add_line_ends(style, outline, ends);
    if (!outline.points.empty()) out.push_back(std::move(outline));
    std::move(ends.begin(), ends.end(), std::back_inserter(out));
}

}  // namespace

bool is_shape(const odf::Element& element) {
    return is_line(element) || has_points(element) || element.name == n::draw_rect ||
           element.name == n::draw_circle || element.name == n::draw_ellipse ||
           element.name == n::draw_custom_shape || element.name == n::draw_frame ||
           element.name == n::draw_caption || element.name == n::draw_measure;
}

std::optional<std::array<double, 4>> extent(const DrawnPath& path) {
    std::optional<std::array<double, 4>> out;
    const auto add = [&](double x, double y) {
        if (!out) out = {x, y, x, y};
        (*out)[0] = std::min((*out)[0], x);
        (*out)[1] = std::min((*out)[1], y);
        (*out)[2] = std::max((*out)[2], x);
        (*out)[3] = std::max((*out)[3], y);
    };
    std::size_t at = 0;
    for (const Verb verb : path.verbs) {
        if (verb == Verb::close) continue;
        if (verb != Verb::curve) {
            add(path.points[at].first, path.points[at].second);
            ++at;
            continue;
        }
        const auto* p = &path.points[at - 1];
        const auto on_curve = [&](double t) {
            const double u = 1 - t;
            const double k[] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
            double x = 0, y = 0;
            for (int i = 0; i < 4; ++i) {
                x += k[i] * p[i].first;
                y += k[i] * p[i].second;
            }
            add(x, y);
        };
        // Where the curve turns back: roots of a t² + b t + c.
        const auto turns = [&](double p0, double p1, double p2, double p3) {
            const double a = p3 - 3 * p2 + 3 * p1 - p0, b = 2 * (p2 - 2 * p1 + p0), c = p1 - p0;
            double roots[2] = {-1, -1};
            if (std::abs(a) < 1e-12) {
                if (b != 0) roots[0] = -c / b;
            } else if (const double d = b * b - 4 * a * c; d >= 0) {
                roots[0] = (-b + std::sqrt(d)) / (2 * a);
                roots[1] = (-b - std::sqrt(d)) / (2 * a);
            }
            for (const double t : roots)
                if (t > 0 && t < 1) on_curve(t);
        };
        turns(p[0].first, p[1].first, p[2].first, p[3].first);
        turns(p[0].second, p[1].second, p[2].second, p[3].second);
        on_curve(1);
        at += 3;
    }
    return out;
}

std::optional<ShapePlace> shape_place(const odf::Element& element) {
    if (element.name == n::draw_measure) return measure_place(element);
    ShapePlace out;
    double x = points(element, n::svg_x), y = points(element, n::svg_y);
    out.width = std::max(points(element, n::svg_width), 0.0);
    out.height = std::max(points(element, n::svg_height), 0.0);
    if (is_line(element)) {
        x = points(element, n::svg_x1);
        y = points(element, n::svg_y1);
        const auto [dx, dy] = run(element);
        if (element.name == n::draw_line) {
            // Its own x axis runs along the line: so does its text.
            out.width = std::hypot(dx, dy);
            out.height = 0;
            const double angle = std::atan2(dy, dx);
            out.matrix = {
                std::cos(angle), std::sin(angle), -std::sin(angle), std::cos(angle), 0, 0};
        } else {
            const auto span = extent(connector_path(element)).value_or(std::array<double, 4>{});
            out.width = span[2] - span[0];
            out.height = span[3] - span[1];
            x += span[0];
            y += span[1];
        }
    } else if (has_points(element)) {
        bool sound = true;
        const auto path = written_path(element, sound);
        const auto span = extent(path);
        if (!span) return std::nullopt;
        const Matrix to_shape = view(element, *span);
        std::tie(out.width, out.height) = to_shape((*span)[2], (*span)[3]);
    } else if (element.attribute(n::svg_cx) != nullptr) {
        const double rx = points(element, element.attribute(n::svg_r) ? n::svg_r : n::svg_rx);
        const double ry = points(element, element.attribute(n::svg_r) ? n::svg_r : n::svg_ry);
        x = points(element, n::svg_cx) - rx;
        y = points(element, n::svg_cy) - ry;
        out.width = 2 * rx;
        out.height = 2 * ry;
    }
    out.matrix = Matrix{1, 0, 0, 1, x, y} * out.matrix;
    if (const std::string* written = element.attribute(n::draw_transform)) {
        const auto transform = read_draw_transform(*written);
        if (!transform) return std::nullopt;
        out.matrix = *transform * out.matrix;
    }
    if (!out.matrix.finite()) return std::nullopt;
    return out;
}

std::array<double, 4> turned_box(const Matrix& matrix, double width, double height) {
    DrawnPath corners;
    corners.verbs = {Verb::move, Verb::line, Verb::line, Verb::line};
    corners.points = {matrix(0, 0), matrix(width, 0), matrix(width, height), matrix(0, height)};
    return *extent(corners);
}

std::array<double, 4> shapes_box(const std::vector<Shape>& shapes) {
    std::array<double, 4> out{};
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const auto one = turned_box(shapes[i].matrix, shapes[i].width, shapes[i].height);
        if (i == 0) out = one;
        for (std::size_t side = 0; side < 4; ++side)
            out[side] = side < 2 ? std::min(out[side], one[side]) : std::max(out[side], one[side]);
    }
    return out;
}

ShapeDrawing draw_shape(const Shape& shape, double width, double height) {
    const odf::Element& element = *shape.element;
    const ShapeStyle& style = *shape.style;
    ShapeDrawing out;
    out.text = {0, 0, width, height};
    DrawnPath outline;
    bool fill = true;
    if (shape.picture) return out;
    if (element.name == n::draw_measure) {
        MeasureLines lines = measure_lines(element, style.measure);
        out.text = {0, lines.text, width, lines.text};
        paint(style, std::move(lines.line), false, true, out.paths);
        ShapeStyle guide = style;
        guide.start = guide.end = {};
        paint(guide, std::move(lines.guides), false, true, out.paths);
        return out;
    }
    if (element.name == n::draw_custom_shape) {
        const auto geometry = element.child(n::draw_enhanced_geometry);
        if (!geometry) {
            out.damaged = true;
            return out;
        }
        auto enhanced = read_enhanced_geometry(*geometry, width, height, style.filled(),
                                               style.stroke.has_value());
        out.damaged = enhanced.damaged;
        if (enhanced.text_area) out.text = *enhanced.text_area;
        for (auto& part : enhanced.parts)
            paint(style, std::move(part.path), part.fill, part.stroke, out.paths);
        return out;
    }
    if (element.name == n::draw_line) {
        outline.verbs = {Verb::move, Verb::line};
        outline.points = {{0, 0}, {width, 0}};
        fill = false;
    } else if (element.name == n::draw_connector) {
        outline = connector_path(element);
        const auto span = extent(outline).value_or(std::array<double, 4>{});
        for (auto& [x, y] : outline.points) {
            x -= span[0];
            y -= span[1];
        }
        fill = false;
    } else if (has_points(element)) {
        bool sound = true;
        outline = written_path(element, sound);
        out.damaged = !sound;
        if (const auto span = extent(outline)) {
            const Matrix to_shape = view(element, *span);
            for (auto& [x, y] : outline.points)
                std::tie(x, y) = to_shape(x, y);
        }
        fill = closed(outline);
    } else if (element.name == n::draw_circle || element.name == n::draw_ellipse) {
        append_ellipse_part(element, width, height, outline);
        fill = closed(outline);
    } else {
        const double radius = points(element, n::draw_corner_radius);
        append_rectangle(0, 0, width, height, radius, radius, outline);
    }
    if (element.name == n::draw_caption)
        paint(style, caption_line(element, style.caption, width, height), false, true, out.paths);
    paint(style, std::move(outline), fill, true, out.paths);
    return out;
}

}  // namespace paraphe::layout
