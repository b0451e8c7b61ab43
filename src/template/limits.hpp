#pragma once

#include <cstddef>

/// What a template may measure; more is refused with code P0214 (size) or P0215 (nesting).
/// Private to template/.
namespace paraphe::tmpl {

/// Elements and texts of the template with its clauses. A contract of 100 pages has about 50,000.
inline constexpr std::size_t max_template_nodes = 2'000'000;
/// Blocks inside blocks; an author loses the thread long before.
inline constexpr std::size_t max_block_nesting = 100;
/// Clauses inside clauses.
inline constexpr std::size_t max_clause_nesting = 8;
/// Includes of one template, each time a clause is met counts.
inline constexpr std::size_t max_includes = 2'000;

}  // namespace paraphe::tmpl
