#pragma once

#include <string>
#include <vector>

#include "odf/document.hpp"
#include "template/program.hpp"

namespace paraphe::tmpl {

/// May the text of the clause `name` stand where its include does, inside `parents` (outermost
/// first)? If not, P0213 tells why, at `place`. Private to template/.
bool clause_fits(const odf::Element& text, const std::string& name, const Place& place,
                 const std::vector<odf::Name>& parents, Diagnostics&);

}  // namespace paraphe::tmpl
