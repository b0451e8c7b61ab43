#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "layout/frames.hpp"
#include "layout/lines.hpp"
#include "layout/style_sheet.hpp"

/// Blocks to a column of pieces that pages are filled with. Private to layout/.
namespace paraphe::layout {

/// A change of page asked for by a style.
struct PageChange {
    bool column = false;  ///< the next column does
    std::string master;   ///< empty: as before
    std::optional<int> number;
};

struct RowPiece;

/// A frame beside, under or over the text.
struct PlacedFrame {
    Fragment content;
    Point at;  ///< of its upper left corner, from the left of the column and the top of its piece
    int z = 0;
    bool background = false;  ///< under the text
};

/// What stays on one page: a line or a table row. Widows, orphans, keeps and row spans all become
/// `joined`: no break before this piece.
struct FlowPiece {
    Fragment content;
    std::vector<PlacedFrame> frames;  ///< that hang on it
    const Section* section = nullptr;
    const Paragraph* paragraph = nullptr;  ///< of a line
    std::uint32_t begin = 0;               ///< octet of the paragraph's text
    int line = 0;                          ///< from 0 in its paragraph
    Length inset;                          ///< border and padding above the line
    Length space_before;                   ///< the part of `space` that the block before asked for
    bool box_goes_on = false;              ///< the next paragraph shares the border
    bool reopened = false;          ///< begins a column amid its box, whose top is part of `inset`
    bool beside = false;            ///< was broken beside frames,
    int epoch = 0;                  ///< those known then
    std::unique_ptr<RowPiece> row;  ///< of a table row; its content is set when it is placed
    Length height;
    Length spare;      ///< of it, what may hang over the end of a page: measured in Writer
    Length space;      ///< to the piece before
    Length own_space;  ///< what remains of it at the top of a page
    Length column;     ///< width that its text was set to
    Length below;      ///< space that counts at the end of a cell or header
    int held = 0;      ///< so many lines of its paragraph stay with the first
    bool joined = false;
    std::optional<PageChange> change;
    int box = -1;    ///< index into Stack::boxes
    int table = -1;  ///< index into Stack::tables, of a body row: its header rows are repeated
};

/// Border and background around the pieces of a paragraph (or of several with the same).
struct FlowBox {
    BoxStyle style;
    Length x, width;
};

/// Header rows of a table, set once as artifacts.
struct FlowTable {
    Fragment header;
    Length header_height;
};

/// Frames under the text, the text, frames over it, each in their order.
Fragment between(std::vector<PlacedFrame>&& frames, Fragment&& text);

struct Stack {
    std::vector<FlowPiece> pieces;
    std::vector<FlowBox> boxes;
    std::vector<FlowTable> tables;
    bool framed = false;  ///< frames hang on its paragraphs
    Length lowest;        ///< how far down frames reach that it holds
};

/// What closes the box of a piece when its column ends after it: the bottom of border and padding,
/// if the box goes on. Measured: Writer closes a box at the end of a column and opens it again at
/// the top of the next.
Length closing(const Stack&, std::size_t at);

/// The room without which the piece cannot be the last of its column.
Length least_height(const Stack&, std::size_t at);

/// Gives the piece the top of its box when it begins a column amid that box, takes it away when
/// not.
void reopen(Stack&, std::size_t at, bool begins_column);

struct CellPiece {
    Stack content;
    Length content_height;
    Length x, width;
    Length height;  ///< with the rows that it spans; 0: the row's
    const CellStyle* style = nullptr;
    int row_span = 1;
    bool left_drawn = false;  ///< by its neighbour's right border
};

struct RowPiece {
    std::vector<CellPiece> cells;
    Length line_above;    ///< width of the border between this row and the one before
    Length line_below;    ///< of the table's last row
    Length least_height;  ///< fixed or minimal
    bool fixed = false;
    bool splittable = false;
    bool moves = false;      ///< its table goes to the next page before it breaks
    bool top_drawn = false;  ///< by the bottom borders of the row before
    Length x, width;
    std::optional<Color> background;
};

class Flow {
public:
    Flow(StyleSheet&, Typesetter&, Warnings&);

    const Settings& settings() const { return styles_.settings(); }

    /// Width of the text on the pages of a master page; nullopt for an unknown name.
    using Widths = std::function<std::optional<Length>(const std::string& master)>;

    /// Frames stand in the column, or where `area` says.
    Stack lay_out(const Blocks&, Length width);
    Stack lay_out(const Blocks&, Length width, const FrameArea& area);
    /// The same for the body, whose frames are placed page by page: a block that changes the page
    /// style changes the width, too.
    Stack lay_out(const Blocks&, Length width, const Widths&);

    /// Breaks the lines from that piece to the end of its paragraph anew, to another width or
    /// beside what `free` leaves.
    void break_again(Stack&, std::size_t at, Length width, const Free& free);

    /// Pieces [begin, end) one under the other; `first_space`: the first keeps its own space.
    /// `height` is where the last one ends. The pieces' content is moved out.
    Fragment set(Stack&, std::size_t begin, std::size_t end, bool first_space, Length& height,
                 bool page_top = false);
    /// The whole stack with the space that ends a cell.
    Fragment set_all(Stack&&, Length& height);
    Length height_of(const Stack&, Length below = {}) const;
    /// Only in cells the space below the last block counts, if the settings want it.
    Length cell_height(const Stack&) const;
    /// Of a block's margin, what the settings leave of it where the block is the first.
    Length space_above(Length margin) const;

    /// Cuts a row so that the first part is at most `room` high; nullopt when it cannot be cut
    /// there, or need not be: a row that stays together is cut when no page is high enough.
    std::optional<FlowPiece> split_row(FlowPiece& row, Length room, Length page);

private:
    void add_paragraph(const Paragraph&, Length width, Stack&);
    void add_table(const Table&, Length width, Stack&);
    void warn_of_overflow(const RowPiece&);
    void place_frames(Stack&, const FrameArea&);
    std::vector<FlowPiece> line_pieces(const Paragraph&, std::vector<Line>&&, int first_line,
                                       Length inset, bool box_goes_on);
    Fragment set_row(RowPiece&, Length height, bool top_of_page);
    Length row_height(const RowPiece&) const;

    struct Before {  ///< the block that came before
        bool any = false;
        Length below;
        bool keep = false;
        bool contextual = false;
        std::string identity;
        int box = -1;
        const ParagraphStyle* style = nullptr;
        Length box_x, box_width;
        std::optional<PageChange> change;  ///< break-after
    };

    StyleSheet& styles_;
    Typesetter& typesetter_;
    Warnings& warnings_;
    FillBudget fill_budget_;
    Before before_;
};

}  // namespace paraphe::layout
