#pragma once

#include <compare>
#include <string>
#include <string_view>

/// The order of a French dictionary (Unicode Collation Algorithm, CLDR "fr"): letters first, then
/// accents, then case; "côte" stands between "cote" and "coter". Malformed UTF-8 sorts as U+FFFD.
namespace paraphe::locale {

std::weak_ordering compare(std::string_view, std::string_view);

/// Octets whose plain order is that of `compare`; for sorting many, or in a database. Not for
/// keeping: another version of ICU may make others.
std::string sort_key(std::string_view);

/// True when `needle` is found in `text` whatever the case and accents: "elodie" in "Élodie".
bool contains_loosely(std::string_view text, std::string_view needle);

/// For std::sort and std::map.
struct DictionaryOrder {
    bool operator()(std::string_view a, std::string_view b) const { return compare(a, b) < 0; }
};

}  // namespace paraphe::locale
