#pragma once

#include <string>

#include "layout/pages.hpp"
#include "layout/shaping_cache.hpp"
#include "odf/document.hpp"
#include "text/font_map.hpp"

/// Layout. In: an OpenDocument text document and the fonts. Out: Pages, everything placed, nothing
/// drawn. The meaning is that of ODF 1.3 part 3; where it leaves the setting open, lines and pages
/// fall where Writer 7.4 puts them.
namespace paraphe::layout {

struct Options {
    std::string created;   ///< RFC 3339, of the clock that the caller passes in; may be empty
    std::string producer;  ///< name and version of this program
    /// Folder of hyphenation patterns (hyph_fr.dic); empty: no word is divided.
    std::string hyphenation_folder = "/usr/share/hyphen";
    std::string zone = "Europe/Paris";  ///< whose clocks text:date and text:time show
    /// What the documents before this one have left; borrowed, made for the same fonts, else
    /// Error{internal}. nullptr: nothing is kept.
    ShapingCache* shaped = nullptr;
};

/// Throws Error{malformed_input} when the document cannot be set (no body, a character that no font
/// has), Error{not_found} and Error{conflict} for fonts that are missing or not those of the map.
/// What had to be approximated stands in Pages::warnings, in French.
Pages layout(const odf::Document&, const text::FontMap&, const Options&);

/// The text form that golden documents use:
///   page 1  210×297 mm
///     paragraph  25.00,30.00  160.00×10.20  "Body"
///       line  25.00,30.00  baseline 34.10  "The lessor lets to the lessee"
std::string dump(const Pages&);

}  // namespace paraphe::layout
