#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "layout/drawing.hpp"
#include "layout/matrix.hpp"

/// Metafiles: recorded calls to a device that draws. Private to layout/.
namespace paraphe::layout {

/// Reads a StarView metafile ("VCLMTF"), with which OpenOffice and LibreOffice show the charts,
/// formulas and embedded documents of a package (ObjectReplacements). Of records, those are drawn
/// that LibreOffice writes for them; the rest is named in `missing`. nullopt for anything else, and
/// for what outgrows the caps: 16 MB, 8 levels, 100,000 records drawn, 400,000 points.
std::optional<Drawing> read_svm(ByteView);

/// The same of a Windows metafile (MS-WMF).
std::optional<Drawing> read_wmf(ByteView);
/// The same of an enhanced metafile (MS-EMF); what EMF+ adds stands in comments, and is not read.
std::optional<Drawing> read_emf(ByteView);

/// A metafile of any kind that the first octets tell; nullopt for what is none.
std::optional<Drawing> read_metafile(ByteView);

/// "image/x-svm", "image/wmf", "image/emf"; empty for what is no metafile.
std::string_view metafile_type(ByteView);

// --- Shared by the readers ----------------------------------------------------------------------

constexpr std::size_t most_metafile_octets = 16u << 20;

using DrawnPoint = std::pair<double, double>;

struct MetafileFont {
    std::string family, generic;
    int weight = 400;
    bool italic = false, underlined = false, struck = false;
    double size = 0;     ///< of the em, in logical units
    double stretch = 1;  ///< width of the letters by their own width
    double turn = 0;     ///< degrees to the left
};

/// What records set for those after them.
struct MetafileState {
    Matrix matrix;                 ///< logical units to those of the drawing
    std::optional<DrawnBox> clip;  ///< in units of the drawing
    std::optional<Color> line = Color{}, fill = Color{255, 255, 255, 255};
    double line_width = 0;  ///< logical; 0: as thin as can be
    std::vector<double> dashes;
    Cap cap = Cap::butt;
    Join join = Join::miter;
    bool even_odd = true;
    Color text_color;
    MetafileFont font;
    DrawnText::Side side = DrawnText::Side::left;
    DrawnText::Level level = DrawnText::Level::baseline;
};

/// Draws with the state that it has; places are in logical units.
class MetafileDevice {
public:
    MetafileState state;

    /// Filled and stroked as the state says.
    void add(DrawnPath);
    void polygon(const std::vector<DrawnPoint>&);
    void polyline(const std::vector<DrawnPoint>&);
    void rectangle(const DrawnBox&);
    void round_rectangle(const DrawnBox&, double rx, double ry);
    void ellipse(const DrawnBox&);
    /// Part of the ellipse in the box, anticlockwise from the ray through `from` to that through
    /// `to`.
    enum class Arc { open, pie, chord };
    void arc(const DrawnBox&, DrawnPoint from, DrawnPoint to, Arc);
    /// `ends`: of each character, from `at` on, in logical units; empty: `width` of the whole, or
    /// what the font says for 0.
    void text(std::string, DrawnPoint at, std::vector<double> ends, double width = 0);
    /// nullptr: a photo that cannot be read, which is told.
    void photo(std::shared_ptr<const Picture>, const DrawnBox&);
    void intersect_clip(const DrawnBox&);
    /// `what` is not shown: "des dégradés".
    void miss(const char* what) { missing_.insert(what); }

    /// More was drawn than is let through.
    bool full() const;
    /// nullopt when it is full or has no size.
    std::optional<Drawing> finish(double width, double height);

private:
    DrawnBox on_drawing(const DrawnBox&) const;

    Drawing out_;
    std::set<std::string> missing_;
    std::size_t points_ = 0, octets_ = 0, pixels_ = 0;
};

/// A path through the points.
DrawnPath path_through(const std::vector<DrawnPoint>&, bool closed);

/// Characters of UTF-16, and where each of them ends when `ends` has that of each unit.
struct Utf16Text {
    std::string text;
    std::vector<double> ends;
};
Utf16Text from_utf16(ByteView little_endian, const std::vector<double>& ends);
/// The same of Windows code page 1252.
Utf16Text from_windows_1252(ByteView, const std::vector<double>& ends);

}  // namespace paraphe::layout
