#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "layout/matrix.hpp"
#include "layout/pages.hpp"
#include "text/font_map.hpp"

/// Pictures made of paths and lines of text, and the files that they come from. Private to layout/.
namespace paraphe::layout {

class Shaper;
struct Fragment;

/// A rectangle in user units of a drawing.
struct DrawnBox {
    double left = 0, top = 0, right = 0, bottom = 0;
    bool operator==(const DrawnBox&) const = default;
};

/// Width in points of a line that a file leaves to the device to draw as thin as it can; on a
/// screen thinner ones are lost.
constexpr double hairline = 0.2;

struct DrawnPath {
    std::vector<Verb> verbs;
    std::vector<std::pair<double, double>> points;  ///< in user units of the drawing
    std::optional<Color> fill, stroke;
    double stroke_width = 1;
    std::vector<double> dashes;
    bool even_odd = false;
    Cap cap = Cap::butt;
    Join join = Join::miter;
    std::optional<DrawnBox> clip;  ///< only what lies inside is painted
    bool area = false;             ///< filled by its style's AreaFill too
};

/// One line of text.
struct DrawnText {
    enum class Side : std::uint8_t { left, center, right };
    enum class Level : std::uint8_t { baseline, top, bottom };

    std::size_t before = 0;  ///< index of the path that is drawn over it
    std::string text;        ///< UTF-8
    std::string family;      ///< as FontMap::find() takes it
    std::string generic;
    int weight = 400;
    bool italic = false, underlined = false, struck = false;
    Color color;
    double size = 0;         ///< of the em, in user units
    double stretch = 1;      ///< width of the letters by their own width
    double x = 0, y = 0;     ///< of the point that the text stands at
    Side side = Side::left;  ///< which part of the text stands there
    Level level = Level::baseline;
    double turn = 0;  ///< of the baseline about that point, degrees to the left
    /// Where each character ends, from `x` on; empty: where the font says.
    std::vector<double> ends;
    double width = 0;  ///< of the whole text, where `ends` is empty; 0: as the font says
};

/// A photo in a drawing, stretched into its box.
struct DrawnPhoto {
    std::size_t before = 0;  ///< index of the path that is drawn over it
    std::shared_ptr<const Picture> picture;
    DrawnBox box;
};

/// Shows the rectangle 0…width, 0…height; what lies outside is cut off.
struct Drawing {
    double width = 0, height = 0;
    std::vector<DrawnPath> paths;
    std::vector<DrawnText> texts;    ///< in drawing order
    std::vector<DrawnPhoto> photos;  ///< in drawing order
    bool empty() const { return paths.empty() && texts.empty() && photos.empty(); }
    /// What the file has and the paths do not show, in French, each once: "des dégradés".
    std::vector<std::string> missing;
};

/// Reads SVG 1.1 in the part that logos, seals and diagrams use: svg, g, a, path with all commands,
/// rect, circle, ellipse, line, polyline, polygon; transform; fill and stroke with their colour,
/// opacity, rule, width, dashes, caps and joins, as attributes, `style`, or rules of a <style> for
/// a class, an element or an id; viewBox, units, percentages. The rest is named in `missing`.
/// Nothing outside these bytes is opened. nullopt for what is no SVG, is damaged or outgrows the
/// caps: 4 MB, 40 levels, 100,000 elements, 400,000 points.
std::optional<Drawing> read_svg(ByteView);

/// The path in page coordinates, points and line widths mapped by `matrix`.
Path page_path(const DrawnPath&, const Matrix& matrix, Mark);

/// The drawing set into a box, stretched as any picture of ODF is. Each text becomes a line of its
/// own; characters that no font has are left out.
void place(const Drawing&, const Rect& box, Mark, Shaper&, Fragment& out);

/// Characters of the drawing's texts that place() would leave out, each once.
std::vector<char32_t> unprintable(const Drawing&, const text::FontMap&);

// --- Steps of paths ----------------------------------------------------------------------------

/// A closed rectangle from its upper left corner, clockwise; corners of these radii, at most half a
/// side. Nothing when a side is not above 0.
void append_rectangle(double x, double y, double width, double height, double rx, double ry,
                      DrawnPath& out);
/// A closed ellipse from its rightmost point, clockwise. Nothing when a radius is not above 0.
void append_ellipse(double cx, double cy, double rx, double ry, DrawnPath& out);
/// Curves along an ellipse from the angle `start` over `sweep`, in radians, clockwise; `circle`
/// makes the ellipse of the circle of radius 1. The last point must be where it begins.
void append_sweep(const Matrix& circle, double start, double sweep, DrawnPath& out);

/// The steps of a path's `d` (SVG 1.1 §8.3); arcs become curves. False when the data are damaged:
/// what came before counts, as the standard says.
bool append_path_data(std::string_view data, std::size_t most_points, DrawnPath& out);
/// An arc of an ellipse from the last point (SVG 1.1 §F.6).
void append_arc(double rx, double ry, double rotation, bool large, bool sweep, double x, double y,
                DrawnPath& out);

/// Reads one number at the beginning of `text`, after blanks and a comma, and cuts it off.
std::optional<double> next_number(std::string_view& text);
/// Left, top, width and height of a viewBox; nullopt when there are not four, or no area.
std::optional<std::array<double, 4>> read_view_box(std::string_view);

}  // namespace paraphe::layout
