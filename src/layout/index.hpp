#pragma once

#include <vector>

#include "layout/fields.hpp"
#include "layout/style.hpp"

/// Tables of contents, made anew from the headings that the document has. Private to layout/.
namespace paraphe::layout {

struct IndexEntry {
    odf::ElementPtr paragraph;  ///< a text:p with its link, number, text, tab and page
    std::vector<TabStop> tabs;  ///< instead of those of its style; a right one at the margin
    std::string target;         ///< the heading as a link of Writer names it: "2.1.Objet|outline"
};

/// Is it an element that lists parts of the document: contents, tables, words?
bool is_index(odf::Name);

/// Does it list headings by their levels and nothing else (ODF 1.3 part 3 §8.3)? Others stay as
/// Writer saved them.
bool lists_headings(const odf::Element& table_of_content);

/// One entry for each heading that the table takes up, by the template of its level (§8.12). The
/// pages are those of the pass before.
std::vector<IndexEntry> index_entries(const odf::Element& table_of_content, const Learnt&);

/// The entry for an editable document: its link leads to the heading itself, and its style is the
/// one that Writer gave the saved entries of this level (with the stops that fit the margins), else
/// that of the level.
odf::ElementPtr editable_entry(const IndexEntry&, const odf::Element& table_of_content,
                               const odf::Document&);

}  // namespace paraphe::layout
