#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "json/json.hpp"
#include "json/number.hpp"

namespace paraphe::json {

namespace {

/// RFC 8785 §3.2.2.2, which is also the shortest that RFC 8259 allows.
void append_quoted(std::string& out, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text.substr(copied, at - copied));
        copied = at + 1;
        out += '\\';
        switch (c) {
            case '\b':
                out += 'b';
                break;
            case '\t':
                out += 't';
                break;
            case '\n':
                out += 'n';
                break;
            case '\f':
                out += 'f';
                break;
            case '\r':
                out += 'r';
                break;
            case '"':
            case '\\':
                out += static_cast<char>(c);
                break;
            default:
                out.append("u00").append(1, digits[c >> 4]).append(1, digits[c & 15]);
        }
    }
    out.append(text.substr(copied));
    out += '"';
}

void append_text(std::string& out, std::string_view text) {
    if (utf8::is_valid(text))
        append_quoted(out, text);
    else  // Each malformed octet becomes U+FFFD, so that what is written is always JSON.
        append_quoted(out, utf8::from_utf32(utf8::to_utf32(text)));
}

void append(std::string& out, const Value& value) {
    switch (value.type()) {
        case Type::null:
            out += "null";
            break;
        case Type::boolean:
            out += value.as_boolean() ? "true" : "false";
            break;
        case Type::number:
            out += value.as_number().text();
            break;
        case Type::string:
            append_text(out, value.as_string());
            break;
        case Type::array: {
            out += '[';
            std::string_view separator;
            for (const Value& item : value.as_array()) {
                out += separator;
                append(out, item);
                separator = ",";
            }
            out += ']';
            break;
        }
        case Type::object: {
            out += '{';
            std::string_view separator;
            for (const Member& member : value.as_object()) {
                out += separator;
                append_text(out, member.key);
                out += ':';
                append(out, member.value);
                separator = ",";
            }
            out += '}';
            break;
        }
    }
}

void append_pretty(std::string& out, const Value& value, std::size_t depth) {
    const auto line = [&](std::size_t indentation) {
        out.append("\n").append(2 * indentation, ' ');
    };
    if (value.is_array() && !value.as_array().empty()) {
        std::string_view separator = "[";
        for (const Value& item : value.as_array()) {
            out += separator;
            line(depth + 1);
            append_pretty(out, item, depth + 1);
            separator = ",";
        }
        line(depth);
        out += ']';
    } else if (value.is_object() && !value.as_object().empty()) {
        std::string_view separator = "{";
        for (const Member& member : value.as_object()) {
            out += separator;
            line(depth + 1);
            append_text(out, member.key);
            out += ": ";
            append_pretty(out, member.value, depth + 1);
            separator = ",";
        }
        line(depth);
        out += '}';
    } else {
        append(out, value);
    }
}

[[noreturn]] void not_canonical(const std::string& problem, const std::string& remedy = {}) {
    throw Error(ErrorKind::malformed_input, problem, {}, remedy, "not_canonical");
}

/// ECMA 262, Number::toString, by digits. Fifteen digits come back from a double as they went in,
/// so that up to there the shortest writing of the double is the shortest of the decimal.
void append_canonical_number(std::string& out, const Number& number) {
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    if (const auto integer = number.to_int64();
        integer && *integer >= -exact && *integer <= exact) {
        out += std::to_string(*integer);
        return;
    }
    const Scientific s = scientific(number.text());
    if (s.digits.size() > 15 || s.exponent > 300 || s.exponent < -300)
        not_canonical("the number " + number.text() + " has no canonical form in JSON",
                      "write it as a string");
    if (s.negative) out += '-';
    const auto length = static_cast<long long>(s.digits.size());
    const auto zeros = [](long long count) {
        return std::string(static_cast<std::size_t>(count), '0');
    };
    const std::string_view digits = s.digits;
    if (length <= s.exponent && s.exponent <= 21) {
        out.append(digits).append(zeros(s.exponent - length));
    } else if (0 < s.exponent && s.exponent <= 21) {
        const auto point = static_cast<std::size_t>(s.exponent);
        out.append(digits.substr(0, point)).append(1, '.').append(digits.substr(point));
    } else if (-6 < s.exponent && s.exponent <= 0) {
        out.append("0.").append(zeros(-s.exponent)).append(digits);
    } else {
        out += digits[0];
        if (length > 1) out.append(1, '.').append(digits.substr(1));
        const long long power = s.exponent - 1;
        out.append(power < 0 ? "e-" : "e+").append(std::to_string(power < 0 ? -power : power));
    }
}

/// By UTF-16 units, as RFC 8785 §3.2.3 wants. UTF-8 sorts alike but for characters past U+FFFF
/// (lead octets from F0 on), whose surrogates stand below U+E000 to U+FFFF (EE and EF).
bool utf16_less(std::string_view a, std::string_view b) {
    const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (in_a == a.end() || in_b == b.end()) return a.size() < b.size();
    const auto rank = [](char c) {
        const auto octet = static_cast<unsigned char>(c);
        return octet >= 0xF0 ? 0xED * 256 + octet : octet * 256;
    };
    return rank(*in_a) < rank(*in_b);
}

void append_canonical_text(std::string& out, std::string_view text) {
    if (!utf8::is_valid(text)) not_canonical("malformed UTF-8 in a JSON string");
    append_quoted(out, text);
}

void append_canonical(std::string& out, const Value& value) {
    if (const Number* number = value.if_number()) {
        append_canonical_number(out, *number);
    } else if (const std::string* text = value.if_string()) {
        append_canonical_text(out, *text);
    } else if (const Array* array = value.if_array()) {
        out += '[';
        std::string_view separator;
        for (const Value& item : *array) {
            out += separator;
            append_canonical(out, item);
            separator = ",";
        }
        out += ']';
    } else if (const Object* object = value.if_object()) {
        std::vector<const Member*> members;
        members.reserve(object->size());
        for (const Member& member : *object)
            members.push_back(&member);
        std::sort(members.begin(), members.end(),
                  [](const Member* a, const Member* b) { return utf16_less(a->key, b->key); });
        out += '{';
        std::string_view separator;
        for (const Member* member : members) {
            out += separator;
            append_canonical_text(out, member->key);
            out += ':';
            append_canonical(out, member->value);
            separator = ",";
        }
        out += '}';
    } else {
        append(out, value);
    }
}

}  // namespace

std::string quote(std::string_view text) {
    std::string out;
    append_text(out, text);
    return out;
}

std::string write(const Value& value) {
    std::string out;
    append(out, value);
    return out;
}

std::string write_pretty(const Value& value) {
    std::string out;
    append_pretty(out, value, 0);
    out += '\n';
    return out;
}

std::string canonical(const Value& value) {
    std::string out;
    append_canonical(out, value);
    return out;
}

}  // namespace paraphe::json
