#pragma once

#include <cstddef>

#include "expression/check.hpp"

/// The branches of an `if`, for the checkers of ODF and of text templates. Private to template/.
namespace paraphe::tmpl {

/// Checks each condition and runs each body knowing that its condition is true and the earlier ones
/// false. `report(branch, findings)` takes what a condition has wrong, `run(body)` checks a body.
template <class Branches, class Report, class Run>
void check_branches(const Branches& branches, expression::TypeEnvironment& environment,
                    const expression::Registry& registry, Report report, Run run) {
    std::size_t open = 0;
    for (const auto& branch : branches) {
        if (!branch.condition) {
            run(branch.body);
            break;
        }
        report(branch,
               expression::check_condition(branch.condition, environment, registry).findings);
        environment.push();
        expression::assume(branch.condition, true, environment, registry);
        run(branch.body);
        environment.pop();
        // What follows knows that this condition was false.
        environment.push();
        ++open;
        expression::assume(branch.condition, false, environment, registry);
    }
    while (open-- > 0)
        environment.pop();
}

}  // namespace paraphe::tmpl
