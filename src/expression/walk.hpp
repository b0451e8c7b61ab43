#pragma once

#include <functional>
#include <optional>
#include <string>

#include "expression/ast.hpp"

/// Walks over syntax trees, for who asks what an expression reads.
namespace paraphe::expression {

/// The parts of a node, from left to right.
void each_child(const Node&, const std::function<void(const Node&)>&);
/// Every name that the expression reads, functions left out.
void each_name(const Node&, const std::function<void(const std::string&)>&);

/// Where in the data the value of a node stands ("membres[].nom"); nullopt when it was computed.
/// `stands_for` gives the path of a name, nullopt of one that was bound to something computed.
/// Filters that keep a list's items keep its path, `first` and `last` give one of them.
using StandsFor = std::function<std::optional<std::string>(const std::string& name)>;
std::optional<std::string> data_path(const Node&, const StandsFor& stands_for);

}  // namespace paraphe::expression
