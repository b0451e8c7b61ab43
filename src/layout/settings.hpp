#pragma once

#include "odf/document.hpp"

namespace paraphe::layout {

/// Writer's compatibility settings that change places (ODF leaves them to the application). The
/// values here are those of a document without a set of settings.
struct Settings {
    bool external_leading =
        true;                 ///< AddExternalLeading, unless UnxForceZeroExtLeading takes it back
    bool add_spacing = true;  ///< AddParaTableSpacing: spacings add up
    bool spacing_at_start = true;       ///< AddParaTableSpacingAtStart
    bool tabs_from_indent = true;       ///< TabsRelativeToIndent
    bool shrink_first_line = true;      ///< PropLineSpacingShrinksFirstLine
    bool ignore_first_indent = false;   ///< IgnoreFirstLineIndentInNumbering
    bool indent_by_text = true;         ///< AutoFirstLineIndentDisregardLineSpace
    bool spacing_in_cells = true;       ///< AddParaSpacingToTableCells
    bool boxes_outside = false;         ///< InvertBorderSpacing: of paragraphs, as in Word
    bool spacing_in_furniture = false;  ///< HeaderSpacingBelowLastPara: counts in headers too
    /// PrinterIndependentLayout: dots per inch of the device that text is measured for. Every
    /// letter is a whole number of its dots wide.
    int device = 8640;
    static Settings of(const odf::Document&);
};

}  // namespace paraphe::layout
