#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/length.hpp"

/// Fonts and shaping: text in, measured glyph runs out. Home of HarfBuzz and FreeType.
namespace paraphe::text {

using GlyphId = std::uint16_t;

/// Metrics in font units, from hhea, OS/2, post and head.
struct FaceMetrics {
    int units_per_em = 1000;
    int ascent = 0;    ///< hhea, positive
    int descent = 0;   ///< hhea, negative
    int line_gap = 0;  ///< hhea
    int cap_height = 0;
    int x_height = 0;
    int bbox[4] = {0, 0, 0, 0};  ///< xMin, yMin, xMax, yMax
    double italic_angle = 0;
    int weight = 400;
    bool fixed_pitch = false;
    int underline_position = 0;  ///< centre of the line, negative below the baseline
    int underline_thickness = 0;
    int strikeout_position = 0;
    int strikeout_thickness = 0;
};

/// How high and how deep a glyph reaches, in font units upwards; equal: nothing of it is drawn.
struct GlyphInk {
    int bottom = 0, top = 0;
};

/// One font file, loaded once, immutable, shared by every thread. Owns its bytes.
class Face {
public:
    virtual ~Face() = default;
    virtual const std::string& family() const = 0;
    virtual const std::string& postscript_name() const = 0;
    virtual const FaceMetrics& metrics() const = 0;
    virtual ByteView data() const = 0;              ///< the whole font file
    virtual const Sha256& fingerprint() const = 0;  ///< SHA-256 of data()
    virtual bool is_cff() const = 0;                ///< OpenType with CFF outlines, else TrueType
    virtual unsigned glyph_count() const = 0;
    virtual int advance(GlyphId) const = 0;  ///< font units
    virtual GlyphInk ink(GlyphId) const = 0;
    virtual GlyphId glyph(char32_t) const = 0;  ///< 0 when the face has none
    /// The FT_Face for cairo (pdf/ previews only), as an opaque pointer; owned by the face and not
    /// to be used by two threads at once.
    virtual void* freetype_face() const = 0;
};
using FacePtr = std::shared_ptr<const Face>;

}  // namespace paraphe::text
