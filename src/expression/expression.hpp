#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "expression/registry.hpp"
#include "expression/scope.hpp"
#include "expression/value.hpp"

/// Expressions: text in, values out. One language for templates, workflow guards, forms and rules:
/// Jinja2's expressions (the oracle of the tests) with exact decimals, money and dates, strict
/// undefined, and no way out of the data. Pure: the same data give the same value.
///
///     const auto expression = parse("menage.ressources | sum(attribute='montant') | euros");
///     Scope scope(data);
///     const Value value = evaluate(expression, scope, standard_registry());
///     value.pointer();   // "/menage/0/nom" when the value stood in the data
namespace paraphe::expression {

/// What an expression may measure: longer or deeper ones are refused with code "P0110".
inline constexpr std::size_t max_expression_length = 64u << 10;
inline constexpr int max_nesting = 100;

/// Turns an octet offset of the expression's text into a place that its author can open.
using LocationMapper = std::function<Location(std::size_t offset)>;

/// Line and column (code points, from 1) of the text itself within `source`.
LocationMapper plain_location(std::string source, std::string_view text, int first_line = 1);

struct Node;  // ast.hpp

/// A parsed expression: immutable, shared by its copies, usable from several threads.
class Expression {
public:
    Expression() = default;
    Expression(std::shared_ptr<const Node> root, std::shared_ptr<const std::string> text,
               std::shared_ptr<const LocationMapper> mapper)
        : root_(std::move(root)), text_(std::move(text)), mapper_(std::move(mapper)) {}

    explicit operator bool() const { return root_ != nullptr; }
    const Node& root() const { return *root_; }
    /// As written.
    const std::string& text() const { return *text_; }
    Location where(std::size_t offset = 0) const;

    /// The value when the expression is a single literal ("clauses/rgpd", 12).
    std::optional<Value> literal() const;
    /// The top-level name when it is a bare name, or a path that starts with one.
    std::optional<std::string> first_name() const;
    /// Name of the function when the whole expression is one call of it: signature("x").
    std::optional<std::string> called_function() const;
    /// The arguments of that call, in order of writing (keywords left out).
    std::vector<Expression> call_arguments() const;
    /// Octets [begin, end) of the text that this (sub)expression covers.
    std::size_t begin() const;
    std::size_t end() const;

private:
    std::shared_ptr<const Node> root_;
    std::shared_ptr<const std::string> text_;
    std::shared_ptr<const LocationMapper> mapper_;
};

/// Throws Error{malformed_input} with code "P0100" (syntax) or "P0110" (limit), place and French
/// remedy. Typographic quotes, no-break spaces, ≥ ≤ ≠ and dashes between spaces are read as their
/// plain forms outside literals.
Expression parse(std::string_view text, LocationMapper = {});

/// Throws Error{malformed_input} with the place of the part that failed: "P0111" (value),
/// "P0112" (undefined), "P0110" (limit), "P0103".."P0105" (calls). The result may be undefined (a
/// missing field): printing, truth or use of it then throws.
Value evaluate(const Expression&, Scope&, const Registry&);

/// evaluate, then what {{ }} prints; throws located Errors for undefined, none, unending decimals.
std::string print(const Expression&, Scope&, const Registry&);
/// The same for a value that was already evaluated from this expression.
std::string print(const Expression&, const Value&);

/// evaluate, then truth, located; for guards and `if`.
bool holds(const Expression&, Scope&, const Registry&);

}  // namespace paraphe::expression
