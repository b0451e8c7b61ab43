#pragma once

#include <functional>
#include <set>
#include <string>

#include "template/draft.hpp"

namespace paraphe::tmpl {

/// Notes, frames and annotations inside a paragraph have a text of their own.
bool starts_own_text(odf::Name);

/// What a part of the document says about the texts in it; kept from paragraph to paragraph.
struct Surroundings {
    std::set<std::string, std::less<>> deletions;  ///< change ids of recorded deletions
    std::set<std::string, std::less<>> open_deletions;
    int insertions = 0;  ///< open ones
    /// Automatic styles of text that change nothing that a reader sees (rsid, language).
    std::set<std::string, std::less<>> plain_styles;
};

/// A recorded change begins or ends at this element, if it is a text:change-start or -end.
void note_change(Surroundings&, const odf::Element&);

/// Reads the paragraph as its reader does (spans, fields, tabs and breaks as characters), finds the
/// tags in that text, and turns each into one leaf; characters of a tag disappear from the nodes
/// that held them, spans that held nothing else too. What is deleted in a recorded change is not
/// in that text; where it holds braces it disappears, so that no tag is left in the document.
void find_tags(Draft& paragraph, Surroundings&, const std::string& context, Diagnostics&);

}  // namespace paraphe::tmpl
