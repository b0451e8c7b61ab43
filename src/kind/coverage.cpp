#include "kind/coverage.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace paraphe::kind {

namespace {

/// The data as a document is filled with them: the fields, and `dossier`, and the parameters.
expression::Value values(const Kind& kind, const json::Value& sample) {
    const expression::Value dossier = kind.typed(sample);
    expression::Map out = dossier.is_map() ? dossier.map() : expression::Map();
    out.set("dossier", dossier);
    if (!kind.parameters.empty())
        out.set("parametres", kind.parameter_values(kind.parameters.back().from));
    return out;
}

/// Fills one template with every sample; `fill` takes data and trace.
template <typename Compiled, typename Fill>
void cover(const Kind& kind, const std::string& path, const Compiled& compiled, Fill fill,
           SampleCoverage& out) {
    tmpl::Trace trace;
    for (const auto& [name, sample] : kind.samples) {
        try {
            fill(values(kind, sample), trace);
        } catch (const Error& error) {
            out.refusals.push_back(
                {Severity::error, "P0503",
                 "l’exemple « " + name + " » ne remplit pas ce modèle : " + error.problem(),
                 error.where(), "", "", error.remedy()});
        }
    }
    out.documents.push_back(
        {path, tmpl::coverage(compiled, trace, kind.schema, registry(), "dossier")});
}

}  // namespace

SampleCoverage coverage(const Kind& kind) {
    SampleCoverage out;
    for (const auto& [path, bytes] : kind.files) {
        if (!path.starts_with("messages/")) continue;
        const auto compiled =
            tmpl::compile_text(bytes, kind.name + "/" + path, tmpl::mode_of(path)).result;
        if (!compiled) continue;
        cover(
            kind, path, *compiled,
            [&](const expression::Value& data, tmpl::Trace& trace) {
                tmpl::render_text(*compiled, data, registry(), {}, &trace);
            },
            out);
    }
    for (const auto& [path, compiled] : kind.templates)
        cover(
            kind, path, compiled,
            [&template_ = compiled](const expression::Value& data, tmpl::Trace& trace) {
                tmpl::merge(template_, data, registry(), {}, {}, &trace);
            },
            out);
    return out;
}

bool SampleCoverage::complete() const {
    return refusals.empty() &&
           std::all_of(documents.begin(), documents.end(),
                       [](const Document& document) { return document.coverage.complete(); });
}

Diagnostics SampleCoverage::findings() const {
    Diagnostics out = refusals;
    for (const Document& document : documents)
        out.insert(out.end(), document.coverage.gaps.begin(), document.coverage.gaps.end());
    return out;
}

}  // namespace paraphe::kind
