#pragma once

#include <set>
#include <string>
#include <vector>

#include "odf/document.hpp"
#include "template/program.hpp"

/// What a clause brings besides its text and styles. Private to template/.
namespace paraphe::tmpl {

/// Adds the clause's pictures, objects and embedded fonts to the package of the document that
/// includes it: a part with the same octets is shared, a path that means other octets there gets a
/// name of its own. Gives the clause with its references changed accordingly.
odf::Document import_parts(odf::Document clause, odf::Document& into,
                           const std::string& clause_name);

/// The office:text of the document or of a clause, with the forms and controls of its office:forms
/// under names and identifiers that no text before has; `taken` gathers them. Writer calls the
/// first form of each file "Form" and its first control "control1".
odf::ElementPtr with_own_forms(const odf::ElementPtr& text, std::set<std::string>& taken);

/// Takes what must stand at the head of a text (declarations of variables, sequences and user
/// fields, forms) out of a clause's office:text and adds it to `declarations`.
odf::ElementPtr without_declarations(const odf::ElementPtr& text,
                                     std::vector<odf::ElementPtr>& declarations);
/// Adds them at the head of the program's office:text; what is declared there already is left out.
void add_declarations(const std::vector<odf::ElementPtr>& declarations, Instructions& body);

}  // namespace paraphe::tmpl
