#pragma once

#include <optional>
#include <string_view>

#include "base/length.hpp"

/// Values of attributes (ODF 1.3 part 3 §18.3). Private to layout/.
namespace paraphe::layout {

/// Writer computes in twips (1/20 pt); line ends and page ends depend on that rounding.
constexpr Length from_twips(std::int64_t twips) {
    return Length::from_units((twips * 1024 + (twips < 0 ? -10 : 10)) / 20);
}
constexpr std::int64_t to_twips(Length length) {
    const std::int64_t scaled = length.units() * 20;
    return (scaled + (scaled < 0 ? -512 : 512)) / 1024;
}
constexpr Length snapped(Length length) {
    return from_twips(to_twips(length));
}

/// "1.25cm", "-3mm", "2in", "11pt", "1pc", "20px", rounded to 1/100 mm and then to a twip, as
/// Writer reads it. nullopt for anything else.
std::optional<Length> parse_length(std::string_view);

/// The length unrounded, for font sizes.
std::optional<Length> parse_exact_length(std::string_view);

/// "112%" gives 112; nullopt for anything else.
std::optional<double> parse_percent(std::string_view);

/// "#rrggbb"; nullopt for "transparent" and anything else.
std::optional<Color> parse_color(std::string_view);

/// Decimal digits; `otherwise` for anything else, and clamped to ±1,000,000.
int parse_integer(std::string_view, int otherwise);

/// First blank-separated word, which is cut off from the text.
std::string_view next_word(std::string_view& text);

}  // namespace paraphe::layout
