#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/font_map.hpp"

namespace paraphe::text {

/// In font units of the piece's face, y upwards.
struct ShapedGlyph {
    GlyphId id = 0;             ///< never 0
    std::uint32_t cluster = 0;  ///< octet offset of its grapheme in the text that was given
    int advance = 0, dx = 0, dy = 0;
};

/// Glyphs of one face, in visual order (for right-to-left text the last character comes first).
struct ShapedPiece {
    FontChoice font;
    std::uint32_t begin = 0, end = 0;  ///< octets of the text that was given
    std::vector<ShapedGlyph> glyphs;
};

struct ShapingOptions {
    std::uint32_t script = 0;   ///< four letters of ISO 15924, big-endian ("Latn"); 0: guessed
    std::string_view language;  ///< BCP 47
    bool right_to_left = false;
    int weight = 400;  ///< of the style that a fallback face shall have
    bool italic = false;
    bool kerning = true;
    bool ligatures = true;
};

/// Shapes one run (one font, script and direction) with HarfBuzz at font units. A grapheme that the
/// font lacks comes from the map's fallback families, as a piece of its own. Pieces stand in
/// logical order. Throws Error{malformed_input}: "missing_glyph" naming a character that no font
/// has, "too_many_marks" for a letter with more than 30.
std::vector<ShapedPiece> shape(const FontMap&, const FontChoice&, std::string_view text,
                               const ShapingOptions&);

}  // namespace paraphe::text
