#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/diagnostic.hpp"
#include "pdf/file.hpp"

/// What PDF/A-3a (ISO 19005-3:2012, level A) and PDF/UA-1 (ISO 14289-1:2014) ask of a file and a
/// program can decide, read from the finished octets: not from what the writer meant.
///
/// Decided: file and trailer, metadata, output intent, fonts and each glyph shown, each piece of
/// content and its owner in the structure tree, structure types and their nesting, tables, lists,
/// headings, notes, figures, annotations and fields, actions, associated files, transparency,
/// outline, page labels. Not decided: whether widths and outlines inside font programs and profiles
/// agree, and whether a text says what a picture shows.
///
/// Stricter than the two standards: a header cell needs Scope even where row and column tell it, an
/// alternative of blanks is none, what the information dictionary says must agree with the XMP.
namespace paraphe::pdf {

/// The findings in the order of the file's parts; empty: conforms. Texts are French. `where.part`
/// is the object ("objet 12"), `context` the page, the message ends with the clause. A rule that
/// is broken a hundred times is told some times and then counted.
Diagnostics check_conformance(const File&);

/// Reads the file first: what cannot be read as PDF, or is encrypted, is a finding as well. Throws
/// Error{malformed_input} with code "not_pdf" or "too_large".
Diagnostics check_conformance(Bytes, const std::string& source, const Limits& = {});

/// True for what the author of a document causes and no writer can mend: a picture without words,
/// a heading that skips a level, an irregular table.
bool is_of_author(std::string_view code);

}  // namespace paraphe::pdf
