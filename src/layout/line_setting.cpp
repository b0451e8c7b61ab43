#include <algorithm>
#include <utility>

#include "base/utf8.hpp"
#include "layout/line_builder.hpp"
#include "layout/measure.hpp"
#include "locale/line_breaking.hpp"

/// The second half of LineBuilder: a line whose ends are known becomes glyph runs with places.
namespace paraphe::layout {
namespace {

bool is_background(const Item& item) {
    const auto* path = std::get_if<Path>(&item);
    return path != nullptr && path->mark.artifact == Artifact::background;
}

/// Takes the text that a drawing (a formula, say) has on the baseline of its line: it is read with
/// the line. `top`: of the drawing.
std::string take_text(Fragment& drawing, Length top, Length baseline) {
    std::string out;
    std::erase_if(drawing.lines, [&](const LineBox& line) {
        const Length off = top + line.baseline - baseline;
        const bool here = line.paragraph < 0 && std::max(off, -off) * 10 < line.box.height;
        if (here) out += line.text;
        return here;
    });
    return out;
}

}  // namespace

std::vector<LineBuilder::Piece> LineBuilder::pieces(std::uint32_t begin, std::uint32_t end,
                                                    Length start) const {
    std::vector<Piece> out;
    Pen pen = pen_at(begin, start, end);
    auto run =
        std::upper_bound(runs_.begin(), runs_.end(), begin,
                         [](std::uint32_t octet, const SetRun& one) { return octet < one.end; });
    std::size_t stretch = 0;  // first piece since the last tab
    const auto settle = [&](std::uint32_t until) {
        // The tab before this stretch now knows how wide it is.
        const Length gap =
            pen.pending ? position(pen, until) - (x_[until] - x_[pen.from]) - pen.start : Length();
        if (pen.pending && stretch > 0) out[stretch - 1].width += gap;
        Length x = pen.pending ? pen.start + gap : pen.start;
        for (std::size_t i = stretch; i < out.size(); ++i) {
            out[i].x = x;
            x += out[i].width;
        }
    };
    for (std::uint32_t at = begin; at < end;) {
        if (p_.text[at] == '\t') {
            const Length pen_x = position(pen, at);
            settle(at);
            const Pen next = after_tab(pen, at, end);
            Piece tab;
            tab.begin = at;
            tab.end = at + 1;
            tab.tab = true;
            tab.x = pen_x;
            tab.width = next.start - pen_x;
            tab.stop = next.stop;
            out.push_back(tab);
            stretch = out.size();
            pen = next;
            ++at;
            continue;
        }
        if (run != runs_.end() && run->begin <= at) {
            Piece piece;
            piece.begin = at;
            piece.end = std::min(end, run->end);
            piece.run = &*run;
            piece.width = x_[piece.end] - x_[at];
            out.push_back(piece);
            at = piece.end;
            if (run->end <= at) ++run;
            continue;
        }
        if (p_.text[at] == '\xEF') {
            for (std::size_t i = 0; i < p_.objects.size(); ++i)
                if (p_.objects[i].at == at) {
                    Piece piece;
                    piece.begin = at;
                    piece.end = at + 3;
                    piece.object = static_cast<int>(i);
                    piece.width = placed_[i].width;
                    out.push_back(piece);
                }
            at += 3;
            continue;
        }
        ++at;  // a line break
    }
    settle(end);
    // Bidirectional text: each stretch between tabs is put into visual order.
    for (std::size_t first = 0; first < out.size();) {
        if (out[first].tab) {
            ++first;
            continue;
        }
        std::size_t last = first;
        std::vector<std::uint8_t> levels;
        bool mixed = false;
        for (; last < out.size() && !out[last].tab; ++last) {
            const std::uint8_t level = out[last].run != nullptr ? out[last].run->level
                                       : style_.right_to_left   ? std::uint8_t{1}
                                                                : std::uint8_t{0};
            levels.push_back(level);
            mixed = mixed || level != 0;
        }
        if (mixed) {
            Length x = out[first].x;
            std::vector<Piece> ordered;
            std::vector<int> order = locale::visual_order(levels);
            if (style_.right_to_left) std::reverse(order.begin(), order.end());
            for (const int at : order) {
                Piece piece = out[first + static_cast<std::size_t>(at)];
                piece.x = x;
                x += piece.width;
                ordered.push_back(piece);
            }
            std::move(ordered.begin(), ordered.end(),
                      out.begin() + static_cast<std::ptrdiff_t>(first));
        }
        first = last;
    }
    return out;
}

void LineBuilder::add_text_height(Height& height, std::uint32_t begin, std::uint32_t end) {
    // Of every style on the line; an empty line has that of the paragraph.
    bool any = false, objects = false;
    const auto first = std::partition_point(p_.spans.begin(), p_.spans.end(),
                                            [&](const Span& span) { return span.end <= begin; });
    for (auto at = first; at != p_.spans.end() && at->begin < end; ++at) {
        const Span& span = *at;
        const bool only_object = span.end - span.begin == 3 && p_.text[span.begin] == '\xEF' &&
                                 p_.text.compare(span.begin, 3, "\xEF\xBF\xBC") == 0;
        objects = objects || only_object;
        if (only_object) continue;
        height.add(shaper_.metrics(*span.style));
        any = true;
    }
    if (!any && !objects) height.add(shaper_.metrics(*style_.text));
    add_object_height(height, begin, end);
}

void LineBuilder::set_line(Line& line, std::uint32_t begin, std::uint32_t end, Length start,
                           const Height& height, bool first, bool last) {
    Length baseline, total;
    finish_height(height, baseline, total);
    line.height = total;
    if (style_.line_height == LineHeight::proportional && style_.line_percent > 100)
        line.spare = std::max(total - baseline - std::max(height.descent, height.object_descent) -
                                  style_.line_spacing,
                              Length());
    std::vector<Piece> list = pieces(begin, end, start);
    const std::uint32_t seen = visible_end(begin, end);
    const bool forced = end > begin && p_.text[end - 1] == '\n';

    Align align = style_.align;
    // Measured: "start" is the left and "end" the right.
    if (style_.right_to_left && (align == Align::start || align == Align::end))
        align = align == Align::start ? Align::end : Align::start;
    // Measured: the last line of a justified paragraph never stands at the end.
    if (align == Align::justify && (last || forced))
        align = style_.align_last == Align::end ? Align::start : style_.align_last;

    // Where the text ends, trailing spaces of the paragraph's end included.
    Length reach = start;
    std::uint32_t stretch_begin = begin;
    for (const Piece& piece : list) {
        if (piece.tab) stretch_begin = piece.end;
        Length piece_end = piece.x + piece.width;
        // Measured: from right to left, blanks at the end of a line count where they have room.
        const bool hang =
            style_.right_to_left
                ? align == Align::justify || piece_end > right_
                : (piece.run != nullptr && (piece.run->level & 1) == 0 && !(last && !forced));
        if (hang && piece.run != nullptr && piece.end > seen && piece.begin <= seen)
            piece_end -= x_[piece.end] - x_[std::max(seen, piece.begin)];
        if (piece.begin < seen || (last && !forced)) reach = std::max(reach, piece_end);
    }
    Length free = right_ - reach;
    if (hyphenated_ && !last) free -= hyphen_width(end - 1);
    Length shift, extra;
    std::int64_t spaces = 0, done = 0;
    if (align == Align::justify && free > Length()) {
        for (std::uint32_t i = stretch_begin; i < seen; ++i)
            if (p_.text[i] == ' ') ++spaces;
        if (spaces > 0) extra = free;
    } else if (free > Length()) {
        if (align == Align::end) shift = free;
        if (align == Align::center) shift = free / 2;
    }

    Length pen = start + shift;
    if (!list.empty()) pen = list.front().x + shift;
    const Length line_x = pen;
    std::string cap;
    if (first) {
        add_label(line, shift, baseline);
        if (cap_) cap = add_cap(line, line_x);
    }
    Length stretched;  // what justification has added so far
    std::vector<std::pair<std::uint32_t, std::string>> objects;  // their text, by their place
    // Set in visual order, kept in the order of the text, which is that of reading.
    const bool mixed =
        style_.right_to_left || std::any_of(list.begin(), list.end(), [](const Piece& piece) {
            return piece.run != nullptr && (piece.run->level & 1) != 0;
        });
    std::vector<std::pair<std::uint32_t, Fragment>> parts;
    Line part;
    part.height = line.height;
    Line& to = mixed ? part : line;
    for (Piece& piece : list) {
        piece.x += shift + stretched;
        if (piece.tab) {
            add_gap(to, piece, baseline);
            pen = piece.x + piece.width;
        } else if (piece.object >= 0) {
            PlacedObject& object = placed_[static_cast<std::size_t>(piece.object)];
            const Object& source = p_.objects[static_cast<std::size_t>(piece.object)];
            const Length above =
                source.style != nullptr ? object.ascent - source.style->margin_top : object.ascent;
            const Point at{piece.x + object.left_margin, baseline - above};
            objects.emplace_back(source.at, take_text(object.fragment, at.y, baseline));
            to.content.append(std::move(object.fragment), at);
            pen = piece.x + piece.width;
        } else {
            Length x = piece.x;
            add_text(to, piece, baseline, stretch_begin, seen, extra, spaces, done, x);
            stretched = spaces == 0 ? Length() : extra.scaled(done, spaces);
            pen = x;
        }
        if (!mixed) continue;
        if (piece.run != nullptr && (piece.run->level & 1) != 0) {
            std::vector<Item>& items = part.content.items;
            std::reverse(std::stable_partition(items.begin(), items.end(), is_background),
                         items.end());
        }
        Fragment here;
        here.append(std::exchange(part.content, Fragment()),
                    {placed(piece.x, pen - piece.x) - piece.x, Length()});
        parts.emplace_back(piece.begin, std::move(here));
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [at, fragment] : parts)
        line.content.append(std::move(fragment), {});
    const Length gap_x = pen;
    if (hyphenated_ && !last) {
        const Span& span = span_at(end - 1);
        const auto hyphen = shaper_.shape("-", *span.style, nullptr);
        add_plain(line, hyphen, "\xC2\xAD", placed(gap_x, width_of(hyphen)), baseline,
                  span.node < 0 ? p_.mark : Mark{span.node, Artifact::none}, span.provenance);
    }
    if (forced) {
        // Readers of the text need a blank where the author broke the line.
        const Span& span = span_at(end - 1);
        const auto blank = shaper_.shape(" ", *span.style, nullptr);
        add_plain(line, blank, " ", placed(gap_x, width_of(blank)), baseline,
                  span.node < 0 ? p_.mark : Mark{span.node, Artifact::none}, span.provenance);
    }

    LineBox box;
    box.paragraph = p_.number;
    box.style = style_.name;
    const Length before = cap.empty() ? Length() : cap_->width;
    const Length line_width = std::max(pen - line_x, Length()) + before;
    const Length left_edge = placed(line_x - before, line_width);
    box.box = {left_edge, Length(), line_width, total};
    box.text = std::move(cap);
    box.baseline = baseline;
    box.furniture = p_.mark.node < 0;
    for (std::uint32_t i = begin; i < end; ++i) {
        const char c = p_.text[i];
        if (p_.text.compare(i, 3, "\xEF\xBF\xBC") == 0) {
            for (const auto& [at, text] : objects)
                if (at == i) box.text += text;
            i += 2;
        } else if (c != '\n') {
            box.text += c;
        }
    }
    if (hyphenated_ && !last) {
        if (box.text.ends_with("\xC2\xAD")) box.text.erase(box.text.size() - 2);
        box.text += '-';
    }
    if (first && p_.label && !p_.label->text.empty()) {
        const bool blank = p_.label->text.back() == ' ';
        box.text = p_.label->text + (blank ? "" : " ") + box.text;
        const Length width = width_of(label_runs_);
        const Length label_x = placed(label_x_ + shift, width);
        const Length end_x = std::max(box.box.x + box.box.width, label_x + width);
        box.box.x = std::min(box.box.x, label_x);
        box.box.width = end_x - box.box.x;
    }
    line.content.lines.push_back(std::move(box));

    for (const Anchor& anchor : p_.anchors)
        if ((anchor.at >= begin && anchor.at < end) || (last && anchor.at == end))
            line.content.targets.push_back({{left_edge, Length()}, anchor.name, 0, {}, nullptr});
    for (const Note& note : p_.notes)
        if (note.at >= begin && note.at < end) line.content.notes.push_back(&note);
    if (first) {
        for (const odf::Element* field : p_.page_fields)
            line.content.targets.push_back({{left_edge, Length()}, {}, 0, {}, field});
        if (p_.heading > 0 && p_.mark.node >= 0) {
            std::string title = p_.label ? p_.label->text : std::string();
            if (!title.empty() && title.back() != ' ') title += ' ';
            for (const char c : p_.text)
                title += c == '\n' || c == '\t' ? ' ' : c;
            line.content.targets.push_back(
                {{left_edge, Length()}, {}, p_.heading, std::move(title), nullptr});
        }
    }
}

}  // namespace paraphe::layout
