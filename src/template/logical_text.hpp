#pragma once

#include "template/draft.hpp"

namespace paraphe::tmpl {

/// Notes, frames and annotations inside a paragraph have a text of their own.
bool starts_own_text(odf::Name);

/// Reads the paragraph as its reader does (spans, fields, tabs and breaks as characters), finds the
/// tags in that text, and turns each into one leaf; characters of a tag disappear from the nodes
/// that held them, spans that held nothing else too.
void find_tags(Draft& paragraph, const std::string& context, Diagnostics&);

}  // namespace paraphe::tmpl
