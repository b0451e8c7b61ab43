#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

/// Where lines may break, and which way and in which script text runs. Home of ICU.
namespace paraphe::locale {

/// Octet offsets before which a line may end (UAX #14, as Writer tailors it),
/// ascending; the end of the text is always the last. Empty for an empty text. Line feeds and
/// U+2028 break too. Malformed UTF-8 counts as U+FFFD.
std::vector<std::uint32_t> line_breaks(std::string_view text, std::string_view language);

/// Octet offsets of the ends of the words of a text (UAX #29), for letter case and hyphenation.
struct Word {
    std::uint32_t begin, end;
};
std::vector<Word> words(std::string_view text);

/// A stretch of one script and one direction, in logical order.
struct TextRun {
    std::uint32_t begin, end;  ///< octets
    std::uint32_t script;      ///< four letters of ISO 15924, big-endian: 'Latn'
    std::uint8_t level;        ///< embedding level (UAX #9); odd: right to left
};

constexpr std::uint32_t latin_script = 'L' << 24 | 'a' << 16 | 't' << 8 | 'n';

/// Common and inherited characters join the run before them (or after, at the start).
/// `right_to_left` is the paragraph's own direction.
std::vector<TextRun> text_runs(std::string_view text, bool right_to_left);

/// The order in which runs of these levels stand from left to right on a line (UAX #9, L2):
/// indexes into `levels`.
std::vector<int> visual_order(const std::vector<std::uint8_t>& levels);

}  // namespace paraphe::locale
