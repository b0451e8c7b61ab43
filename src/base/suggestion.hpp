#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraphe {

/// The candidate that the writer most likely meant: equal but for case and accents' bytes, else the
/// nearest by edit distance within a third of the length. nullopt when none is near.
std::optional<std::string> nearest(std::string_view written,
                                   const std::vector<std::string>& candidates);

/// The remedy that names the nearest candidate: "vouliez-vous « conjoint » ?"; empty when none is
/// near.
std::string did_you_mean(std::string_view written, const std::vector<std::string>& candidates);

}  // namespace paraphe
