#pragma once

#include "template/draft.hpp"

namespace paraphe::tmpl {

/// Finds the blocks of a draft ({% for %}…{% endfor %}) and moves their tags until those of one
/// block are siblings: the block then governs what stands between them. The level is the nearest
/// common ancestor of the tags; spans are split, tags in two cells of one row govern the row.
/// False when a block is not closed, not opened or cut across; all faults are reported.
bool place_blocks(Draft& root, Diagnostics&);

}  // namespace paraphe::tmpl
