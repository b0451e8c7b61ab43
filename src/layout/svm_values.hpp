#pragma once

#include <string>
#include <vector>

#include "layout/metafile.hpp"
#include "layout/octets.hpp"

/// The structures of which records of StarView metafiles are made. Each function reads one from
/// where `in` stands and leaves `in` behind it. Private to layout/.
namespace paraphe::layout::svm {

/// A structure with its version; its octets alone.
struct Versioned {
    int version = 0;
    Octets in;
};
Versioned versioned(Octets& in);

DrawnPoint point(Octets& in);
/// Left, top, right, bottom; an empty one has the right or bottom side at −32767.
DrawnBox box(Octets& in);
/// 0x00RRGGBB with the transparency in the upper octet.
Color color(Octets& in);
/// A colour, and whether it is set.
std::optional<Color> optional_color(Octets& in);

/// A polygon whose points may be control points of curves (flag 2).
struct Polygon {
    std::vector<DrawnPoint> points;
    std::vector<std::uint8_t> flags;  ///< of each point, or empty

    void append_to(DrawnPath&, bool closed) const;
};
std::vector<DrawnPoint> points(Octets& in);
Polygon flagged_polygon(Octets& in);
std::vector<Polygon> poly_polygon(Octets& in);
DrawnPath path_of(const std::vector<Polygon>&);

/// The mean of the two colours of a gradient, each dimmed by its intensity.
Color gradient(Octets& in);

struct MapMode {
    double per_inch = 0;  ///< logical units; 0: relative to the mode before
    DrawnPoint origin;    ///< added to places, before the scale
    double scale_x = 1, scale_y = 1;
};
MapMode map_mode(Octets& in);

struct Region {
    bool everywhere = false;
    bool rectangle = true;  ///< it is its box, and not only a part of it
    DrawnBox box;
};
Region region(Octets& in);

/// Width, dashes, joins and caps of a line; a line that is none has no colour.
void set_line(Octets& in, MetafileState&);
/// `encoding`: of texts from here on, as rtl/textenc.h of OpenOffice numbers them.
MetafileFont font(Octets& in, std::uint16_t& encoding);

}  // namespace paraphe::layout::svm
