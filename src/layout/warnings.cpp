#include "layout/warnings.hpp"

namespace paraphe::layout {

void Warnings::add(const std::string& code, const std::string& message,
                   const odf::Provenance* where, const std::string& remedy) {
    if (!seen_.insert(code + message).second) return;
    Diagnostic out;
    out.severity = Severity::warning;
    out.code = code;
    out.message = message;
    out.where.source = where != nullptr && where->source ? *where->source : source_;
    out.where.line = where != nullptr ? where->line : 0;
    out.remedy = remedy;
    list_.push_back(std::move(out));
}

}  // namespace paraphe::layout
