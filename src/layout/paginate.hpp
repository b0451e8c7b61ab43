#pragma once

#include <map>
#include <string>
#include <vector>

#include "layout/collect.hpp"
#include "layout/flow.hpp"

/// A column of pieces to pages with headers, footers and notes. Private to layout/.
namespace paraphe::layout {

class Paginator {
public:
    Paginator(StyleSheet&, Flow&, Collector&, Warnings&);

    /// Fills `pages.pages` and everything that stands on them. `page_count` is what fields in
    /// headers and footers say. Returns the page number (as printed) of each page field.
    std::map<const odf::Element*, int> place(Stack&&, Pages& pages, int page_count);

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
    };
    Area open_page(const odf::Element* master, int number, bool first_of_style, int page_count);
    Fragment furniture(const odf::Element& source, Artifact, const FieldValues&,
                       const FurnitureStyle&, Length width, Length& content_height);
    void close_page(Area&, Fragment body, std::vector<Fragment> notes,
                    const std::vector<Length>& note_heights, Pages&);
    void land(Fragment&&, Point offset, Page&, int page, Pages&);

    StyleSheet& styles_;
    Flow& flow_;
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
};

}  // namespace paraphe::layout
