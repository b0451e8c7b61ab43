#pragma once

#include "odf/document.hpp"
#include "template/template.hpp"

namespace paraphe::tmpl {

/// The document before any data: every branch of every condition, every loop once, the clauses in
/// their places, tags of values as the author wrote them, signature slots as after merge(). Shares
/// constant pieces with the template; provenances are those of the author's files. What is wrong in
/// it is wrong whatever the data.
odf::Document specimen(const Template&);

}  // namespace paraphe::tmpl
