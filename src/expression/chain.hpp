#pragma once

#include <optional>
#include <string>
#include <vector>

#include "expression/check.hpp"

namespace paraphe::expression {

/// The branches of an `if`, checked one after the other: each knows that its condition is true and
/// the earlier ones false, and what follows knows what all of them end with.
///
///     Chain chain(names, registry);
///     for (branch : branches) { chain.open(branch.condition); …body…; chain.close(); }
///     chain.end();
class Chain {
public:
    Chain(TypeEnvironment& names, const Registry& registry)
        : names_(names), registry_(registry), base_(names.mark()), rest_(names.since(base_)) {}

    /// `condition` empty: the `else`. names.reachable() then tells whether any data come here.
    Findings open(const Expression& condition);
    void close();
    /// Joins. Reports values of an enumeration that no branch takes up.
    Findings end();
    /// After end(): whether some data pass all branches by.
    bool falls_through() const { return falls_through_; }

private:
    void check_outcome(const Expression& condition, std::optional<bool> outcome, Findings&);
    void note_subject(const Expression& condition);

    TypeEnvironment& names_;
    const Registry& registry_;
    TypeEnvironment::Mark base_;
    TypeEnvironment::Changes rest_;  ///< what the false conditions so far have proved
    std::vector<TypeEnvironment::Changes> ends_;
    Expression condition_, first_;
    std::optional<bool> outcome_;
    std::optional<std::string> subject_;  ///< the path that all conditions compare
    std::size_t branches_ = 0;
    bool has_else_ = false;
    bool told_ = false;  ///< that no case is left
    bool falls_through_ = true;
};

}  // namespace paraphe::expression
