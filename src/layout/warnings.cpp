#include "layout/warnings.hpp"

#include <algorithm>

#include "layout/names.hpp"
#include "odf/odf.hpp"
#include "odf/whereabouts.hpp"

namespace paraphe::layout {

namespace {

/// Telling a place reads the document from its start; a document full of one construct says where
/// the first ones are.
constexpr std::size_t most_of_one_code = 50;

}  // namespace

Diagnostic* Warnings::begin(const std::string& code, const std::string& message, const void* at,
                            const odf::Provenance* from, const std::string& remedy) {
    if (!seen_.insert({at, code + message}).second) return nullptr;
    if (static_cast<std::size_t>(std::count_if(
            list_.begin(), list_.end(),
            [&](const Diagnostic& each) { return each.code == code; })) >= most_of_one_code)
        return nullptr;
    Diagnostic& out = list_.emplace_back();
    out.severity = Severity::warning;
    out.code = code;
    out.message = message;
    out.remedy = remedy;
    out.where.source = document_.source;
    if (from != nullptr) {
        if (from->source) out.where.source = *from->source;
        out.where.line = from->line;
    }
    return &out;
}

void Warnings::add(const std::string& code, const std::string& message, const odf::Element* at,
                   const std::string& remedy) {
    Diagnostic* out =
        begin(code, message, at, at != nullptr ? at->provenance.get() : nullptr, remedy);
    if (out != nullptr && at != nullptr) out->context = odf::words_of(document_, *at);
}

void Warnings::add(const std::string& code, const std::string& message, const odf::Provenance& at,
                   const std::string& remedy) {
    begin(code, message, &at, &at, remedy);
}

const odf::Element* Warnings::bookmark(std::string_view name) const {
    const odf::Element* found = nullptr;
    for (const odf::ElementPtr& part : {document_.master_styles, document_.body})
        if (part)
            odf::walk(*part, [&](const odf::Element& each) {
                if (found == nullptr && each.name == names::text_bookmark &&
                    each.attribute_or_empty(names::text_name) == name)
                    found = &each;
            });
    return found;
}

Diagnostics Warnings::take() {
    Diagnostics out;
    for (Diagnostic& each : list_)
        if (std::find(out.begin(), out.end(), each) == out.end()) out.push_back(std::move(each));
    list_.clear();
    return out;
}

}  // namespace paraphe::layout
