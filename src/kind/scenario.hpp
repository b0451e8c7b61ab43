#pragma once

#include <string>
#include <vector>

#include "kind/kind.hpp"
#include "workflow/runner.hpp"

namespace paraphe::kind {

/// The verdict on one scenario.
struct Played {
    bool passed = false;
    std::vector<std::string> problems;  ///< French: what a `then` expected and what was
    std::vector<workflow::TraceLine> trace;
};

/// Plays a scenario of the kind on a virtual clock (Europe/Paris). The file:
///     {"given": {"sample": "case-1", "on": "2026-01-05", "data": {…}},
///      "steps": [{"when": "submit", "by": "referent:noemie", "data": {…}},
///                {"dossier": {…}}, {"when": "rendered.contrat"}, {"advance": "P18M"}, {"until":
///                "2027-01-31"},
///                {"then": {"active": ["review"], "effects": ["render contrat with …"],
///                          "refused": "…", "permitted": {"referent": ["edit"]},
///                          "deadlines": {"deadline.end": "2027-01-30"}}}]}
/// `data` of given and `dossier` of a step (a new revision) replace members of the sample. A `then`
/// speaks of what happened since the one before; of `effects` each named one must be among them;
/// "refused" quotes a part of the reason, and without it
/// nothing was refused. Throws Error{not_found} for an unknown scenario or
/// sample, Error{malformed_input} for a bad file.
Played play(const Kind&, const std::string& scenario);

}  // namespace paraphe::kind
