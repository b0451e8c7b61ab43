#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "base/diagnostic.hpp"
#include "odf/document.hpp"
#include "template/template.hpp"

/// From findings back to the words of the document. Private to template/.
namespace paraphe::tmpl {

/// A paragraph is a row of units: each text that stands in it or in its spans, and each other
/// element (field, note, frame) as a whole. A place in it is a unit and an offset in octets; units
/// that are no text have the offsets 0 (before) and 1 (behind).
struct Point {
    std::size_t unit = 0;
    std::size_t offset = 0;
    auto operator<=>(const Point&) const = default;
};

struct Anchor {
    const odf::Element* paragraph = nullptr;  ///< of the document that was given
    Point begin, end;                         ///< equal: a place without width
    std::vector<const Diagnostic*> findings;
};

enum class Reach {
    everywhere,
    commentable  ///< where Writer has comments: body, tables, frames
};

/// The findings by place, in the order of the document; empty only when there are none, or when the
/// document has no paragraph.
std::vector<Anchor> anchors(const odf::Document&, const Diagnostics&, const Loader&, Reach);

/// True when the units of a paragraph go on inside the element: spans, links.
bool is_transparent(odf::Name);

}  // namespace paraphe::tmpl
