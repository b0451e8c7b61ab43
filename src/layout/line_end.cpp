#include <algorithm>
#include <array>
#include <cmath>

#include "layout/names.hpp"
#include "layout/shape.hpp"

/// Line ends (draw:marker, ODF 1.3 part 3 §16.39.2): outlines whose tip is up.
namespace paraphe::layout {

namespace n = names;

namespace {

constexpr std::size_t most_points = 10'000;

struct MarkerOutline {
    DrawnPath path;  ///< in points; the tip at 0, 0, the body below
    double length = 0;
};

std::optional<MarkerOutline> outline_of(const LineEnd& end) {
    if (end.marker == nullptr || end.width <= Length()) return std::nullopt;
    MarkerOutline out;
    if (!append_path_data(end.marker->attribute_or_empty(n::svg_d), most_points, out.path))
        return std::nullopt;
    const auto span = extent(out.path);
    if (!span || (*span)[2] <= (*span)[0]) return std::nullopt;
    const auto [x1, y1, x2, y2] = *span;
    const double scale = end.width.points() / (x2 - x1);
    out.length = (y2 - y1) * scale;
    for (auto& [x, y] : out.path.points) {
        x = (x - (x1 + x2) / 2) * scale;
        y = (y - y1) * scale - (end.centered ? out.length / 2 : 0);
    }
    if (end.centered) out.length /= 2;
    return out;
}

/// Measured: the line goes 7 % of the width into the outline.
constexpr double overlap = 0.07;

using Place = std::pair<double, double>;

/// Where a straight piece from `end` towards `next` is `length` long; nullopt when it is shorter.
std::optional<Place> along(Place end, Place next, double length) {
    const double dx = next.first - end.first, dy = next.second - end.second;
    const double whole = std::hypot(dx, dy);
    if (whole <= length) return std::nullopt;
    return Place{end.first + dx * length / whole, end.second + dy * length / whole};
}

void add_outline(const MarkerOutline& marker, const LineEnd& end, Place tip, Place back,
                 Color color, std::vector<DrawnPath>& out) {
    // On a bent line the outline lies on the chord of its length.
    const double dx = back.first - tip.first, dy = back.second - tip.second;
    const double whole = std::hypot(dx, dy);
    if (whole == 0 || end.marker == nullptr) return;
    const double x = dx / whole, y = dy / whole;
    DrawnPath path = marker.path;
    const Matrix map{y, -x, x, y, tip.first, tip.second};
    for (auto& [px, py] : path.points)
        std::tie(px, py) = map(px, py);
    path.fill = color;
    out.push_back(std::move(path));
}

}  // namespace

void add_line_ends(const ShapeStyle& style, DrawnPath& line, std::vector<DrawnPath>& out) {
    const auto start = outline_of(style.start), end = outline_of(style.end);
    if (!start && !end) return;
    // One open piece has two ends; of several, Writer marks each: rare enough for the first's start
    // and the last's end.
    if (line.points.size() < 2) return;
    const Place first = line.points.front(), last = line.points.back();
    const Place second = line.points[1], before = line.points[line.points.size() - 2];
    const bool straight = line.points.size() == 2;
    if (start) add_outline(*start, style.start, first, second, *line.stroke, out);
    if (end) add_outline(*end, style.end, last, before, *line.stroke, out);
    const double cut_start = start ? start->length - overlap * style.start.width.points() : 0;
    const double cut_end = end ? end->length - overlap * style.end.width.points() : 0;
    if (straight &&
        std::hypot(last.first - first.first, last.second - first.second) <= cut_start + cut_end) {
        // The outlines hide the line.
        line = DrawnPath();
        return;
    }
    // A first or last piece shorter than its outline keeps its length: the outline hides it.
    if (start)
        if (const auto place = along(first, second, cut_start)) line.points.front() = *place;
    if (end)
        if (const auto place = along(last, before, cut_end)) line.points.back() = *place;
}

}  // namespace paraphe::layout
