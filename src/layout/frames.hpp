#pragma once

#include "layout/content.hpp"

/// Where frames stand (ODF 1.3 part 3 §§19.528, 20.290 ff., 20.391 ff.). Private to layout/.
namespace paraphe::layout {

/// What frames are placed by, in the coordinates of a column of text: 0, 0 is the upper left corner
/// of its first line's room.
struct FrameArea {
    Rect page;               ///< the sheet; without one (in a cell, say) the column
    Rect content;            ///< the page between its margins, header and footer
    bool on_page = false;    ///< frames are kept on the sheet
    bool mirrored = false;   ///< "inside" is on the right
    bool holds_all = false;  ///< grows with its frames (a header, a text box), not only with those
                             ///< that flow with the text (a cell)
};

/// The anchor's paragraph, in the same coordinates.
struct AnchorPlace {
    Length top;                                 ///< below the space of the paragraph before
    Length content_top;                         ///< of its first line
    Length left, right;                         ///< between its indents, border and all
    Length column;                              ///< width
    Length line_top, line_bottom, character_x;  ///< of the character that it hangs on
    bool right_to_left = false;                 ///< places are counted from the right
};

/// The frame's box without its margins.
Rect place_frame(const Object&, Size, const FrameArea&, const AnchorPlace&);

/// What the frame takes: with its own margins, and with what lines of a drawing reach out.
Rect with_margins(const Rect&, const Object&);

}  // namespace paraphe::layout
