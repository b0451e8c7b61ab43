#pragma once

#include "template/program.hpp"

namespace paraphe::tmpl {

/// Writes what the document is made from into its properties: "paraphe:modele", and one
/// "paraphe:clause:NAME" for each clause, each with the SHA-256 of the file. Writer shows them
/// under File > Properties > Custom. Private to template/.
void record_sources(Program&);

}  // namespace paraphe::tmpl
