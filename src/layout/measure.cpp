#include "layout/measure.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace paraphe::layout {
namespace {

/// Millimetres, at most ±100 m.
std::optional<double> millimetres(std::string_view text) {
    double number = 0;
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc() || !std::isfinite(number)) return std::nullopt;
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    double factor = 0;
    if (unit == "cm")
        factor = 10;
    else if (unit == "mm")
        factor = 1;
    else if (unit == "in" || unit == "inch")
        factor = 25.4;
    else if (unit == "pt")
        factor = 25.4 / 72;
    else if (unit == "pc")
        factor = 25.4 / 6;
    else if (unit == "px")
        factor = 25.4 / 96;
    else if (unit == "m")
        factor = 1000;
    else if (unit.empty() && number == 0)
        factor = 1;
    else
        return std::nullopt;
    if (!std::isfinite(number)) return std::nullopt;
    return std::clamp(number * factor, -100000.0, 100000.0);
}

}  // namespace

std::optional<Length> parse_length(std::string_view text) {
    const auto mm = millimetres(text);
    if (!mm) return std::nullopt;
    const auto hundredths = std::llround(*mm * 100);
    const std::int64_t product = hundredths * 1440;
    return from_twips((product + (product < 0 ? -1270 : 1270)) / 2540);
}

std::optional<Length> parse_exact_length(std::string_view text) {
    const auto mm = millimetres(text);
    if (!mm) return std::nullopt;
    return Length::from_millimetres(*mm);
}

std::optional<double> parse_percent(std::string_view text) {
    if (text.empty() || text.back() != '%') return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size() - 1, number,
                                              std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + text.size() - 1) return std::nullopt;
    if (!std::isfinite(number)) return std::nullopt;  // "nan%" is a number to from_chars
    return std::clamp(number, -10000.0, 10000.0);
}

std::optional<Color> parse_color(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, value, 16);
    if (error != std::errc() || end != text.data() + 7) return std::nullopt;
    return Color{static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                 static_cast<std::uint8_t>(value), 255};
}

int parse_integer(std::string_view text, int otherwise) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return otherwise;
    return std::clamp(value, -1000000, 1000000);
}

std::string_view next_word(std::string_view& text) {
    const auto first = text.find_first_not_of(" \t\n");
    if (first == text.npos) {
        text = {};
        return {};
    }
    text.remove_prefix(first);
    const auto end = std::min(text.find_first_of(" \t\n"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

}  // namespace paraphe::layout
