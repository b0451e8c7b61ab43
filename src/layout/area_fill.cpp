#include "layout/area_fill.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "layout/drawing.hpp"

namespace paraphe::layout {

namespace {

constexpr std::size_t most_bands = 128;
constexpr std::size_t points_a_band = 13;  ///< of an ellipse
constexpr double narrowest_band = 0.25;    ///< points; narrower ones nobody tells apart
constexpr std::size_t most_lines = 500;    ///< of a hatch, in each direction
constexpr std::size_t most_tiles = 1'900;
constexpr double closest_lines = 0.3;  ///< points; measured: Writer draws none closer
constexpr double edge = 0.05;          ///< points; a line on the edge is not drawn

struct Middle {
    double x = 0, y = 0;
};

struct Extent {
    double left = 0, top = 0, width = 0, height = 0;
    Middle middle() const { return {left + width / 2, top + height / 2}; }
};

Extent extent_of(const Rect& box) {
    return {box.x.points(), box.y.points(), box.width.points(), box.height.points()};
}

/// About `middle`, against the clock.
Matrix turned(Middle middle, double angle) {
    const double cos = std::cos(angle), sin = std::sin(angle);
    return {cos, -sin, sin, cos, middle.x, middle.y};
}

/// The contours of the steps of a gradient, the later inside the earlier. Measured in Writer 7.4:
/// linear and axial ones run over the box around the turned area, which also is what square and
/// rectangular ones shrink; radial and ellipsoid ones begin around the area's corners.
class Bands {
public:
    Bands(const Gradient& gradient, const Extent& box, std::size_t most) : gradient_(gradient) {
        const double cos = std::abs(std::cos(gradient.angle)),
                     sin = std::abs(std::sin(gradient.angle));
        half_width_ = (box.width * cos + box.height * sin) / 2;
        half_height_ = (box.height * cos + box.width * sin) / 2;
        Middle middle = box.middle();
        if (!straight())
            middle = {box.left + box.width * gradient.x, box.top + box.height * gradient.y};
        if (gradient.kind == Gradient::Kind::radial) {
            half_width_ = half_height_ = std::hypot(box.width, box.height) / 2;
        } else if (gradient.kind == Gradient::Kind::ellipsoid) {
            half_width_ = box.width * std::numbers::sqrt2 / 2;
            half_height_ = box.height * std::numbers::sqrt2 / 2;
        }
        to_page_ = turned(middle, gradient.angle);
        const double inner = 1 - gradient.border;
        const double way =
            straight() ? half_height_ * (axial() ? 1 : 2) : std::min(half_width_, half_height_);
        count_ = gradient.steps > 0 ? gradient.steps : difference();
        count_ =
            std::min(count_, static_cast<int>(std::clamp(way * inner / narrowest_band, 2.0, 1e4)));
        count_ = std::clamp(count_, 2, static_cast<int>(most));
    }

    int count() const { return count_; }

    /// Of the step `i`, from the outside.
    Color color(int i) const {
        if (axial()) i = count_ - 1 - i;
        const double share = straight()        ? static_cast<double>(i) / (count_ - 1)
                             : i == count_ - 1 ? 1
                                               : static_cast<double>(i) / count_;
        const auto mixed = [&](std::uint8_t from, std::uint8_t to) {
            return static_cast<std::uint8_t>(std::lround(from + (to - from) * share));
        };
        return {mixed(gradient_.start.red, gradient_.end.red),
                mixed(gradient_.start.green, gradient_.end.green),
                mixed(gradient_.start.blue, gradient_.end.blue),
                mixed(gradient_.start.alpha, gradient_.end.alpha)};
    }

    /// Adds what the steps from `i` (above 0) on cover.
    void append(int i, DrawnPath& out) const {
        const double inner = 1 - gradient_.border, done = static_cast<double>(i) / count_;
        // Wide enough for whatever lies in the area.
        const double all = half_width_ * 2 + 1;
        double left = -half_width_ * inner, top = -half_height_ * inner;
        switch (gradient_.kind) {
            case Gradient::Kind::linear:
                top = -half_height_ + 2 * half_height_ * (gradient_.border + inner * done);
                return rectangle(-all, top, all, half_height_ + 1, out);
            case Gradient::Kind::axial:
                top *= 1 - done;
                return rectangle(-all, top, all, -top, out);
            case Gradient::Kind::square:
                left *= 1 - done;
                top *= 1 - done;
                return rectangle(left, top, -left, -top, out);
            default:
                break;
        }
        const double less = std::max(left, top) * done;
        left -= less;
        top -= less;
        if (gradient_.kind == Gradient::Kind::rectangular)
            return rectangle(left, top, -left, -top, out);
        DrawnPath ellipse;
        append_ellipse(0, 0, -left, -top, ellipse);
        out.verbs.insert(out.verbs.end(), ellipse.verbs.begin(), ellipse.verbs.end());
        for (const auto& [x, y] : ellipse.points)
            out.points.push_back(to_page_(x, y));
    }

private:
    bool axial() const { return gradient_.kind == Gradient::Kind::axial; }
    bool straight() const { return axial() || gradient_.kind == Gradient::Kind::linear; }

    /// Steps that can be told apart: of the colour that changes most.
    int difference() const {
        const auto& [start, end] = std::pair{gradient_.start, gradient_.end};
        return std::max({std::abs(start.red - end.red), std::abs(start.green - end.green),
                         std::abs(start.blue - end.blue), std::abs(start.alpha - end.alpha)});
    }

    void rectangle(double left, double top, double right, double bottom, DrawnPath& out) const {
        if (right <= left || bottom <= top) return;
        for (const Verb verb : {Verb::move, Verb::line, Verb::line, Verb::line, Verb::close})
            out.verbs.push_back(verb);
        out.points.push_back(to_page_(left, top));
        out.points.push_back(to_page_(right, top));
        out.points.push_back(to_page_(right, bottom));
        out.points.push_back(to_page_(left, bottom));
    }

    const Gradient& gradient_;
    double half_width_ = 0, half_height_ = 0;
    Matrix to_page_;
    int count_ = 2;
};

void add(const DrawnPath& drawn, Path& path) {
    if (drawn.points.empty()) return;
    Path inside = page_path(drawn, {}, path.mark);
    path.filling.make().paths.push_back(std::move(inside));
}

void add_gradient(const Gradient& gradient, const Extent& box, FillBudget& budget, Path& path) {
    const std::size_t most = std::min(budget.share(8 * points_a_band) / points_a_band, most_bands);
    const Bands bands(gradient, box, most);
    // What shines through must not lie twice: then each band ends where the next begins.
    const bool opaque = gradient.start.alpha == 255 && gradient.end.alpha == 255;
    if (opaque) path.fill = bands.color(0);
    for (int i = opaque ? 1 : 0; i < bands.count(); ++i) {
        DrawnPath band;
        band.fill = bands.color(i);
        band.even_odd = true;
        if (i == 0)
            append_rectangle(box.left - 1, box.top - 1, box.width + 2, box.height + 2, 0, 0, band);
        else
            bands.append(i, band);
        if (!opaque && i + 1 < bands.count()) bands.append(i + 1, band);
        budget.spend(band.points.size());
        add(band, path);
    }
}

/// Adds the part of the line through `x`, `y` in the direction `dx`, `dy` that lies in the box.
void append_line(const Extent& box, double x, double y, double dx, double dy, DrawnPath& out) {
    double from = -1e9, to = 1e9;
    const auto limit = [&](double at, double step, double least, double most) {
        if (std::abs(step) < 1e-9) {
            if (at < least + edge || at > most - edge) to = from;
            return;
        }
        const double a = (least - at) / step, b = (most - at) / step;
        from = std::max(from, std::min(a, b));
        to = std::min(to, std::max(a, b));
    };
    limit(x, dx, box.left, box.left + box.width);
    limit(y, dy, box.top, box.top + box.height);
    if (to <= from) return;
    out.verbs.insert(out.verbs.end(), {Verb::move, Verb::line});
    out.points.emplace_back(x + from * dx, y + from * dy);
    out.points.emplace_back(x + to * dx, y + to * dy);
}

/// Measured: one line of each direction goes through the upper left corner of the area.
void add_hatch(const Hatch& hatch, const Extent& box, FillBudget& budget, Path& path) {
    DrawnPath lines;
    lines.stroke = hatch.color;
    lines.stroke_width = hairline;
    const double farthest = std::hypot(box.width, box.height);
    const auto directions = static_cast<std::size_t>(hatch.directions);
    const std::size_t most = std::min(budget.share(40 * directions) / (2 * directions), most_lines);
    const double distance =
        std::max({hatch.distance, closest_lines, farthest / static_cast<double>(most)});
    constexpr double right = std::numbers::pi / 2;
    for (const double more : {0.0, right, right / 2}) {
        if ((more != 0 && hatch.directions < 2) || (more == right / 2 && hatch.directions < 3))
            break;
        const double angle = hatch.angle + more;
        const double dx = std::cos(angle), dy = -std::sin(angle);
        const int count = static_cast<int>(farthest / distance);
        for (int i = -count; i <= count; ++i)
            append_line(box, box.left - dy * distance * i, box.top + dx * distance * i, dx, dy,
                        lines);
    }
    budget.spend(lines.points.size());
    add(lines, path);
}

/// Measured: the reference point of the area meets that of the first tile, the middle of both where
/// nothing is said.
void add_tiles(const ImageFill& fill, const Extent& box, FillBudget& budget, Path& path) {
    const auto add_one = [&](double x, double y, double width, double height) {
        const auto length = [](double points) { return Length::from_points(points); };
        budget.spend(4);
        path.filling.make().pictures.push_back(
            {fill.picture,
             {length(x), length(y), length(width), length(height)},
             path.mark,
             fill.alpha});
    };
    if (fill.repeat == ImageFill::Repeat::stretched)
        return add_one(box.left, box.top, box.width, box.height);
    const auto measured = [](const ImageFill::Measure& measure, double whole) {
        return measure.relative ? measure.length * whole : measure.length;
    };
    double width = measured(fill.width, box.width), height = measured(fill.height, box.height);
    if (!(width > 0 && height > 0 && box.width > 0 && box.height > 0)) return;
    if (fill.repeat == ImageFill::Repeat::no)
        return add_one(box.left + (box.width - width) * fill.x,
                       box.top + (box.height - height) * fill.y, width, height);
    // Of pictures like dust, larger ones. One costs as much as four points.
    const auto most = static_cast<double>(std::min(budget.share(64) / 4, most_tiles));
    while ((box.width / width + 2) * (box.height / height + 2) > most) {
        width *= 2;
        height *= 2;
    }
    const double left = box.left + (box.width - width) * fill.x + width * fill.offset_x;
    const double top = box.top + (box.height - height) * fill.y + height * fill.offset_y;
    const auto shift = [](long number, double share, double size) {
        return number % 2 == 0 ? 0 : share * size;
    };
    const auto number = [](double way, double size) {
        return static_cast<long>(std::floor(way / size));
    };
    for (long row = number(box.top - top, height) - 1;
         top + height * static_cast<double>(row) < box.top + box.height; ++row)
        for (long column = number(box.left - left, width) - 1;
             left + width * static_cast<double>(column) < box.left + box.width; ++column) {
            const double x =
                left + width * static_cast<double>(column) + shift(row, fill.row_offset, width);
            const double y =
                top + height * static_cast<double>(row) + shift(column, fill.column_offset, height);
            if (x + width > box.left && y + height > box.top && x < box.left + box.width &&
                y < box.top + box.height)
                add_one(x, y, width, height);
        }
}

}  // namespace

void fill_area(const AreaFill& fill, const Rect& box, FillBudget& budget, Path& path) {
    const Extent extent = extent_of(box);
    if (fill.gradient) add_gradient(*fill.gradient, extent, budget, path);
    if (fill.hatch) add_hatch(*fill.hatch, extent, budget, path);
    if (fill.image) add_tiles(*fill.image, extent, budget, path);
}

}  // namespace paraphe::layout
