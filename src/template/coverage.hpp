#pragma once

#include <cstddef>
#include <string>

#include "base/diagnostic.hpp"
#include "expression/registry.hpp"
#include "json/schema.hpp"
#include "template/template.hpp"
#include "template/trace.hpp"

namespace paraphe::tmpl {

/// What a set of samples reaches of a template, of a document or of text. A branch is each if, elif
/// and else, also the else that is not written; a loop has three cases: no turn, one, many; a
/// clause is an include. Blocks of a clause that is included twice count once. What the schema
/// rules out (a list of at least one item that is empty, a required field that is absent) need not
/// be reached and is not counted.
struct Coverage {
    struct Total {
        std::size_t reached = 0, all = 0;
    };
    Total branches, loops, clauses;
    /// Warnings P0500 (branch), P0501 (loop) and P0502 (clause), French, in reading order, each
    /// with the sample to add. What stands inside a branch that nothing reaches is counted, but not
    /// told apart.
    Diagnostics gaps;

    bool complete() const { return gaps.empty(); }
};

/// `whole`: a name under which the data as a whole stand beside their fields ("dossier").
Coverage coverage(const Template&, const Trace&, const json::Schema& data,
                  const expression::Registry&, const std::string& whole = {});
Coverage coverage(const TextTemplate&, const Trace&, const json::Schema& data,
                  const expression::Registry&, const std::string& whole = {});

/// "branches 14/16, boucles 5/6 cas, clauses 3/3"
std::string to_string(const Coverage&);

}  // namespace paraphe::tmpl
