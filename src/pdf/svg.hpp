#pragma once

#include <cstddef>
#include <string>

#include "layout/pages.hpp"

/// Placed pages as SVG 1.1. Glyphs are outlines: the text is not selectable.
namespace paraphe::pdf {

/// `page` counts from 0; Error{not_found} when there is none. Loads nothing from outside. Each
/// outline and picture stands once in the file, and glyphs stand at whole units of their font, so
/// that a page of text takes some 110 KB.
std::string svg(const layout::Pages&, std::size_t page);

}  // namespace paraphe::pdf
