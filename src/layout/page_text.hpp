#pragma once

#include <cstddef>
#include <string>

#include "layout/pages.hpp"

/// What a page says, for readers that cannot see its picture: the structure tree's part that the
/// page shows, in the tree's order, without artifacts (running headers and footers). A paragraph
/// that begins on the page before is told from where it goes on, a table with the head that stands
/// above its rows again.
namespace paraphe::layout {

/// A line for each paragraph: headings after as many "#" as their level, list items after their
/// label and two blanks a level, a table's row with its cells between " | ", "[Image : …]" and
/// "[Signature : …]" (a field's tooltip) where those stand. `page` counts from 0; Error{not_found}
/// when there is none.
std::string page_text(const Pages&, std::size_t page);

/// The same as a fragment of HTML: h1 to h6, p, ul, table, with lang and dir where the text is not
/// in the document's language. Headings are `deeper` levels lower, so that they fit below those of
/// the page around it.
std::string page_html(const Pages&, std::size_t page, int deeper = 0);

}  // namespace paraphe::layout
