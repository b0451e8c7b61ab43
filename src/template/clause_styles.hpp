#pragma once

#include <string>
#include <vector>

#include "odf/document.hpp"

namespace paraphe::tmpl {

struct Imported {
    odf::ElementPtr text;                 ///< the clause's office:text, references changed
    std::vector<odf::ElementPtr> pages;   ///< master pages to add; their headers may hold tags
    std::vector<odf::ElementPtr> styles;  ///< what came along: it may show pictures
};

/// Brings the styles that a clause uses into the document that includes it, with what they use in
/// turn (parents, list, number and drawing styles, fonts, page styles): same name and same look are
/// shared, a new name comes along, same name with another look comes under another name. Default
/// styles, outline numbering and notes' configuration are those of the document.
Imported import_styles(const odf::Document& clause, odf::Document& into,
                       const std::string& clause_name);

/// Adds master pages to `into`; gives an office:master-styles with these alone.
odf::ElementPtr add_master_pages(const std::vector<odf::ElementPtr>& pages, odf::Document& into);

}  // namespace paraphe::tmpl
