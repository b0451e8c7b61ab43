#pragma once

#include <string>
#include <string_view>

/// Properties and case of letters by Unicode, the same for every machine (no tailoring).
/// Malformed UTF-8 passes as U+FFFD.
namespace paraphe::locale {

/// Full mapping: "straße" → "STRASSE", "œuvre" → "ŒUVRE".
std::string to_upper(std::string_view);
/// Full mapping, with the final sigma.
std::string to_lower(std::string_view);
/// Normalization Form C: accents composed.
std::string compose(std::string_view);

bool is_letter(char32_t);
/// Letter or digit, whatever the script.
bool is_alphanumeric(char32_t);
/// Upper, lower or title case.
bool is_cased(char32_t);
bool is_upper(char32_t);
bool is_lower(char32_t);
/// White space by Unicode, no-break spaces among it.
bool is_space(char32_t);

}  // namespace paraphe::locale
