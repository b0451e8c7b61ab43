#pragma once

#include <string_view>

#include "layout/style.hpp"
#include "odf/document.hpp"

/// Values of formatting properties that several families of styles share (ODF 1.3 part 3 §20).
/// Private to layout/.
namespace paraphe::layout {

/// "true" and "always", for fo:keep-together and its like.
bool flag(std::string_view value);

/// fo:break-before and fo:break-after.
Break parse_break(std::string_view value);

/// The first child of that name; nullptr when there is none.
const odf::Element* child_of(const odf::Element& element, odf::Name name);

/// fo:margin, then the sides' own; a length that cannot be read is none.
struct Margins {
    Length& left;
    Length& right;
    Length& top;
    Length& bottom;
};
void apply_margins(Margins, const odf::Element& properties);

/// Applies fo:border*, fo:padding*, fo:background-color and style:shadow.
void apply_box(BoxStyle&, const odf::Element& properties);

}  // namespace paraphe::layout
