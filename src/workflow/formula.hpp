#pragma once

#include <optional>
#include <string>

#include "expression/expression.hpp"
#include "workflow/definition.hpp"

/// Private to workflow/: how a formula of the document meets the expression language.
namespace paraphe::workflow {

struct Compiled {
    expression::Expression expression;
    bool reads_event = false;  ///< names _event
};

/// Throws Error{malformed_input} with the line of the document.
Formula compile(const std::string& text, const Location& where);

inline const expression::Expression& expression_of(const Formula& formula) {
    return formula.compiled->expression;
}

/// The functions of guards and dates: everything of rules/, and In, entree, aujourdhui, ont_signe,
/// est_rendu and the test `complet`, whose answers the step provides.
const expression::Registry& registry();

/// A name that <foreach> may give to its item, and <data> to itself.
bool is_variable_name(std::string_view);

}  // namespace paraphe::workflow
