#include "layout/line_builder.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "layout/indents.hpp"
#include "layout/measure.hpp"
#include "locale/letter_case.hpp"
#include "locale/line_breaking.hpp"

namespace paraphe::layout {
namespace {

constexpr std::string_view soft_hyphen = "\xC2\xAD";

/// Signs that Writer keeps apart from the text around them: no-break space and hyphen, soft hyphen,
/// spaces and joints without width. Gives their octets; 0: another sign.
std::uint32_t apart(std::string_view text, std::uint32_t at) {
    if (text[at] == '\xC2') return text[at + 1] == '\xA0' || text[at + 1] == '\xAD' ? 2 : 0;
    if (text[at] != '\xE2') return 0;
    const std::string_view sign = text.substr(at, 3);
    return sign == "\xE2\x80\x91" || sign == "\xE2\x80\x8B" || sign == "\xE2\x81\xA0" ? 3 : 0;
}

}  // namespace

void LineBuilder::Height::add(LineMetrics metrics) {
    ascent = std::max(ascent, metrics.ascent);
    descent = std::max(descent, metrics.descent);
}

LineBuilder::LineBuilder(const Paragraph& p, const Settings& settings, Shaper& shaper, Length width,
                         Hyphenators hyphenators, Objects objects)
    : p_(p),
      style_(*p.style),
      settings_(settings),
      shaper_(shaper),
      width_(width),
      hyphenators_(std::move(hyphenators)),
      objects_(std::move(objects)) {
    italics_ = std::any_of(p.spans.begin(), p.spans.end(),
                           [](const Span& span) { return span.style->italic; });
    const Indents indents = indents_of(p, settings);
    indent_ = indents.first;
    const Length inset = style_.box.inset(style_.right_to_left ? right : left);
    left_ = indents.before + inset;
    begin_inset_ = settings_.boxes_outside ? Length() : inset;
    right_ = width - indents.after - style_.box.inset(style_.right_to_left ? left : right);
    // Indents may leave nothing: a line then takes what it must.
    right_ = std::max(right_, left_ + from_twips(20));
    tab_origin_ = settings_.tabs_from_indent ? left_ : begin_inset_;
}

void LineBuilder::measure() {
    measure_objects();
    runs_ = shaper_.shape(p_, cap_ ? cap_->end : 0);
    // Widths by octet, in logical order.
    std::vector<Length> widths(p_.text.size() + 1);
    for (const SetRun& run : runs_)
        for (const SetGlyph& glyph : run.glyphs)
            widths[glyph.cluster] += glyph.advance;
    for (std::size_t i = 0; i < p_.objects.size(); ++i)
        widths[p_.objects[i].at] += placed_[i].width;
    // Measured: what Writer sets in one piece begins at a whole twip.
    x_.resize(p_.text.size() + 1);
    Length at;
    std::uint32_t piece_end = 0;  // of a sign apart
    const TextStyle* style = nullptr;
    auto span = p_.spans.begin();
    for (std::uint32_t i = 0; i < p_.text.size(); ++i) {
        while (span != p_.spans.end() && span->end <= i)
            ++span;
        const std::uint32_t sign = apart(p_.text, i);
        if (sign != 0 || i == piece_end || (span != p_.spans.end() && span->style != style))
            at = snapped(at + rounding);  // half a twip goes up
        if (sign != 0) piece_end = i + sign;
        if (span != p_.spans.end()) style = span->style;
        x_[i] = at;
        at += widths[i];
    }
    x_[p_.text.size()] = at;
    breaks_ = shaper_.breaks(p_);
}

const Span& LineBuilder::span_at(std::uint32_t at) const {
    const auto found =
        std::upper_bound(p_.spans.begin(), p_.spans.end(), at,
                         [](std::uint32_t octet, const Span& span) { return octet < span.begin; });
    return found == p_.spans.begin() ? p_.spans.front() : *(found - 1);
}

std::uint32_t LineBuilder::visible_end(std::uint32_t begin, std::uint32_t end) const {
    while (end > begin && (p_.text[end - 1] == ' ' || p_.text[end - 1] == '\n'))
        --end;
    return end;
}

TabStop LineBuilder::next_stop(Length from) const {
    // The left indent stops the first line of a hanging paragraph.
    if (from < left_ && indent_ < Length()) {
        TabStop indent;
        indent.position = left_;
        for (const TabStop& stop : style_.tabs)
            if (tab_origin_ + stop.position > from && tab_origin_ + stop.position < left_) {
                indent = stop;
                indent.position += tab_origin_;
                break;
            }
        return indent;
    }
    for (const TabStop& stop : style_.tabs) {
        if (tab_origin_ + stop.position <= from) continue;
        TabStop out = stop;
        out.position += tab_origin_;
        // Measured: what is set by a stop ends at the margin, if not before.
        if (out.type != TabType::left) out.position = std::min(out.position, right_);
        return out;
    }
    TabStop out;
    const std::int64_t distance = std::max<std::int64_t>(style_.tab_distance.units(), 1024);
    std::int64_t count = (from - tab_origin_).units() / distance;
    if (from < tab_origin_) count -= 1;
    out.position = tab_origin_ + Length::from_units((count + 1) * distance);
    return out;
}

Length LineBuilder::position(const Pen& pen, std::uint32_t at) const {
    const Length width = x_[at] - x_[pen.from];
    if (!pen.pending) return pen.start + width;
    Length before = width;  // what stands left of the stop
    if (pen.stop.type == TabType::center) before = width / 2;
    if (pen.stop.type == TabType::character && at > pen.character)
        before = x_[pen.character] - x_[pen.from];
    // What does not fit between the stop and the margin stands before the stop.
    before = std::max(before, width - std::max(right_ - pen.stop.position, Length()));
    const Length gap = std::max(pen.stop.position - pen.start - before, Length());
    return pen.start + gap + width;
}

LineBuilder::Pen LineBuilder::after_tab(const Pen& pen, std::uint32_t tab,
                                        std::uint32_t line_end) const {
    Pen out;
    out.start = position(pen, tab);
    out.from = tab + 1;
    out.stop = next_stop(out.start);
    if (out.stop.type == TabType::left) {
        out.start = out.stop.position;
        return out;
    }
    out.pending = true;
    if (out.stop.type == TabType::character) {
        out.character = aligned_at(out.from, line_end, out.stop.character);
    }
    return out;
}

LineBuilder::Pen LineBuilder::pen_at(std::uint32_t begin, Length start,
                                     std::uint32_t line_end) const {
    Pen out;
    out.start = start;
    out.from = begin;
    if (!p_.in_cell || style_.tabs.size() != 1 || style_.tabs[0].type != TabType::character)
        return out;
    const Length stop = tab_origin_ + style_.tabs[0].position;
    if (stop <= start) return out;
    out.pending = true;
    out.stop = style_.tabs[0];
    out.stop.position = stop;
    out.character = aligned_at(begin, line_end, out.stop.character);
    return out;
}

std::uint32_t LineBuilder::aligned_at(std::uint32_t begin, std::uint32_t line_end,
                                      char32_t wanted) const {
    // As Writer has it, a number ends where neither a digit nor its punctuation stands; of spaces
    // only U+00A0 belongs to it.
    bool number = false;
    std::uint32_t at = begin;
    while (at < line_end && p_.text[at] != '\t' && p_.text[at] != '\n') {
        const auto [c, length] = utf8::decode(p_.text, at);
        if (c == wanted) return at;
        if (c >= U'0' && c <= U'9')
            number = true;
        else if (number && c != U'.' && c != U',' && c != 0xA0)
            return at;
        at += static_cast<std::uint32_t>(length);
    }
    return std::min(at, line_end);
}

Length LineBuilder::hyphen_width(std::uint32_t at) const {
    return width_of(shaper_.shape("-", *span_at(at).style, p_.provenance.get()));
}

std::optional<std::uint32_t> LineBuilder::hyphenated_end(const Pen& pen, std::uint32_t begin,
                                                         std::uint32_t end) const {
    const TextStyle& style = *span_at(begin).style;
    if (!style.hyphenate) return std::nullopt;
    const locale::Hyphenator* hyphenator = hyphenators_(style.language);
    if (hyphenator == nullptr) return std::nullopt;
    const Length room = limit_ - hyphen_width(begin) - slant_room(begin + 1);
    std::optional<std::uint32_t> best;
    // Stretches of letters: "l’association" has two.
    // What begins beyond the room is for later lines: a text without breaks is long.
    for (std::uint32_t at = begin; at < end && position(pen, at) <= room;) {
        std::uint32_t stop = at;
        while (stop < end) {
            const auto [c, length] = utf8::decode(p_.text, stop);
            if (!locale::is_letter(c)) break;
            stop += static_cast<std::uint32_t>(length);
        }
        const std::string_view word = std::string_view(p_.text).substr(at, stop - at);
        for (const std::uint32_t cut :
             hyphenator->positions(word, style.hyphenate_before, style.hyphenate_after))
            if (position(pen, at + cut) <= room) best = at + cut;
        at = stop;
        if (at < end) at += static_cast<std::uint32_t>(utf8::decode(p_.text, at).length);
    }
    return best;
}

Length LineBuilder::slant_room(std::uint32_t end) const {
    if (!italics_ || end == 0) return {};
    const TextStyle& style = *span_at(end - 1).style;
    if (!style.italic) return {};
    const LineMetrics metrics = shaper_.metrics(style);
    return (metrics.ascent + metrics.descent) / 12;
}

std::uint32_t LineBuilder::emergency_end(const Pen& pen, std::uint32_t begin,
                                         std::uint32_t limit) const {
    // As many letters as fit, at least one.
    std::uint32_t best = 0;
    for (std::uint32_t at = begin; at < limit;) {
        at += static_cast<std::uint32_t>(utf8::decode(p_.text, at).length);
        // Inside a cluster (a ligature, a letter and its marks) nothing may break.
        if (at < limit && x_[at] == x_[at - 1] && best != 0) continue;
        if (best != 0 && position(pen, at) + slant_room(at) > limit_) break;
        best = at;
    }
    return best == 0 ? limit : best;
}

std::uint32_t LineBuilder::line_end(std::uint32_t begin, Length start) {
    hyphenated_ = false;
    const auto size = static_cast<std::uint32_t>(p_.text.size());
    Pen pen = pen_at(begin, start, size);
    std::uint32_t best = begin;
    auto next = std::upper_bound(breaks_.begin(), breaks_.end(), begin);
    limit_ = right_ + rounding;
    const Length limit = limit_;
    for (; next != breaks_.end(); ++next) {
        const std::uint32_t end = *next;
        Pen trial = pen;
        bool fits = true;
        for (std::uint32_t i = best; fits && i < end; ++i) {
            if (p_.text[i] != '\t') continue;
            fits = position(trial, visible_end(std::min(trial.from, i), i)) <= limit;
            if (!fits) break;
            trial = after_tab(trial, i, size);
            // A tab that leaves the line goes to the next one.
            if (!trial.pending && trial.start > limit && i > begin) {
                hyphenated_ = false;
                return best == begin && whole_words_ ? begin : i;
            }
        }
        const std::uint32_t seen = visible_end(std::max(best, std::min(trial.from, end)), end);
        bool soft = false;
        if (fits) {
            const std::uint32_t until = std::max(seen, trial.from);
            const Length reach =
                std::max(position(trial, until),
                         trial.start + x_[until] - x_[trial.from] + slant_room(seen));
            // A soft hyphen shows where it ends a line.
            soft = end >= 2 && end < size &&
                   std::string_view(p_.text).substr(end - 2, 2) == soft_hyphen;
            fits = reach <= limit;
            if (fits && soft && reach + hyphen_width(end - 2) > limit) {
                // It fits only as a part of a longer line.
                soft = false;
                pen = trial;
                continue;
            }
        }
        if (!fits) {
            if (const auto cut = hyphenated_end(trial, std::max(best, trial.from), seen)) {
                hyphenated_ = true;
                return *cut;
            }
            if (best > begin || whole_words_) return best;
            return emergency_end(trial, std::max(begin, std::min(trial.from, end - 1)), end);
        }
        pen = trial;
        best = end;
        hyphenated_ = soft;
        if (p_.text[end - 1] == '\n') {
            hyphenated_ = false;
            return end;
        }
    }
    hyphenated_ = false;
    return size;
}

void LineBuilder::finish_height(const Height& height, Length& ascent, Length& total) const {
    ascent = height.ascent;
    Length descent = height.descent;
    total = ascent + descent;
    switch (style_.line_height) {
        case LineHeight::normal:
            break;
        case LineHeight::proportional: {
            // Twips, truncated, as Writer computes; above 100 % the surplus lies below the line.
            const std::int64_t twips = to_twips(total);
            const std::int64_t wanted = twips * std::max(style_.line_percent, 50) / 100;
            const Length changed = from_twips(wanted);
            if (style_.line_percent < 100) ascent -= total - changed;
            total = changed;
            break;
        }
        case LineHeight::fixed:
            total = style_.line_value;
            ascent = style_.line_value.scaled(8, 10);
            break;
        case LineHeight::at_least:
            if (style_.line_value > total) {
                ascent += style_.line_value - total;
                total = style_.line_value;
            }
            break;
    }
    if (style_.line_height != LineHeight::fixed) {
        if (height.object_ascent > ascent) {
            total += height.object_ascent - ascent;
            ascent = height.object_ascent;
        }
        if (height.object_descent > total - ascent) total = ascent + height.object_descent;
    }
    total += style_.line_spacing;
}

}  // namespace paraphe::layout
