#include "locale/regex.hpp"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <memory>

#include "base/error.hpp"

namespace paraphe::locale {

namespace {

/// ECMA 262 says "$" for the end of the text alone; for ICU it would match before a last line feed
/// as well. Only \z says the former. (Inside a class and after a backslash "$" is itself.)
std::string with_ecma_end(const std::string& pattern) {
    std::string out;
    int classes = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\' && i + 1 < pattern.size()) {
            out += c;
            out += pattern[++i];
            continue;
        }
        if (c == '[') ++classes;
        if (c == ']' && classes > 0) --classes;
        if (c == '$' && classes == 0)
            out += "\\z";
        else
            out += c;
    }
    return out;
}

icu::UnicodeString to_icu(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

}  // namespace

json::Pattern compile_regex(const std::string& pattern, const RegexLimits& limits) {
    constexpr std::size_t longest = 10'000;
    if (pattern.size() > longest)
        throw Error(ErrorKind::malformed_input, "the pattern is too long", {}, {}, "regex");
    UErrorCode status = U_ZERO_ERROR;
    UParseError place{};
    const std::shared_ptr<const icu::RegexPattern> compiled(
        icu::RegexPattern::compile(to_icu(with_ecma_end(pattern)), 0, place, status));
    if (U_FAILURE(status))
        throw Error(ErrorKind::malformed_input,
                    "not a regular expression near its character " +
                        std::to_string(std::max(place.offset, 1)) + " (" + u_errorName(status) +
                        ")",
                    {}, {}, "regex");
    return [compiled, limits, pattern](std::string_view text) {
        const icu::UnicodeString subject = to_icu(text);
        UErrorCode result = U_ZERO_ERROR;
        const std::unique_ptr<icu::RegexMatcher> matcher(compiled->matcher(subject, result));
        if (U_SUCCESS(result)) matcher->setTimeLimit(limits.steps, result);
        if (U_SUCCESS(result)) matcher->setStackLimit(limits.stack_octets, result);
        const bool found = U_SUCCESS(result) && matcher->find(result);
        if (U_FAILURE(result))
            throw Error(ErrorKind::malformed_input,
                        "the pattern " + json::quote(pattern) + " takes too long on a text of " +
                            std::to_string(text.size()) + " octets",
                        {}, "simplify the pattern, or limit the text by maxLength", "regex_limit");
        return found;
    };
}

json::PatternCompiler pattern_compiler(const RegexLimits& limits) {
    return [limits](const std::string& pattern) { return compile_regex(pattern, limits); };
}

}  // namespace paraphe::locale
