#pragma once

#include <hb.h>

#include <filesystem>

#include "text/font_map.hpp"

/// Private to text/: the one kind of Face.
namespace paraphe::text {

/// The HarfBuzz font of a face that this layer made, at font units. Immutable.
hb_font_t* harfbuzz_font(const Face&);

/// Throws Error{malformed_input} unless `data` is one OpenType font with outlines.
FacePtr open_face(Bytes data, const Sha256& fingerprint, const std::filesystem::path& source);

}  // namespace paraphe::text
