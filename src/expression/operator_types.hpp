#pragma once

#include <string>

#include "expression/operations.hpp"
#include "expression/type.hpp"

/// What the operators give for types, kind by kind; the same rules as operations.cpp has for
/// values.
namespace paraphe::expression {

/// impossible() when no pair of kinds has this operator.
Type binary_type(BinaryOperator, const Type&, const Type&);
/// Whether some pair of kinds can be compared so; a literal zero compares with money.
bool comparable(Comparison, const Type&, const Type&, bool literal_zero);

struct TypeFault {
    std::string code;
    std::string problem;
    std::string remedy;
};
/// Why two types do not go together.
TypeFault operator_fault(std::string_view symbol, const Type&, const Type&, bool comparison);

}  // namespace paraphe::expression
