#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "layout/pages.hpp"

namespace paraphe::pdf {

/// A name for what one page shows and says: 32 hexadecimal digits of a SHA-256 over its size, its
/// items in drawing order (fonts and pictures by their octets), its text, and what draws them. Two
/// pages of one name have the same picture and the same text, whatever document they stand in;
/// nothing is drawn to find it. `page` counts from 0; Error{not_found} when there is none. `html`:
/// what layout::page_html gives of it, which who names a page shows beside it.
std::string page_name(const layout::Pages&, std::size_t page, std::string_view html);

}  // namespace paraphe::pdf
