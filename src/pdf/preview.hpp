#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.hpp"
#include "layout/pages.hpp"

/// Pictures of placed pages, drawn by cairo. Glyphs are outlines: the text is not selectable.
namespace paraphe::pdf {

/// `page` counts from 0; Error{not_found} when there is none.
std::string svg(const layout::Pages&, std::size_t page);

/// 8-bit RGB on white. `dpi` from 10 to 600.
Bytes png(const layout::Pages&, std::size_t page, double dpi = 96);

}  // namespace paraphe::pdf
