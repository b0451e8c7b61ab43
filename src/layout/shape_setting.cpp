#include <algorithm>
#include <iterator>

#include "layout/area_fill.hpp"
#include "layout/drawing.hpp"
#include "layout/lines.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/shape.hpp"

/// Drawings with their text, set at 0, 0.
namespace paraphe::layout {

namespace n = names;

namespace {

/// Measured: the lines of rect, ellipse, path and the like are broken nowhere.
bool is_frame(const odf::Element& element) {
    return element.name == n::draw_custom_shape || element.name == n::draw_frame;
}

bool wraps(const Shape& shape) {
    return is_frame(*shape.element) &&
           shape.style->wrap.value_or(shape.element->name == n::draw_frame);
}

bool grows(const Shape& shape) {
    return is_frame(*shape.element) && shape.style->grow_height.value_or(true);
}

/// Where text of that width begins in a room.
Length beginning(TextAcross across, bool frame, Length room, Length width) {
    switch (across) {
        case TextAcross::left:
            return {};
        case TextAcross::right:
            return room - width;
        case TextAcross::center:
            return (room - width) / 2;
        default:
            return frame ? (room - width) / 2 : Length();
    }
}

/// What the filled paths span together.
Rect area_box(const std::vector<DrawnPath>& paths, const Matrix& matrix) {
    DrawnPath all;
    for (const DrawnPath& path : paths) {
        if (!path.area) continue;
        all.verbs.insert(all.verbs.end(), path.verbs.begin(), path.verbs.end());
        for (const auto& [x, y] : path.points)
            all.points.push_back(matrix(x, y));
    }
    const auto span = extent(all).value_or(std::array<double, 4>{});
    const auto length = [](double points) { return Length::from_points(points); };
    return {length(span[0]), length(span[1]), length(span[2] - span[0]), length(span[3] - span[1])};
}

/// Measured: a shadow is not turned with its shape, and what shines through casts one that does; a
/// picture or a gradient casts that of its area, a hatch that of its lines.
void add_shadow(const ShapeShadow& shadow, const std::vector<Path>& paths,
                std::vector<Item>& items) {
    const auto shade = [&](std::optional<Color>& color) {
        if (!color) return;
        const int alpha = color->alpha * shadow.color.alpha / 255;
        color = shadow.color;
        color->alpha = static_cast<std::uint8_t>(alpha);
    };
    for (const Path& path : paths) {
        Item item = path;
        Path& own = std::get<Path>(item);
        if (path.filling) {
            own.filling = {};
            std::vector<Path> lines;
            std::uint8_t alpha = 0;
            for (const Path& inside : path.filling->paths) {
                if (inside.stroke) lines.push_back(inside);
                if (inside.fill) alpha = std::max(alpha, inside.fill->alpha);
            }
            for (const Image& picture : path.filling->pictures)
                alpha = std::max(alpha, picture.alpha);
            if (!own.fill && alpha > 0) own.fill = Color{0, 0, 0, alpha};
            for (Path& line : lines) {
                shade(line.stroke);
                own.filling.make().paths.push_back(std::move(line));
            }
        }
        shade(own.fill);
        shade(own.stroke);
        translate(item, {Length::from_points(shadow.x), Length::from_points(shadow.y)});
        items.push_back(std::move(item));
    }
}

void add_paths(const Shape& shape, const std::vector<DrawnPath>& drawn, const Matrix& matrix,
               FillBudget& budget, Fragment& out) {
    std::vector<Path> paths;
    const Rect box = shape.style->area ? area_box(drawn, matrix) : Rect{};
    for (const DrawnPath& path : drawn) {
        paths.push_back(page_path(path, matrix, shape.mark));
        if (path.area) fill_area(*shape.style->area, box, budget, paths.back());
    }
    if (shape.style->shadow) add_shadow(*shape.style->shadow, paths, out.items);
    std::move(paths.begin(), paths.end(), std::back_inserter(out.items));
}

}  // namespace

Fragment Typesetter::shape_text(const Shape& shape, Length room, Length& width, Length& height) {
    const bool wrapped = wraps(shape);
    const Fragment text = box_layout_(shape.blocks, wrapped ? room : endless_width, height);
    width = longest_line(text);
    if (shape.style->across == TextAcross::justify) {
        if (wrapped) width = room;
        if (!is_frame(*shape.element)) width = std::max(width, room);
    }
    // Its paragraphs are aligned to its longest line, which rounding must not break.
    return box_layout_(shape.blocks, width + from_twips(4), height);
}

Fragment Typesetter::shape(const Shape& shape, std::array<double, 4>& box) {
    const ShapeStyle& style = *shape.style;
    double width = shape.width, height = shape.height;
    ShapeDrawing drawn = draw_shape(shape, width, height);
    Matrix matrix = shape.matrix;
    Fragment text;
    Point at;
    if (!shape.blocks.empty()) {
        // Measured: half of the line, too, is kept clear.
        const double line = style.stroke ? style.stroke_width.points() / 2 : 0;
        std::array<double, 4> inset{};
        for (std::size_t side = 0; side < inset.size(); ++side)
            inset[side] = style.padding[side].points() + line;
        const Length room = Length::from_points(
            std::max(drawn.text[2] - drawn.text[0] - inset[left] - inset[right], 1.0));
        Length text_width, text_height;
        text = shape_text(shape, room, text_width, text_height);
        at.x = beginning(style.across, is_frame(*shape.element), room, text_width);
        const double insets = inset[top] + inset[bottom];
        const double high = drawn.text[3] - drawn.text[1], wide = drawn.text[2] - drawn.text[0];
        if (grows(shape) && high > 0 && wide > 0) {
            // Measured: a custom shape becomes as large as makes its area that of the text, a text
            // box is never lower than it was; both to the sides that the text is not held at.
            const double most = 20'000;
            const bool custom = shape.element->name == n::draw_custom_shape;
            const double scale = (text_height.points() + insets) / high;
            height = std::min(height * (custom ? scale : std::max(scale, 1.0)), most);
            if (custom && !wraps(shape))
                width = std::min(width * (text_width.points() + inset[left] + inset[right]) / wide,
                                 most);
            drawn = draw_shape(shape, width, height);
            const double up = style.down == VerticalAlign::middle   ? 0.5
                              : style.down == VerticalAlign::bottom ? 1
                                                                    : 0;
            const double aside = style.across == TextAcross::left    ? 0
                                 : style.across == TextAcross::right ? 1
                                                                     : 0.5;
            matrix =
                matrix *
                Matrix{1, 0, 0, 1, (shape.width - width) * aside, (shape.height - height) * up};
            if (width != shape.width) at.x = Length();
        }
        const Length free =
            Length::from_points(drawn.text[3] - drawn.text[1] - insets) - text_height;
        if (style.down == VerticalAlign::middle) at.y = free / 2;
        if (style.down == VerticalAlign::bottom) at.y = free;
        at.x += Length::from_points(drawn.text[0] + inset[left]);
        at.y += Length::from_points(drawn.text[1] + inset[top]);
    }
    Fragment out;
    add_paths(shape, drawn.paths, matrix, fill_budget_, out);
    if (shape.picture) {
        const auto [x, y] = matrix(width / 2, height / 2);
        const Size size{Length::from_points(width), Length::from_points(height)};
        const Rect place{Length::from_points(x) - size.width / 2,
                         Length::from_points(y) - size.height / 2, size.width, size.height};
        add_picture(shape.picture, place, shape.mark, shaper_, out);
    }
    Fragment moved;
    moved.append(std::move(text), at);
    out.append_turned(std::move(moved), matrix);
    box = turned_box(matrix, width, height);
    return out;
}

Fragment Typesetter::drawing(const Object& object, Size& size) {
    Fragment out;
    double right = 0, bottom = 0;
    bool changed = false;
    for (const Shape& one : object.shapes) {
        std::array<double, 4> box{};
        out.append(shape(one, box), Point());
        changed = changed || box != turned_box(one.matrix, one.width, one.height);
        right = std::max(right, box[2]);
        bottom = std::max(bottom, box[3]);
    }
    if (changed) size = {Length::from_points(right), Length::from_points(bottom)};
    return out;
}

}  // namespace paraphe::layout
