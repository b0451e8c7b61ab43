#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/scope.hpp"
#include "expression/type.hpp"
#include "expression/value.hpp"

namespace paraphe::expression {

class Registry;

/// The arguments of one call, bound to the parameters in their order: arguments[0] is the first
/// parameter (the piped value of a filter, the tested value of a test, the receiver of a method).
/// An optional parameter that was not given is undefined, or its default. Kinds are already
/// checked against the parameters' types.
class Arguments {
public:
    Arguments(std::vector<Value> values, std::vector<std::pair<std::string, Value>> named,
              Scope& scope, const Registry& registry)
        : values_(std::move(values)),
          named_(std::move(named)),
          scope_(scope),
          registry_(registry) {}

    const Value& operator[](std::size_t i) const { return values_.at(i); }
    bool given(std::size_t i) const { return i < values_.size() && !values_[i].is_undefined(); }
    std::size_t size() const { return values_.size(); }
    const std::vector<Value>& values() const { return values_; }
    /// Keyword arguments that no parameter names; only for entries with `open_keywords`.
    const std::vector<std::pair<std::string, Value>>& named() const { return named_; }

    Scope& scope() const { return scope_; }
    const Registry& registry() const { return registry_; }

private:
    std::vector<Value> values_;
    std::vector<std::pair<std::string, Value>> named_;
    Scope& scope_;
    const Registry& registry_;
};

struct Parameter {
    std::string name;
    Type type;
    bool optional = false;
    std::optional<Value> standard;  ///< implies optional
};

/// What the checker knows of a call when it asks for the result's type: bound as Arguments are.
struct Deduction {
    std::vector<Type> types;                     ///< undefined-only for what was not given
    std::vector<std::optional<Value>> literals;  ///< of arguments written as literals
    std::vector<Field> named;                    ///< keyword arguments that no parameter names
    const Registry& registry;

    Type type(std::size_t i) const { return i < types.size() ? types[i] : Type::any(); }
    /// The literal text of an argument, or empty.
    std::string text(std::size_t i) const;
};

enum class Role { function, filter, test, method };

/// One entry of the table that the evaluator, the checker and the README's list read.
struct Entry {
    Role role = Role::function;
    std::string name;
    std::vector<Parameter> parameters;  ///< the first of a filter, test or method: what it works on
    Type result;
    std::string documentation;  ///< French, one sentence
    /// Empty: only declared; the Scope provides it (Scope::provide), else calling it is an error.
    Function implementation;
    bool variadic = false;           ///< further arguments of the last parameter's type
    bool open_keywords = false;      ///< any keyword argument
    bool accepts_undefined = false;  ///< the first argument may be undefined (default, defined)
    /// A sharper result type from the arguments' types; `result` when empty.
    std::function<Type(const Deduction&)> deduce;
};

/// Functions, filters, tests and methods by name. Later layers copy standard_registry() and add
/// theirs.
class Registry {
public:
    /// Throws Error{internal} when the role already has this name.
    void add(Entry);
    /// Another name for an entry (`count` for `length`).
    void alias(Role, std::string_view name, std::string other);

    /// nullptr when unknown
    const Entry* find(Role, std::string_view name) const;
    /// The method of that name for a receiver of this kind, or nullptr. Methods of the same name
    /// for different kinds are entries of the same name.
    const Entry* method(Kind receiver, std::string_view name) const;
    std::vector<std::string> names(Role) const;

    /// Binds, checks and calls. Throws Error (French) for a wrong count, keyword or kind.
    Value call(const Entry&, std::vector<Value> positional,
               std::vector<std::pair<std::string, Value>> named, Scope&) const;

    /// Markdown table of all entries of a role: signature, result, documentation.
    std::string markdown(Role) const;

private:
    std::map<std::string, std::vector<Entry>, std::less<>> entries_[4];
};

/// Jinja2's filters, tests and methods, and the French ones: euros, en_lettres, date_courte,
/// date_longue, duree, ordinal, enumeration, telephone, iban, nombre; the functions range,
/// namespace, dict, jours, mois, ans, montant, date. Made once, shared.
const Registry& standard_registry();

}  // namespace paraphe::expression
