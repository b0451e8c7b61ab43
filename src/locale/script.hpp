#pragma once

namespace paraphe::locale {

/// The kinds of script for which office documents keep fonts and sizes of their own.
enum class ScriptKind {
    weak,     ///< blanks, digits, punctuation: of the text around them
    western,  ///< Latin, Greek, Cyrillic and the like
    asian,    ///< Han, Kana, Hangul and their punctuation
    complex   ///< Arabic, Hebrew, the Indic scripts, Thai and the like
};
ScriptKind script_kind(char32_t);

}  // namespace paraphe::locale
