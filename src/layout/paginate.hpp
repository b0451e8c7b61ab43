#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "layout/collect.hpp"
#include "layout/flow.hpp"

/// A column of pieces to pages with headers, footers and notes. Private to layout/.
namespace paraphe::layout {

class Surround;

class Paginator {
public:
    Paginator(StyleSheet&, Flow&, Typesetter&, Collector&, Warnings&);

    /// Fills `pages.pages` and everything that stands on them. `page_count` is what fields in
    /// headers and footers say. Returns the page number (as printed) of each page field.
    std::map<const odf::Element*, int> place(Stack&&, Pages& pages, int page_count);

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
        Fragment header, footer;
        Length header_top, footer_top;  ///< where their content starts
        Length left, width, top, bottom;
        bool mirrored = false;  ///< an even page of a style with two sides
    };
    struct Filling;
    Area open_page(const odf::Element* master, int number, bool first_of_style, int page_count);
    Fragment furniture(const odf::Element& source, Artifact, const FieldValues&,
                       const FurnitureStyle&, Length width, Length& content_height);
    /// Fills the page from piece `begin` on; `surround` knows the frames, if there are any.
    Filling fill(Stack&, std::size_t begin, const Area&, bool keep_space, Length header_height,
                 Surround* surround);
    /// Is that page number on a side that the page style does not allow?
    bool wrong_side(const odf::Element* master, int number);
    FrameArea frame_area(const Area&) const;
    void resolve_links(Pages&);
    void close_page(Area&, Fragment body, std::vector<Fragment> notes,
                    const std::vector<Length>& note_heights, Pages&);
    void land(Fragment&&, Point offset, Page&, int page, Pages&);

    StyleSheet& styles_;
    Flow& flow_;
    Typesetter& typesetter_;
    Collector& collector_;
    Warnings& warnings_;
    std::map<const odf::Element*, int> fields_;
    struct Bookmark {
        int page;
        Point at;
    };
    std::map<std::string, Bookmark, std::less<>> bookmarks_;
    struct PendingLink {
        PlacedLink link;
        int page;
    };
    std::vector<PendingLink> pending_;
    int page_number_ = 1;
    int blank_pages_ = 0;
};

}  // namespace paraphe::layout
