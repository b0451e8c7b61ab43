#pragma once

#include <array>
#include <optional>
#include <vector>

#include "layout/content.hpp"
#include "layout/drawing.hpp"

/// Shapes that Writer draws itself (ODF 1.3 part 3 §10.3, §10.6). Private to layout/.
namespace paraphe::layout {

/// Is it one of the shapes that are drawn: rect, line, polyline, polygon, path, circle, ellipse,
/// connector, caption, measure, custom-shape, or a frame of a group?
bool is_shape(const odf::Element&);

/// Size and place of a shape: `matrix` leads from its upper left corner to the coordinates that
/// the drawing is written in. nullopt when its numbers cannot be read.
struct ShapePlace {
    double width = 0, height = 0;
    Matrix matrix;
};
std::optional<ShapePlace> shape_place(const odf::Element&);

/// Left, top, right, bottom of a rectangle from 0, 0 that `matrix` turns.
std::array<double, 4> turned_box(const Matrix& matrix, double width, double height);
/// Of all the shapes, at least one.
std::array<double, 4> shapes_box(const std::vector<Shape>&);

/// What a shape shows at that size, in points from its upper left corner.
struct ShapeDrawing {
    std::vector<DrawnPath> paths;  ///< with colours, in drawing order
    std::array<double, 4> text{};  ///< left, top, right, bottom of its text's area
    bool damaged = false;          ///< a part could not be understood
};
ShapeDrawing draw_shape(const Shape&, double width, double height);

/// Draws what stands at the ends of the open pieces of a stroked path, and shortens them.
void add_line_ends(const ShapeStyle&, DrawnPath& line, std::vector<DrawnPath>& out);

/// Left, top, right, bottom of the points of a path, curves as they run; nullopt without points.
std::optional<std::array<double, 4>> extent(const DrawnPath&);

}  // namespace paraphe::layout
