#pragma once

#include "odf/document.hpp"

/// What a file leaves unsaid about kerning. Private to odf/.
namespace paraphe::odf {

/// The office:styles to write beside `document` when its form changes, from flat to package or
/// back. Measured in Writer 7.4: where the default style of paragraphs has no style:letter-kerning
/// (ODF 1.3 part 3 §20.289), a flat file is kerned and a package is not; so that the lines stay,
/// the other form says what the first one meant.
ElementPtr styles_with_kerning_said(const Document& document);

}  // namespace paraphe::odf
