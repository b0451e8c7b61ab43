#pragma once

#include <vector>

#include "layout/style.hpp"
#include "odf/document.hpp"

/// Columns of text of pages and sections (style:columns, ODF 1.3 part 3 §17.12). Private to
/// layout/.
namespace paraphe::layout {

struct ColumnPlace {
    Length x, width;
};

/// Reads the columns of page layout or section properties; one column when there are none.
Columns read_columns(const odf::Element& properties);

/// Where the columns stand in a text `width` wide: at least one.
std::vector<ColumnPlace> column_places(const Columns&, Length width);

}  // namespace paraphe::layout
