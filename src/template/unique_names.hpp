#pragma once

#include "odf/document.hpp"

namespace paraphe::tmpl {

/// Gives the second and later bearers of a name that must be unique in a document (xml:id, names of
/// tables, frames, sections, bookmarks) a name of their own. What needs none is shared. Private to
/// template/.
odf::ElementPtr with_unique_names(const odf::ElementPtr&);

}  // namespace paraphe::tmpl
