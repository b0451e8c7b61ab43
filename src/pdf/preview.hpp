#pragma once

#include <cstddef>

#include "base/bytes.hpp"
#include "layout/pages.hpp"

/// Placed pages as pixels, drawn by cairo.
namespace paraphe::pdf {

/// 8-bit RGB on white. `page` counts from 0; Error{not_found} when there is none. `dpi` from 10 to
/// 600.
Bytes png(const layout::Pages&, std::size_t page, double dpi = 96);

}  // namespace paraphe::pdf
