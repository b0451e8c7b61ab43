#include "base/diagnostic.hpp"

#include <algorithm>

namespace paraphe {

bool has_errors(const Diagnostics& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::string to_string(const Diagnostic& d) {
    std::string out = to_string(d.where);
    if (!out.empty()) out += ": ";
    if (!d.code.empty()) out += d.code + " ";
    if (d.severity == Severity::warning) out += "(avertissement) ";
    std::string place = d.context;
    if (!d.quote.empty()) place += (place.empty() ? "« " : ", « ") + d.quote + " »";
    if (!place.empty()) out += place + " : ";
    out += d.message;
    if (!d.remedy.empty()) out += " ; " + d.remedy;
    return out;
}

}  // namespace paraphe
