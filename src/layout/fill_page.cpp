#include <iterator>

#include "base/error.hpp"
#include "layout/names.hpp"
#include "layout/paginate.hpp"
#include "layout/surround.hpp"

/// The second part of Paginator: pieces are put on pages, one page after the other.
namespace paraphe::layout {

namespace n = names;

namespace {

/// A document that would never end (a hostile page size) stops here.
constexpr std::size_t most_pages = 20000;

/// Number of the first paragraph from that piece on; 0 when there is none.
int first_paragraph(const std::vector<FlowPiece>& pieces, std::size_t begin) {
    for (std::size_t i = begin; i < pieces.size(); ++i) {
        if (pieces[i].paragraph != nullptr) return pieces[i].paragraph->number;
        if (pieces[i].row)
            for (const CellPiece& cell : pieces[i].row->cells)
                if (const int found = first_paragraph(cell.content.pieces, 0); found > 0)
                    return found;
    }
    return 0;
}

}  // namespace

std::size_t Paginator::fill_page(Stack& stack, std::size_t begin, Filled& out, int page,
                                 bool explicit_break, const PageChange*& change) {
    auto& pieces = stack.pieces;
    const bool framed = stack.framed || !collector_.page_frames().empty();
    std::size_t at = begin;
    for (const ColumnPlace& place : column_places(out.area.style->columns, out.area.width)) {
        Filled::Column column;
        column.slot = slot(out.area, place);
        const bool keep_space = explicit_break && styles_.settings().spacing_at_start;
        // Header rows of a table that goes on.
        Length header_height;
        if (at < pieces.size() && pieces[at].table >= 0 && at > 0 && !explicit_break) {
            const auto& table = stack.tables[static_cast<std::size_t>(pieces[at].table)];
            if (started_.contains(pieces[at].table) &&
                table.header_height + pieces[at].height <= column.slot.height) {
                Fragment copy = table.header;
                column.body.append(std::move(copy), {});
                header_height = table.header_height;
            }
        }
        Filling filling;
        if (framed) {
            Surround surround(flow_, typesetter_, column.slot.area);
            for (const Object& object : collector_.page_frames()) {
                if (object.page != page) continue;
                PlacedFrame frame = surround.add_page_frame(object);
                if (at == begin && out.columns.empty()) out.frames.push_back(std::move(frame));
            }
            do {
                surround.begin();
                filling = fill(stack, at, column.slot, keep_space, header_height, &surround);
            } while (!surround.complete(stack, at, filling.end));
        } else {
            filling = fill(stack, at, column.slot, keep_space, header_height, nullptr);
        }
        for (std::size_t i = at; i < filling.end; ++i)
            if (pieces[i].table >= 0) started_.insert(pieces[i].table);
        for (const Filling::Strip& strip : filling.strips) {
            Length height;
            column.body.append(flow_.set(stack, strip.begin, strip.end, strip.first_space, height,
                                         strip.at.y == header_height),
                               strip.at);
        }
        std::move(filling.rules.begin(), filling.rules.end(),
                  std::back_inserter(column.body.items));
        column.foot = std::move(filling.foot);
        out.columns.push_back(std::move(column));
        at = filling.end;
        change = filling.change;
        explicit_break = change != nullptr;
        if (at >= pieces.size() || (change != nullptr && !change->column)) break;
    }
    return at;
}

void Paginator::place(Stack&& stack, Pages& pages, int page_count, Learnt& learnt) {
    auto& pieces = stack.pieces;
    const odf::Element* master = nullptr;
    int number = 1;
    bool first_of_style = true;
    if (!pieces.empty() && pieces.front().change) {
        master = styles_.master_page(pieces.front().change->master);
        number = pieces.front().change->number.value_or(1);
    }
    if (master == nullptr) master = styles_.first_master_page();

    std::vector<Filled> filled;
    std::size_t begin = 0;
    bool explicit_break = true;  // the document's start keeps its space, as after a break
    do {
        // A page that may only stand on the other side leaves a blank one, which is not printed,
        // but counts.
        if (wrong_side(master, number)) {
            ++number;
            ++blank_pages_;
        }
        Filled one;
        one.area =
            open_page(master, number, first_paragraph(pieces, begin), first_of_style, page_count);
        one.first_of_style = first_of_style;
        const PageChange* change = nullptr;
        begin = fill_page(stack, begin, one, static_cast<int>(filled.size()) + 1, explicit_break,
                          change);
        filled.push_back(std::move(one));

        explicit_break = change != nullptr;
        first_of_style = false;
        ++number;
        if (change != nullptr) {
            if (const auto* next = styles_.master_page(change->master)) {
                // Measured: the same page style again has no first page again.
                first_of_style = next != master;
                master = next;
                if (change->number) number = *change->number;
                continue;
            }
            if (change->number) number = *change->number;
        }
        if (master != nullptr) {
            const auto next = master->attribute_or_empty(n::style_next_style_name);
            if (const auto* follow = styles_.master_page(next)) {
                first_of_style = follow != master;
                master = follow;
            }
        }
        if (filled.size() > most_pages)
            throw Error(ErrorKind::malformed_input,
                        "le document donne plus de " + std::to_string(most_pages) + " pages",
                        {warnings_.source(), 0, 0, {}});
    } while (begin < pieces.size());

    // Headers and footers that count the pages are set again, now that the count is known.
    const int count = static_cast<int>(filled.size()) + blank_pages_;
    for (Filled& one : filled) {
        if (collector_.furniture_counts_pages() && count != page_count)
            one.area = open_page(one.area.master, one.area.number, one.area.paragraph,
                                 one.first_of_style, count);
        close_page(one, pages);
    }
    for (const Object& object : collector_.page_frames())
        if (object.page > static_cast<int>(filled.size()))
            warnings_.add("P0410",
                          "un cadre est ancré à la page " + std::to_string(object.page) +
                              ", que le document n’a pas : il manque",
                          nullptr, "ancrez le cadre à un paragraphe");
    resolve_links(pages);
    learnt.fields = std::move(fields_);
    for (const auto& [name, place] : bookmarks_)
        if (!name.ends_with("|outline")) learnt.pages.emplace(name, place.printed);
}

bool Paginator::wrong_side(const odf::Element* master, int number) {
    if (master == nullptr) return false;
    const PageStyle::Usage usage = styles_.page(*master)->usage;
    return (usage == PageStyle::Usage::left && number % 2 != 0) ||
           (usage == PageStyle::Usage::right && number % 2 == 0);
}

Paginator::Slot Paginator::slot(const Area& area, ColumnPlace place) const {
    Slot out;
    out.x = place.x;
    out.width = place.width;
    out.height = area.bottom - area.top;
    out.style = area.style;
    out.style_element = area.master;
    out.area.on_page = true;
    out.area.mirrored = area.mirrored;
    out.area.page = {-area.left - place.x, -area.top, area.style->size.width,
                     area.style->size.height};
    out.area.content = {-place.x, Length(), area.width, out.height};
    return out;
}

}  // namespace paraphe::layout
