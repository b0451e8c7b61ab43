#pragma once

#include <string>
#include <vector>

#include "expression/scope.hpp"
#include "workflow/formula.hpp"
#include "workflow/step.hpp"

/// Private to workflow/: SCXML's data module (§5 and appendix B) over the expression language.
namespace paraphe::workflow {

/// Lives for one step; writes to the snapshot given.
class Datamodel {
public:
    Datamodel(const Definition&, const Environment&, Snapshot&);
    Datamodel(const Datamodel&) = delete;
    Datamodel& operator=(const Datamodel&) = delete;

    // Each throws Error{malformed_input}, which the caller turns into error.execution. `context` is
    // the state that entree() speaks of.
    expression::Value evaluate(const Formula&, StateIndex context);
    bool holds(const Formula&, StateIndex context);
    void assign(const Assign&, StateIndex context);
    /// Gives a variable its value; declares it when it is new.
    void set(const std::string& variable, expression::Value);

    /// Makes `event` the value of _event.
    void set_event(const Event&);
    /// <data> at its binding time; after an error the variable is none.
    void bind(const Datum&);

private:
    void provide_functions();
    bool is_complete(const expression::Value&) const;

    const Definition& definition_;
    const Environment& environment_;
    Snapshot& snapshot_;
    expression::Scope scope_;
    StateIndex context_ = 0;
};

}  // namespace paraphe::workflow
