#pragma once

#include <vector>

#include "expression/check.hpp"
#include "template/program.hpp"

/// The fields that a clause takes from where it is included. Private to template/.
namespace paraphe::tmpl {

/// Free names with their paths in the order in which they are first used; what loops, set and with
/// bind is followed to the data that it comes from. What stands behind `x is defined` is no need.
std::vector<Need> needs_of(const Instructions&);

/// The fields that the clause declares in its property "champs" ("beneficiaire.nom, date_debut").
/// Faults (P0211 a declaration that cannot be read, P0212 a used field that it leaves out) go to
/// `diagnostics`; `used` comes back with the declared ones added. Nothing declared: nothing
/// changes.
void add_declared(const odf::Document& clause, const std::string& name, std::vector<Need>& used,
                  Diagnostics& diagnostics);

/// P0210, at the include, for each needed field that is not known there. To be called in the
/// include's own frame, after the names of `with` are declared (`extra`: their type, null for
/// none); each missing field is then declared as anything, so that the clause's own tags are not
/// reported as well.
Diagnostics missing_needs(const IncludeBlock&, expression::TypeEnvironment&,
                          const expression::Type* extra);

}  // namespace paraphe::tmpl
