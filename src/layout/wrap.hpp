#pragma once

#include <optional>
#include <vector>

#include "layout/content.hpp"
#include "layout/line_builder.hpp"

/// Text beside frames (style:wrap, ODF 1.3 part 3 §20.390). Private to layout/.
namespace paraphe::layout {

/// A frame in the coordinates of a column of text, and who stands beside it.
struct Zone {
    Rect box;  ///< with its margins
    const GraphicStyle* style = nullptr;
    const Paragraph* anchor = nullptr;  ///< nullptr: the page
};

class Zones {
public:
    void add(const Zone& zone) { zones_.push_back(zone); }
    void add(const Zones& others, Point offset);
    void move(Point by);
    /// Takes away the frames that hang on the paragraph.
    void remove(const Paragraph& anchor);
    bool empty() const { return zones_.empty(); }
    /// What is free of a line of `paragraph` in a column of that width: LineBuilder's Free, but y
    /// counts from the column's top.
    std::vector<Stretch> free(const Paragraph& paragraph, Length column, Stretch text, Length y,
                              Length height, std::optional<Length>& next) const;
    /// Does any zone reach into [top, bottom)?
    bool touch(Length top, Length bottom) const;

private:
    std::vector<Zone> zones_;
};

}  // namespace paraphe::layout
