#include <algorithm>
#include <iterator>

#include "layout/columns.hpp"
#include "layout/measure.hpp"
#include "layout/paginate.hpp"
#include "layout/surround.hpp"

/// The middle part of Paginator: pieces are put into one column of a page.
namespace paraphe::layout {

void add_rules(const Columns& columns, const std::vector<ColumnPlace>& places, const Rect& box,
               std::vector<Item>& items) {
    if (columns.rule <= Length()) return;
    for (std::size_t i = 1; i < places.size(); ++i) {
        const Length x = box.x + (places[i - 1].x + places[i - 1].width + places[i].x) / 2;
        Path rule;
        rule.verbs = {Verb::move, Verb::line};
        rule.points = {{x, box.y}, {x, box.y + box.height.scaled(columns.rule_percent, 100)}};
        rule.stroke = columns.rule_color;
        rule.stroke_width = columns.rule;
        rule.mark = {-1, Artifact::layout};
        items.emplace_back(std::move(rule));
    }
}

bool Paginator::keeps_space(const FlowPiece& first, std::size_t column) const {
    return column > 0 && first.change && first.change->column &&
           styles_.settings().spacing_at_start;
}

Paginator::Distribution Paginator::distribute(Stack& stack, std::size_t begin, std::size_t& stop,
                                              const std::vector<ColumnPlace>& places, Length height,
                                              bool top, const Slot& slot, Surround* surround) {
    auto& pieces = stack.pieces;
    const auto fit_to = [&](std::size_t piece, std::size_t column) {
        const std::size_t before = pieces.size();
        fit(stack, piece, places[column].width, slot.style_element);
        stop = stop + pieces.size() - before;
    };
    const auto again = [&] {
        surround->begin();
        return distribute(stack, begin, stop, places, height, top, slot, surround);
    };
    Distribution out;
    std::size_t at = begin;
    for (std::size_t column = 0; column < places.size(); ++column) {
        Length y;
        std::size_t end = at;
        if (surround != nullptr) surround->enter_column(places[column].x);
        for (; end < stop; ++end) {
            if (end > at && pieces[end].change) break;
            reopen(stack, end, end == at && column > 0);
            fit_to(end, column);
            const Length space = end > at                           ? pieces[end].space
                                 : keeps_space(pieces[end], column) ? pieces[end].own_space
                                                                    : Length();
            if (surround != nullptr) {
                if (end > at && surround->waits(pieces[end].paragraph)) break;
                const std::size_t before = pieces.size();
                const bool met = surround->meet(stack, end, y + space, space, end == at);
                stop = stop + pieces.size() - before;
                if (!met) return again();
            }
            if (y + space + least_height(stack, end) > height) {
                // Measured: widows are counted as the next column breaks them.
                if (end > at && pieces[end].line > 0 && column + 1 < places.size())
                    fit_to(end, column + 1);
                std::size_t cut = end;
                while (cut > at && pieces[cut].joined)
                    --cut;
                for (std::size_t i = cut; surround != nullptr && i <= end; ++i)
                    if (pieces[i].paragraph != nullptr && pieces[i].line == 0 &&
                        !pieces[i].paragraph->anchored.empty())
                        surround->forget(*pieces[i].paragraph);
                if (cut > at || !top) end = cut;
                break;
            }
            y += space + pieces[end].height;
            out.height = std::max(out.height, y);
        }
        if (end > at) out.height = std::max(out.height, y + closing(stack, end - 1));
        at = end;
        out.ends.push_back(at);
    }
    return surround == nullptr || surround->complete(stack, begin, at) ? out : again();
}

bool Paginator::fill_section(Stack& stack, std::size_t begin, std::size_t& end, const Slot& slot,
                             bool keep_space, Length& used, Filling& out, Surround* surround) {
    auto& pieces = stack.pieces;
    const Section* section = pieces[end].section;
    const SectionStyle& style = *section->style;
    const auto places =
        column_places(style.columns, slot.width - style.margin_left - style.margin_right);
    const auto count = static_cast<int>(places.size());
    std::size_t stop = end;
    for (; stop < pieces.size() && pieces[stop].section == section; ++stop) {
        if (stop > end && pieces[stop].change && !pieces[stop].change->column) break;
    }
    // The space above the first block stands above all columns.
    const Length top = used + (end > begin  ? pieces[end].space
                               : keep_space ? pieces[end].own_space
                                            : Length());

    // Notes stand at the foot of the page; with them, less room is left.
    Length room = slot.height - top - out.foot.room;
    std::optional<Surround> own;
    const auto fill_to = [&](Length height) {
        if (surround != nullptr) own.emplace(*surround, Point{style.margin_left, top});
        return distribute(stack, end, stop, places, height, end == begin, slot,
                          own ? &*own : nullptr);
    };
    Distribution filled = fill_to(room);
    for (int attempt = 0; attempt < 4; ++attempt) {
        Foot foot = out.foot;
        for (std::size_t i = end; i < filled.ends.back(); ++i)
            add_notes(pieces[i], slot, foot);
        if (foot.room == slot.height - top - room) break;
        room = slot.height - top - foot.room;
        filled = fill_to(room);
    }
    if (filled.ends.back() == end) {
        if (end > begin) return false;
        std::fill(filled.ends.begin(), filled.ends.end(), end + 1);
        filled.height = pieces[end].height;
    } else if (filled.ends.back() == stop && style.balanced && count > 1) {
        // The lowest height at which everything has its place.
        Length low, high = filled.height;
        while (high - low > from_twips(1)) {
            const Length middle = (low + high) / 2;
            (fill_to(middle).ends.back() == stop ? high : low) = middle;
        }
        // The last trial may have broken lines for other columns.
        filled = fill_to(high);
        if (filled.ends.back() != stop) filled = fill_to(room);
    }
    for (std::size_t i = end; i < filled.ends.back(); ++i)
        add_notes(pieces[i], slot, out.foot);
    std::size_t from = end;
    for (int column = 0; column < count; ++column) {
        const auto at = static_cast<std::size_t>(column);
        const Point place{style.margin_left + places[at].x, top};
        const bool spaced = from < filled.ends[at] && keeps_space(pieces[from], at);
        out.strips.push_back({from, filled.ends[at], place, spaced});
        from = filled.ends[at];
    }
    if (own) surround->leave_section(*own, {style.margin_left, top});
    add_rules(style.columns, places, {style.margin_left, top, slot.width, filled.height},
              out.rules);
    used = top + filled.height;
    end = filled.ends.back();
    return end == stop;
}

void Paginator::fit(Stack& stack, std::size_t at, Length width, const odf::Element* where) {
    const FlowPiece& piece = stack.pieces[at];
    if (piece.column == width) return;
    if (piece.paragraph != nullptr)
        flow_.break_again(stack, at, width, {});
    else
        warnings_.add("P0418",
                      "un tableau passe sur une page d’une autre largeur de texte : il garde celle "
                      "d’avant",
                      where, "donnez aux deux styles de page les mêmes marges latérales");
}

void Paginator::add_notes(const FlowPiece& piece, const Slot& slot, Foot& foot) {
    for (const Note* note : piece.content.notes) {
        if (foot.notes.empty())
            foot.room += slot.style->footnote_before + slot.style->footnote_rule +
                         slot.style->footnote_after;
        Length height;
        foot.notes.push_back(flow_.set_all(flow_.lay_out(note->blocks, slot.width), height));
        foot.heights.push_back(height);
        foot.room += height;
    }
}

Paginator::Filling Paginator::fill(Stack& stack, std::size_t begin, const Slot& slot,
                                   bool keep_space, Length header_height, Surround* surround) {
    auto& pieces = stack.pieces;
    Filling out;
    Length used = header_height;
    std::size_t end = begin;
    Filling::Strip strip{begin, begin, {Length(), header_height}, keep_space};
    const auto close_strip = [&] {
        strip.end = end;
        if (strip.end > strip.begin) out.strips.push_back(strip);
    };
    while (end < pieces.size()) {
        if (end > begin && pieces[end].change) {
            out.change = &*pieces[end].change;
            break;
        }
        if (pieces[end].section != nullptr) {
            close_strip();
            const bool whole =
                fill_section(stack, begin, end, slot, keep_space, used, out, surround);
            strip = {end, end, {Length(), used}, false};
            if (!whole) break;
            if (end < pieces.size()) strip.at.y += pieces[end].space;
            continue;
        }
        reopen(stack, end, end == begin);
        fit(stack, end, slot.width, slot.style_element);
        const Length space = end > begin  ? pieces[end].space
                             : keep_space ? pieces[end].own_space
                                          : Length();
        if (surround != nullptr) {
            if (end > begin && surround->waits(pieces[end].paragraph)) break;
            if (!surround->meet(stack, end, used + space, space, end == begin)) {
                surround->begin();
                return fill(stack, begin, slot, keep_space, header_height, surround);
            }
        }
        FlowPiece& piece = pieces[end];
        // Notes of this piece go to the foot of the same column.
        const std::size_t notes_before = out.foot.notes.size();
        const Length room_before = out.foot.room;
        add_notes(piece, slot, out.foot);
        const Length left_room = slot.height - used - space - out.foot.room;
        if (least_height(stack, end) > left_room) {
            out.foot.notes.resize(notes_before);
            out.foot.heights.resize(notes_before);
            out.foot.room = room_before;
            std::size_t cut = end;
            while (cut > strip.begin && pieces[cut].joined)
                --cut;
            const bool goes_on = piece.row && piece.row->moves && cut > begin && cut < end;
            if (piece.row && !goes_on) {
                if (auto rest = flow_.split_row(piece, left_room, slot.height)) {
                    pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(end) + 1,
                                  std::move(*rest));
                    ++end;
                    break;
                }
            }
            if (cut > begin)
                end = cut;
            else if (end == begin)
                ++end;  // higher than a page: it stands alone and overflows
            break;
        }
        used += space + piece.height;
        ++end;
    }
    close_strip();
    out.end = end;
    return out;
}

}  // namespace paraphe::layout
