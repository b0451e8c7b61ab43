#pragma once

#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/length.hpp"

/// What the first octets of a picture say; nothing is unpacked.
namespace paraphe::odf {

struct PictureFacts {
    std::string media_type;     ///< image/png, image/jpeg or image/svg+xml
    int width = 0, height = 0;  ///< pixels; of an SVG file 0
    int channels = 3;           ///< of a JPEG file: 4 is CMYK
    /// Natural size: by the resolution that the file names, else 96 pixels an inch.
    Size natural;
};

/// nullopt for what is no picture, is cut short in its header, or has no size.
std::optional<PictureFacts> picture_facts(ByteView);

/// A length of ODF, CSS or SVG ("2.5cm", "10mm", "12pt", "1in", "40px", "40", "3pc"); a bare number
/// is pixels, 96 an inch. nullopt for anything else, percentages and what is not finite.
std::optional<Length> parse_absolute_length(std::string_view);

}  // namespace paraphe::odf
