#pragma once

#include <string>
#include <string_view>

#include "json/value.hpp"

namespace paraphe::json {

/// A number in one writing: ± 0.DIGITS × 10^exponent, digits without zeros at either end; zero has
/// no digits. Exponents past ±10^9 are held there.
struct Scientific {
    bool negative = false;
    std::string digits;
    long long exponent = 0;
};

/// Precondition: JSON's grammar of a number.
Scientific scientific(std::string_view number);

/// True for JSON's grammar of a number (RFC 8259 §6).
bool is_number(std::string_view);

/// True when `value` is a multiple of `divisor` (> 0), exactly. Answers by way of whole numbers of
/// arbitrary length, so that 0.3 is a multiple of 0.1.
bool is_multiple(const Number& value, const Number& divisor);

}  // namespace paraphe::json
