#include "locale/hyphenation.hpp"

#include <hyphen.h>

#include <cstdlib>
#include <map>
#include <mutex>
#ifdef PARAPHE_LEAK_CHECK
#include <sanitizer/lsan_interface.h>
#endif

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "locale/letter_case.hpp"

namespace paraphe::locale {

namespace {

/// Patterns stay for the whole process: loading costs milliseconds. Reading them is safe for
/// several threads.
HyphenDict* patterns(const std::filesystem::path& file) {
    static std::mutex mutex;
    static auto& loaded = *new std::map<std::string, HyphenDict*>;
    const std::lock_guard lock(mutex);
    if (const auto found = loaded.find(file.string()); found != loaded.end()) return found->second;
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        throw Error(ErrorKind::not_found, "the hyphenation patterns are not there",
                    {file.string(), 0, 0, {}}, "install the Debian package hyphen-fr");
#ifdef PARAPHE_LEAK_CHECK
    const __lsan::ScopedDisabler library_forgets_memory_while_loading;
#endif
    HyphenDict* dictionary = hnj_hyphen_load(file.c_str());
    if (dictionary == nullptr)
        throw Error(ErrorKind::malformed_input, "not a file of hyphenation patterns",
                    {file.string(), 0, 0, {}});
    if (dictionary->utf8 == 0)
        throw Error(ErrorKind::malformed_input, "the hyphenation patterns are not in UTF-8",
                    {file.string(), 0, 0, {}});
    return loaded[file.string()] = dictionary;
}

}  // namespace

Hyphenator::Hyphenator(const std::filesystem::path& file) : dictionary_(patterns(file)) {}

std::vector<std::uint32_t> Hyphenator::positions(std::string_view word, int before,
                                                 int after) const {
    std::vector<std::uint32_t> out;
    if (word.empty() || word.size() > 100) return out;
    std::vector<std::uint32_t> ends;  // octet after each character
    for (std::size_t i = 0; i < word.size();) {
        const auto [c, length] = utf8::decode(word, i);
        if (!is_letter(c)) return out;
        i += length;
        ends.push_back(static_cast<std::uint32_t>(i));
    }
    // Patterns are written in lower case. A case mapping that changes a length (ß, İ) would shift
    // the positions: such a word stays whole.
    const std::string lowered = to_lower(word);
    if (lowered.size() != word.size()) return out;

    std::vector<char> marks(word.size() + 5);
    char** replacements = nullptr;
    int* places = nullptr;
    int* cuts = nullptr;
    const int failed =
        hnj_hyphen_hyphenate2(dictionary_, lowered.c_str(), static_cast<int>(lowered.size()),
                              marks.data(), nullptr, &replacements, &places, &cuts);
    // Divisions that change the spelling are not made: their places are skipped below.
    std::vector<bool> respelled(word.size());
    if (replacements != nullptr) {
        for (std::size_t i = 0; i < word.size(); ++i) {
            respelled[i] = replacements[i] != nullptr;
            std::free(replacements[i]);
        }
    }
    std::free(replacements);
    std::free(places);
    std::free(cuts);
    if (failed != 0) return out;
    const int count = static_cast<int>(ends.size());
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if ((marks[at] & 1) != 0 && !respelled[at] && i + 1 >= before && count - i - 1 >= after)
            out.push_back(ends[at]);
    }
    return out;
}

}  // namespace paraphe::locale
