#pragma once

#include <string>
#include <vector>

#include "kind/kind.hpp"
#include "template/coverage.hpp"

namespace paraphe::kind {

/// What the samples of a kind reach of its documents and messages: a gate before it is published.
struct SampleCoverage {
    struct Document {
        std::string path;  ///< "templates/contrat.fodt", "messages/fin.txt"
        tmpl::Coverage coverage;
    };
    /// Messages, then templates, by path; those with mistakes are left out, see check.
    std::vector<Document> documents;
    /// Errors P0503: a sample that a template refuses.
    Diagnostics refusals;

    bool complete() const;
    /// Refusals, then the gaps of each document.
    Diagnostics findings() const;
};

/// Fills every message and template with every sample.
SampleCoverage coverage(const Kind&);

}  // namespace paraphe::kind
