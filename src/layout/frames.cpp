#include "layout/frames.hpp"

#include <algorithm>

namespace paraphe::layout {
namespace {

struct Range {
    Length from, to;
};

Range horizontal(std::string_view relation, const FrameArea& area, const AnchorPlace& anchor) {
    const Length page_right = area.page.x + area.page.width;
    const Length content_right = area.content.x + area.content.width;
    if (relation == "page") return {area.page.x, page_right};
    if (relation == "page-content") return {area.content.x, content_right};
    if (relation == "page-start-margin") return {area.page.x, area.content.x};
    if (relation == "page-end-margin") return {content_right, page_right};
    if (relation == "paragraph-content") return {anchor.left, anchor.right};
    if (relation == "paragraph-start-margin") return {Length(), anchor.left};
    if (relation == "paragraph-end-margin") return {anchor.right, anchor.column};
    if (relation == "char") return {anchor.character_x, anchor.character_x};
    return {Length(), anchor.column};
}

}  // namespace

Rect place_frame(const Object& object, Size size, const FrameArea& area,
                 const AnchorPlace& anchor) {
    const GraphicStyle& style = *object.style;
    Rect out{{}, {}, size.width, size.height};

    const Range across = horizontal(style.horizontal_relation, area, anchor);
    std::string_view side = style.horizontal_position;
    if (side == "inside") side = area.mirrored ? "right" : "left";
    if (side == "outside") side = area.mirrored ? "left" : "right";
    if (side == "right")
        out.x = across.to - size.width - style.margin_right;
    else if (side == "center")
        out.x = across.from + (across.to - across.from - size.width) / 2;
    else if (side == "left")
        out.x = across.from + style.margin_left;
    else if (anchor.right_to_left || (side == "from-inside" && area.mirrored))
        out.x = across.to - size.width - object.x.value_or(Length());
    else
        out.x = across.from + object.x.value_or(Length());

    // Beside a character or its line, Writer counts upwards.
    const std::string_view relation = style.vertical_relation;
    const bool beside_line =
        relation == "char" || relation == "line" || relation == "baseline" || relation == "text";
    Range down{anchor.top, anchor.top};
    if (relation == "page")
        down = {area.page.y, area.page.y + area.page.height};
    else if (relation == "page-content")
        down = {area.content.y, area.content.y + area.content.height};
    else if (relation == "paragraph-content")
        down = {anchor.content_top, anchor.content_top};
    else if (beside_line)
        down = {anchor.line_top, anchor.line_bottom};
    if (style.vertical_position == "from-top" || style.vertical_position == "below") {
        const Length y = object.y.value_or(Length());
        out.y = relation == "char"   ? down.to - y
                : relation == "line" ? down.from - y
                                     : down.from + y;
    } else if (relation == "line" && style.vertical_position == "top") {
        // Measured: a line's top is what stands above it, its bottom what stands below.
        out.y = down.from - size.height - style.margin_bottom;
    } else if (relation == "line" && style.vertical_position == "bottom") {
        out.y = down.to + style.margin_top;
    } else if (style.vertical_position == "bottom" && down.to > down.from) {
        out.y = down.to - size.height - style.margin_bottom;
    } else if (style.vertical_position == "middle" && down.to > down.from) {
        out.y = down.from + (down.to - down.from - size.height) / 2;
    } else {
        out.y = down.from + style.margin_top;
    }

    if (area.on_page) {
        // Measured: a frame is kept on the sheet, its upper left corner first.
        const Rect& page = area.page;
        out.x = std::max(std::min(out.x, page.x + page.width - size.width), page.x);
        out.y = std::max(std::min(out.y, page.y + page.height - size.height), page.y);
    }
    return out;
}

Rect with_margins(const Rect& box, const Object& object) {
    const GraphicStyle& style = *object.style;
    const Length before = style.margin_left + object.bleed[left],
                 above = style.margin_top + object.bleed[top];
    return {box.x - before, box.y - above,
            box.width + before + style.margin_right + object.bleed[right],
            box.height + above + style.margin_bottom + object.bleed[bottom]};
}

}  // namespace paraphe::layout
