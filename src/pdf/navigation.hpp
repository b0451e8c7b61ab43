#pragma once

#include <string>
#include <vector>

#include "layout/pages.hpp"
#include "pdf/objects.hpp"
#include "pdf/structure.hpp"

/// What leads through a document: links, outline, page labels (ISO 32000-1 §12.3, §12.5.6.5).
namespace paraphe::pdf {

/// "[12 0 R/XYZ 70.9 700 null]"
std::string destination(const layout::Pages&, const std::vector<int>& page_objects, int page,
                        Point target);

/// A rectangle in PDF's coordinates, "[x y x y]".
std::string rectangle(const layout::Page&, const Rect&);

/// Writes the link annotations; adds each one's number to the list of its page.
void write_links(Objects&, const layout::Pages&, const std::vector<int>& page_objects, Structure&,
                 std::vector<std::vector<int>>& annotations);

/// Gives the number of the outline's root; 0 when there is none.
int write_outline(Objects&, const layout::Pages&, const std::vector<int>& page_objects);

/// The number tree /PageLabels as syntax; empty when pages are simply numbered from 1.
std::string page_labels(const layout::Pages&);

}  // namespace paraphe::pdf
