#pragma once

#include <string>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "odf/document.hpp"
#include "template/template.hpp"

/// Writes what check() found into a copy of the author's document, where the author will read it.
/// A finding comes to the tag that it quotes, found again by line, column and quotation; one of a
/// clause to the tag that includes the clause; one of no place to the first paragraph.
namespace paraphe::tmpl {

/// As comments of Writer (office:annotation, ODF 1.3 part 3 §14.1), one for each place, by
/// "paraphe"; those of an earlier run go. Writer has no comments in headers, footers and notes:
/// theirs stand at the first paragraph, or at the note. Nothing else changes; the same findings and
/// instant give the same document, also from an annotated one.
odf::Document with_comments(const odf::Document&, const Diagnostics&, const Loader&, Instant);

/// The document without the comments of an earlier run.
odf::Document without_comments(const odf::Document&);

/// For printing: each place coloured and numbered, the findings listed by number on pages of their
/// own at the end.
odf::Document with_marks(const odf::Document&, const Diagnostics&, const Loader&,
                         const std::string& title);

}  // namespace paraphe::tmpl
