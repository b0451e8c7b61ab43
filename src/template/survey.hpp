#pragma once

#include "odf/document.hpp"
#include "template/program.hpp"

namespace paraphe::tmpl {

/// What a constant piece adds to a document, and whether copies of it must be told apart.
struct Survey {
    Extent extent;
    bool names = false;      ///< bears a name, or refers to one
    bool numbering = false;  ///< is a list, or restarts numbering
    bool edges = false;      ///< start or end of a range
};

/// Adds the element with all that it holds. Private to template/.
void survey(const odf::Element&, Survey& into);

}  // namespace paraphe::tmpl
