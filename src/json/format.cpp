#include "json/format.hpp"

#include <algorithm>
#include <string>

#include "base/date.hpp"

namespace paraphe::json {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string without_spaces(std::string_view text) {
    std::string out(text);
    out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
    return out;
}

bool passes_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

bool is_host(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    for (std::size_t start = 0; start <= host.size();) {
        const std::size_t end = std::min(host.find('.', start), host.size());
        const std::string_view label = host.substr(start, end - start);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
            return false;
        for (const char c : label)
            if (!is_letter(c) && !is_digit(c) && c != '-') return false;
        start = end + 1;
    }
    return true;
}

}  // namespace

bool is_date(std::string_view text) {
    return Date::parse(text).has_value();
}

bool is_date_time(std::string_view text) {
    return text.size() > 10 && parse_instant(text).has_value();
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
    const std::string_view local = text.substr(0, at);
    if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos)
        return false;
    for (const char c : local)
        if (!is_letter(c) && !is_digit(c) &&
            std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) == std::string_view::npos)
            return false;
    return is_host(text.substr(at + 1));
}

bool is_uri(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !is_letter(text[0])) return false;
    for (const char c : text.substr(0, colon))
        if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return false;
    const std::string_view rest = text.substr(colon + 1);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        if (c == '%') {
            const auto is_hex = [&](std::size_t at) {
                return at < rest.size() &&
                       (is_digit(rest[at]) ||
                        std::string_view("abcdefABCDEF").find(rest[at]) != std::string_view::npos);
            };
            if (!is_hex(i + 1) || !is_hex(i + 2)) return false;
        } else if (!is_letter(c) && !is_digit(c) &&
                   std::string_view("-._~:/?#[]@!$&'()*+,;=").find(c) == std::string_view::npos) {
            return false;
        }
    }
    return !rest.empty();
}

bool is_iban(std::string_view written) {
    const std::string text = without_spaces(written);
    if (text.size() < 15 || text.size() > 34) return false;
    if (text.starts_with("FR") && text.size() != 27) return false;
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (!is_upper(text[0]) || !is_upper(text[1]) || !is_digit(text[2]) || !is_digit(text[3]))
        return false;
    int rest = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[(i + 4) % text.size()];
        if (is_digit(c))
            rest = (rest * 10 + (c - '0')) % 97;
        else if (is_upper(c))
            rest = (rest * 100 + (c - 'A' + 10)) % 97;
        else
            return false;
    }
    return rest == 1;
}

bool is_siren(std::string_view written) {
    const std::string text = without_spaces(written);
    return text.size() == 9 && all_digits(text) && passes_luhn(text);
}

bool is_siret(std::string_view written) {
    const std::string text = without_spaces(written);
    if (text.size() != 14 || !all_digits(text)) return false;
    if (passes_luhn(text)) return true;
    // Establishments of La Poste ran out of numbers: theirs have a digit sum divisible by five.
    int sum = 0;
    for (const char c : text)
        sum += c - '0';
    return text.starts_with("356000000") && sum % 5 == 0;
}

bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos) return all_digits(text);
    return all_digits(text.substr(0, point)) && all_digits(text.substr(point + 1));
}

}  // namespace paraphe::json
