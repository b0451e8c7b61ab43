#include <algorithm>
#include <limits>

#include "base/utf8.hpp"
#include "layout/line_builder.hpp"
#include "layout/measure.hpp"
#include "locale/letter_case.hpp"

/// The part of LineBuilder for drop caps (ODF 1.3 part 3 §17.9), as measured in Writer 7.4.
namespace paraphe::layout {
namespace {

/// The lines depend on the room of the cap and the cap on the height of the lines: what does not
/// settle soon stays as it is.
constexpr int most_attempts = 6;

bool of_word(char32_t c) {
    return locale::is_letter(c) || (c >= U'0' && c <= U'9') || c == U'\'' || c == U'\u2019';
}

}  // namespace

std::uint32_t LineBuilder::cap_end() const {
    const DropCap& wanted = style_.drop_cap;
    if (wanted.lines <= 1) return 0;
    const bool word = wanted.length == 0;
    std::uint32_t at = 0;
    for (int count = 0; at < p_.text.size() && (word || count < wanted.length); ++count) {
        const auto [c, length] = utf8::decode(p_.text, at);
        if (c == U'\t' || c == U'\n' || c == 0xFFFC || (word && !of_word(c))) break;
        if (std::any_of(p_.notes.begin(), p_.notes.end(),
                        [&](const Note& note) { return note.at == at; }))
            break;
        at += static_cast<std::uint32_t>(length);
    }
    // Measured: before a line break the letters stay small.
    return at < p_.text.size() && p_.text[at] == '\n' ? 0 : at;
}

std::vector<Line> LineBuilder::lines_with_cap(std::uint32_t end, const Free& free) {
    Height plain;
    plain.add(shaper_.metrics(*style_.text));
    Length ascent, total;
    finish_height(plain, ascent, total);
    int lines = style_.drop_cap.lines;
    Length height = total * (lines - 1) + ascent;
    std::vector<Line> out;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        if (!size_cap(end, lines, height)) return {};
        out = set_lines(0, 0, free);
        if (out.size() < 2) {
            cap_.reset();
            return {};
        }
        lines = std::min(style_.drop_cap.lines, static_cast<int>(out.size()));
        height = Length();
        for (int i = 0; i < lines; ++i) {
            const Line& line = out[static_cast<std::size_t>(i)];
            if (i > 0) height += line.skip;
            height += i + 1 < lines ? line.height : line.content.lines.front().baseline;
        }
        if (lines == cap_->lines && height == cap_->height) break;
    }
    if (!free) align_cap(out);
    return out;
}

bool LineBuilder::size_cap(std::uint32_t end, int lines, Length height) {
    cap_.reset();
    Cap cap;
    cap.end = end;
    cap.lines = lines;
    cap.height = height;
    // The ink of all letters together fills the height, whatever their sizes are.
    Length ink_top = Length::from_units(std::numeric_limits<std::int32_t>::min());
    Length ink_bottom = -ink_top;
    for (const Span& span : p_.spans) {
        if (span.begin >= end) break;
        Cap::Part part;
        part.span = &span;
        part.text =
            std::string_view(p_.text).substr(span.begin, std::min(span.end, end) - span.begin);
        part.style = std::make_unique<TextStyle>(
            style_.drop_cap.text != nullptr ? *style_.drop_cap.text : *span.style);
        part.style->background.reset();
        const Length size = part.style->size;
        for (const SetRun& run :
             shaper_.shape(part.text, *part.style, span.provenance.get(), style_.right_to_left))
            for (const SetGlyph& glyph : run.glyphs) {
                const text::GlyphInk ink = run.font.face->ink(glyph.id);
                if (ink.top <= ink.bottom) continue;
                const int em = run.font.face->metrics().units_per_em;
                ink_top = std::max(ink_top, size.scaled(ink.top, em) - glyph.dy);
                ink_bottom = std::min(ink_bottom, size.scaled(ink.bottom, em) - glyph.dy);
            }
        cap.parts.push_back(std::move(part));
    }
    const Length ink = ink_top - ink_bottom;
    if (ink <= Length() || height <= Length()) return false;
    for (Cap::Part& part : cap.parts) {
        part.style->size = snapped(part.style->size.scaled(height.units(), ink.units()));
        part.runs = shaper_.shape(part.text, *part.style, part.span->provenance.get(),
                                  style_.right_to_left);
        cap.width += width_of(part.runs);
    }
    cap.width = snapped(cap.width) + style_.drop_cap.distance;
    // Letters that leave no room for text are no drop cap.
    if (left_ + indent_ + cap.width >= right_) return false;
    cap.baseline = height + ink_bottom.scaled(height.units(), ink.units());
    cap_ = std::move(cap);
    return true;
}

std::string LineBuilder::add_cap(Line& line, Length start) {
    cap_->right = start;
    const Length begin = start - cap_->width;
    Length x = begin;
    std::string text;
    for (const Cap::Part& part : cap_->parts) {
        const Length width = width_of(part.runs);
        const Length left = placed(x, width);
        const Span& span = *part.span;
        decorate(line, *part.style, left, width, cap_->baseline);
        add_plain(line, part.runs, part.text, left, cap_->baseline,
                  span.node < 0 || p_.mark.node < 0 ? p_.mark : Mark{span.node, Artifact::none},
                  span.provenance);
        if (span.link >= 0)
            line.content.links.push_back({{left, Length(), width, cap_->height}, span.link});
        text += part.text;
        x += width;
    }
    const Point at{placed(begin, cap_->width), Length()};
    for (const Anchor& anchor : p_.anchors)
        if (anchor.at < cap_->end)
            line.content.targets.push_back({at, anchor.name, 0, {}, nullptr});
    return text;
}

void LineBuilder::align_cap(std::vector<Line>& lines) const {
    Length least = cap_->right;
    for (std::size_t i = 1; i < lines.size() && static_cast<int>(i) < cap_->lines; ++i) {
        const Rect& box = lines[i].content.lines.front().box;
        least = std::min(least, placed(box.x, box.width));
    }
    const Length by = least - cap_->right;
    Fragment moved;
    moved.append(std::move(lines.front().content), {style_.right_to_left ? -by : by, Length()});
    lines.front().content = std::move(moved);
}

}  // namespace paraphe::layout
