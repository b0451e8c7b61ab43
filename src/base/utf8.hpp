#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace paraphe::utf8 {

/// One code point and the octets it took. A malformed octet gives U+FFFD and length 1.
struct Decoded {
    char32_t code_point;
    std::size_t length;
};

/// Precondition: at < text.size().
Decoded decode(std::string_view text, std::size_t at);

void append(std::string& out, char32_t code_point);
std::string encode(char32_t code_point);

/// Well-formed by Unicode's table 3-7: no overlong form, no surrogate, nothing past U+10FFFF.
bool is_valid(std::string_view);

/// Nothing but white space as a reader sees it: no-break spaces are white, too.
bool is_blank(std::string_view);

/// Number of code points.
std::size_t length(std::string_view);

std::u32string to_utf32(std::string_view);
std::string from_utf32(std::u32string_view);

}  // namespace paraphe::utf8
