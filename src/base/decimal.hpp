#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace paraphe {

enum class Rounding { half_up, half_even, down, up, floor, ceiling };

/// An exact number: a fraction of two 128-bit integers in lowest terms. Nothing is ever rounded but
/// by `round`; an operation whose result does not fit throws Error{malformed_input, "overflow"}.
/// half_up rounds a tie away from zero, as a French accountant does.
class Decimal {
public:
    __extension__ using Integer = __int128;

    Decimal() = default;
    Decimal(std::int64_t value) : numerator_(value) {}  // NOLINT: integers are decimals
    /// Throws Error{malformed_input} when `denominator` is zero.
    static Decimal fraction(Integer numerator, Integer denominator);
    /// Reads "-12.50", "3", "1e-3"; nullopt for anything else. At most 38 digits.
    static std::optional<Decimal> parse(std::string_view);

    Integer numerator() const { return numerator_; }
    Integer denominator() const { return denominator_; }

    bool is_integer() const { return denominator_ == 1; }
    bool is_zero() const { return numerator_ == 0; }
    int sign() const { return numerator_ < 0 ? -1 : numerator_ > 0 ? 1 : 0; }
    /// Number of decimals needed to write the value; nullopt when the writing does not end (1/3).
    std::optional<int> scale() const;
    /// nullopt unless an integer that fits.
    std::optional<std::int64_t> to_int64() const;

    Decimal operator-() const;
    Decimal operator+(const Decimal&) const;
    Decimal operator-(const Decimal&) const;
    Decimal operator*(const Decimal&) const;
    /// Exact; throws Error{malformed_input, "division_by_zero"}.
    Decimal operator/(const Decimal&) const;
    /// Quotient rounded towards minus infinity, as Python's //.
    Decimal floor_divide(const Decimal&) const;

    /// `decimals` may be negative (tens, hundreds).
    Decimal round(int decimals, Rounding = Rounding::half_up) const;

    bool operator==(const Decimal&) const = default;
    std::strong_ordering operator<=>(const Decimal&) const;

    /// Shortest writing with a point: "12.5", "-3", "0.001".
    /// Throws Error{malformed_input, "unending_decimal"} whose remedy names round.
    std::string to_string() const;
    /// Exactly `decimals` decimals after the point; throws as above if that would lose digits.
    std::string to_string(int decimals) const;

private:
    Integer numerator_ = 0;
    Integer denominator_ = 1;
};

/// An amount in euros, held exactly in centimes. A product may have a part of a centime; printing
/// or storing it is then an error until it has been rounded.
class Money {
public:
    Money() = default;
    static Money from_centimes(std::int64_t centimes) { return Money(Decimal(centimes)); }
    static Money from_exact_centimes(const Decimal& centimes) { return Money(centimes); }

    const Decimal& exact_centimes() const { return centimes_; }
    bool is_whole() const { return centimes_.is_integer(); }
    /// Throws Error{malformed_input, "part_of_a_cent"} whose remedy names round.
    std::int64_t centimes() const;

    Money operator-() const { return Money(-centimes_); }
    Money operator+(const Money& other) const { return Money(centimes_ + other.centimes_); }
    Money operator-(const Money& other) const { return Money(centimes_ - other.centimes_); }
    Money operator*(const Decimal& factor) const { return Money(centimes_ * factor); }
    Money operator/(const Decimal& divisor) const { return Money(centimes_ / divisor); }
    /// The ratio of two amounts is a number.
    Decimal operator/(const Money& other) const { return centimes_ / other.centimes_; }
    /// `decimals` of a euro: 2 rounds to the centime, 0 to the euro.
    Money round(int decimals = 2, Rounding mode = Rounding::half_up) const {
        return Money(centimes_.round(decimals - 2, mode));
    }

    bool operator==(const Money&) const = default;
    std::strong_ordering operator<=>(const Money& other) const {
        return centimes_ <=> other.centimes_;
    }

private:
    explicit Money(Decimal centimes) : centimes_(centimes) {}
    Decimal centimes_;
};

}  // namespace paraphe
