#include "layout/shaping.hpp"

#include <algorithm>
#include <cstdio>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "layout/measure.hpp"

namespace paraphe::layout {
namespace {

constexpr std::string_view object_character = "\xEF\xBF\xBC";

constexpr Length inch = Length::from_points(72);

bool separator(std::string_view text, std::size_t at) {
    return text[at] == '\t' || text[at] == '\n' ||
           (text[at] == '\xEF' && text.substr(at, 3) == object_character);
}

/// `number` × `by` / `over`, halves away from zero.
std::int64_t rounded(std::int64_t number, std::int64_t by, std::int64_t over) {
    const std::int64_t product = number * by;
    return (product + (product < 0 ? -over : over) / 2) / over;
}

[[noreturn]] void refuse_in_french(const Error& error, std::string_view text,
                                   const odf::Provenance* where) {
    const Location place{where != nullptr && where->source ? *where->source : std::string(),
                         where != nullptr ? where->line : 0,
                         0,
                         {}};
    if (error.code() == "too_many_marks")
        throw Error(ErrorKind::malformed_input, "une lettre porte plus de 30 accents ou signes",
                    place, "retirez ces signes", error.code());
    // The character is the one that the error names; found again here for the French sentence.
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = utf8::decode(text, i);
        i += length;
        char code[16];
        std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(c));
        if (error.problem().find(std::string(code) + " ") == std::string::npos) continue;
        throw Error(
            ErrorKind::malformed_input,
            "aucune police ne possède le caractère « " + utf8::encode(c) + " » (" + code + ")",
            place, "remplacez ce caractère ou ajoutez une police qui le possède", error.code());
    }
    throw error;
}

}  // namespace

ShapingCache::State& Shaper::cache_of(const Paragraph& p) {
    return p.constant ? shared_ : own_;
}

ShapedText Shaper::shaped(std::string_view text, const TextStyle& style, bool right_to_left,
                          const odf::Provenance* where) const {
    ShapedText out;
    text::ShapingOptions options;
    options.language = style.language;
    options.weight = style.weight;
    options.italic = style.italic;
    options.kerning = style.kerning;
    // Letters that are spaced out do not join.
    options.ligatures = style.letter_spacing == Length();
    for (const locale::TextRun& run : locale::text_runs(text, right_to_left)) {
        options.script = run.script;
        options.right_to_left = (run.level & 1) != 0;
        const std::string_view part = text.substr(run.begin, run.end - run.begin);
        try {
            out.runs.push_back({run, text::shape(own_.fonts, style.font, part, options)});
        } catch (const Error& error) {
            if (error.code() != "missing_glyph" && error.code() != "too_many_marks") throw;
            refuse_in_french(error, part, where);
        }
    }
    return out;
}

void Shaper::shape_stretch(ShapingCache::State& cache, std::string_view text, std::uint32_t offset,
                           const TextStyle& style, bool right_to_left, const odf::Provenance* where,
                           std::vector<SetRun>& out) {
    const text::Face* face = style.font.face.get();
    key_.assign(reinterpret_cast<const char*>(&face), sizeof face);
    key_ += static_cast<char>('0' + (right_to_left ? 1 : 0) + (style.kerning ? 2 : 0) +
                              (style.letter_spacing == Length() ? 4 : 0) +
                              (style.weight >= 600 ? 8 : 0) + (style.italic ? 16 : 0));
    key_ += style.language;
    key_ += '\0';
    key_ += text;
    const ShapedTextPtr known =
        cache.get(key_, [&] { return shaped(text, style, right_to_left, where); });
    const Length size = style.set_size();
    const std::int64_t dots = dots_of(size);
    const auto length_of = [&](std::int64_t count) {
        return Length::from_units(rounded(count, inch.units(), device_));
    };
    const std::int64_t spacing = to_twips(style.letter_spacing) * device_ / 1440;
    for (const auto& [run, pieces] : known->runs) {
        for (const text::ShapedPiece& piece : pieces) {
            SetRun set;
            set.begin = offset + run.begin + piece.begin;
            set.end = offset + run.begin + piece.end;
            set.style = &style;
            set.font = piece.font;
            set.level = run.level;
            set.glyphs.reserve(piece.glyphs.size());
            const std::int64_t em = piece.font.face->metrics().units_per_em;
            const auto in_dots = [&](std::int64_t units) {
                return rounded(units, dots * style.width, em * 100);
            };
            std::int64_t pen = 0;
            Length at;
            for (std::size_t i = 0; i < piece.glyphs.size(); ++i) {
                const auto& glyph = piece.glyphs[i];
                const bool ends_cluster =
                    i + 1 == piece.glyphs.size() || piece.glyphs[i + 1].cluster != glyph.cluster;
                pen += in_dots(glyph.advance) + (ends_cluster ? spacing : 0);
                const Length next = length_of(pen);
                SetGlyph one;
                one.id = glyph.id;
                one.cluster = offset + run.begin + glyph.cluster;
                // Dots are cumulated and rounded once, so nothing drifts.
                one.advance = next - at;
                // Divisions take most of the time here, and few glyphs are moved.
                if (glyph.dx != 0) one.dx = length_of(in_dots(glyph.dx));
                if (glyph.dy != 0) one.dy = Length::from_units(-glyph.dy * size.units() / em);
                at = next;
                set.glyphs.push_back(one);
            }
            out.push_back(std::move(set));
        }
    }
}

std::vector<SetRun> Shaper::shape(const Paragraph& p, std::uint32_t from) {
    std::vector<SetRun> out;
    ShapingCache::State& cache = cache_of(p);
    const std::string_view text = p.text;
    for (std::size_t first = 0; first < p.spans.size();) {
        // Neighbours of one style are shaped together, whatever they come from.
        std::size_t last = first;
        while (last + 1 < p.spans.size() && p.spans[last + 1].style == p.spans[first].style)
            ++last;
        std::uint32_t at = std::max(p.spans[first].begin, from);
        const std::uint32_t end = p.spans[last].end;
        while (at < end) {
            if (separator(text, at)) {
                at += text[at] == '\xEF' ? 3 : 1;
                continue;
            }
            std::uint32_t stop = at;
            while (stop < end && !separator(text, stop))
                ++stop;
            shape_stretch(cache, text.substr(at, stop - at), at, *p.spans[first].style,
                          p.style->right_to_left, p.spans[first].provenance.get(), out);
            at = stop;
        }
        first = last + 1;
    }
    return out;
}

std::vector<SetRun> Shaper::shape(std::string_view text, const TextStyle& style,
                                  const odf::Provenance* where, bool right_to_left) {
    std::vector<SetRun> out;
    shape_stretch(own_, text, 0, style, right_to_left, where, out);
    return out;
}

std::vector<std::uint32_t> Shaper::breaks(const Paragraph& p) {
    const std::string& language = p.style->text->language;
    ShapingCache::State& cache = cache_of(p);
    if (&cache == &own_) return locale::line_breaks(p.text, language);
    key_.assign(1, '\0');  // no face
    key_ += language;
    key_ += '\0';
    key_ += p.text;
    return cache.get(key_,
                     [&] {
                         return ShapedText{{}, locale::line_breaks(p.text, language)};
                     })
        ->breaks;
}

LineMetrics Shaper::metrics(const TextStyle& style) {
    const auto found = metrics_.find(&style);
    if (found != metrics_.end()) return found->second;
    // Measured in Writer 7.4 for six fonts from 7 to 24 pt: the height of ascent and descent is
    // rounded as a sum, the leading by itself; the leading lies above.
    const auto& face = style.font.face->metrics();
    const auto of = [&](Length size) {
        const std::int64_t ascent = dots_of(size, face.ascent, face);
        const std::int64_t height = ascent + dots_of(size, -face.descent, face);
        return std::pair(twips_of(ascent), twips_of(height) - twips_of(ascent));
    };
    auto [ascent, descent] = of(style.size);
    ascent += leading(style, style.size);
    if (style.raise != 0 && !style.raise_automatic) {
        // Raised text takes room of its own only where it leaves the line.
        const auto [small_ascent, small_descent] = of(style.set_size());
        const std::int64_t shift = to_twips(raise(style));
        ascent = std::max(ascent, small_ascent + leading(style, style.set_size()) + shift);
        descent = std::max(descent, small_descent - shift);
    }
    const LineMetrics out{from_twips(ascent), from_twips(descent)};
    metrics_.emplace(&style, out);
    return out;
}

// Measured: a font is a whole number of dots high, and each of its measures has as many.
std::int64_t Shaper::dots_of(Length size) const {
    return rounded(size.units(), device_, inch.units());
}

std::int64_t Shaper::dots_of(Length size, int units, const text::FaceMetrics& face) const {
    return rounded(units, dots_of(size), face.units_per_em);
}

std::int64_t Shaper::twips_of(std::int64_t dots) const {
    return rounded(dots, 1440, device_);
}

std::int64_t Shaper::leading(const TextStyle& style, Length size) const {
    const auto& face = style.font.face->metrics();
    return external_leading_ ? twips_of(dots_of(size, std::max(face.line_gap, 0), face)) : 0;
}

Length Shaper::raise(const TextStyle& style) {
    if (style.raise == 0) return {};
    const auto& face = style.font.face->metrics();
    if (style.raise_automatic) {
        // The tops (or bottoms) of small and full text meet.
        const auto reach = [&](Length size) {
            return style.raise > 0
                       ? twips_of(dots_of(size, face.ascent, face)) + leading(style, size)
                       : twips_of(dots_of(size, face.descent, face));
        };
        return from_twips(reach(style.size) - reach(style.set_size()));
    }
    const std::int64_t height = twips_of(dots_of(style.size, face.ascent, face) +
                                         dots_of(style.size, -face.descent, face)) +
                                leading(style, style.size);
    return from_twips(height * style.raise / 100);
}

Length width_of(const std::vector<SetRun>& runs) {
    Length out;
    for (const SetRun& run : runs)
        for (const SetGlyph& glyph : run.glyphs)
            out += glyph.advance;
    return out;
}

}  // namespace paraphe::layout
