#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "expression/environment.hpp"
#include "expression/expression.hpp"
#include "expression/statement.hpp"
#include "expression/type.hpp"

namespace paraphe::expression {

/// One finding of the checker. `diagnostic.where` comes from the expression's mapper; begin and end
/// are octets of its text. The codes P0101 to P0127 are explained in template/explanations.hpp.
struct Finding {
    Diagnostic diagnostic;
    std::size_t begin = 0;
    std::size_t end = 0;
};
using Findings = std::vector<Finding>;

struct Checked {
    Findings findings;
    Type type;
};

/// All faults of an expression before any data. Never throws for what the author wrote. The names
/// are as before when it returns, but for what was read.
Checked check(const Expression&, TypeEnvironment&, const Registry&);
/// The same for what {{ }} prints: undefined and none must be guarded.
Checked check_output(const Expression&, TypeEnvironment&, const Registry&);

/// The same for the condition of an `if` or a guard: a missing value has no truth (strict
/// undefined). `type.truth()` tells a condition that always comes out the same.
Checked check_condition(const Expression&, TypeEnvironment&, const Registry&);

/// Narrows by a condition that came out true or false.
void assume(const Expression& condition, bool outcome, TypeEnvironment&, const Registry&);

/// What a loop runs through, while its body is checked.
struct OpenLoop {
    Findings findings;
    TypeEnvironment::Mark before;
    Type items;  ///< how often it turns: min_items() to max_items()
};
/// Checks the iterable and the condition, then opens a frame with the targets and `loop`.
OpenLoop check_and_open(const For&, TypeEnvironment&, const Registry&);
/// Leaves the body for the `else`, which is a frame of its own.
Findings open_else(OpenLoop&, TypeEnvironment&);
void close(const OpenLoop&, TypeEnvironment&);

/// Checks, then declares the targets.
Findings check_and_declare(const Set&, TypeEnvironment&, const Registry&);

struct OpenWith {
    Findings findings;
    TypeEnvironment::Mark before;
};
/// Checks, then opens a frame with the bindings; close_frame(before) ends it.
OpenWith check_and_open(const With&, TypeEnvironment&, const Registry&);
/// The same for what an include hands over; `extra`: the type of its map, if it has one.
struct OpenInclude {
    Findings findings;
    TypeEnvironment::Mark before;
    std::optional<Type> extra;
};
OpenInclude check_and_open(const Include&, TypeEnvironment&, const Registry&);

/// What nothing reads, by declaration: to be called at the end of the template.
struct Unread {
    DeclarationId declaration = 0;
    Diagnostic diagnostic;
};
std::vector<Unread> unread(const TypeEnvironment&);

}  // namespace paraphe::expression
