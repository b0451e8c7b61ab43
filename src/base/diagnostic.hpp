#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace paraphe {

enum class Severity { warning, error };

/// One mistake of an author (of a template, a workflow, data), with all that is needed to mend it.
/// A list of them is a verdict, not a failure: checkers return all that they find.
/// For authors of templates and kinds the texts are French.
struct Diagnostic {
    Severity severity = Severity::error;
    std::string code;     ///< stable, "P0123"
    std::string message;  ///< one sentence
    Location where;
    std::string
        context;  ///< the place in the reader's words: "Article 4 — Remboursement, 2e alinéa"
    std::string quote;   ///< the text around the mistake, as written
    std::string remedy;  ///< what to do, empty if nothing helps

    bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// True if at least one is an error.
bool has_errors(const Diagnostics&);

/// "file:line:col: context, « quote » : message ; remedy", one line, for stderr.
std::string to_string(const Diagnostic&);

}  // namespace paraphe
