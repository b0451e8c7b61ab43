#pragma once

#include "template/draft.hpp"

namespace paraphe::tmpl {

/// What blocks over rows may not do, once they are placed: cut a cell that spans rows (P0216, the
/// tag and the cell are named), or repeat and drop rows of a table in which Writer computes with
/// cell addresses (P0217). False when something was reported. Private to template/.
bool check_tables(const Draft& root, Diagnostics&);

/// The subtree with each row once, whatever its table:number-rows-repeated: Writer shows it so
/// (7.4; cells with table:number-columns-repeated it does repeat), and what the author saw there is
/// what contracts and their pages say. The element itself when no row is repeated.
odf::ElementPtr with_rows_once(const odf::ElementPtr&);

}  // namespace paraphe::tmpl
