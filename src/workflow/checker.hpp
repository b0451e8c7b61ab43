#pragma once

#include "base/diagnostic.hpp"
#include "expression/type.hpp"
#include "workflow/definition.hpp"

namespace paraphe::workflow {

/// What a kind tells the checker; nothing is known without it.
struct CheckContext {
    expression::Type dossier = expression::Type::any();  ///< from the schema
    expression::Type parameters = expression::Type::any();
};

/// All findings of a workflow that could be read, in French, in document order. Codes:
/// W0001 state that nothing enters · W0002 unknown name, field, function or type in an expression ·
/// W0003 what people do without a label · W0004 p:not-by names an event that nobody triggers ·
/// W0005 p:form, p:else or p:not-by without p:by · W0006 system event that people may trigger ·
/// W0007 unknown state in In() · W0008 transition that an earlier one always hides · W0009 deadline
/// whose event nothing handles · W0010 signature request whose answer nothing handles · W0011 guard
/// on done.state.* without fallback · W0012 assignment to an undeclared variable · W0013 no end
/// can be reached · W0014 transition that leaves and re-enters a whole parallel unawares.
Diagnostics check(const Definition&, const CheckContext& = {});

}  // namespace paraphe::workflow
