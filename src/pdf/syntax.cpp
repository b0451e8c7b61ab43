#include "pdf/syntax.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>

#include "base/utf8.hpp"

namespace paraphe::pdf {

namespace {

constexpr char hex_digits[] = "0123456789ABCDEF";

bool is_regular(unsigned char c) {
    return c > 0x20 && c < 0x7F &&
           std::string_view("#/()<>[]{}%").find(char(c)) == std::string::npos;
}

}  // namespace

std::string reference(ObjectId id) {
    return std::to_string(id.number) + " " + std::to_string(id.generation) + " R";
}

std::string to_syntax(const Dictionary& dictionary) {
    std::string out = "<<";
    for (const auto& [key, value] : dictionary) {
        out += name(key);
        out += ' ';
        out += value;
    }
    out += ">>";
    return out;
}

std::string name(std::string_view text) {
    std::string out = "/";
    for (const unsigned char c : text) {
        if (is_regular(c)) {
            out += static_cast<char>(c);
        } else {
            out += '#';
            out += hex_digits[c >> 4];
            out += hex_digits[c & 15];
        }
    }
    return out;
}

void append_literal(std::string& out, ByteView octets) {
    for (const char c : octets) {
        if (c == '(' || c == ')' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\r') {
            out += "\\r";
        } else {
            out += c;
        }
    }
}

std::string literal_string(ByteView octets) {
    std::string out = "(";
    append_literal(out, octets);
    out += ')';
    return out;
}

std::string hex_string(ByteView octets) {
    std::string out = "<";
    for (const unsigned char c : octets) {
        out += hex_digits[c >> 4];
        out += hex_digits[c & 15];
    }
    out += '>';
    return out;
}

std::string text_string(std::string_view text) {
    bool plain = true;
    for (const unsigned char c : text)
        plain = plain && c >= 0x20 && c < 0x7F;
    if (plain) return literal_string(text);
    Bytes utf16 = "\xFE\xFF";
    const auto put = [&utf16](unsigned unit) {
        utf16 += static_cast<char>(unit >> 8);
        utf16 += static_cast<char>(unit & 0xFF);
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto [code_point, length] = utf8::decode(text, at);
        at += length;
        if (code_point < 0x10000) {
            put(code_point);
        } else {
            put(0xD800 + ((code_point - 0x10000) >> 10));
            put(0xDC00 + ((code_point - 0x10000) & 0x3FF));
        }
    }
    return hex_string(utf16);
}

std::string date_string(Instant instant) {
    const auto days = std::chrono::floor<std::chrono::days>(instant);
    const Date date(days);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(instant - days).count();
    char out[40];
    std::snprintf(out, sizeof out, "(D:%04d%02u%02u%02d%02d%02dZ)", date.year(), date.month(),
                  date.day(), int(seconds / 3600), int(seconds / 60 % 60), int(seconds % 60));
    return out;
}

namespace {

void append_scaled(std::string& out, std::int64_t scaled, std::int64_t power) {
    if (scaled < 0) {
        out += '-';
        scaled = -scaled;
    }
    std::int64_t whole = scaled / power;
    std::int64_t rest = scaled % power;
    char digits[32];
    char* at = digits + sizeof digits;
    const char* const end = at;
    do {
        *--at = static_cast<char>('0' + whole % 10);
        whole /= 10;
    } while (whole != 0);
    out.append(at, static_cast<std::size_t>(end - at));
    if (rest == 0) return;
    out += '.';
    for (std::int64_t unit = power / 10; rest != 0; unit /= 10) {
        out += static_cast<char>('0' + rest / unit);
        rest %= unit;
    }
}

}  // namespace

void append_number(std::string& out, double value, int decimals) {
    static constexpr std::int64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    const std::int64_t power = powers[decimals];
    append_scaled(out, std::llround(value * static_cast<double>(power)), power);
}

void append_length(std::string& out, Length length) {
    append_scaled(out, length.scaled(1000, 1024).units(), 1000);
}

std::string number(double value, int decimals) {
    std::string out;
    append_number(out, value, decimals);
    return out;
}

}  // namespace paraphe::pdf
