#include <algorithm>

#include "layout/drawing.hpp"
#include "layout/lines.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/shape.hpp"

/// Drawings with their text, set at 0, 0.
namespace paraphe::layout {

namespace n = names;

namespace {

/// Wider than any line that is not broken.
const Length endless = Length::from_points(20'000);

Length longest_line(const Fragment& text) {
    Length out;
    for (const LineBox& line : text.lines)
        out = std::max(out, line.box.width);
    return out + from_twips(1);  // else rounding would break it
}

/// Measured: the lines of rect, ellipse, path and the like are broken nowhere; those of custom
/// shapes and text boxes where the style does not forbid it.
bool is_frame(const odf::Element& element) {
    return element.name == n::draw_custom_shape || element.name == n::draw_frame;
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

}  // namespace

Fragment Typesetter::shape(const Shape& shape, double& height) {
    const ShapeStyle& style = *shape.style;
    ShapeDrawing drawn = draw_shape(shape, shape.width, height);
    Fragment text;
    Point at;
    if (!shape.blocks.empty()) {
        // Measured: half of the line, too, is kept clear.
        const double line = style.stroke ? style.stroke_width.points() / 2 : 0;
        std::array<double, 4> inset{};
        for (std::size_t side = 0; side < inset.size(); ++side)
            inset[side] = style.padding[side].points() + line;
        const bool frame = is_frame(*shape.element);
        Length room = Length::from_points(
            std::max(drawn.text[2] - drawn.text[0] - inset[left] - inset[right], 1.0));
        Length needed;
        if (frame && style.wrap.value_or(true)) {
            text = box_layout_(shape.blocks, room, needed);
            at.x = Length();
        } else {
            Length width = longest_line(box_layout_(shape.blocks, endless, needed));
            if (!frame && style.across == TextAcross::justify) width = std::max(width, room);
            at.x = beginning(style.across, frame, room, width);
            text = box_layout_(shape.blocks, width, needed);
        }
        const double insets = inset[top] + inset[bottom];
        const bool grows = style.grow_height.value_or(shape.element->name == n::draw_frame);
        const double least = needed.points() + insets, had = drawn.text[3] - drawn.text[1];
        if (frame && grows && least > had) {
            height += least - had;
            drawn = draw_shape(shape, shape.width, height);
        }
        const Length free = Length::from_points(drawn.text[3] - drawn.text[1] - insets) - needed;
        if (style.down == VerticalAlign::middle) at.y = free / 2;
        if (style.down == VerticalAlign::bottom) at.y = free;
        at.x += Length::from_points(drawn.text[0] + inset[left]);
        at.y += Length::from_points(drawn.text[1] + inset[top]);
    }
    Fragment out;
    for (const DrawnPath& path : drawn.paths)
        out.items.emplace_back(page_path(path, shape.matrix, shape.mark));
    if (shape.picture) {
        const auto [x, y] = shape.matrix(shape.width / 2, height / 2);
        const Length width = Length::from_points(shape.width), high = Length::from_points(height);
        const Rect box{Length::from_points(x) - width / 2, Length::from_points(y) - high / 2, width,
                       high};
        add_picture(shape.picture, box, shape.mark, out);
    }
    Fragment moved;
    moved.append(std::move(text), at);
    out.append_turned(std::move(moved), shape.matrix);
    return out;
}

Fragment Typesetter::drawing(const Object& object, Size& size) {
    Fragment out;
    bool grown = false;
    std::vector<Rect> boxes;
    std::array<double, 4> box{0, 0, object.width.points(), object.height.points()};
    for (const Shape& one : object.shapes) {
        double height = one.height;
        out.append(shape(one, height), Point());
        if (height <= one.height) continue;
        grown = true;
        const auto own = turned_box(one.matrix, one.width, height);
        box[2] = std::max(box[2], own[2]);
        box[3] = std::max(box[3], own[3]);
    }
    if (grown) size = {Length::from_points(box[2]), Length::from_points(box[3])};
    return out;
}

}  // namespace paraphe::layout
