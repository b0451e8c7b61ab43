#include "json/number.hpp"

#include <algorithm>
#include <charconv>

namespace paraphe::json {

namespace {

constexpr long long far_exponent = 1'000'000'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at]))
        ++at;
    return at;
}

}  // namespace

bool is_number(std::string_view text) {
    std::size_t at = 0;
    const auto digits = [&] {
        const std::size_t start = at;
        at = skip_digits(text, at);
        return at > start;
    };
    if (at < text.size() && text[at] == '-') ++at;
    const std::size_t integer = at;
    if (!digits()) return false;
    if (text[integer] == '0' && at > integer + 1) return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!digits()) return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        if (!digits()) return false;
    }
    return at == text.size();
}

Scientific scientific(std::string_view text) {
    Scientific out;
    if (text.starts_with('-')) {
        out.negative = true;
        text.remove_prefix(1);
    }
    const std::size_t e = std::min(text.find_first_of("eE"), text.size());
    if (e < text.size()) {
        std::string_view exponent = text.substr(e + 1);
        if (exponent.starts_with('+')) exponent.remove_prefix(1);
        const auto [end, error] =
            std::from_chars(exponent.data(), exponent.data() + exponent.size(), out.exponent);
        if (error != std::errc()) out.exponent = exponent[0] == '-' ? -far_exponent : far_exponent;
        out.exponent = std::clamp(out.exponent, -far_exponent, far_exponent);
    }
    const std::string_view mantissa = text.substr(0, e);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    out.digits = mantissa.substr(0, point);
    if (point < mantissa.size()) out.digits += mantissa.substr(point + 1);
    out.exponent += static_cast<long long>(point);
    const std::size_t first = out.digits.find_first_not_of('0');
    if (first == std::string::npos) return {};
    out.digits.erase(0, first);
    out.exponent -= static_cast<long long>(first);
    out.digits.erase(out.digits.find_last_not_of('0') + 1);
    return out;
}

std::optional<Number> Number::parse(std::string_view digits) {
    if (!is_number(digits)) return std::nullopt;
    std::int64_t integer = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), integer);
    if (error == std::errc() && end == digits.data() + digits.size() && digits != "-0")
        return Number(integer);
    return Number(std::string(digits));
}

std::string Number::text() const {
    if (const auto* integer = std::get_if<std::int64_t>(&value_)) return std::to_string(*integer);
    return std::get<std::string>(value_);
}

bool Number::is_integer() const {
    if (std::holds_alternative<std::int64_t>(value_)) return true;
    const Scientific number = scientific(std::get<std::string>(value_));
    return static_cast<long long>(number.digits.size()) <= number.exponent || number.digits.empty();
}

std::optional<std::int64_t> Number::to_int64() const {
    if (const auto* integer = std::get_if<std::int64_t>(&value_)) return *integer;
    const Scientific number = scientific(std::get<std::string>(value_));
    if (number.digits.empty()) return 0;
    const auto length = static_cast<long long>(number.digits.size());
    if (length > number.exponent || number.exponent > 19) return std::nullopt;
    std::string whole = number.negative ? "-" : "";
    whole += number.digits;
    whole.append(static_cast<std::size_t>(number.exponent - length), '0');
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), value);
    if (error != std::errc()) return std::nullopt;
    return value;
}

std::optional<Decimal> Number::to_decimal() const {
    if (const auto* integer = std::get_if<std::int64_t>(&value_)) return Decimal(*integer);
    return Decimal::parse(std::get<std::string>(value_));
}

std::strong_ordering Number::operator<=>(const Number& other) const {
    const auto* mine = std::get_if<std::int64_t>(&value_);
    const auto* theirs = std::get_if<std::int64_t>(&other.value_);
    if (mine != nullptr && theirs != nullptr) return *mine <=> *theirs;
    const Scientific a = scientific(text());
    const Scientific b = scientific(other.text());
    const auto sign = [](const Scientific& s) {
        return s.digits.empty() ? 0 : s.negative ? -1 : 1;
    };
    if (sign(a) != sign(b)) return sign(a) <=> sign(b);
    std::strong_ordering size = a.exponent <=> b.exponent;
    if (size == 0) size = a.digits <=> b.digits;
    return sign(a) < 0 ? 0 <=> size : size;
}

bool is_multiple(const Number& value, const Number& divisor) {
    const Scientific a = scientific(value.text());
    Scientific b = scientific(divisor.text());
    if (a.digits.empty()) return true;
    if (b.digits.empty()) return false;
    // Both as whole numbers of the same unit 10^unit: a = A × 10^aUnit, b = B × 10^bUnit.
    const long long a_unit = a.exponent - static_cast<long long>(a.digits.size());
    const long long b_unit = b.exponent - static_cast<long long>(b.digits.size());
    if (a_unit < b_unit) {
        // B carries zeros that A lacks, and A ends in a digit that is not zero. They count only by
        // the 2s and 5s of A; past some 4 × its digits there can be none left.
        if (b_unit - a_unit > 4 * static_cast<long long>(a.digits.size())) return false;
        b.digits.append(static_cast<std::size_t>(b_unit - a_unit), '0');
    }
    // A × 10^shift mod B, by schoolbook; B of up to 18 digits fits a machine word. A longer one
    // divides only itself and its like, which repeated subtraction would take for ever to find out.
    if (b.digits.size() > 18) return a.digits == b.digits && a_unit >= b_unit;
    unsigned long long modulus = 0;
    std::from_chars(b.digits.data(), b.digits.data() + b.digits.size(), modulus);
    __extension__ using Wide = unsigned __int128;
    Wide rest = 0;
    for (const char digit : a.digits)
        rest = (rest * 10 + static_cast<unsigned>(digit - '0')) % modulus;
    // Ten to the shift by squaring: the shift may be large.
    auto shift = static_cast<unsigned long long>(std::max(0LL, a_unit - b_unit));
    Wide power = 10 % modulus;
    for (; shift > 0; shift >>= 1) {
        if (shift & 1) rest = rest * power % modulus;
        power = power * power % modulus;
    }
    return rest == 0;
}

}  // namespace paraphe::json
