#include "layout/svm_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace paraphe::layout::svm {

namespace {

/// How many logical units of each map unit make an inch; 0: relative to what is set.
double per_inch(std::uint16_t unit) {
    static constexpr std::array<double, 13> all{2540, 254, 25.4, 2.54, 1000, 100, 10,
                                                1,    72,  1440, 96,   96,   96};
    return unit < all.size() ? all[unit] : 0;
}

std::string octet_string(Octets& in) {
    const std::uint16_t length = in.u16();
    return from_windows_1252(in.take(length), {}).text;
}

}  // namespace

Versioned versioned(Octets& in) {
    const int version = in.u16();
    const std::uint32_t length = in.u32();
    return {version, Octets(in.take(length))};
}

DrawnPoint point(Octets& in) {
    const double x = in.i32();
    return {x, in.i32()};
}

DrawnBox box(Octets& in) {
    DrawnBox out;
    out.left = in.i32();
    out.top = in.i32();
    out.right = in.i32();
    out.bottom = in.i32();
    if (out.right == -32767) out.right = out.left;
    if (out.bottom == -32767) out.bottom = out.top;
    return {std::min(out.left, out.right), std::min(out.top, out.bottom),
            std::max(out.left, out.right), std::max(out.top, out.bottom)};
}

Color color(Octets& in) {
    const std::uint32_t value = in.u32();
    return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
            static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(255 - (value >> 24))};
}

std::optional<Color> optional_color(Octets& in) {
    const Color out = color(in);
    return in.u8() != 0 && out.alpha != 0 ? std::optional(out) : std::nullopt;
}

std::vector<DrawnPoint> points(Octets& in) {
    std::vector<DrawnPoint> out(std::min<std::size_t>(in.u16(), in.left() / 8));
    for (DrawnPoint& one : out)
        one = point(in);
    return out;
}

void Polygon::append_to(DrawnPath& path, bool closed) const {
    if (points.empty()) return;
    path.verbs.push_back(Verb::move);
    path.points.push_back(points[0]);
    for (std::size_t i = 1; i < points.size();) {
        const bool curve = i + 1 < points.size() && i < flags.size() && flags[i] == 2;
        path.verbs.push_back(curve ? Verb::curve : Verb::line);
        path.points.push_back(points[i++]);
        if (!curve) continue;
        path.points.push_back(points[i++]);
        path.points.push_back(i < points.size() ? points[i] : points[0]);
        ++i;
    }
    if (closed) path.verbs.push_back(Verb::close);
}

Polygon flagged_polygon(Octets& in) {
    Octets inner = versioned(in).in;
    Polygon out;
    out.points = points(inner);
    if (inner.u8() != 0)
        for (std::size_t i = 0; i < out.points.size(); ++i)
            out.flags.push_back(inner.u8());
    return out;
}

std::vector<Polygon> poly_polygon(Octets& in) {
    std::vector<Polygon> out(std::min<std::size_t>(in.u16(), in.left() / 2));
    for (Polygon& one : out)
        one.points = points(in);
    return out;
}

DrawnPath path_of(const std::vector<Polygon>& polygons) {
    DrawnPath out;
    for (const Polygon& one : polygons)
        one.append_to(out, true);
    return out;
}

Color gradient(Octets& in) {
    Octets inner = versioned(in).in;
    inner.u16();  // style
    std::array<std::array<int, 3>, 2> ends{};
    for (auto& end : ends) {
        inner.u16();  // a name of a colour; 0x8000: what follows
        for (int& part : end)
            part = inner.u16() >> 8;
    }
    for (int i = 0; i < 4; ++i)
        inner.u16();  // angle, border, centre
    const int from = inner.u16(), to = inner.u16();
    const auto mean = [&](std::size_t part) {
        return static_cast<std::uint8_t>(
            std::clamp((ends[0][part] * from + ends[1][part] * to) / 200, 0, 255));
    };
    return {mean(0), mean(1), mean(2), 255};
}

MapMode map_mode(Octets& in) {
    Octets inner = versioned(in).in;
    MapMode out;
    out.per_inch = per_inch(inner.u16());
    const DrawnPoint origin = point(inner);
    std::array<double, 4> n{};
    for (double& each : n)
        each = inner.i32();
    const bool simple = inner.u8() != 0;
    if (simple || n[1] == 0 || n[3] == 0) return out;
    out.origin = origin;
    out.scale_x = n[0] / n[1];
    out.scale_y = n[2] / n[3];
    return out;
}

Region region(Octets& in) {
    auto [version, inner] = versioned(in);
    inner.u16();
    const int kind = inner.u16();
    Region out;
    out.everywhere = kind == 0;
    std::optional<DrawnBox> around;
    const auto add = [&](const DrawnBox& one) {
        if (!around) around = one;
        around = DrawnBox{std::min(around->left, one.left), std::min(around->top, one.top),
                          std::max(around->right, one.right), std::max(around->bottom, one.bottom)};
    };
    int parts = 0;
    if (kind > 1) {
        // Bands from top to bottom, each with stretches from left to right.
        double top = 0, bottom = 0;
        for (int entry = inner.u16(); entry < 2 && !inner.failed(); entry = inner.u16()) {
            const double from = inner.i32(), to = inner.i32();
            if (entry == 0) {
                top = from;
                bottom = to;
            } else {
                add({from, top, to, bottom});
                ++parts;
            }
        }
        if (version >= 2 && inner.u8() != 0) {
            around.reset();
            parts = 0;
            for (const Polygon& one : poly_polygon(inner)) {
                for (const auto& [x, y] : one.points)
                    add({x, y, x, y});
                parts += one.points.size() > 5 ? 2 : 1;
            }
        }
    }
    out.rectangle = parts <= 1;
    out.box = around.value_or(DrawnBox{});
    return out;
}

void set_line(Octets& in, MetafileState& state) {
    auto [version, inner] = versioned(in);
    const int style = inner.u16();
    state.line_width = std::max(0, inner.i32());
    if (style == 0) state.line.reset();
    if (version >= 2) {
        const int dashes = inner.u16();
        const double dash = inner.i32();
        const int dots = inner.u16();
        const double dot = inner.i32();
        const double gap = inner.i32();
        if (style == 2)
            for (int i = 0; i < std::min(dashes + dots, 16); ++i) {
                state.dashes.push_back(std::max(i < dashes ? dash : dot, 1.0));
                state.dashes.push_back(std::max(gap, 1.0));
            }
    }
    if (version >= 3) {
        const int join = inner.u16();
        state.join = join == 4 ? Join::round : join == 2 ? Join::bevel : Join::miter;
    }
    if (version >= 4) state.cap = static_cast<Cap>(inner.u16() % 3);
}

MetafileFont font(Octets& in, std::uint16_t& encoding) {
    Octets inner = versioned(in).in;
    MetafileFont out;
    out.family = octet_string(inner);
    std::replace(out.family.begin(), out.family.end(), ';', ',');
    octet_string(inner);  // style's name
    const double width = inner.i32();
    out.size = std::abs(static_cast<double>(inner.i32()));
    if (width > 0 && out.size > 0) out.stretch = std::clamp(width / out.size, 0.1, 10.0);
    encoding = inner.u16();
    const int family = inner.u16();
    out.generic = family == 2 ? "modern" : family == 3 ? "roman" : family == 5 ? "swiss" : "";
    inner.u16();  // pitch
    out.weight = inner.u16() >= 7 ? 700 : 400;
    out.underlined = inner.u16() != 0;
    const int strike = inner.u16();
    out.struck = strike != 0 && strike != 3;
    const int italic = inner.u16();
    out.italic = italic == 1 || italic == 2;
    inner.u16();  // language
    inner.u16();  // width
    out.turn = inner.i16() / 10.0;
    return out;
}

}  // namespace paraphe::layout::svm
