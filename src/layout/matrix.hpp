#pragma once

#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

/// Affine maps of drawings. Private to layout/.
namespace paraphe::layout {

/// x' = a x + c y + e, y' = b x + d y + f; y grows downwards.
struct Matrix {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

    /// First `inner`, then this.
    Matrix operator*(const Matrix& inner) const {
        return {a * inner.a + c * inner.b,     b * inner.a + d * inner.b,
                a * inner.c + c * inner.d,     b * inner.c + d * inner.d,
                a * inner.e + c * inner.f + e, b * inner.e + d * inner.f + f};
    }
    std::pair<double, double> operator()(double x, double y) const {
        return {a * x + c * y + e, b * x + d * y + f};
    }
    double scale() const { return std::sqrt(std::abs(a * d - b * c)); }
    /// The angle that a horizontal line takes, in radians, clockwise.
    double turn() const { return std::atan2(b, a); }
    /// Are its numbers such that a page could need them?
    bool finite() const {
        const auto sane = [](double each) { return std::abs(each) < 1e9; };
        return sane(a) && sane(b) && sane(c) && sane(d) && sane(e) && sane(f);
    }
};

/// A list of SVG 1.1 §7.6, in user units and degrees. nullopt when it cannot be read.
std::optional<Matrix> read_svg_transform(std::string_view);

/// draw:transform (ODF 1.3 part 3 §19.228) as Writer reads and writes it: the first of the list is
/// applied first, angles are radians and turn against the clock, lengths become points. nullopt
/// when it cannot be read.
std::optional<Matrix> read_draw_transform(std::string_view);

}  // namespace paraphe::layout
