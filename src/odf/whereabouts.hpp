#pragma once

#include <string>

#include "odf/document.hpp"

/// Places of a document in its reader's words, for messages.
namespace paraphe::odf {

/// What stands around the number of a heading of the first level ("Article ", " — "), as
/// text:outline-style gives it; not numbered: both are empty.
struct HeadingNumbers {
    bool numbered = false;
    std::string prefix, suffix;
};
HeadingNumbers heading_numbers(const Document&);

/// "1er alinéa", "2e alinéa", …
std::string paragraph_words(int number);

/// Knows where we are while a document is read from its start.
class Whereabouts {
public:
    explicit Whereabouts(const Document& document);
    /// To be called for each element in document order, before its content.
    void enter(const Element&);
    void in_part(std::string part) { part_ = std::move(part); }  ///< "en-tête", "pied de page"
    /// "Article 4 — Remboursement, 2e alinéa"
    std::string words() const;

private:
    HeadingNumbers numbers_;
    int article_ = 0;
    std::string heading_, table_, part_;
    int paragraph_ = 0;
};

/// Where an element of this document stands (the very element, by its address): as Whereabouts in
/// the body, "en-tête" or "pied de page" in a page style, "style « Titre 1 »" in a style, the first
/// paragraph that uses it for an automatic style. Empty when it is none of the document's. Reads
/// the document from its start: for the few places of which something must be said.
std::string words_of(const Document&, const Element&);

}  // namespace paraphe::odf
