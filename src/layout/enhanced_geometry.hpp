#pragma once

#include <array>
#include <optional>
#include <vector>

#include "layout/drawing.hpp"
#include "odf/document.hpp"

/// Custom shapes (ODF 1.3 part 3 §10.6). Private to layout/.
namespace paraphe::layout {

struct EnhancedShape {
    /// One for each part that `N` ends, without colours: `fill` and `stroke` say whether the part
    /// takes those of the shape. In points, 0, 0 the upper left corner of the shape.
    struct Part {
        DrawnPath path;
        bool fill = true, stroke = true;
    };
    std::vector<Part> parts;
    /// Left, top, right, bottom of the first text area; nullopt: the whole shape.
    std::optional<std::array<double, 4>> text_area;
    /// Not all could be understood: an unknown command, a damaged formula, no outline, more than
    /// 100,000 points.
    bool damaged = false;
};

/// What draw:enhanced-geometry draws in a shape of that size, in points. `fill` and `stroke`: does
/// the shape's style have one? Mirroring is done, also that of the text area.
EnhancedShape read_enhanced_geometry(const odf::Element&, double width, double height, bool fill,
                                     bool stroke);

}  // namespace paraphe::layout
