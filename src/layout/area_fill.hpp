#pragma once

#include "layout/pages.hpp"
#include "layout/style.hpp"

/// Gradients, hatches and pictures that fill an area (ODF 1.3 part 3 §16.40, §20.113–§20.132).
/// Private to layout/.
namespace paraphe::layout {

/// Fills the outline of `path` with what `fill` says. `box` is the extent of all that the style
/// fills at once: the parts of one shape share a gradient. Whatever the numbers are, at most 256
/// bands, 2,000 lines a direction or 2,500 pictures are drawn.
void fill_area(const AreaFill& fill, const Rect& box, Path& path);

}  // namespace paraphe::layout
