#pragma once

#include <compare>
#include <string_view>

#include "base/error.hpp"
#include "expression/scope.hpp"
#include "expression/value.hpp"

/// The operators on values. Each throws Error{malformed_input} in French, without a place: the
/// evaluator knows where it stands.
namespace paraphe::expression {

enum class BinaryOperator { add, subtract, multiply, divide, floor_divide, modulo, power };
enum class Comparison { equal, unequal, less, less_equal, greater, greater_equal, in, not_in };

std::string_view symbol(BinaryOperator);
std::string_view symbol(Comparison);

[[noreturn]] void fail(std::string_view problem, std::string_view remedy = {},
                       std::string_view code = "P0111");
/// Throws throw_undefined's error for an undefined value.
inline void require(const Value& value) {
    if (value.is_undefined()) throw_undefined(value);
}

Value apply(BinaryOperator, const Value&, const Value&, Scope&);
Value negate(const Value&);
bool compare(Comparison, const Value&, const Value&);
/// Throws when the two have no order.
std::strong_ordering order(const Value&, const Value&);
bool contains(const Value& container, const Value& wanted);

/// x.name
Value attribute(const Value&, std::string_view name);
/// x[index]
Value item(const Value&, const Value& index);
/// x[start:stop:step]; undefined bounds are open
Value slice(const Value&, const Value& start, const Value& stop, const Value& step, Scope&);
/// "a.b.0.c" as filters write it: attribute='adresse.ville'
Value path(const Value&, const Value& attribute_path);

/// The items of a list, the keys of a map, the characters of a text.
std::vector<Value> iterate(const Value&, Scope&);
std::size_t length(const Value&);

/// Throws "P0110" when a text or list would be larger than the scope allows.
void check_text(std::size_t octets, const Scope&);
void check_list(std::size_t items, const Scope&);
/// Throws "P0110" for a value that nests too deep or has too many parts to be walked later; loops
/// over a namespace could build one. Charges a step for each part.
void check_shape(const Value&, Scope&);
/// The same for a field of a namespace, which holds no namespace and no loop: such fields could
/// hold themselves, or nest without end.
void check_field(const Value&, Scope&);

}  // namespace paraphe::expression
