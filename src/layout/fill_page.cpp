#include <iterator>

#include "base/error.hpp"
#include "layout/names.hpp"
#include "layout/paginate.hpp"
#include "layout/surround.hpp"

/// The second half of Paginator: pieces are put on pages, one page after the other.
namespace paraphe::layout {

namespace n = names;

namespace {

/// A document that would never end (a hostile page size) stops here.
constexpr std::size_t most_pages = 20000;

}  // namespace

/// What of the stack stands on a page, and what follows.
struct Paginator::Filling {
    std::size_t end = 0;
    Length header_height;  ///< of repeated rows
    std::vector<Fragment> notes;
    std::vector<Length> note_heights;
    const PageChange* change = nullptr;  ///< that ends the page
};

Paginator::Filling Paginator::fill(Stack& stack, std::size_t begin, const Area& area,
                                   bool keep_space, Length header_height, Surround* surround) {
    auto& pieces = stack.pieces;
    const Length room = area.bottom - area.top;
    Filling out;
    out.header_height = header_height;
    Length used = header_height;
    Length note_room;
    std::size_t end = begin;
    for (; end < pieces.size(); ++end) {
        if (end > begin && pieces[end].change) {
            out.change = &*pieces[end].change;
            break;
        }
        if (pieces[end].column != area.width) {
            if (pieces[end].paragraph != nullptr)
                flow_.break_again(stack, end, area.width, {});
            else
                warnings_.add(
                    "P0418",
                    "un tableau passe sur une page d’une autre largeur de texte : il garde "
                    "celle d’avant",
                    area.master, "donnez aux deux styles de page les mêmes marges latérales");
        }
        const Length space = end > begin  ? pieces[end].space
                             : keep_space ? pieces[end].own_space
                                          : Length();
        if (surround != nullptr) {
            if (end > begin && surround->waits(pieces[end].paragraph)) break;
            if (!surround->meet(stack, end, used + space, space, end == begin)) {
                surround->begin();
                return fill(stack, begin, area, keep_space, header_height, surround);
            }
        }
        FlowPiece& piece = pieces[end];
        // Notes of this piece go to the foot of the same page.
        std::vector<Fragment> own_notes;
        std::vector<Length> own_heights;
        Length own_room;
        for (const Note* note : piece.content.notes) {
            Length height;
            own_notes.push_back(flow_.set_all(flow_.lay_out(note->blocks, area.width), height));
            own_heights.push_back(height);
            own_room += height;
        }
        if (!own_notes.empty() && out.notes.empty())
            own_room += area.style->footnote_before + area.style->footnote_rule +
                        area.style->footnote_after;
        const Length left_room = room - used - space - note_room - own_room;
        if (piece.height - piece.spare > left_room) {
            if (piece.row && piece.row->splittable) {
                if (auto rest = flow_.split_row(piece, left_room)) {
                    pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(end) + 1,
                                  std::move(*rest));
                    ++end;
                    break;
                }
            }
            std::size_t cut = end;
            while (cut > begin && pieces[cut].joined)
                --cut;
            if (cut > begin)
                end = cut;
            else if (end == begin)
                ++end;  // higher than a page: it stands alone and overflows
            break;
        }
        used += space + piece.height;
        note_room += own_room;
        std::move(own_notes.begin(), own_notes.end(), std::back_inserter(out.notes));
        out.note_heights.insert(out.note_heights.end(), own_heights.begin(), own_heights.end());
    }
    out.end = end;
    return out;
}

std::map<const odf::Element*, int> Paginator::place(Stack&& stack, Pages& pages, int page_count) {
    auto& pieces = stack.pieces;
    const odf::Element* master = nullptr;
    int number = 1;
    bool first_of_style = true;
    if (!pieces.empty() && pieces.front().change) {
        master = styles_.master_page(pieces.front().change->master);
        number = pieces.front().change->number.value_or(1);
    }
    if (master == nullptr) master = styles_.first_master_page();

    std::set<int> started;  // tables of which a body row was placed
    struct Filled {
        Area area;
        bool first_of_style;
        Fragment body;
        std::vector<PlacedFrame> frames;
        std::vector<Fragment> notes;
        std::vector<Length> note_heights;
    };
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
        Area area = open_page(master, number, first_of_style, page_count);
        const Length room = area.bottom - area.top;
        Fragment body;
        Length header_height;
        const bool keep_space = explicit_break && styles_.settings().spacing_at_start;
        // Header rows of a table that goes on.
        if (begin < pieces.size() && pieces[begin].table >= 0 && begin > 0 && !explicit_break) {
            const auto& table = stack.tables[static_cast<std::size_t>(pieces[begin].table)];
            if (started.contains(pieces[begin].table) &&
                table.header_height + pieces[begin].height <= room) {
                Fragment copy = table.header;
                body.append(std::move(copy), {});
                header_height = table.header_height;
            }
        }
        std::vector<PlacedFrame> frames;
        Filling filling;
        if (stack.framed || !collector_.page_frames().empty()) {
            Surround surround(flow_, typesetter_, frame_area(area));
            for (const Object& object : collector_.page_frames())
                if (object.page == static_cast<int>(filled.size()) + 1)
                    frames.push_back(surround.add_page_frame(object));
            do {
                surround.begin();
                filling = fill(stack, begin, area, keep_space, header_height, &surround);
            } while (!surround.complete(stack, begin, filling.end));
        } else {
            filling = fill(stack, begin, area, keep_space, header_height, nullptr);
        }
        const std::size_t end = filling.end;
        for (std::size_t i = begin; i < end; ++i)
            if (pieces[i].table >= 0) started.insert(pieces[i].table);
        Length height;
        body.append(flow_.set(stack, begin, end, keep_space, height, true),
                    {Length(), header_height});
        filled.push_back({std::move(area), first_of_style, std::move(body), std::move(frames),
                          std::move(filling.notes), std::move(filling.note_heights)});

        begin = end;
        explicit_break = filling.change != nullptr;
        first_of_style = false;
        ++number;
        if (const PageChange* change = filling.change) {
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
            one.area = open_page(one.area.master, one.area.number, one.first_of_style, count);
        if (!one.frames.empty()) one.body = between(std::move(one.frames), std::move(one.body));
        close_page(one.area, std::move(one.body), std::move(one.notes), one.note_heights, pages);
    }
    for (const Object& object : collector_.page_frames())
        if (object.page > static_cast<int>(filled.size()))
            warnings_.add("P0410",
                          "un cadre est ancré à la page " + std::to_string(object.page) +
                              ", que le document n’a pas : il manque",
                          nullptr, "ancrez le cadre à un paragraphe");
    resolve_links(pages);
    return std::move(fields_);
}

bool Paginator::wrong_side(const odf::Element* master, int number) {
    if (master == nullptr) return false;
    const PageStyle::Usage usage = styles_.page(*master)->usage;
    return (usage == PageStyle::Usage::left && number % 2 != 0) ||
           (usage == PageStyle::Usage::right && number % 2 == 0);
}

FrameArea Paginator::frame_area(const Area& area) const {
    FrameArea out;
    out.on_page = true;
    out.mirrored = area.mirrored;
    out.page = {-area.left, -area.top, area.style->size.width, area.style->size.height};
    out.content = {{}, {}, area.width, area.bottom - area.top};
    return out;
}

}  // namespace paraphe::layout
