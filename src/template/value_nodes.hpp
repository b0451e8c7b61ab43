#pragma once

#include <string>
#include <vector>

#include "odf/document.hpp"

namespace paraphe::tmpl {

enum class Rendition { paragraph, plain };

/// Appends a printed value as ODF nodes. Line feeds, tabs and runs of spaces would collapse in ODF
/// (part 3 §6.1.2): elements say them. `plain` is for elements that hold nothing but characters
/// (dc:title): there they become spaces. Private to template/.
void append_text(const std::string& text, odf::ProvenancePtr provenance, Rendition,
                 std::vector<odf::Node>& out);

}  // namespace paraphe::tmpl
