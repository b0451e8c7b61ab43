#pragma once

#include <functional>
#include <string>

#include "expression/ast.hpp"

/// Walks over syntax trees. Private to expression/.
namespace paraphe::expression {

/// The parts of a node, from left to right.
void each_child(const Node&, const std::function<void(const Node&)>&);
/// Every name that the expression reads, functions left out.
void each_name(const Node&, const std::function<void(const std::string&)>&);

}  // namespace paraphe::expression
