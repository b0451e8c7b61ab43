#pragma once

#include <initializer_list>

#include "odf/document.hpp"

/// What repetition does to names, references and numbering. Private to template/.
namespace paraphe::tmpl {

/// While a merge builds its output, copies stand between marks: the first and later copies of a
/// loop's body, and what a clause lent. settle_copies() takes the marks away.
enum class Mark { first_copy, next_copy, clause, end };
/// A shared element without meaning in ODF; compared by address.
const odf::ElementPtr& mark(Mark);
bool is_mark(const odf::Node&);

/// True when a copy of this element alone (not of its children) must be told from its original:
/// it bears a name or identifier that must be unique, refers to one, or takes part in numbering.
bool needs_settling(const odf::Element&);
/// True for the start or end of a bookmark, reference mark or index mark over a passage.
bool is_range_edge(const odf::Element&);

/// Brings the parts of one merged document in order, in this order of names:
/// – the first bearer of a name keeps it, each later one gets "name_2", … (xml:id, text:id,
/// form:id,
///   draw:id, names of tables, shapes, sections, indexes, bookmarks, reference marks, sequences,
///   annotations; a start and its end alike); a generated name never meets one of the author's;
/// – a reference inside a copy (bookmark-ref, reference-ref, note-ref, sequence-ref, links to "#…",
///   connectors, formulas naming a table) means what bears the name in the innermost copy around it
///   that has one; outside of all copies the first;
/// – a shape in a copy shows a form control of its own (form_controls.hpp);
/// – a start or end that lost its partner is no range any more: it becomes a point, or goes;
/// – a list that continues another continues the latest copy of it; a block that holds one list and
///   nothing else counts on from copy to copy; what restarts numbering directly at the level of
///   the copies restarts it in the first copy only.
/// What needs no change is shared. Linear in the size of the parts.
void settle_copies(std::initializer_list<odf::ElementPtr*> parts);

}  // namespace paraphe::tmpl
