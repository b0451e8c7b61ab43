#pragma once

#include "template/draft.hpp"

namespace paraphe::tmpl {

/// What blocks over rows may not do, once they are placed: cut a cell that spans rows (P0216, the
/// tag and the cell are named), or repeat and drop rows of a table in which Writer computes with
/// cell addresses (P0217). False when something was reported. Private to template/.
bool check_tables(const Draft& root, Diagnostics&);

}  // namespace paraphe::tmpl
