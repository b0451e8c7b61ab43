#include <algorithm>
#include <span>

#include "layout/flow.hpp"
#include "layout/measure.hpp"
#include "layout/table_columns.hpp"

/// Tables: row heights, borders, rows cut at the end of a page.
namespace paraphe::layout {
namespace {

Length widest(const RowPiece& row, Side side) {
    Length out;
    for (const CellPiece& cell : row.cells)
        out = std::max(out, cell.style->box.border[side].space());
    return out;
}

Length padded(const CellPiece& cell) {
    return cell.content_height + cell.style->box.padding[top] + cell.style->box.padding[bottom];
}

}  // namespace

Length Flow::row_height(const RowPiece& row) const {
    // Measured: the line under the last row is no part of the height that it is given.
    const Length least = row.least_height + row.line_below;
    if (row.fixed) return least;
    Length out;
    for (const CellPiece& cell : row.cells)
        if (cell.row_span == 1) out = std::max(out, padded(cell));
    return std::max(out + row.line_above + row.line_below, least);
}

/// Text that a fixed height leaves no room for lies over what follows.
void Flow::warn_of_overflow(const RowPiece& row) {
    for (const CellPiece& cell : row.cells)
        if (cell.row_span == 1 && padded(cell) > row.least_height + from_twips(20))
            for (const FlowPiece& piece : cell.content.pieces)
                if (piece.paragraph != nullptr) {
                    warnings_.add("P0433",
                                  "le texte de cette cellule est plus haut que la hauteur fixe de "
                                  "sa ligne : il recouvre la suite",
                                  piece.paragraph->element,
                                  "choisissez « Hauteur minimale » (Tableau, Taille, Hauteur de "
                                  "ligne, Ajuster à la taille)");
                    break;
                }
}

void Flow::add_table(const Table& table, Length available, Stack& out) {
    const TableStyle& style = *table.style;
    const Settings& settings = styles_.settings();
    const Extent place = extent(table, available);
    const std::vector<Length> edges = column_edges(table, place);
    const auto columns = static_cast<int>(table.columns.size());

    const std::size_t start = out.pieces.size();
    out.pieces.reserve(start + table.rows.size());
    for (const Row& source : table.rows) {
        FlowPiece& piece = out.pieces.emplace_back();
        piece.row = std::make_unique<RowPiece>();
        RowPiece& row = *piece.row;
        row.x = place.x;
        row.width = place.width;
        row.background = source.style->background ? source.style->background : style.background;
        row.least_height = source.style->min_height;
        if (source.style->height) {
            row.least_height = *source.style->height;
            row.fixed = true;
        }
        row.moves = !style.may_break_between_rows;
        row.splittable = !source.style->keep_together && !row.fixed && !source.header;
        bool right_border = false;
        int next_column = 0;
        for (const Cell& cell : source.cells) {
            if (cell.column >= columns) continue;
            CellPiece set;
            const int last = std::min(cell.column + cell.column_span, columns);
            set.x = place.x + edges[static_cast<std::size_t>(cell.column)];
            set.width = place.x + edges[static_cast<std::size_t>(last)] - set.x;
            set.style = cell.style;
            set.row_span = std::min(
                cell.row_span, static_cast<int>(start + table.rows.size() - out.pieces.size() + 1));
            set.left_drawn = right_border && next_column == cell.column;
            right_border = cell.style->box.border[right].visible();
            next_column = last;
            const BoxStyle& box = cell.style->box;
            set.content = lay_out(
                cell.blocks,
                std::max(set.width - box.padding[left] - box.padding[right], from_twips(20)));
            set.content_height = cell_height(set.content);
            row.cells.push_back(std::move(set));
        }
    }
    const std::span<FlowPiece> rows(out.pieces.data() + start, table.rows.size());

    // One border between two rows, the wider of the two.
    for (std::size_t i = 0; i < rows.size(); ++i) {
        RowPiece& row = *rows[i].row;
        row.line_above = widest(row, top);
        if (i > 0) {
            const RowPiece& above = *rows[i - 1].row;
            row.line_above = std::max(row.line_above, widest(above, bottom));
            row.top_drawn = !above.cells.empty();
            for (const CellPiece& cell : above.cells)
                row.top_drawn =
                    row.top_drawn && cell.row_span == 1 && cell.style->box.border[bottom].visible();
        }
        if (i + 1 == rows.size()) row.line_below = widest(row, bottom);
    }
    std::size_t header_rows = 0;
    while (header_rows < table.rows.size() && table.rows[header_rows].header)
        ++header_rows;

    for (std::size_t i = 0; i < rows.size(); ++i) {
        FlowPiece& piece = rows[i];
        piece.height = row_height(*piece.row);
        if (piece.row->fixed) warn_of_overflow(*piece.row);
        // Rows whose lines differ in width: the first row after a page break keeps its own.
        piece.joined = i > 0 && (!style.may_break_between_rows || i <= header_rows);
    }
    // Cells over several rows: the last of them grows, and no page ends between them.
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (CellPiece& cell : rows[i].row->cells) {
            if (cell.row_span == 1) continue;
            const std::size_t last = i + static_cast<std::size_t>(cell.row_span) - 1;
            Length sum;
            for (std::size_t r = i; r <= last; ++r) {
                sum += rows[r].height;
                rows[r].row->splittable = false;
                if (r > i) rows[r].joined = true;
            }
            const Length needed =
                padded(cell) + rows[i].row->line_above + rows[last].row->line_below;
            if (needed > sum && !rows[last].row->fixed) rows[last].height += needed - sum;
        }
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (CellPiece& cell : rows[i].row->cells) {
            if (cell.row_span == 1) continue;
            for (std::size_t r = i; r < i + static_cast<std::size_t>(cell.row_span); ++r)
                cell.height += rows[r].height;
        }

    int table_index = -1;
    if (header_rows > 0 && header_rows < rows.size()) {
        table_index = static_cast<int>(out.tables.size());
        out.tables.emplace_back();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (table_index >= 0 && i < header_rows) {
            // Set now, so that a copy can stand on the pages that follow.
            FlowTable& repeated = out.tables[static_cast<std::size_t>(table_index)];
            rows[i].content = set_row(*rows[i].row, rows[i].height, i == 0);
            rows[i].row.reset();
            repeated.header.append(rows[i].content.repeated_header(),
                                   {Length(), repeated.header_height});
            repeated.header_height += rows[i].height;
        } else {
            rows[i].table = table_index;
        }
    }

    FlowPiece& first = rows.front();
    first.own_space = space_above(style.margin_top);
    first.space = !before_.any           ? first.own_space
                  : settings.add_spacing ? style.margin_top + before_.below
                                         : std::max(style.margin_top, before_.below);
    first.joined = before_.any && before_.keep;
    first.change = before_.change;
    if (style.break_before == Break::page || !style.master_page.empty()) {
        if (!first.change) first.change = PageChange();
        if (!style.master_page.empty()) {
            // Writer heeds the page number beside a page style only.
            first.change->master = style.master_page;
            first.change->number = style.page_number;
        }
    }
    rows.back().below = style.margin_bottom;

    before_ = Before();
    before_.any = true;
    before_.below = style.margin_bottom;
    before_.keep = style.keep_with_next;
    if (style.break_after != Break::none) before_.change = PageChange();
}

Fragment Flow::set_row(RowPiece& row, Length height, bool top_of_page) {
    Fragment out;
    Fragment borders;
    if (row.background)
        out.items.emplace_back(
            fill_path({row.x, row.line_above, row.width, height - row.line_above - row.line_below},
                      *row.background, {-1, Artifact::background}));
    for (CellPiece& cell : row.cells) {
        const BoxStyle& box = cell.style->box;
        const Length whole = cell.height > Length() ? cell.height : height;
        const Length inner = whole - row.line_above - row.line_below;
        if (box.background)
            out.items.emplace_back(fill_path({cell.x, row.line_above, cell.width, inner},
                                             *box.background, {-1, Artifact::background}));
        Length y = row.line_above + box.padding[top];
        const Length free = inner - padded(cell);
        if (free > Length()) {
            if (cell.style->vertical_align == VerticalAlign::middle) y += free / 2;
            if (cell.style->vertical_align == VerticalAlign::bottom) y += free;
        }
        Length used;
        out.append(set(cell.content, 0, cell.content.pieces.size(), true, used),
                   {cell.x + box.padding[left], y});
        // Lines lie on the edges: half on either side, one for two neighbours.
        BoxStyle frame;
        frame.border = box.border;
        if (cell.left_drawn) frame.border[left] = Border();
        if (row.top_drawn && !top_of_page) frame.border[top] = Border();
        const Length bottom_line = box.border[bottom].space();
        const Length half_left = frame.border[left].space() / 2,
                     half_right = frame.border[right].space() / 2;
        const Length bottom_y = row.line_below > Length() ? whole : whole + bottom_line;
        add_border_paths(
            borders.items, frame,
            {cell.x - half_left, Length(), cell.width + half_left + half_right, bottom_y},
            {-1, Artifact::layout});
    }
    out.append(std::move(borders), {});
    return out;
}

namespace {

/// How much of a cell fits into some room, ending where a break is allowed.
struct Fitting {
    std::size_t count = 0;            ///< of whole pieces
    std::optional<Length> next_room;  ///< of the row that follows them, which can be cut
};

bool can_split(const FlowPiece&, Length room, Length page);

Length room_in(const RowPiece& row, const CellPiece& cell, Length room) {
    const BoxStyle& box = cell.style->box;
    return room - row.line_above - box.padding[top] - box.padding[bottom];
}

Fitting fitting(const Stack& stack, Length room, Length page) {
    Fitting out;
    Length y;
    for (; out.count < stack.pieces.size(); ++out.count) {
        const FlowPiece& piece = stack.pieces[out.count];
        const Length space = out.count == 0 ? piece.own_space : piece.space;
        if (y + space + piece.height + closing(stack, out.count) > room) {
            if (can_split(piece, room - y - space, page)) out.next_room = room - y - space;
            break;
        }
        y += space + piece.height;
    }
    if (!out.next_room)
        while (out.count > 0 && out.count < stack.pieces.size() && stack.pieces[out.count].joined)
            --out.count;
    return out;
}

bool can_split(const FlowPiece& piece, Length room, Length page) {
    if (!piece.row || (!piece.row->splittable && piece.height <= page)) return false;
    bool cut = false;
    for (const CellPiece& cell : piece.row->cells) {
        const Fitting fits = fitting(cell.content, room_in(*piece.row, cell, room), page);
        // Every cell shows at least its first line before the page ends.
        if (fits.count == 0 && !fits.next_room && !cell.content.pieces.empty()) return false;
        cut = cut || fits.count < cell.content.pieces.size();
    }
    return cut;
}

}  // namespace

Length Flow::cell_height(const Stack& stack) const {
    const bool counts = !stack.pieces.empty() && styles_.settings().spacing_in_cells;
    return height_of(stack, counts ? stack.pieces.back().below : Length());
}

std::optional<FlowPiece> Flow::split_row(FlowPiece& piece, Length room, Length page) {
    if (!can_split(piece, room, page)) return std::nullopt;
    RowPiece& row = *piece.row;

    FlowPiece rest;
    rest.row = std::make_unique<RowPiece>();
    rest.table = piece.table;
    rest.column = piece.column;
    rest.section = piece.section;
    RowPiece& other = *rest.row;
    other.line_above = row.line_above;
    other.line_below = row.line_below;
    other.splittable = row.splittable;
    other.moves = row.moves;
    other.fixed = row.fixed;
    other.x = row.x;
    other.width = row.width;
    other.background = row.background;
    row.line_below = Length();
    // What is left of a minimal height counts for the rest.
    for (CellPiece& cell : row.cells) {
        Fitting fits = fitting(cell.content, room_in(row, cell, room), page);
        CellPiece after;
        after.x = cell.x;
        after.width = cell.width;
        after.style = cell.style;
        after.left_drawn = cell.left_drawn;
        after.content.boxes = cell.content.boxes;
        auto& pieces = cell.content.pieces;
        if (fits.next_room)
            if (auto inner = split_row(pieces[fits.count], *fits.next_room, page))
                pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(++fits.count),
                              std::move(*inner));
        if (fits.count > 0 && fits.count < pieces.size()) {
            const Length closed = closing(cell.content, fits.count - 1);
            reopen(cell.content, fits.count, true);
            pieces[fits.count - 1].height += closed;
        }
        const auto at = pieces.begin() + static_cast<std::ptrdiff_t>(fits.count);
        std::move(at, pieces.end(), std::back_inserter(after.content.pieces));
        pieces.erase(at, pieces.end());
        for (FlowPiece& one : after.content.pieces)
            one.table = -1;
        if (!after.content.pieces.empty()) after.content.pieces.front().own_space = Length();
        cell.content_height = cell_height(cell.content);
        after.content_height = cell_height(after.content);
        other.cells.push_back(std::move(after));
    }
    const Length first_height = std::min(room, std::max(row_height(row), Length()));
    other.least_height = std::max(row.least_height - first_height, Length());
    row.least_height = Length();
    piece.height = std::max(row_height(row), std::min(room, first_height));
    rest.height = row_height(other);
    rest.below = piece.below;
    return rest;
}

}  // namespace paraphe::layout
