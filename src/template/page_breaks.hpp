#pragma once

#include "odf/document.hpp"

/// Page breaks of paragraphs that held nothing but tags and went with them. Private to template/.
namespace paraphe::tmpl {

/// A mark that carries the break which the carrier's first paragraph asks for by its style
/// (fo:break-before, fo:break-after, style:master-page-name, through its parents); null when it
/// asks for none. `document` gives the styles.
odf::ElementPtr break_of(const odf::Element& carrier, const odf::Document& document);
/// Ends what a block with a break began: when the block printed nothing, its break goes too.
const odf::ElementPtr& end_of_break();
bool is_break(const odf::Node&);

/// Gives each break to the first paragraph or table after its mark, by an automatic style of its
/// own, and takes the marks out of the body.
void settle_breaks(odf::Document&);

}  // namespace paraphe::tmpl
