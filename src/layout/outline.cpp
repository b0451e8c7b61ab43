#include <algorithm>
#include <cmath>
#include <numbers>

#include "layout/drawing.hpp"

/// Steps of paths that several kinds of drawings share, and their way to the page.
namespace paraphe::layout {
namespace {

/// Of a circle by four curves: 4/3 (√2 − 1).
constexpr double kappa = 0.5522847498307936;

/// Beyond any page; the numbers of a PDF end somewhere.
Length bounded(double points) {
    return Length::from_points(std::clamp(points, -20'000.0, 20'000.0));
}

}  // namespace

void append_rectangle(double x, double y, double width, double height, double rx, double ry,
                      DrawnPath& out) {
    if (width <= 0 || height <= 0) return;
    rx = std::clamp(rx, 0.0, width / 2);
    ry = std::clamp(ry, 0.0, height / 2);
    if (rx == 0 || ry == 0) {
        out.verbs.insert(out.verbs.end(),
                         {Verb::move, Verb::line, Verb::line, Verb::line, Verb::close});
        out.points.insert(out.points.end(),
                          {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}});
        return;
    }
    const double kx = rx * (1 - kappa), ky = ry * (1 - kappa);
    const double right = x + width, bottom = y + height;
    out.verbs.insert(out.verbs.end(),
                     {Verb::move, Verb::line, Verb::curve, Verb::line, Verb::curve, Verb::line,
                      Verb::curve, Verb::line, Verb::curve, Verb::close});
    out.points.insert(out.points.end(), {{x + rx, y},
                                         {right - rx, y},
                                         {right - kx, y},
                                         {right, y + ky},
                                         {right, y + ry},
                                         {right, bottom - ry},
                                         {right, bottom - ky},
                                         {right - kx, bottom},
                                         {right - rx, bottom},
                                         {x + rx, bottom},
                                         {x + kx, bottom},
                                         {x, bottom - ky},
                                         {x, bottom - ry},
                                         {x, y + ry},
                                         {x, y + ky},
                                         {x + kx, y},
                                         {x + rx, y}});
}

void append_ellipse(double cx, double cy, double rx, double ry, DrawnPath& out) {
    if (rx <= 0 || ry <= 0) return;
    const double kx = rx * kappa, ky = ry * kappa;
    out.verbs.insert(out.verbs.end(),
                     {Verb::move, Verb::curve, Verb::curve, Verb::curve, Verb::curve, Verb::close});
    out.points.insert(out.points.end(), {{cx + rx, cy},
                                         {cx + rx, cy + ky},
                                         {cx + kx, cy + ry},
                                         {cx, cy + ry},
                                         {cx - kx, cy + ry},
                                         {cx - rx, cy + ky},
                                         {cx - rx, cy},
                                         {cx - rx, cy - ky},
                                         {cx - kx, cy - ry},
                                         {cx, cy - ry},
                                         {cx + kx, cy - ry},
                                         {cx + rx, cy - ky},
                                         {cx + rx, cy}});
}

void append_sweep(const Matrix& circle, double start, double sweep, DrawnPath& out) {
    const int parts =
        std::max(1, static_cast<int>(std::ceil(std::abs(sweep) * 2 / std::numbers::pi - 1e-9)));
    const double step = sweep / parts;
    const double k = 4.0 / 3 * std::tan(step / 4);
    for (int i = 0; i < parts; ++i) {
        const double a = start + step * i, b = a + step;
        out.verbs.push_back(Verb::curve);
        out.points.push_back(circle(std::cos(a) - k * std::sin(a), std::sin(a) + k * std::cos(a)));
        out.points.push_back(circle(std::cos(b) + k * std::sin(b), std::sin(b) - k * std::cos(b)));
        out.points.push_back(circle(std::cos(b), std::sin(b)));
    }
}

Path page_path(const DrawnPath& drawn, const Matrix& matrix, Mark mark) {
    Path out;
    out.verbs = drawn.verbs;
    out.fill = drawn.fill;
    out.stroke = drawn.stroke;
    const double scale = matrix.scale();
    out.stroke_width = bounded(drawn.stroke_width * scale);
    for (const double dash : drawn.dashes)
        out.dashes.push_back(bounded(dash * scale));
    out.even_odd = drawn.even_odd;
    out.cap = drawn.cap;
    out.join = drawn.join;
    out.mark = mark;
    out.points.reserve(drawn.points.size());
    for (const auto& [x, y] : drawn.points) {
        const auto [px, py] = matrix(x, y);
        out.points.push_back({bounded(px), bounded(py)});
    }
    return out;
}

}  // namespace paraphe::layout
