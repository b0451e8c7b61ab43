#pragma once

#include <optional>
#include <string_view>

namespace paraphe::odf {

/// Whether a condition of a field (ODF 1.3 §19.787, text:condition) holds in every document, as
/// "ooow:1 == 1" or "ooow:TRUE"; nullopt when it depends on anything. Only literals, and two of
/// them compared for equality, are read.
std::optional<bool> settled_condition(std::string_view condition);

}  // namespace paraphe::odf
