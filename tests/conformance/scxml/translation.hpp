#pragma once

#include <set>
#include <string>

#include "xml/xml.hpp"

namespace paraphe::conformance {

/// The test with every name of http://www.w3.org/2005/scxml-conformance turned into our datamodel
/// (the README beside the tests says what each means). Throws Error for a name that has no
/// translation.
std::string translate(const xml::Document& test);

/// Local names of all elements, those of the conformance namespace as what they stand for.
std::set<std::string> element_names(const xml::Document& test);

}  // namespace paraphe::conformance
