#pragma once

#include <string>
#include <vector>

#include "kind/kind.hpp"
#include "template/coverage.hpp"

namespace paraphe::kind {

/// What the samples of a kind reach of its templates: a gate before it is published.
struct SampleCoverage {
    struct Document {
        std::string path;  ///< "templates/contrat.fodt"
        tmpl::Coverage coverage;
    };
    std::vector<Document> documents;  ///< by path; templates with mistakes are left out, see check
    /// Errors P0503: a sample that a template refuses.
    Diagnostics refusals;

    bool complete() const;
    /// Refusals, then the gaps of each document.
    Diagnostics findings() const;
};

/// Fills every template with every sample.
SampleCoverage coverage(const Kind&);

}  // namespace paraphe::kind
