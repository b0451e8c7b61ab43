#pragma once

#include <string>

#include "xml/xml.hpp"

/// For signature/ alone.
namespace paraphe::signature {

/// Exclusive Canonical XML 1.0 without comments (https://www.w3.org/TR/xml-exc-c14n/, §3) of an
/// element and all below it, without a PrefixList: a namespace stands where it is first used, so
/// the result does not depend on the document around.
std::string exclusive_canonical(const xml::Element&);

}  // namespace paraphe::signature
