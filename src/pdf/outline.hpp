#pragma once

#include <memory>
#include <string>

#include "text/face.hpp"

struct hb_font_t;

/// The outlines of a font's glyphs, for previews.
namespace paraphe::pdf {

/// Of one face, which is borrowed; for one thread.
class Outlines {
public:
    explicit Outlines(const text::Face&);

    /// SVG path data (SVG 1.1 §8.3) in font units, y downwards; empty: nothing of it is drawn.
    std::string path(text::GlyphId) const;

private:
    struct FontDeleter {
        void operator()(hb_font_t*) const;
    };
    std::unique_ptr<hb_font_t, FontDeleter> font_;
};

}  // namespace paraphe::pdf
