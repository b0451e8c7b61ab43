#pragma once

#include <functional>
#include <vector>

#include "odf/document.hpp"

/// Change marks in paragraphs (ODF 1.3 part 3 §5.5.7). Private to redline/.
namespace paraphe::redline {

/// Something to be put at an octet offset of a paragraph's text (Paragraph::text).
struct Mark {
    std::size_t at;
    odf::Node node;
};

/// A copy of the paragraph with the marks, those of one offset in their order. What it holds
/// besides text (notes, frames) goes through `rebuild`. Fields that carry text and would hold a
/// mark, which ODF does not allow, become that text.
odf::ElementPtr with_marks(const odf::Element& paragraph, std::vector<Mark>,
                           const std::function<odf::ElementPtr(const odf::ElementPtr&)>& rebuild);

/// Without the tracked changes of the document itself: all accepted. Itself when it has none.
odf::ElementPtr accepted(const odf::ElementPtr&);

}  // namespace paraphe::redline
