#pragma once

#include "expression/registry.hpp"

namespace paraphe::rules {

/// Adds the functions of this folder, with types and French documentation: terme, delai_legal,
/// echeance_avant, ferie, ouvre, jour_ouvre_suivant, jour_ouvre_precedent, serie, paques,
/// plafond_participation_annuel, plafond_participation_mensuel, plafond_participation_explique.
void add_functions(expression::Registry&);

/// The standard functions and those of this folder. Made once, shared.
const expression::Registry& registry();

}  // namespace paraphe::rules
