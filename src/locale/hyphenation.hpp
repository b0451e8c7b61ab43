#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Division of words by the patterns of libhyphen (hyph_fr.dic).
struct _HyphenDict;

namespace paraphe::locale {

class Hyphenator {
public:
    /// `file` holds patterns in UTF-8. Throws Error{not_found} or Error{malformed_input}.
    explicit Hyphenator(const std::filesystem::path& file);

    /// Octet offsets within `word` where it may be divided, leaving at least `before` and `after`
    /// characters. None for a word with anything but letters, or of more than 100 octets.
    std::vector<std::uint32_t> positions(std::string_view word, int before = 2,
                                         int after = 2) const;

private:
    _HyphenDict* dictionary_;  ///< belongs to the process
};

}  // namespace paraphe::locale
