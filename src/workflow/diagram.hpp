#pragma once

#include <string>

#include "workflow/definition.hpp"
#include "workflow/snapshot.hpp"

namespace paraphe::workflow {

/// The chart as one SVG 1.1 document in UTF-8: states as boxes with their labels, regions of a
/// parallel side by side, transitions as arrows with what triggers them and who may. Same
/// definition, same bytes. With a snapshot, its active states are highlighted.
std::string to_svg(const Definition&, const Snapshot* = nullptr);

}  // namespace paraphe::workflow
