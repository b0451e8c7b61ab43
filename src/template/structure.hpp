#pragma once

#include "template/draft.hpp"

namespace paraphe::tmpl {

/// Finds the blocks of a draft ({% for %}…{% endfor %}) and moves their tags until those of one
/// block are siblings: the block then governs what stands between them. The level is the nearest
/// common ancestor of the tags; spans are split, tags in two cells of one row govern the row.
/// Faulty when a block is not closed, not opened or cut across, or means what no block can (columns
/// of a table, part of a spanned cell); all faults are reported, each with both places.
enum class Placing { sound, faulty, too_deep };
Placing place_blocks(Draft& root, Diagnostics&);

/// The tags alone, in document order, each block closed: what is left to check of a tree whose
/// blocks could not be placed. Tags without a partner are left out.
std::vector<DraftPtr> balanced_tags(DraftPtr root);

}  // namespace paraphe::tmpl
