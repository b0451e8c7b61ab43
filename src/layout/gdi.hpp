#pragma once

#include <map>
#include <variant>

#include "layout/metafile.hpp"
#include "layout/octets.hpp"

/// What the metafiles of Windows have in common (MS-WMF, MS-EMF): pens, brushes and fonts in a
/// table, and how they are written. Private to layout/.
namespace paraphe::layout::gdi {

struct Pen {
    std::optional<Color> color;
    double width = 0;
    std::vector<double> dashes;
    Cap cap = Cap::round;
    Join join = Join::round;
};
struct Brush {
    std::optional<Color> color;
};
using Object = std::variant<Pen, Brush, MetafileFont>;

void select(const Object&, MetafileState&);

/// Red, green, blue and an octet that means nothing here.
Color color(Octets& in);
/// PenStyle of MS-WMF §2.1.1.23, with its dashes, ends and joins.
Pen pen(std::uint32_t style, double width, Color);
/// BrushStyle of MS-WMF §2.1.1.4; hatches and patterns are told, the former in their colour.
Brush brush(std::uint32_t style, Color, MetafileDevice&);

/// LogFont of both formats, without its name. `height`: of the em when negative, else of the line.
MetafileFont font(double height, double escapement, int weight, bool italic, bool underlined,
                  bool struck, int pitch_and_family, std::string family);

/// TextAlignmentMode of MS-WMF §2.1.2.3; is text set where the pen is?
bool set_text_align(std::uint32_t flags, MetafileState&);

/// Octets of a charset (§2.1.1.5) as text: signs of symbol fonts become those of Unicode.
Utf16Text decoded(ByteView, int charset, const std::vector<double>& ends, MetafileDevice&);

/// TernaryRasterOperation (§2.1.1.31) that puts the bits of the picture in place of those below.
constexpr std::uint32_t copy_bits = 0x00CC0020;

constexpr std::size_t most_objects = 65'536;
constexpr std::size_t most_saved_states = 1000;

}  // namespace paraphe::layout::gdi
