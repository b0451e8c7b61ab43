#pragma once

#include <string>

#include "layout/shape.hpp"

/// Shapes that point at something: captions (ODF 1.3 part 3 §10.3.11) and measures (§10.3.12).
/// Private to layout/.
namespace paraphe::layout {

/// Takes a property of a style that captions or measures read.
void apply_callout(ShapeStyle&, odf::Name, const std::string& value);

/// The line of a caption of that size, from what it points at to its box.
DrawnPath caption_line(const odf::Element&, const CaptionStyle&, double width, double height);

/// Of a measure, whose x axis runs along what it measures, so that its text can be read: from the
/// left, or upwards.
ShapePlace measure_place(const odf::Element&);

/// Its line and its two guides, from the left end of what it measures.
struct MeasureLines {
    DrawnPath line, guides;
    double text = 0;  ///< y of the line, at which the text stands
};
MeasureLines measure_lines(const odf::Element&, const MeasureStyle&);

/// What it measures: "50,01", in the style's unit; and the unit, "mm".
std::string measured_value(const odf::Element&, const MeasureStyle&);

}  // namespace paraphe::layout
