#include <algorithm>
#include <utility>

#include "base/utf8.hpp"
#include "layout/line_builder.hpp"
#include "layout/measure.hpp"
#include "locale/line_breaking.hpp"

/// The second half of LineBuilder: a line whose ends are known becomes glyph runs with places.
namespace paraphe::layout {
namespace {

constexpr Mark furniture{-1, Artifact::layout};

/// Underlines and the like sit where the font says, a sub- or superscript's with its text.
Length font_units(int units, Length size, const text::Face& face) {
    return size.scaled(units, face.metrics().units_per_em);
}

bool is_background(const Item& item) {
    const auto* path = std::get_if<Path>(&item);
    return path != nullptr && path->mark.artifact == Artifact::background;
}

Path rule(Length x, Length y, Length width, Length thickness, Color color, Decoration style) {
    Path out;
    out.verbs = {Verb::move, Verb::line};
    out.points = {{x, y}, {x + width, y}};
    out.stroke = color;
    out.stroke_width = thickness;
    if (style == Decoration::dotted) out.dashes = {thickness, thickness};
    if (style == Decoration::dashed || style == Decoration::wave)
        out.dashes = {thickness * 4, thickness * 2};
    out.mark = furniture;
    return out;
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
            for (const int at : locale::visual_order(levels)) {
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
    for (Item& item : line.content.items)
        translate(item, {Length(), baseline});

    std::vector<Piece> list = pieces(begin, end, start);
    const std::uint32_t seen = visible_end(begin, end);
    const bool forced = end > begin && p_.text[end - 1] == '\n';

    // Where the text ends, trailing spaces of the paragraph's end included.
    Length reach = start;
    std::uint32_t stretch_begin = begin;
    for (const Piece& piece : list) {
        if (piece.tab) stretch_begin = piece.end;
        Length piece_end = piece.x + piece.width;
        if (piece.run != nullptr && piece.end > seen && !(last && !forced) && piece.begin <= seen &&
            (piece.run->level & 1) == 0)
            piece_end -= x_[piece.end] - x_[std::max(seen, piece.begin)];
        if (piece.begin < seen || (last && !forced)) reach = std::max(reach, piece_end);
    }
    Length free = right_ - reach;
    if (hyphenated_ && !last) free -= hyphen_width(end - 1);
    Align align = style_.align;
    if (align == Align::justify && (last || forced)) align = style_.align_last;
    Length shift, extra;
    std::int64_t spaces = 0, done = 0;
    if (align == Align::justify && free > Length()) {
        for (std::uint32_t i = stretch_begin; i < seen; ++i)
            if (p_.text[i] == ' ') ++spaces;
        if (spaces > 0)
            extra = free;
        else if (style_.right_to_left)
            shift = free;
    } else if (free > Length()) {
        if (align == Align::end) shift = free;
        if (align == Align::center) shift = free / 2;
    }

    Length pen = start + shift;
    if (!list.empty()) pen = list.front().x + shift;
    const Length line_x = pen;
    Length stretched;  // what justification has added so far
    std::vector<std::pair<std::uint32_t, std::string>> objects;  // their text, by their place
    // Set in visual order, kept in the order of the text, which is that of reading.
    const bool mixed = std::any_of(list.begin(), list.end(), [](const Piece& piece) {
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
        parts.emplace_back(piece.begin, std::exchange(part.content, Fragment()));
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [at, fragment] : parts)
        line.content.append(std::move(fragment), {});
    const Length gap_x = pen;
    if (hyphenated_ && !last) {
        const Span& span = span_at(end - 1);
        add_plain(line, shaper_.shape("-", *span.style, nullptr), "\xC2\xAD", gap_x, baseline,
                  span.node < 0 ? p_.mark : Mark{span.node, Artifact::none}, span.provenance);
    }
    if (forced) {
        // Readers of the text need a blank where the author broke the line.
        const Span& span = span_at(end - 1);
        add_plain(line, shaper_.shape(" ", *span.style, nullptr), " ", gap_x, baseline,
                  span.node < 0 ? p_.mark : Mark{span.node, Artifact::none}, span.provenance);
    }

    LineBox box;
    box.paragraph = p_.number;
    box.style = style_.name;
    box.box = {line_x, Length(), std::max(pen - line_x, Length()), total};
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
        const auto* label = line.content.items.empty()
                                ? nullptr
                                : std::get_if<GlyphRun>(&line.content.items.front());
        const Length label_x = label != nullptr ? label->origin.x : line_x;
        const bool blank = p_.label->text.back() == ' ';
        box.text = p_.label->text + (blank ? "" : " ") + box.text;
        box.box.width += std::max(box.box.x - label_x, Length());
        box.box.x = std::min(box.box.x, label_x);
    }
    line.content.lines.push_back(std::move(box));

    for (const Anchor& anchor : p_.anchors)
        if ((anchor.at >= begin && anchor.at < end) || (last && anchor.at == end))
            line.content.targets.push_back({{line_x, Length()}, anchor.name, 0, {}, nullptr});
    for (const Note& note : p_.notes)
        if (note.at >= begin && note.at < end) line.content.notes.push_back(&note);
    if (first) {
        for (const odf::Element* field : p_.page_fields)
            line.content.targets.push_back({{line_x, Length()}, {}, 0, {}, field});
        if (p_.heading > 0 && p_.mark.node >= 0) {
            std::string title = p_.label ? p_.label->text : std::string();
            if (!title.empty() && title.back() != ' ') title += ' ';
            for (const char c : p_.text)
                title += c == '\n' || c == '\t' ? ' ' : c;
            line.content.targets.push_back(
                {{line_x, Length()}, {}, p_.heading, std::move(title), nullptr});
        }
    }
}

void LineBuilder::add_text(Line& line, const Piece& piece, Length baseline,
                           std::uint32_t stretch_begin, std::uint32_t stretch_end, Length extra,
                           std::int64_t spaces, std::int64_t& spaces_done, Length& x) {
    const SetRun& run = *piece.run;
    const bool reversed = (run.level & 1) != 0;
    // Clusters are monotone, so the glyphs of an octet range stand together.
    const auto from = [&](std::uint32_t octet) {
        const auto found =
            std::partition_point(run.glyphs.begin(), run.glyphs.end(), [&](const SetGlyph& glyph) {
                return reversed ? glyph.cluster >= octet : glyph.cluster < octet;
            });
        return static_cast<std::size_t>(found - run.glyphs.begin());
    };
    const std::size_t first = from(reversed ? piece.end : piece.begin);
    const std::size_t last = from(reversed ? piece.begin : piece.end);
    const Length raise = shaper_.raise(*run.style);
    std::size_t at = first;
    while (at < last) {
        // One GlyphRun for what comes from one span.
        const Span& span = span_at(run.glyphs[at].cluster);
        std::size_t stop = at;
        while (stop < last && run.glyphs[stop].cluster >= span.begin &&
               run.glyphs[stop].cluster < span.end)
            ++stop;
        if (stop == at) stop = at + 1;
        std::uint32_t text_begin = reversed ? run.glyphs[stop - 1].cluster : run.glyphs[at].cluster;
        std::uint32_t text_end = piece.end;
        if (!reversed && stop < last) text_end = run.glyphs[stop].cluster;
        if (reversed && at > first) text_end = run.glyphs[at - 1].cluster;
        if (at == first && !reversed) text_begin = piece.begin;
        if (stop == last && reversed) text_begin = piece.begin;

        GlyphRun out;
        out.face = run.font.face;
        out.size = run.style->set_size();
        out.slant = run.font.slant;
        out.embolden = run.font.embolden;
        out.origin = {x, baseline - raise};
        out.text = p_.text.substr(text_begin, text_end - text_begin);
        out.right_to_left = reversed;
        out.color = run.style->color;
        if (run.style->language != style_.text->language) out.language = run.style->language;
        out.provenance = span.provenance;
        out.mark = span.node < 0 || p_.mark.node < 0 ? p_.mark : Mark{span.node, Artifact::none};
        out.glyphs.reserve(stop - at);
        const Length run_x = x;
        for (; at < stop; ++at) {
            const SetGlyph& glyph = run.glyphs[at];
            Glyph one;
            one.id = glyph.id;
            one.cluster = glyph.cluster - text_begin;
            one.advance = glyph.advance;
            one.dx = glyph.dx;
            one.dy = glyph.dy;
            if (spaces > 0 && glyph.cluster >= stretch_begin && glyph.cluster < stretch_end &&
                p_.text[glyph.cluster] == ' ') {
                const Length before = extra.scaled(spaces_done, spaces);
                ++spaces_done;
                one.advance += extra.scaled(spaces_done, spaces) - before;
            }
            x += one.advance;
            out.glyphs.push_back(one);
        }
        if (span.link >= 0)
            line.content.links.push_back({{run_x, Length(), x - run_x, line.height}, span.link});
        decorate(line, *run.style, run_x, x - run_x, baseline - raise);
        line.content.items.emplace_back(std::move(out));
    }
}

void LineBuilder::decorate(Line& line, const TextStyle& style, Length x, Length width,
                           Length baseline) {
    if (width <= Length()) return;
    const text::Face& face = *style.font.face;
    const Length size = style.set_size();
    if (style.background) {
        const LineMetrics metrics = shaper_.metrics(style);
        line.content.items.insert(
            line.content.items.begin(),
            fill_path({x, baseline - metrics.ascent, width, metrics.ascent + metrics.descent},
                      *style.background, {-1, Artifact::background}));
    }
    const auto lines = [&](Decoration kind, Length centre, Length thickness, Color color) {
        if (kind == Decoration::none) return;
        if (kind == Decoration::thick) thickness = thickness * 2;
        line.content.items.emplace_back(rule(x, centre, width, thickness, color, kind));
        if (kind == Decoration::doubled)
            line.content.items.emplace_back(
                rule(x, centre + thickness * 2, width, thickness, color, kind));
    };
    const auto& metrics = face.metrics();
    lines(style.underline, baseline - font_units(metrics.underline_position, size, face),
          font_units(metrics.underline_thickness, size, face),
          style.underline_color.value_or(style.color));
    lines(style.strike,
          baseline -
              font_units(metrics.strikeout_position - metrics.strikeout_thickness / 2, size, face),
          font_units(metrics.strikeout_thickness, size, face), style.color);
}

void LineBuilder::add_plain(Line& line, const std::vector<SetRun>& runs, std::string_view text,
                            Length x, Length baseline, Mark mark,
                            const odf::ProvenancePtr& provenance) {
    for (const SetRun& run : runs) {
        GlyphRun out;
        out.face = run.font.face;
        out.size = run.style->set_size();
        out.slant = run.font.slant;
        out.embolden = run.font.embolden;
        out.origin = {x, baseline - shaper_.raise(*run.style)};
        // A sign that stands for other text (a hyphen for U+00AD) is one run with that text.
        const bool whole = runs.size() == 1;
        out.text =
            whole ? std::string(text) : std::string(text.substr(run.begin, run.end - run.begin));
        out.right_to_left = (run.level & 1) != 0;
        out.color = run.style->color;
        out.provenance = provenance;
        out.mark = mark;
        for (const SetGlyph& glyph : run.glyphs) {
            out.glyphs.push_back({glyph.id, whole ? glyph.cluster : glyph.cluster - run.begin,
                                  glyph.advance, glyph.dx, glyph.dy});
            x += glyph.advance;
        }
        line.content.items.emplace_back(std::move(out));
    }
}

void LineBuilder::add_gap(Line& line, const Piece& piece, Length baseline) {
    const Span& span = span_at(piece.begin);
    const TextStyle& style = *span.style;
    const Mark mark = span.node < 0 || p_.mark.node < 0 ? p_.mark : Mark{span.node, Artifact::none};
    // A blank as wide as the gap, so that readers of the text do not join the words beside it.
    if (const text::GlyphId space = style.font.face->glyph(' '); space != 0) {
        GlyphRun out;
        out.face = style.font.face;
        out.size = style.set_size();
        out.origin = {piece.x, baseline};
        out.glyphs.push_back({space, 0, piece.width, {}, {}});
        out.text = " ";
        out.color = style.color;
        out.provenance = span.provenance;
        out.mark = mark;
        line.content.items.emplace_back(std::move(out));
    }
    decorate(line, style, piece.x, piece.width, baseline);
    if (piece.stop.leader == 0) return;
    const std::string sign = utf8::encode(piece.stop.leader);
    const auto one = shaper_.shape(sign, style, span.provenance.get());
    const Length step = width_of(one);
    if (step <= Length() || one.empty()) return;
    const std::int64_t count = std::min<std::int64_t>(piece.width.units() / step.units(), 2000);
    if (count <= 0) return;
    GlyphRun leader;
    leader.face = one.front().font.face;
    leader.size = style.set_size();
    // The last one ends where the text begins.
    leader.origin = {piece.x + piece.width - step * count, baseline};
    leader.color = style.color;
    leader.mark = furniture;
    for (std::int64_t i = 0; i < count; ++i) {
        leader.glyphs.push_back({one.front().glyphs.front().id,
                                 static_cast<std::uint32_t>(leader.text.size()),
                                 step,
                                 {},
                                 {}});
        leader.text += sign;
    }
    line.content.items.emplace_back(std::move(leader));
}

}  // namespace paraphe::layout
