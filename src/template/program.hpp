#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "expression/statement.hpp"
#include "odf/document.hpp"
#include "template/template.hpp"

/// What compile() makes and merge() runs; private to template/.
namespace paraphe::tmpl {

/// Where an instruction stands, in words that its author understands.
struct Place {
    Location where;
    std::string context;  ///< "Article 4 — Remboursement, 2e alinéa"
    std::string quote;    ///< the tag as written
};
using PlacePtr = std::shared_ptr<const Place>;

struct Instruction;
using Instructions = std::vector<Instruction>;

/// How much a piece adds to a document: elements and texts, octets of text and attributes.
struct Extent {
    std::size_t nodes = 0;
    std::size_t octets = 0;
};

/// Shared with every merge.
struct Constant {
    odf::Node node;
    Extent extent;
};
struct Output {
    expression::Expression expression;
    PlacePtr place;
};
struct SignatureSlot {
    std::string slot;
    PlacePtr place;
};
/// An element with something variable below it.
struct Container {
    odf::ElementPtr element;  ///< name, attributes and provenance; its children are not used
    Instructions children;
    /// Of a link whose address has tags: its xlink:href in pieces (link_address.hpp); null: as it
    /// is.
    std::shared_ptr<const Instructions> address = nullptr;
};
struct ForBlock {
    expression::For statement;
    Instructions body, otherwise;
    PlacePtr place;
    bool marks = false;  ///< a copy holds names, references or numbering: mark where it begins
};
struct IfBlock {
    struct Branch {
        expression::Expression condition;  ///< empty: else
        Instructions body;
        PlacePtr place;
    };
    std::vector<Branch> branches;
};
struct SetValue {
    expression::Set statement;
    PlacePtr place;
};
struct WithBlock {
    expression::With statement;
    Instructions body;
    PlacePtr place;
};
/// A clause, compiled in place; `extra` adds names.
struct IncludeBlock {
    expression::Include statement;
    std::shared_ptr<const Instructions> body;
    PlacePtr place;
    std::string name;         ///< "clauses/rgpd"
    std::vector<Need> needs;  ///< fields that it takes from where it stands, or from `extra`
    bool marks = false;       ///< as of ForBlock
};

struct Instruction {
    std::variant<Constant, Output, SignatureSlot, Container, ForBlock, IfBlock, SetValue, WithBlock,
                 IncludeBlock>
        content;
};

/// The program of one document: what is constant as a whole stands in `base`, the four parts that
/// may hold tags are instructions for the children of their element.
struct Program {
    odf::Document base;
    Instructions meta, body, master_styles;
    bool marks = false;   ///< some copy is marked (unique_names.hpp)
    bool breaks = false;  ///< some page break was carried by a tag (page_breaks.hpp)
    std::vector<std::string> slots, clauses;
    std::vector<Source> sources;
    std::size_t constants = 0;
};

/// Error of the expression language, and French diagnostic of compile(), from one place.
Diagnostic diagnostic_at(const Place&, const std::string& code, const std::string& message,
                         const std::string& remedy = {}, Severity = Severity::error);
Diagnostic diagnostic_at(const Place&, const Error&);

/// By line and column; the template first, then its clauses in the order in which they are met.
void sort_by_place(Diagnostics&, const std::string& first_source);

}  // namespace paraphe::tmpl
