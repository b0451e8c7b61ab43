#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/length.hpp"
#include "odf/document.hpp"

/// Formatting properties of fills (ODF 1.3 part 3 §20.113–§20.132). Private to layout/.
namespace paraphe::layout {

/// What the properties say, as long as more of a chain of styles may come. The texts are borrowed
/// from the properties.
struct AreaProperties {
    std::string_view fill;  ///< draw:fill; empty: nobody said it
    std::optional<Color> color;
    std::uint8_t alpha = 255;
    std::string_view gradient, hatch, image, opacity;  ///< names
    std::string_view repeat, width, height, point, point_x, point_y, offset;
    bool hatch_solid = false;
    int steps = 0;

    /// False: the property is none of these.
    bool apply(odf::Name, const std::string& value);
    /// Does one colour lie under all else?
    bool has_color() const { return fill == "solid" || (fill == "hatch" && hatch_solid); }
    /// What it would fill with beyond one colour, in French: "son dégradé"; empty: nothing.
    std::string beyond_color() const;
};

/// "50%" as 0 to 255; anything else: 255.
std::uint8_t parse_opacity(std::string_view);

}  // namespace paraphe::layout
