#include "layout/gdi.hpp"

#include <algorithm>
#include <cmath>

#include "layout/list_style.hpp"

namespace paraphe::layout::gdi {

namespace {

/// Height of a line by its em, of the fonts that stand for those of Windows.
constexpr double line_by_em = 1.117;
constexpr double default_size = 12;
constexpr int symbol_charset = 2;

}  // namespace

void select(const Object& object, MetafileState& state) {
    if (const auto* pen = std::get_if<Pen>(&object)) {
        state.line = pen->color;
        state.line_width = pen->width;
        state.dashes = pen->dashes;
        state.cap = pen->cap;
        state.join = pen->join;
    } else if (const auto* brush = std::get_if<Brush>(&object)) {
        state.fill = brush->color;
    } else {
        state.font = std::get<MetafileFont>(object);
    }
}

Color color(Octets& in) {
    Color out;
    out.red = in.u8();
    out.green = in.u8();
    out.blue = in.u8();
    in.u8();
    return out;
}

Pen pen(std::uint32_t style, double width, Color color) {
    Pen out;
    out.color = color;
    out.width = std::abs(width);
    const double unit = std::max(out.width, 1.0);
    switch (style & 0x0F) {
        case 1:
            out.dashes = {3 * unit, unit};
            break;
        case 2:
            out.dashes = {unit, unit};
            break;
        case 3:
            out.dashes = {3 * unit, unit, unit, unit};
            break;
        case 4:
            out.dashes = {3 * unit, unit, unit, unit, unit, unit};
            break;
        case 5:
            out.color.reset();
            break;
        default:
            break;
    }
    const std::uint32_t cap = style & 0x0F00, join = style & 0xF000;
    out.cap = cap == 0x100 ? Cap::square : cap == 0x200 ? Cap::butt : Cap::round;
    out.join = join == 0x1000 ? Join::bevel : join == 0x2000 ? Join::miter : Join::round;
    if (!out.dashes.empty()) out.cap = Cap::butt;
    return out;
}

Brush brush(std::uint32_t style, Color color, MetafileDevice& device) {
    if (style == 0) return {color};
    if (style == 1) return {};
    device.miss(style == 2 ? "des hachures (une couleur unie les remplace)" : "un motif");
    return {style == 2 ? std::optional(color) : std::nullopt};
}

MetafileFont font(double height, double escapement, int weight, bool italic, bool underlined,
                  bool struck, int pitch_and_family, std::string family) {
    MetafileFont out;
    out.size = height < 0 ? -height : height > 0 ? height / line_by_em : default_size;
    out.turn = std::fmod(escapement / 10, 360);
    out.weight = weight >= 600 ? 700 : 400;
    out.italic = italic;
    out.underlined = underlined;
    out.struck = struck;
    const int kind = pitch_and_family >> 4;
    out.generic = kind == 1 ? "roman" : kind == 2 ? "swiss" : kind == 3 ? "modern" : "";
    out.family = std::move(family);
    return out;
}

bool set_text_align(std::uint32_t flags, MetafileState& state) {
    state.side = (flags & 6) == 6 ? DrawnText::Side::center
                 : flags & 2      ? DrawnText::Side::right
                                  : DrawnText::Side::left;
    state.level = (flags & 24) == 24 ? DrawnText::Level::baseline
                  : flags & 8        ? DrawnText::Level::bottom
                                     : DrawnText::Level::top;
    return (flags & 1) != 0;
}

Utf16Text decoded(ByteView octets, int charset, const std::vector<double>& ends,
                  MetafileDevice& device) {
    Utf16Text out = from_windows_1252(octets, ends);
    if (charset == symbol_charset) {
        out.text.clear();
        for (const char each : octets) {
            const auto c = static_cast<unsigned char>(each);
            out.text += c == ' ' ? " " : symbol(0xF000u + c);
        }
        return out;
    }
    const bool latin = charset <= 1 || charset == 255;
    if (!latin && std::any_of(octets.begin(), octets.end(), [](char c) { return c < 0; }))
        device.miss("les lettres d’un autre alphabet");
    return out;
}

}  // namespace paraphe::layout::gdi
