#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "expression/statement.hpp"
#include "odf/document.hpp"
#include "template/program.hpp"

/// The author's document while it is being compiled: a tree in which every tag has become one leaf.
/// What holds no tag stays the author's own element, untouched. Private to template/.
namespace paraphe::tmpl {

struct Draft;
using DraftPtr = std::unique_ptr<Draft>;

struct Draft {
    enum class Kind { text, constant, element, tag } kind = Kind::text;

    odf::Text text;                  ///< Kind::text
    odf::ElementPtr element;         ///< constant: as it is; element: name and attributes
    std::vector<DraftPtr> children;  ///< Kind::element
    bool lost_text = false;          ///< a tag was cut out of this element

    // Kind::tag
    expression::TagKind tag = expression::TagKind::output;
    std::optional<expression::Statement> statement;
    expression::Expression output;
    PlacePtr place;

    static DraftPtr of_text(odf::Text);
    static DraftPtr of_constant(odf::ElementPtr);
    bool is_statement() const { return kind == Kind::tag && statement.has_value(); }
};

/// Knows where we are in the document, in the reader's words.
class Whereabouts {
public:
    explicit Whereabouts(const odf::Document& document);
    /// To be called for each element in document order, before its content.
    void enter(const odf::Element&);
    void in_part(std::string part) { part_ = std::move(part); }  ///< "en-tête", "pied de page"
    /// "Article 4 — Remboursement, 2e alinéa"
    std::string words() const;

private:
    std::string prefix_, suffix_;  ///< of the first outline level
    int article_ = 0;
    std::string heading_, table_, part_;
    int paragraph_ = 0;
};

/// Turns an element into a draft: tags found in the logical text of each paragraph, block tags that
/// are alone lifted out of their paragraph, list item or row. Adds what is wrong to `diagnostics`.
DraftPtr draft(const odf::ElementPtr&, Whereabouts&, Diagnostics& diagnostics);

/// True when the subtree has a character that could belong to a tag.
bool may_hold_tags(const odf::Element&);

}  // namespace paraphe::tmpl
