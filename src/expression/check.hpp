#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "expression/expression.hpp"
#include "expression/statement.hpp"
#include "expression/type.hpp"

namespace paraphe::expression {

/// One finding of the checker. `diagnostic.where` comes from the expression's mapper; begin and end
/// are octets of its text. Codes: P0101 unknown field, P0102 operator's types, P0103 argument's
/// type, P0104 argument count or keyword, P0105 unknown filter, test or function, P0106 optional
/// field unguarded, P0107 loop over a non-list, P0108 money and number, P0109 date and text,
/// P0113 cannot be printed.
struct Finding {
    Diagnostic diagnostic;
    std::size_t begin = 0;
    std::size_t end = 0;
};
using Findings = std::vector<Finding>;

/// What is known of the names at one place of a template: their types, and what conditions around
/// have proved (`is defined`, `if x`).
class TypeEnvironment {
public:
    /// `data`: a map type with the top-level names; open or any() when nothing is known.
    explicit TypeEnvironment(Type data = Type::any());

    /// nullopt when unknown; any() for every name when the data are open
    std::optional<Type> find(std::string_view name) const;
    void declare(std::string_view name, Type);
    /// Records that this path ("menage.conjoint", "xs[0].nom") has that type until pop().
    void narrow(std::string path, Type);
    std::optional<Type> narrowed(std::string_view path) const;
    /// Frames hold declarations and narrowings; for, with, and each branch of an if.
    void push();
    void pop();
    std::vector<std::string> names() const;
    bool open() const { return open_; }

private:
    struct Level {
        std::map<std::string, Type, std::less<>> names;
        std::map<std::string, Type, std::less<>> paths;
    };
    Type data_;
    bool open_ = true;
    std::vector<Level> levels_;
};

struct Checked {
    Findings findings;
    Type type;
};

/// All faults of an expression before any data. Never throws for what the author wrote.
Checked check(const Expression&, const TypeEnvironment&, const Registry&);
/// The same for what {{ }} prints: undefined and none must be guarded.
Checked check_output(const Expression&, const TypeEnvironment&, const Registry&);

/// The same for the condition of an `if` or a guard: a missing value has no truth (strict
/// undefined).
Checked check_condition(const Expression&, const TypeEnvironment&, const Registry&);

/// Narrows by a condition that came out true or false; call after push().
void assume(const Expression& condition, bool outcome, TypeEnvironment&, const Registry&);

/// Checks the iterable, then opens a frame with the targets' types and `loop`; caller pops.
Findings check_and_open(const For&, TypeEnvironment&, const Registry&);
/// Checks, then declares the targets.
Findings check_and_declare(const Set&, TypeEnvironment&, const Registry&);
/// Checks, then opens a frame with the bindings; caller pops.
Findings check_and_open(const With&, TypeEnvironment&, const Registry&);

}  // namespace paraphe::expression
