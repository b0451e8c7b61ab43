#include "layout/flow.hpp"

#include <algorithm>
#include <iterator>

#include "layout/columns.hpp"
#include "layout/indents.hpp"
#include "layout/measure.hpp"
#include "layout/surround.hpp"

namespace paraphe::layout {

Flow::Flow(StyleSheet& styles, Typesetter& typesetter, Warnings& warnings)
    : styles_(styles), typesetter_(typesetter), warnings_(warnings) {
    typesetter_.use_box_layout([this](const Blocks& blocks, Length width, Length& height) {
        FrameArea area;
        area.content.width = area.page.width = width;
        area.holds_all = true;
        return set_all(lay_out(blocks, width, area), height);
    });
}

Stack Flow::lay_out(const Blocks& blocks, Length width) {
    FrameArea area;
    area.content.width = area.page.width = width;
    return lay_out(blocks, width, area);
}

Stack Flow::lay_out(const Blocks& blocks, Length width, const FrameArea& area) {
    Stack out = lay_out(blocks, width, [](const std::string&) { return std::nullopt; });
    if (out.framed) place_frames(out, area);
    return out;
}

Stack Flow::lay_out(const Blocks& blocks, Length width, const Widths& widths) {
    const Before outer = before_;
    before_ = Before();
    Stack out;
    for (const Block& block : blocks) {
        const std::size_t start = out.pieces.size();
        const auto* paragraph = std::get_if<std::unique_ptr<Paragraph>>(&block);
        const std::string& master =
            paragraph != nullptr ? master_page_of(**paragraph)
                                 : std::get<std::unique_ptr<Table>>(block)->style->master_page;
        if (!master.empty())
            if (const auto other = widths(master)) width = *other;
        const Section* section = paragraph != nullptr
                                     ? (*paragraph)->section
                                     : std::get<std::unique_ptr<Table>>(block)->section;
        Length own = width;
        if (section != nullptr)
            own = column_places(section->style->columns,
                                width - section->style->margin_left - section->style->margin_right)
                      .front()
                      .width;
        if (paragraph != nullptr)
            add_paragraph(**paragraph, own, out);
        else
            add_table(*std::get<std::unique_ptr<Table>>(block), own, out);
        for (std::size_t i = start; i < out.pieces.size(); ++i) {
            out.pieces[i].column = own;
            out.pieces[i].section = section;
        }
    }
    before_ = outer;
    return out;
}

void Flow::place_frames(Stack& stack, const FrameArea& area) {
    Surround surround(*this, typesetter_, area);
    for (bool again = true; again;) {
        again = false;
        surround.begin();
        Length y;
        for (std::size_t i = 0; i < stack.pieces.size() && !again; ++i) {
            const Length space = i == 0 ? stack.pieces[i].own_space : stack.pieces[i].space;
            again = !surround.meet(stack, i, y + space, space, i == 0);
            y += space + stack.pieces[i].height;
        }
    }
    stack.lowest = surround.lowest();
}

namespace {

/// Lines of one paragraph, and paragraphs that are joined, share border and background.
bool share_box(const FlowPiece& above, const FlowPiece& below) {
    return above.box_goes_on || (above.paragraph != nullptr && above.paragraph == below.paragraph);
}

}  // namespace

std::vector<FlowPiece> Flow::line_pieces(const Paragraph& p, std::vector<Line>&& lines,
                                         int first_line, Length inset, bool box_goes_on) {
    const ParagraphStyle& style = *p.style;
    std::vector<FlowPiece> out;
    out.reserve(lines.size());
    const auto count = first_line + static_cast<int>(lines.size());
    for (std::size_t at = 0; at < lines.size(); ++at) {
        Line& line = lines[at];
        const int i = first_line + static_cast<int>(at);
        FlowPiece piece;
        piece.paragraph = &p;
        piece.begin = line.begin;
        piece.line = i;
        if (at == 0) piece.inset = inset;
        const Length above = piece.inset + line.skip;
        piece.content.append(std::move(line.content), {Length(), above});
        piece.height = above + line.height;
        piece.spare = line.spare;
        piece.held = std::max(style.orphans, line.held);
        if (i == count - 1) {
            piece.box_goes_on = box_goes_on;
            if (!box_goes_on) piece.height += style.box.inset(bottom);
            if (style.box.drawn()) piece.spare = Length();
        }
        if (i > 0) piece.joined = style.keep_together || i < piece.held || count - i < style.widows;
        out.push_back(std::move(piece));
    }
    return out;
}

void Flow::break_again(Stack& stack, std::size_t at, Length width, const Free& free) {
    auto& pieces = stack.pieces;
    const Paragraph& p = *pieces[at].paragraph;
    std::size_t stop = at;
    while (stop < pieces.size() && pieces[stop].paragraph == &p)
        ++stop;
    FlowPiece& old = pieces[at];
    const FlowPiece& last = pieces[stop - 1];
    std::vector<FlowPiece> fresh =
        line_pieces(p, typesetter_.lines(p, width, old.begin, old.line, free), old.line, old.inset,
                    last.box_goes_on);
    int box = old.box;
    if (box >= 0 && width != old.column) {
        FlowBox other = stack.boxes[static_cast<std::size_t>(box)];
        other.width += width - old.column;
        // Lines of one paragraph, and paragraphs that shared a border, go on sharing it.
        const bool shared = at > 0 && pieces[at - 1].box >= 0 && pieces[at - 1].column == width &&
                            share_box(pieces[at - 1], old);
        box = shared ? pieces[at - 1].box : static_cast<int>(stack.boxes.size());
        if (!shared) stack.boxes.push_back(std::move(other));
    }
    for (FlowPiece& piece : fresh) {
        piece.column = width;
        piece.section = old.section;
        piece.box = box;
    }
    FlowPiece& first = fresh.front();
    first.reopened = old.reopened;
    first.space = old.space;
    first.own_space = old.own_space;
    first.space_before = old.space_before;
    first.change = old.change;
    if (first.line == 0) first.joined = old.joined;
    fresh.back().below = last.below;
    // The lines above know by the number of those that follow whether a page may end there.
    const auto count = first.line + static_cast<int>(fresh.size());
    for (std::size_t i = at; i > 0 && pieces[i - 1].paragraph == &p && pieces[i - 1].line > 0; --i)
        pieces[i - 1].joined = p.style->keep_together || pieces[i - 1].line < pieces[i - 1].held ||
                               count - pieces[i - 1].line < p.style->widows;
    const auto begin = pieces.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = pieces.begin() + static_cast<std::ptrdiff_t>(stop);
    const auto place = pieces.erase(begin, end);
    pieces.insert(place, std::make_move_iterator(fresh.begin()),
                  std::make_move_iterator(fresh.end()));
}

Length closing(const Stack& stack, std::size_t at) {
    const auto& pieces = stack.pieces;
    const bool goes_on =
        at + 1 < pieces.size() && pieces[at].box >= 0 && share_box(pieces[at], pieces[at + 1]);
    return goes_on ? stack.boxes[static_cast<std::size_t>(pieces[at].box)].style.inset(bottom)
                   : Length();
}

Length least_height(const Stack& stack, std::size_t at) {
    const FlowPiece& piece = stack.pieces[at];
    const Length more = closing(stack, at);
    return more > Length() ? piece.height + more : piece.height - piece.spare;
}

void reopen(Stack& stack, std::size_t at, bool begins_column) {
    FlowPiece& piece = stack.pieces[at];
    const bool cut =
        begins_column && at > 0 && piece.box >= 0 && share_box(stack.pieces[at - 1], piece);
    if (cut == piece.reopened) return;
    const Length inset = stack.boxes[static_cast<std::size_t>(piece.box)].style.inset(top);
    const Length by = cut ? inset : -inset;
    Fragment moved;
    moved.append(std::move(piece.content), {Length(), by});
    piece.content = std::move(moved);
    for (PlacedFrame& frame : piece.frames)
        frame.at.y += by;
    piece.inset += by;
    piece.height += by;
    piece.reopened = cut;
}

void Flow::add_paragraph(const Paragraph& p, Length width, Stack& out) {
    const ParagraphStyle& style = *p.style;
    const Settings& settings = styles_.settings();
    const std::size_t start = out.pieces.size();
    out.framed = out.framed || !p.anchored.empty();

    // Space to the block before: both, or the larger; none of its own beside the same style.
    Length above = space_above(style.margin_top);
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
        const Extent extent = extent_of(p, indents_of(p, settings), width);
        box_x = extent.left;
        box_width = extent.right - extent.left;
        // Measured: a gradient without a border begins anew.
        joined_box = before_.box >= 0 && style.join_border &&
                     (!style.box.area || style.box.bordered()) && before_.style != nullptr &&
                     before_.style->join_border && before_.style->box == style.box &&
                     before_.box_x == box_x && before_.box_width == box_width;
        if (joined_box) {
            box = before_.box;
        } else {
            box = static_cast<int>(out.boxes.size());
            out.boxes.push_back({style.box, box_x, box_width});
        }
    }

    for (FlowPiece& piece : line_pieces(p, typesetter_.lines(p, width), 0,
                                        joined_box ? Length() : style.box.inset(top), false)) {
        piece.box = box;
        out.pieces.push_back(std::move(piece));
    }
    if (joined_box) {
        // The box goes on: the bottom inset of the paragraph above was counted too early.
        FlowPiece& above_piece = out.pieces[start - 1];
        above_piece.height -= before_.style->box.inset(bottom);
        above_piece.box_goes_on = true;
    }
    FlowPiece& first = out.pieces[start];
    first.space = space;
    first.own_space = above;
    first.space_before = before_.any ? below : Length();
    first.joined = before_.any && before_.keep;
    out.pieces.back().below = style.margin_bottom;

    first.change = before_.change;
    const std::string& master = master_page_of(p);
    if (style.break_before == Break::page || !master.empty()) {
        if (!first.change) first.change = PageChange();
        if (!master.empty()) {
            // Writer heeds the page number beside a page style only.
            first.change->master = master;
            if (!p.first_endnote) first.change->number = style.page_number;
        }
    }
    if (style.break_before == Break::column && !first.change) {
        first.change = PageChange();
        first.change->column = true;
    }

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
    if (style.break_after != Break::none) {
        before_.change = PageChange();
        before_.change->column = style.break_after == Break::column;
    }
}

namespace {

/// Boxes around runs of pieces, drawn under their content.
struct OpenBox {
    int box = -1;
    Length top;
};

}  // namespace

Fragment between(std::vector<PlacedFrame>&& frames, Fragment&& text) {
    std::stable_sort(frames.begin(), frames.end(),
                     [](const PlacedFrame& a, const PlacedFrame& b) { return a.z < b.z; });
    Fragment out;
    for (PlacedFrame& frame : frames)
        if (frame.background) out.append(std::move(frame.content), frame.at);
    out.append(std::move(text), {});
    for (PlacedFrame& frame : frames)
        if (!frame.background) out.append(std::move(frame.content), frame.at);
    return out;
}

Fragment Flow::set(Stack& stack, std::size_t begin, std::size_t end, bool first_space,
                   Length& height, bool page_top) {
    Fragment out;
    Fragment drawn;
    std::vector<PlacedFrame> frames;
    Length y;
    OpenBox open;
    const auto close = [&](Length bottom_y) {
        if (open.box < 0) return;
        const FlowBox& box = stack.boxes[static_cast<std::size_t>(open.box)];
        const Rect outer{box.x, open.top, box.width, bottom_y - open.top};
        add_box(drawn.items, box.style, outer, fill_budget_, {-1, Artifact::background},
                {-1, Artifact::layout});
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
        for (PlacedFrame& frame : piece.frames) {
            frame.at.y += y;
            frames.push_back(std::move(frame));
        }
        if (piece.row) {
            out.append(set_row(*piece.row, piece.height, page_top && i == begin), {Length(), y});
            piece.row.reset();
        } else {
            out.append(std::move(piece.content), {Length(), y});
            piece.content = Fragment();
        }
        y += piece.height;
    }
    if (end > begin) y += closing(stack, end - 1);
    close(y);
    height = y;
    if (!frames.empty()) out = between(std::move(frames), std::move(out));
    if (!drawn.items.empty()) {
        drawn.append(std::move(out), {});
        return drawn;
    }
    return out;
}

Length Flow::height_of(const Stack& stack, Length below) const {
    Length out = below;
    for (std::size_t i = 0; i < stack.pieces.size(); ++i)
        out +=
            (i == 0 ? stack.pieces[i].own_space : stack.pieces[i].space) + stack.pieces[i].height;
    return std::max(out, stack.lowest);
}

Length Flow::space_above(Length margin) const {
    return before_.any || styles_.settings().spacing_at_start ? margin : Length();
}

Fragment Flow::set_all(Stack&& stack, Length& height) {
    const Length whole = height_of(stack);
    Length used;
    Fragment out = set(stack, 0, stack.pieces.size(), true, used);
    height = whole;
    return out;
}

}  // namespace paraphe::layout
