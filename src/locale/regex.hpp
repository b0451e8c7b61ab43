#pragma once

#include <string>

#include "json/schema.hpp"

/// Regular expressions of schemas by ICU (UTS #18; a superset of what ECMA 262 patterns use).
/// In: a pattern. Out: a predicate that says whether it is found anywhere in a text.
namespace paraphe::locale {

struct RegexLimits {
    int steps = 2000;              ///< of ICU's match engine, some milliseconds in all
    int stack_octets = 4'000'000;  ///< of its backtracking heap
};

/// Compiles a pattern; letters match as Unicode has them ("\w" and "[[:alpha:]]" know É). The
/// predicate may be shared by threads. Throws Error{malformed_input, "regex"} for a wrong pattern;
/// the predicate throws Error{malformed_input, "regex_limit"} for a text on which the pattern runs
/// out of its limits.
json::Pattern compile_regex(const std::string& pattern, const RegexLimits& = {});

/// The above, as json::Schema::compile takes it.
json::PatternCompiler pattern_compiler(const RegexLimits& = {});

}  // namespace paraphe::locale
