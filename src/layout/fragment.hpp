#pragma once

#include <string>
#include <vector>

#include "layout/content.hpp"
#include "layout/matrix.hpp"
#include "layout/pages.hpp"

/// Placed content whose own upper left corner is 0, 0. Private to layout/.
namespace paraphe::layout {

class FillBudget;

struct PlacedLink {
    Rect box;
    int link = -1;  ///< index into Collector::links()
};

struct PlacedSlot {
    Rect box;
    std::string slot;
    int node = -1;
};

/// A place that links, the outline or a field ask for.
struct PlacedTarget {
    Point at;
    std::string bookmark;  ///< name; empty: none
    int heading = 0;       ///< outline level; 0: none
    std::string title;     ///< of a heading
    const odf::Element* page_field = nullptr;
};

struct Fragment {
    std::vector<Item> items;
    std::vector<LineBox> lines;
    std::vector<PlacedLink> links;
    std::vector<PlacedSlot> slots;
    std::vector<PlacedTarget> targets;
    std::vector<const Note*> notes;

    /// Takes the other's content over, moved by `offset`.
    void append(Fragment&& other, Point offset);
    /// The same, turned: `matrix` turns and moves, its numbers are points. Pictures stay upright.
    void append_turned(Fragment&& other, const Matrix& matrix);
    /// The same content for a header row on its second page: no fields, links or notes.
    Fragment repeated_header() const;
};

void translate(Item&, Point offset);

/// Wider than any line that is not broken.
inline constexpr Length endless_width = Length::from_points(20'000);
/// How wide the longest line is.
Length longest_line(const Fragment&);

/// Borders, then nothing else: the background is drawn by add_background().
void add_border_paths(std::vector<Item>&, const BoxStyle&, const Rect&, Mark);
Path fill_path(const Rect&, Color, Mark);
/// What fills a box: its colour, and what lies over it.
void add_background(std::vector<Item>&, const BoxStyle&, const Rect&, FillBudget&, Mark);
/// Shadow, background and borders of a box that takes `outer` with its shadow.
void add_box(std::vector<Item>&, const BoxStyle&, const Rect& outer, FillBudget&, Mark background,
             Mark border);

}  // namespace paraphe::layout
