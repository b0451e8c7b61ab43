#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "odf/document.hpp"
#include "redline/story.hpp"

/// Pieces of the older document inside the newer one. Private to redline/.
namespace paraphe::redline {

/// Copies content of `before`, and brings the styles that it needs into `into`: a named style that
/// is missing comes under its name, an automatic one under a new one ("ancien_P1").
class OldContent {
public:
    /// Both are borrowed. `into` is changed by each call.
    OldContent(const odf::Document& before, odf::Document& into);

    /// The characters [begin, end) of a paragraph as paragraph content: spans, notes and fields
    /// come along, marks and frames do not (`lost_frames`).
    std::vector<odf::Node> slice(const Paragraph&, std::size_t begin, std::size_t end,
                                 bool furniture);
    /// An empty copy of the paragraph's element.
    odf::ElementPtr shell(const odf::ElementPtr& paragraph, std::vector<odf::Node> children,
                          bool furniture);
    /// Paragraphs inside copies of the lists around them, for a text:deletion.
    std::vector<odf::Node> paragraphs(const std::vector<const Block*>& blocks, bool furniture);
    /// Name and attributes of a list, table, row or cell, with references to what was brought.
    odf::ElementPtr element(const odf::Element&, std::vector<odf::Node> children, bool furniture);

    /// The name of a style for rows that come and go with their text, else like the row style
    /// `base` of the newer document (empty: none), which it is given: loext:text-changes-only is
    /// "false", what LibreOffice 7.4 writes for a row that was added or removed.
    std::string tracked_row_style(const std::string& base, bool furniture);

    bool lost_frames = false;

private:
    class Slicer;
    std::string style(std::string_view family, const std::string& name, bool furniture);
    void add(const odf::ElementPtr& style, bool common, bool furniture);
    odf::ElementPtr prepared(const odf::Element& style, const std::string& name, bool furniture);
    void font(const std::string& name);

    using Index = std::map<std::pair<std::string, std::string>, odf::ElementPtr>;
    static void index(const odf::ElementPtr& list, Index& into);

    const odf::Document& before_;
    odf::Document& into_;
    Index common_, automatic_, furniture_, present_;
    std::set<std::string> taken_, fonts_;
    std::map<std::pair<std::string, bool>, std::string> row_styles_;  ///< by base and furniture
    std::map<std::string, std::string> names_;  ///< family|name|furniture → name in the newer one
};

}  // namespace paraphe::redline
