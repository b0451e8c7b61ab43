#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "layout/content.hpp"
#include "layout/settings.hpp"
#include "layout/shaped_text.hpp"
#include "layout/style_sheet.hpp"

/// Paragraphs' text to glyphs with lengths. Private to layout/.
namespace paraphe::layout {

/// A glyph at its size; `cluster` is an octet of the paragraph's text.
struct SetGlyph {
    text::GlyphId id = 0;
    std::uint32_t cluster = 0;
    Length advance, dx, dy;  ///< y downwards
};

/// Glyphs of one font and direction, in visual order.
struct SetRun {
    std::uint32_t begin = 0, end = 0;  ///< octets of the paragraph's text
    const TextStyle* style = nullptr;
    text::FontChoice font;
    std::uint8_t level = 0;
    std::vector<SetGlyph> glyphs;
};

/// Height of a line of text in one style.
struct LineMetrics {
    Length ascent, descent;
};

class Shaper {
public:
    /// `own` keeps what this document says; `shared`, where the caller has one, what its template
    /// says in every document.
    Shaper(ShapingCache& own, ShapingCache* shared, const Settings& settings)
        : own_(own.state()),
          shared_(shared != nullptr ? shared->state() : own_),
          external_leading_(settings.external_leading),
          device_(settings.device) {}

    /// Runs in logical order of the text from octet `from` on; tabs, line breaks and objects are
    /// left out. Throws Error in French naming a character that no font has, at `where`.
    std::vector<SetRun> shape(const Paragraph&, std::uint32_t from);
    /// Text outside the paragraph's own: labels, hyphens, leaders. Clusters count in `text`.
    std::vector<SetRun> shape(std::string_view text, const TextStyle&, const odf::Provenance*,
                              bool right_to_left = false);

    /// Where the lines of the paragraph may end, as locale::line_breaks.
    std::vector<std::uint32_t> breaks(const Paragraph&);

    const text::FontMap& fonts() const { return own_.fonts; }
    LineMetrics metrics(const TextStyle&);
    /// How far above the baseline raised text stands (below it: negative).
    Length raise(const TextStyle&);

private:
    /// A font of that size, or a measure of it in font units, in dots of the device.
    std::int64_t dots_of(Length size) const;
    std::int64_t dots_of(Length size, int units, const text::FaceMetrics&) const;
    std::int64_t twips_of(std::int64_t dots) const;
    /// Twips above a line, which the font asks for at that size.
    std::int64_t leading(const TextStyle&, Length size) const;
    ShapingCache::State& cache_of(const Paragraph&);
    void shape_stretch(ShapingCache::State&, std::string_view text, std::uint32_t offset,
                       const TextStyle&, bool right_to_left, const odf::Provenance*,
                       std::vector<SetRun>& out);
    ShapedText shaped(std::string_view text, const TextStyle&, bool right_to_left,
                      const odf::Provenance*) const;

    ShapingCache::State& own_;
    ShapingCache::State& shared_;
    bool external_leading_;
    std::int64_t device_;  ///< dots per inch
    std::string key_;      ///< its room serves the next one
    std::map<const TextStyle*, LineMetrics> metrics_;
};

/// Width of the glyphs of all runs.
Length width_of(const std::vector<SetRun>&);

}  // namespace paraphe::layout
