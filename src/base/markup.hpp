#pragma once

#include <string>
#include <string_view>

namespace paraphe {

/// The text with & < > and " as entities, for HTML and SVG that a program writes: as an element's
/// text, or between double quotes as an attribute's value.
std::string escaped_markup(std::string_view);

}  // namespace paraphe
