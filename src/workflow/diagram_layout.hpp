#pragma once

#include <string>
#include <vector>

#include "workflow/definition.hpp"

/// Private to workflow/: places the boxes and arrows of a diagram; nothing is drawn here. Units are
/// pixels of the SVG's user space, y grows downwards.
namespace paraphe::workflow {

/// One line of text in a box; a transition's line is where its arrows start.
struct BoxLine {
    enum class Kind { deadline, request, transition };
    Kind kind = Kind::transition;
    std::string text;
    std::string tip;  ///< the whole text and what the picture leaves out
    int y = 0;        ///< base line
};

struct Box {
    int x = 0, y = 0, width = 0, height = 0;
    std::vector<BoxLine> lines;
    int lanes = 0;  ///< vertical channels at the right, inside the box
};

/// From a line of the source box to the lane, along it, and back to the target's right edge.
struct Arrow {
    StateIndex container = 0;  ///< the box whose lane it uses
    int from_x = 0, from_y = 0, lane = 0, lane_x = 0, to_x = 0, to_y = 0;
};

struct DiagramLayout {
    std::vector<Box> boxes;  ///< by state; those of histories are empty
    std::vector<Arrow> arrows;
};

DiagramLayout lay_out(const Definition&);

/// Width of a text in Liberation Sans at 12 px, near enough for boxes.
int text_width(const std::string&);

namespace metrics {
inline constexpr int padding = 12, header = 24, line = 17, gap = 18, lane = 11, font = 12;
}

}  // namespace paraphe::workflow
