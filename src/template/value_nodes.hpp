#pragma once

#include <string>
#include <vector>

#include "odf/document.hpp"

namespace paraphe::tmpl {

/// Where a value is printed: in a paragraph; in one whose numbers stand at a decimal tab stop,
/// where Writer takes the narrow space of « 1 234,50 » for the end of the number and U+00A0 serves;
/// in an element that holds nothing but characters (dc:title); or in the title or description of a
/// drawing object, where a picture replaces its own.
enum class Rendition { paragraph, aligned, plain, alternative };

/// Elements may stand between the characters.
bool is_rich(Rendition);

/// Of the text inside an element of that name; `outer` for those that do not say.
Rendition rendition_in(odf::Name, Rendition outer);

/// Appends a printed value as ODF nodes. Line feeds, tabs and runs of spaces would collapse in ODF
/// (part 3 §6.1.2): elements say them. In the others they become spaces. Private to template/.
void append_text(const std::string& text, odf::ProvenancePtr provenance, Rendition,
                 std::vector<odf::Node>& out);

}  // namespace paraphe::tmpl
