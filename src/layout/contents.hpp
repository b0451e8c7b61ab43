#pragma once

#include "layout/pages.hpp"
#include "odf/document.hpp"

/// Tables of contents of an editable document, which Writer would fill only when it is told to.
namespace paraphe::layout {

/// Does a table of contents in its body, in a text box too, list headings and nothing else, so that
/// layout makes it anew?
bool has_contents(const odf::Document&);

/// The document with the lines that its tables of contents have on its pages instead of those that
/// Writer saved; titles stay. `pages` are of this very document, of its elements and no copy.
odf::Document with_contents(odf::Document, const Pages&);

}  // namespace paraphe::layout
