#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "layout/content.hpp"
#include "layout/settings.hpp"
#include "layout/style_sheet.hpp"
#include "text/shaping.hpp"

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
    Shaper(const text::FontMap& fonts, const Settings& settings)
        : fonts_(fonts), external_leading_(settings.external_leading), device_(settings.device) {}

    /// Runs in logical order of the text from octet `from` on; tabs, line breaks and objects are
    /// left out. Throws Error in French naming a character that no font has, at `where`.
    std::vector<SetRun> shape(const Paragraph&, std::uint32_t from);
    /// Text outside the paragraph's own: labels, hyphens, leaders. Clusters count in `text`.
    std::vector<SetRun> shape(std::string_view text, const TextStyle&, const odf::Provenance*);

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
    void shape_stretch(std::string_view text, std::uint32_t offset, const TextStyle&,
                       bool right_to_left, const odf::Provenance*, std::vector<SetRun>& out);
    const std::vector<text::ShapedPiece>& pieces(std::string_view text, const TextStyle&,
                                                 std::uint32_t script, bool right_to_left,
                                                 const odf::Provenance*);

    const text::FontMap& fonts_;
    bool external_leading_;
    std::int64_t device_;  ///< dots per inch
    /// Each distinct text in one font is shaped once for a document.
    std::unordered_map<std::string, std::vector<text::ShapedPiece>> shaped_;
    std::map<const TextStyle*, LineMetrics> metrics_;
};

/// Width of the glyphs of all runs.
Length width_of(const std::vector<SetRun>&);

}  // namespace paraphe::layout
