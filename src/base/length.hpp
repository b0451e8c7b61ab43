#pragma once

#include <compare>
#include <cstdint>

namespace paraphe {

/// A distance in 1/1024 of a typographic point (1 pt = 1/72 inch). Integers add up the same
/// everywhere, whatever the machine.
class Length {
public:
    constexpr Length() = default;
    static constexpr Length from_units(std::int64_t units) {
        Length out;
        out.units_ = units;
        return out;
    }
    /// Nearest unit.
    static constexpr Length from_points(double points) {
        return from_units(static_cast<std::int64_t>(points * 1024 + (points < 0 ? -0.5 : 0.5)));
    }
    static constexpr Length from_millimetres(double mm) { return from_points(mm * 72 / 25.4); }

    constexpr std::int64_t units() const { return units_; }
    constexpr double points() const { return static_cast<double>(units_) / 1024; }
    constexpr double millimetres() const { return points() * 25.4 / 72; }

    constexpr Length operator-() const { return from_units(-units_); }
    constexpr Length operator+(Length other) const { return from_units(units_ + other.units_); }
    constexpr Length operator-(Length other) const { return from_units(units_ - other.units_); }
    constexpr Length operator*(std::int64_t factor) const { return from_units(units_ * factor); }
    constexpr Length operator/(std::int64_t divisor) const { return from_units(units_ / divisor); }
    constexpr Length& operator+=(Length other) { return *this = *this + other; }
    constexpr Length& operator-=(Length other) { return *this = *this - other; }
    /// Multiplies by numerator/denominator, rounded to the nearest unit.
    constexpr Length scaled(std::int64_t numerator, std::int64_t denominator) const {
        const std::int64_t product = units_ * numerator;
        return from_units((product + (product < 0 ? -denominator : denominator) / 2) / denominator);
    }
    constexpr auto operator<=>(const Length&) const = default;

private:
    std::int64_t units_ = 0;
};

struct Point {
    Length x, y;
    bool operator==(const Point&) const = default;
};

struct Size {
    Length width, height;
    bool operator==(const Size&) const = default;
};

/// `x`, `y` is the upper left corner; y grows downwards.
struct Rect {
    Length x, y, width, height;
    bool operator==(const Rect&) const = default;
};

/// sRGB; alpha 255 is opaque.
struct Color {
    std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
    bool operator==(const Color&) const = default;
};

}  // namespace paraphe
