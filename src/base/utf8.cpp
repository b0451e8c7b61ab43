#include "base/utf8.hpp"

namespace paraphe::utf8 {

Decoded decode(std::string_view text, std::size_t at) {
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = octet(at);
    if (first < 0x80) return {first, 1};
    constexpr Decoded malformed{0xFFFD, 1};
    std::size_t length = 0;
    char32_t value = 0;
    char32_t least = 0;
    if ((first & 0xE0) == 0xC0) {
        length = 2, value = first & 0x1F, least = 0x80;
    } else if ((first & 0xF0) == 0xE0) {
        length = 3, value = first & 0x0F, least = 0x800;
    } else if ((first & 0xF8) == 0xF0) {
        length = 4, value = first & 0x07, least = 0x10000;
    } else {
        return malformed;
    }
    if (at + length > text.size()) return malformed;
    for (std::size_t i = at + 1; i < at + length; ++i) {
        if ((octet(i) & 0xC0) != 0x80) return malformed;
        value = value << 6 | (octet(i) & 0x3F);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return malformed;
    return {value, length};
}

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

std::string encode(char32_t code_point) {
    std::string out;
    append(out, code_point);
    return out;
}

bool is_valid(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto [code_point, length] = decode(text, i);
        if (code_point == 0xFFFD && length == 1) return false;
        i += length;
    }
    return true;
}

bool is_blank(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = decode(text, i);
        if (c != U' ' && c != U'\t' && c != U'\n' && c != U'\r' && c != 0xA0 && c != 0x202F)
            return false;
        i += length;
    }
    return true;
}

std::size_t length(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); i += decode(text, i).length)
        ++count;
    return count;
}

std::u32string to_utf32(std::string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto [code_point, length] = decode(text, i);
        out += code_point;
        i += length;
    }
    return out;
}

std::string from_utf32(std::u32string_view text) {
    std::string out;
    for (char32_t c : text)
        append(out, c);
    return out;
}

}  // namespace paraphe::utf8
