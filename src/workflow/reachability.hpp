#pragma once

#include <vector>

#include "workflow/definition.hpp"

namespace paraphe::workflow {

/// By state: can it be entered at all, every guard taken for free? Also states that are only passed
/// through inside a macrostep.
std::vector<bool> reachable_states(const Definition&);

}  // namespace paraphe::workflow
