#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The text in which tags are found, made from the characters that a paragraph shows.
namespace paraphe::tmpl {

/// Soft hyphen, zero-width space and joiners: no reader sees them, in a tag neither.
inline bool is_invisible(char32_t c) {
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

inline bool is_hard_space(std::string_view octets) {
    return octets == "\u00A0" || octets == "\u202F" || octets == "\u2009";
}

/// Hard spaces that Writer put between the two characters of a delimiter are left out. `index`
/// gives the character of each octet.
struct Lexed {
    std::string text;
    std::vector<std::size_t> index;
};

/// `octets_of(i)` gives what character `i` stands for; empty when it is not part of the text.
template <typename OctetsOf>
Lexed lex(std::size_t count, OctetsOf octets_of) {
    Lexed out;
    const auto next_visible = [&](std::size_t i) {
        while (i < count && (octets_of(i).empty() || is_hard_space(octets_of(i))))
            ++i;
        return i;
    };
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view octets = octets_of(i);
        out.index.insert(out.index.end(), octets.size(), i);
        out.text += octets;
        const std::size_t next = next_visible(i + 1);
        if (next >= count || next == i + 1) continue;
        const std::string_view after = octets_of(next);
        const bool opens = octets == "{" && (after == "{" || after == "%" || after == "#");
        const bool closes = after == "}" && (octets == "%" || octets == "#" || octets == "}");
        if (opens || closes) i = next - 1;
    }
    return out;
}

}  // namespace paraphe::tmpl
