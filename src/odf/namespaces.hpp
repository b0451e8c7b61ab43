#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace paraphe::odf {

/// Canonical prefix and URI of the namespaces of ODF 1.3 and of what Writer adds, in the order in
/// which they are declared.
const std::vector<std::pair<std::string_view, std::string_view>>& namespaces();

/// Empty when the URI is not one of them.
std::string_view canonical_prefix(std::string_view uri);

}  // namespace paraphe::odf
