#include "base/decimal.hpp"

#include <algorithm>
#include <limits>

#include "base/error.hpp"

namespace paraphe {

namespace {

using Integer = Decimal::Integer;

[[noreturn]] void overflow() {
    throw Error(ErrorKind::malformed_input, "number too large", {}, "use smaller numbers",
                "overflow");
}

Integer checked_add(Integer a, Integer b) {
    Integer out;
    if (__builtin_add_overflow(a, b, &out)) overflow();
    return out;
}

Integer checked_multiply(Integer a, Integer b) {
    Integer out;
    if (__builtin_mul_overflow(a, b, &out)) overflow();
    return out;
}

Integer magnitude(Integer a) {
    if (a < 0 && -(a + 1) == std::numeric_limits<Integer>::max()) overflow();
    return a < 0 ? -a : a;
}

Integer gcd(Integer a, Integer b) {
    // Most values are small; dividing 128-bit integers costs far more than 64-bit ones.
    while (b != 0) {
        if (a <= std::numeric_limits<std::int64_t>::max() &&
            b <= std::numeric_limits<std::int64_t>::max()) {
            auto x = static_cast<std::uint64_t>(a);
            auto y = static_cast<std::uint64_t>(b);
            while (y != 0) {
                const auto r = x % y;
                x = y;
                y = r;
            }
            return static_cast<Integer>(x);
        }
        const Integer r = a % b;
        a = b;
        b = r;
    }
    return a;
}

Integer power_of_ten(int exponent) {
    if (exponent > 38) overflow();
    Integer out = 1;
    for (int i = 0; i < exponent; ++i)
        out *= 10;
    return out;
}

Integer floor_quotient(Integer a, Integer b) {
    Integer q = a / b;
    if (a % b != 0 && (a < 0) != (b < 0)) --q;
    return q;
}

std::string digits_of(Integer value) {
    if (value == 0) return "0";
    std::string out;
    for (; value != 0; value /= 10)
        out += static_cast<char>('0' + static_cast<int>(value % 10));
    std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace

Decimal Decimal::fraction(Integer numerator, Integer denominator) {
    if (denominator == 0)
        throw Error(ErrorKind::malformed_input, "division by zero", {}, "test the divisor first",
                    "division_by_zero");
    if (denominator < 0) {
        numerator = checked_multiply(numerator, -1);
        denominator = checked_multiply(denominator, -1);
    }
    Decimal out;
    const Integer divisor = denominator == 1 ? 1 : gcd(magnitude(numerator), denominator);
    out.numerator_ = numerator / divisor;
    out.denominator_ = denominator / divisor;
    return out;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
    std::size_t i = 0;
    const bool negative = i < text.size() && text[i] == '-';
    if (negative) ++i;
    Integer value = 0;
    int digits = 0;
    int significant = 0;
    int decimals = 0;
    bool point = false;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') break;
        ++digits;
        if (value != 0 || c != '0') ++significant;
        if (significant > 37) return std::nullopt;
        value = value * 10 + (c - '0');
        if (point && ++decimals > 37) return std::nullopt;
    }
    if (digits == 0 || (point && decimals == 0)) return std::nullopt;
    int exponent = 0;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        const bool down = i < text.size() && text[i] == '-';
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
        if (i == text.size()) return std::nullopt;
        for (; i < text.size(); ++i) {
            if (text[i] < '0' || text[i] > '9' || exponent > 99) return std::nullopt;
            exponent = exponent * 10 + (text[i] - '0');
        }
        if (down) exponent = -exponent;
    }
    if (i != text.size()) return std::nullopt;
    const int shift = exponent - decimals;
    if (shift > 38 - std::max(significant, 1) || shift < -38) {
        if (value == 0) return Decimal();
        return std::nullopt;
    }
    if (negative) value = -value;
    return shift >= 0 ? fraction(value * power_of_ten(shift), 1)
                      : fraction(value, power_of_ten(-shift));
}

std::optional<int> Decimal::scale() const {
    Integer rest = denominator_;
    int twos = 0;
    int fives = 0;
    for (; rest % 2 == 0; rest /= 2)
        ++twos;
    for (; rest % 5 == 0; rest /= 5)
        ++fives;
    if (rest != 1) return std::nullopt;
    return std::max(twos, fives);
}

std::optional<std::int64_t> Decimal::to_int64() const {
    if (!is_integer() || numerator_ > std::numeric_limits<std::int64_t>::max() ||
        numerator_ < std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    return static_cast<std::int64_t>(numerator_);
}

Decimal Decimal::operator-() const {
    return fraction(checked_multiply(numerator_, -1), denominator_);
}

Decimal Decimal::operator+(const Decimal& other) const {
    if (denominator_ == other.denominator_)
        return fraction(checked_add(numerator_, other.numerator_), denominator_);
    return fraction(checked_add(checked_multiply(numerator_, other.denominator_),
                                checked_multiply(other.numerator_, denominator_)),
                    checked_multiply(denominator_, other.denominator_));
}

Decimal Decimal::operator-(const Decimal& other) const {
    return *this + -other;
}

Decimal Decimal::operator*(const Decimal& other) const {
    return fraction(checked_multiply(numerator_, other.numerator_),
                    checked_multiply(denominator_, other.denominator_));
}

Decimal Decimal::operator/(const Decimal& other) const {
    return fraction(checked_multiply(numerator_, other.denominator_),
                    checked_multiply(denominator_, other.numerator_));
}

Decimal Decimal::floor_divide(const Decimal& other) const {
    const Decimal quotient = *this / other;
    return fraction(floor_quotient(quotient.numerator_, quotient.denominator_), 1);
}

Decimal Decimal::round(int decimals, Rounding mode) const {
    if (decimals < -38) return Decimal();
    const Decimal unit =
        decimals >= 0 ? fraction(1, power_of_ten(decimals)) : fraction(power_of_ten(-decimals), 1);
    const Decimal scaled = *this / unit;
    const Integer n = scaled.numerator_;
    const Integer d = scaled.denominator_;
    Integer q = floor_quotient(n, d);
    const Integer rest = n - q * d;  // 0 ≤ rest < d
    bool up = false;
    switch (mode) {
        case Rounding::floor:
            break;
        case Rounding::ceiling:
            up = rest != 0;
            break;
        case Rounding::down:
            up = rest != 0 && n < 0;
            break;
        case Rounding::up:
            up = rest != 0 && n > 0;
            break;
        case Rounding::half_up:
            up = rest > d - rest || (rest == d - rest && n > 0);
            break;
        case Rounding::half_even:
            up = rest > d - rest || (rest == d - rest && q % 2 != 0);
            break;
    }
    if (up) ++q;
    return fraction(q, 1) * unit;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
    if (denominator_ == other.denominator_) return numerator_ <=> other.numerator_;
    return checked_multiply(numerator_, other.denominator_) <=>
           checked_multiply(other.numerator_, denominator_);
}

std::string Decimal::to_string() const {
    const auto needed = scale();
    if (!needed)
        throw Error(ErrorKind::malformed_input, "the decimals of this quotient do not end", {},
                    "round it first, for example with round(2)", "unending_decimal");
    return to_string(*needed);
}

std::string Decimal::to_string(int decimals) const {
    const Decimal scaled = *this * fraction(power_of_ten(decimals), 1);
    if (!scaled.is_integer())
        throw Error(ErrorKind::malformed_input, "the number has more decimals than asked for", {},
                    "round it first, for example with round(2)", "unending_decimal");
    std::string digits = digits_of(magnitude(scaled.numerator_));
    if (decimals > 0) {
        const auto wanted = static_cast<std::size_t>(decimals) + 1;
        if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), '0');
        digits.insert(digits.size() - static_cast<std::size_t>(decimals), ".");
    }
    return numerator_ < 0 ? "-" + digits : digits;
}

std::int64_t Money::centimes() const {
    if (!is_whole())
        throw Error(ErrorKind::malformed_input, "the amount has a part of a centime", {},
                    "round it first, for example with round(2)", "part_of_a_cent");
    const auto value = centimes_.to_int64();
    if (!value) overflow();
    return *value;
}

}  // namespace paraphe
