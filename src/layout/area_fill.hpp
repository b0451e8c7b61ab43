#pragma once

#include <algorithm>
#include <cstddef>

#include "layout/pages.hpp"
#include "layout/style.hpp"

/// Gradients, hatches and pictures that fill an area (ODF 1.3 part 3 §16.40, §20.113–§20.132).
/// Private to layout/.
namespace paraphe::layout {

/// How many points the fillings of a document may have left; each takes a share of them, so that
/// none goes without and a hostile document does not fill the memory.
class FillBudget {
public:
    /// What the next filling may take, at least `least`.
    std::size_t share(std::size_t least) const { return std::max(left_ / 64, least); }
    void spend(std::size_t points) { left_ -= std::min(left_, points); }

private:
    std::size_t left_ = 500'000;
};

/// Fills the outline of `path` with what `fill` says. `box` is the extent of all that the style
/// fills at once: the parts of one shape share a gradient. Whatever the numbers are, at most 128
/// bands, 500 lines a direction or 1,900 pictures are drawn; fewer when the budget runs low.
void fill_area(const AreaFill& fill, const Rect& box, FillBudget& budget, Path& path);

}  // namespace paraphe::layout
