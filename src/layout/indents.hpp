#pragma once

#include "layout/content.hpp"
#include "layout/settings.hpp"

/// Where the text of a paragraph stands in its column, as its style and its list say. Private to
/// layout/.
namespace paraphe::layout {

/// Counted from the edge where lines begin: the left one, or the right one of text from right to
/// left. Borders and their padding aside.
struct Indents {
    Length before, after;
    Length first;  ///< of the first line, beyond `before`; negative: it hangs out
};
Indents indents_of(const Paragraph&, const Settings&);

/// What border and background enclose. Measured: Writer has a first line that hangs out inside.
struct Extent {
    Length left, right;
};
Extent extent_of(const Paragraph&, const Indents&, Length column);

}  // namespace paraphe::layout
