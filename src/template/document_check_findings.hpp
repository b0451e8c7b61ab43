#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "odf/document.hpp"
#include "odf/whereabouts.hpp"
#include "template/program.hpp"

/// What both halves of the document check share. Private to template/.
namespace paraphe::tmpl {

/// A warning about an element, at its place.
Diagnostic warning_about(const odf::Element&, const odf::Whereabouts&, std::string code,
                         std::string message, std::string remedy, std::string_view quote = {});

/// White space joined and trimmed; the first 60 characters, with an ellipsis when more follow.
std::string shortened(std::string_view);

/// The number that an author typed at the head of a paragraph: "Article 4 — Durée" → 4, also
/// "ARTICLE IV." and "Article premier"; 0 when there is none. A sentence that speaks of an article
/// ("Article 4 de la loi") is none.
int typed_article(std::string_view text);

/// Empty headings, levels, numbers typed by hand and tables whose rows repeat, followed through the
/// instructions of a body.
void check_paths(const odf::Document& base, const Instructions& body, Diagnostics&);
/// Signature slots that come twice in one way through the document.
void check_doubled_slots(const Program&, Diagnostics&);

}  // namespace paraphe::tmpl
