#pragma once

#include <map>
#include <string>

#include "base/diagnostic.hpp"
#include "odf/document.hpp"
#include "template/template.hpp"

/// What readers of the document would stumble over, known before any data: headings, pictures,
/// tables, links, language, signature slots. No expression is looked at (template/check.cpp).
/// Codes: P0230 heading that skips a level, P0231 first heading, P0232 empty heading, P0233
/// paragraph that only looks like a heading, P0234 article numbered by hand, P0235 numbers by hand
/// that do not follow, P0237 table without header row, P0238 language, P0239 title, P0240 link,
/// P0241 empty paragraphs, P0242 spaces and tabs, P0243 and P0244 slot and workflow at odds, P0245
/// date that moves, P0205 slot twice, P0416 picture without alternative text (as layout says it).
namespace paraphe::tmpl {

/// Of the template with its clauses in their places. Headings and numbers are followed through
/// every way that conditions and loops may take. Sorted by place.
Diagnostics check_document(const Template&);

/// Of a document as it stands, tags taken as text: when its blocks could not be placed.
Diagnostics check_document(const odf::Document&);

/// How the workflow asks for a signature.
enum class Asking {
    always,     ///< whenever the document is to be signed
    sometimes,  ///< under a condition of its own
    unknown     ///< it depends on the way that the dossier takes
};

/// Slots that are there when nobody is asked to sign, or the other way round: `asked` by slot.
/// Slots that it does not name are not looked at.
Diagnostics check_slots(const Template&, const std::map<std::string, Asking>& asked);

/// check() of template.hpp and check_document() in one run. Sorted by place.
Diagnostics check_all(const odf::Document&, const Loader&, const expression::Type& data,
                      const expression::Registry&,
                      const std::optional<std::set<std::string>>& slots = std::nullopt);

}  // namespace paraphe::tmpl
