#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "expression/statement.hpp"
#include "odf/document.hpp"
#include "odf/whereabouts.hpp"
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
    std::shared_ptr<const Instructions> address;  ///< Kind::element: as of Container
    bool lost_text = false;                       ///< a tag was cut out of this element
    bool joined = false;  ///< goes: it went into another paragraph or was deleted

    // Kind::tag
    expression::TagKind tag = expression::TagKind::output;
    std::optional<expression::Statement> statement;
    expression::Expression output;
    PlacePtr place;
    /// The paragraph, list item, list or row that held nothing but tags and went with this one, the
    /// first of them: a page break that it carried, or a row of a table's geometry, is not lost.
    odf::ElementPtr carrier;

    static DraftPtr of_text(odf::Text);
    static DraftPtr of_constant(odf::ElementPtr);
    bool is_statement() const { return kind == Kind::tag && statement.has_value(); }
};

using odf::Whereabouts;

/// Turns an element into a draft: tags found in the logical text of each paragraph, block tags that
/// are alone lifted out of their paragraph, list item or row. Adds what is wrong to `diagnostics`.
/// `styles`: the document's office:automatic-styles, to tell what a span changes; may be null.
DraftPtr draft(const odf::ElementPtr&, Whereabouts&, Diagnostics& diagnostics,
               const odf::ElementPtr& styles = nullptr);

/// True when the subtree has a character that could belong to a tag.
bool may_hold_tags(const odf::Element&);

}  // namespace paraphe::tmpl
