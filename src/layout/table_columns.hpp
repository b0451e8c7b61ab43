#pragma once

#include <vector>

#include "layout/content.hpp"

/// Where the columns of a table stand, to the twip as Writer puts them. Private to layout/.
namespace paraphe::layout {

/// Left edge and width of a table in a column of text that is `available` wide.
struct Extent {
    Length x, width;
    bool full = false;  ///< from margin to margin, or a share of what is there
};
Extent extent(const Table&, Length available);

/// Left edges of the columns and the right edge of the last, from the table's left edge.
std::vector<Length> column_edges(const Table&, const Extent&);

}  // namespace paraphe::layout
