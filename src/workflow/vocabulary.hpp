#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Private to workflow/: the elements and attributes that the profile knows.
namespace paraphe::workflow {

inline constexpr std::string_view scxml_namespace = "http://www.w3.org/2005/07/scxml";
inline constexpr std::string_view profile_namespace = "urn:paraphe:workflow:1";

/// What may be written on and in one element.
struct ElementRule {
    std::string_view name;
    bool profile = false;                         ///< of urn:paraphe:workflow:1
    std::vector<std::string> attributes;          ///< without namespace
    std::vector<std::string> required;            ///< of those, the ones that must stand
    std::vector<std::string> profile_attributes;  ///< p:…
    std::vector<std::string> children;            ///< "state", "p:sign"
};

/// nullptr when the profile does not have this element.
const ElementRule* find_rule(std::string_view name, bool profile);

/// Local names of all elements of urn:paraphe:workflow:1.
std::vector<std::string> profile_elements();

/// Why a known element of SCXML 1.0 is refused; empty when SCXML has no such element.
std::string_view why_refused(std::string_view scxml_element);

}  // namespace paraphe::workflow
