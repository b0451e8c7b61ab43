#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "layout/collect.hpp"
#include "layout/columns.hpp"
#include "layout/flow.hpp"

/// A column of pieces to pages with headers, footers and notes. Private to layout/.
namespace paraphe::layout {

class Surround;

/// Lines between columns in `box`, from its upper edge.
void add_rules(const Columns&, const std::vector<ColumnPlace>&, const Rect& box,
               std::vector<Item>&);

class Paginator {
public:
    Paginator(StyleSheet&, Flow&, Typesetter&, Collector&, Warnings&);

    /// Fills `pages.pages` and everything that stands on them. `page_count` is what fields in
    /// headers and footers say. Fills `learnt` with the pages of fields and anchors.
    void place(Stack&&, Pages& pages, int page_count, Learnt& learnt);

    /// Pages between two right (or left) pages: they are not printed, but counted.
    int blank_pages() const { return blank_pages_; }

    /// Width of the text on the pages that the document starts with.
    Length first_width(const Blocks&);
    std::optional<Length> width_of(const std::string& master);

private:
    struct Area {  ///< of one page
        const odf::Element* master = nullptr;
        const PageStyle* style = nullptr;
        int number = 1;
        int paragraph = 0;  ///< number of the first one
        Fragment header, footer;
        Length header_top, footer_top;  ///< where their content starts
        Length left, width, top, bottom;
        bool mirrored = false;  ///< an even page of a style with two sides
    };
    struct Slot {  ///< a column of a page; its upper left corner is 0, 0
        Length x, width, height;
        const PageStyle* style = nullptr;
        const odf::Element* style_element = nullptr;
        FrameArea area;
    };
    struct Foot {  ///< notes below a column
        std::vector<Fragment> notes;
        std::vector<Length> heights;
        Length room;  ///< of all, with the rule above them
    };
    /// What stands in a column or on a page, and what follows.
    struct Filling {
        struct Strip {  ///< pieces one under the other
            std::size_t begin = 0, end = 0;
            Point at;
            bool first_space = false;
        };
        std::size_t end = 0;
        std::vector<Strip> strips;
        std::vector<Item> rules;  ///< between columns
        Foot foot;
        const PageChange* change = nullptr;  ///< that ends the column
    };
    struct Filled {  ///< a page before it is drawn
        struct Column {
            Slot slot;
            Fragment body;
            Foot foot;
        };
        Area area;
        bool first_of_style = false;
        std::vector<Column> columns;
        std::vector<PlacedFrame> frames;  ///< that hang on the page
    };
    Area open_page(const odf::Element* master, int number, int paragraph, bool first_of_style,
                   int page_count);
    Fragment furniture(const odf::Element& source, Artifact, const FieldValues&,
                       const FurnitureStyle&, Length width, Length& content_height);
    /// Fills the page from piece `begin` on, column after column, and returns the piece that
    /// follows; `change` is what ended the page.
    std::size_t fill_page(Stack&, std::size_t begin, Filled&, int page, bool keep_space,
                          const PageChange*& change);
    /// Fills one column; `surround` knows the frames, if there are any.
    Filling fill(Stack&, std::size_t begin, const Slot&, bool keep_space, Length header_height,
                 Surround* surround);
    /// Puts the section that starts at `end` into its columns; `begin` is where the column of the
    /// page began. False when it does not end here.
    bool fill_section(Stack&, std::size_t begin, std::size_t& end, const Slot&, bool keep_space,
                      Length& used, Filling&, Surround*);
    /// Ends of the columns that pieces [begin, stop) fill, each `height` high, and how high they
    /// are.
    struct Distribution {
        std::vector<std::size_t> ends;
        Length height;
    };
    /// Breaks each line for the column that it stands in, beside the frames that `surround` knows,
    /// if there are any; `stop` goes with the number of lines.
    Distribution distribute(Stack&, std::size_t begin, std::size_t& stop,
                            const std::vector<ColumnPlace>&, Length height, bool top, const Slot&,
                            Surround* surround);
    /// Whether the block that begins a column of a section has its own space above: only where a
    /// break was asked for.
    bool keeps_space(const FlowPiece& first, std::size_t column) const;
    /// Breaks the paragraph of piece `at` to that width, when it has another.
    void fit(Stack&, std::size_t at, Length width, const odf::Element* where);
    void add_notes(const FlowPiece&, const Slot&, Foot&);
    Slot slot(const Area&, ColumnPlace) const;
    /// Is that page number on a side that the page style does not allow?
    bool wrong_side(const odf::Element* master, int number);
    void resolve_links(Pages&);
    void close_page(Filled&, Pages&);
    void land_notes(Foot&, const Slot&, const Area&, Page&, int page, Pages&);
    /// Warns of text beyond the edges of the page.
    void tell_lost(const Page&);
    void land(Fragment&&, Point offset, Page&, int page, Pages&);

    StyleSheet& styles_;
    Flow& flow_;
    Typesetter& typesetter_;
    Collector& collector_;
    Warnings& warnings_;
    FillBudget fill_budget_;
    std::map<const odf::Element*, int> fields_;
    struct Bookmark {
        int page;
        Point at;
        PageNumber printed;
    };
    std::map<std::string, Bookmark, std::less<>> bookmarks_;
    struct PendingLink {
        PlacedLink link;
        int page;
    };
    std::vector<PendingLink> pending_;
    int page_number_ = 1;
    int blank_pages_ = 0;
    std::set<int> started_;  ///< tables of which a body row was placed
};

}  // namespace paraphe::layout
