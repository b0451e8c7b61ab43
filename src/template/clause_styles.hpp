#pragma once

#include <string>

#include "odf/document.hpp"

namespace paraphe::tmpl {

/// Brings the styles of a clause into the document that includes it: same name and same look are
/// shared, a new name comes along, same name with another look comes under another name. Gives the
/// clause's office:text with its references changed accordingly.
odf::ElementPtr import_styles(const odf::Document& clause, odf::Document& into,
                              const std::string& clause_name);

}  // namespace paraphe::tmpl
