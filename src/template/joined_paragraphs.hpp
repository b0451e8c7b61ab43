#pragma once

#include <utility>

#include "template/draft.hpp"

namespace paraphe::tmpl {

/// Joins the paragraphs between which a recorded change deletes the break, as Writer does when the
/// change is accepted: the second goes on in the first and takes its look; where nothing is left of
/// the first, the second stays in its own place. List items that lose their paragraph go with it,
/// a table wholly inside the deletion too; no paragraph is joined with one of another section, cell
/// or frame. Private to template/.
class JoinedParagraphs {
public:
    /// The next paragraph in document order. `end_deleted`: the break after it is.
    void add(Draft& paragraph, bool end_deleted);

    /// Around what is a text of its own: what follows is not joined with what came before; leave()
    /// gives back what a deletion still holds open, for return_to() when it lies around the whole.
    Draft* leave() { return std::exchange(open_, nullptr); }
    void return_to(Draft* open) { open_ = open; }

    /// Takes out of the tree what add() has joined to others.
    static void remove(Draft& root);

private:
    Draft* open_ = nullptr;  ///< the paragraph whose break is deleted
};

}  // namespace paraphe::tmpl
