#include "layout/flow.hpp"

#include <algorithm>

#include "layout/measure.hpp"

namespace paraphe::layout {

Flow::Flow(StyleSheet& styles, Typesetter& typesetter, Warnings& warnings)
    : styles_(styles), typesetter_(typesetter), warnings_(warnings) {
    typesetter_.use_box_layout([this](const Object& object, Length width, Length& height) {
        return set_all(lay_out(object.blocks, width), height);
    });
}

Stack Flow::lay_out(const Blocks& blocks, Length width) {
    return lay_out(blocks, width, [](const std::string&) { return std::nullopt; });
}

Stack Flow::lay_out(const Blocks& blocks, Length width, const Widths& widths) {
    const Before outer = before_;
    before_ = Before();
    Stack out;
    for (const Block& block : blocks) {
        const std::size_t start = out.pieces.size();
        const auto* paragraph = std::get_if<std::unique_ptr<Paragraph>>(&block);
        const std::string& master =
            paragraph != nullptr ? (*paragraph)->style->master_page
                                 : std::get<std::unique_ptr<Table>>(block)->style->master_page;
        if (!master.empty())
            if (const auto other = widths(master)) width = *other;
        if (paragraph != nullptr)
            add_paragraph(**paragraph, width, out);
        else
            add_table(*std::get<std::unique_ptr<Table>>(block), width, out);
        for (std::size_t i = start; i < out.pieces.size(); ++i)
            out.pieces[i].column = width;
    }
    before_ = outer;
    return out;
}

void Flow::add_anchored(const Paragraph& p, Length width, Stack& out, std::vector<Line>& lines) {
    for (const Object& object : p.anchored) {
        Size size;
        Fragment fragment = typesetter_.object(object, width, size);
        const GraphicStyle& style = *object.style;
        Length x = object.x.value_or(Length());
        if (style.horizontal_position == "center")
            x = (width - size.width) / 2;
        else if (style.horizontal_position == "right")
            x = width - size.width;
        else if (style.horizontal_position == "left")
            x = Length();
        const Length y =
            style.vertical_position == "from-top" ? object.y.value_or(Length()) : Length();
        if (style.wrap == "run-through") {
            lines.front().content.append(std::move(fragment), {x, y});
            continue;
        }
        if (style.wrap != "none")
            warnings_.add("P0417",
                          "le texte ne coule pas encore à côté des cadres : le cadre est placé "
                          "au-dessus de son paragraphe",
                          p.element, "choisissez l’adaptation du texte « Aucune »");
        FlowPiece piece;
        const Length above = std::max(y, Length()) + style.margin_top;
        piece.content.append(std::move(fragment), {x, above});
        piece.height = above + size.height + style.margin_bottom;
        out.pieces.push_back(std::move(piece));
    }
}

void Flow::add_paragraph(const Paragraph& p, Length width, Stack& out) {
    const ParagraphStyle& style = *p.style;
    const Settings& settings = styles_.settings();
    std::vector<Line> lines = typesetter_.lines(p, width);
    const std::size_t start = out.pieces.size();
    add_anchored(p, width, out, lines);

    // Space to the block before: both, or the larger; none of its own beside the same style.
    Length above = style.margin_top;
    Length below = before_.below;
    if (style.contextual_spacing && before_.identity == style.identity) above = Length();
    if (before_.contextual && before_.identity == style.identity) below = Length();
    const Length space = !before_.any           ? above
                         : settings.add_spacing ? above + below
                                                : std::max(above, below);

    // Neighbours with the same border share one box.
    int box = -1;
    Length box_x, box_width;
    bool joined_box = false;
    if (style.box.drawn()) {
        box_x = style.margin_left;
        if (p.level && p.level->label_alignment && !style.left_set) box_x = p.level->margin_left;
        box_width = width - box_x - style.margin_right;
        joined_box = before_.box >= 0 && style.join_border && before_.style != nullptr &&
                     before_.style->join_border && before_.style->box == style.box &&
                     before_.box_x == box_x && before_.box_width == box_width;
        if (joined_box) {
            box = before_.box;
        } else {
            box = static_cast<int>(out.boxes.size());
            out.boxes.push_back({style.box, box_x, box_width});
        }
    }

    const auto count = static_cast<int>(lines.size());
    for (int i = 0; i < count; ++i) {
        Line& line = lines[static_cast<std::size_t>(i)];
        FlowPiece piece;
        Length inset;
        if (i == 0 && !joined_box) inset = style.box.inset(top);
        piece.content.append(std::move(line.content), {Length(), inset});
        piece.height = line.height + inset;
        if (i == count - 1) piece.height += style.box.inset(bottom);
        piece.box = box;
        if (i > 0)
            piece.joined = style.keep_together || i < style.orphans || count - i < style.widows;
        out.pieces.push_back(std::move(piece));
    }
    if (joined_box) {
        // The box goes on: the bottom inset of the paragraph above was counted too early.
        FlowPiece& above_piece = out.pieces[start - 1];
        above_piece.height -= before_.style->box.inset(bottom);
    }
    for (std::size_t i = start + 1; i < out.pieces.size() - lines.size() + 1; ++i)
        out.pieces[i].joined = true;  // a frame stays with its paragraph
    FlowPiece& first = out.pieces[start];
    first.space = space;
    first.own_space = above;
    first.joined = before_.any && before_.keep;
    out.pieces.back().below = style.margin_bottom;

    first.change = before_.change;
    if (style.break_before == Break::page || !style.master_page.empty()) {
        if (!first.change) first.change = PageChange();
        if (!style.master_page.empty()) first.change->master = style.master_page;
        first.change->number = style.page_number;
    }
    if ((style.break_before == Break::column || p.starts_page) && !first.change)
        first.change = PageChange();

    before_.any = true;
    before_.below = style.margin_bottom;
    before_.keep = style.keep_with_next;
    before_.contextual = style.contextual_spacing;
    before_.identity = style.identity;
    before_.box = box;
    before_.box_x = box_x;
    before_.box_width = box_width;
    before_.style = &style;
    before_.change.reset();
    if (style.break_after != Break::none) before_.change = PageChange();
}

namespace {

/// Boxes around runs of pieces, drawn under their content.
struct OpenBox {
    int box = -1;
    Length top;
};

}  // namespace

Fragment Flow::set(Stack& stack, std::size_t begin, std::size_t end, bool first_space,
                   Length& height, bool page_top) {
    Fragment out;
    Fragment drawn;
    Length y;
    OpenBox open;
    const auto close = [&](Length bottom_y) {
        if (open.box < 0) return;
        const FlowBox& box = stack.boxes[static_cast<std::size_t>(open.box)];
        const Rect outer{box.x, open.top, box.width, bottom_y - open.top};
        if (box.style.background)
            drawn.items.emplace_back(
                fill_path(outer, *box.style.background, {-1, Artifact::background}));
        add_border_paths(drawn.items, box.style, outer, {-1, Artifact::layout});
        open.box = -1;
    };
    for (std::size_t i = begin; i < end; ++i) {
        FlowPiece& piece = stack.pieces[i];
        const Length before = y;
        if (i > begin)
            y += piece.space;
        else if (first_space)
            y += piece.own_space;
        if (piece.box != open.box) close(before);
        if (piece.box >= 0 && open.box < 0) open = {piece.box, y};
        if (piece.row)
            out.append(set_row(*piece.row, piece.height, page_top && i == begin), {Length(), y});
        else
            out.append(std::move(piece.content), {Length(), y});
        y += piece.height;
    }
    close(y);
    height = y;
    if (!drawn.items.empty()) {
        drawn.append(std::move(out), {});
        return drawn;
    }
    return out;
}

Length Flow::height_of(const Stack& stack) const {
    Length out;
    for (std::size_t i = 0; i < stack.pieces.size(); ++i)
        out +=
            (i == 0 ? stack.pieces[i].own_space : stack.pieces[i].space) + stack.pieces[i].height;
    if (!stack.pieces.empty() && styles_.settings().spacing_in_cells)
        out += stack.pieces.back().below;
    return out;
}

Fragment Flow::set_all(Stack&& stack, Length& height) {
    const Length whole = height_of(stack);
    Length used;
    Fragment out = set(stack, 0, stack.pieces.size(), true, used);
    height = whole;
    return out;
}

}  // namespace paraphe::layout
