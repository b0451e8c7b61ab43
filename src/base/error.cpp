#include "base/error.hpp"

#include <utility>

namespace paraphe {

std::string to_string(const Location& where) {
    std::string out = where.source;
    if (!where.part.empty()) out += (out.empty() ? "" : ":") + where.part;
    if (where.line > 0) {
        out += (out.empty() ? "" : ":") + std::to_string(where.line);
        if (where.column > 0) out += ":" + std::to_string(where.column);
    }
    return out;
}

std::string message(const Location& where, const std::string& problem, const std::string& remedy) {
    std::string out = to_string(where);
    if (!out.empty()) out += ": ";
    out += problem;
    if (!remedy.empty()) out += "; " + remedy;
    return out;
}

std::string to_string(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::malformed_input:
            return "malformed_input";
        case ErrorKind::not_found:
            return "not_found";
        case ErrorKind::forbidden:
            return "forbidden";
        case ErrorKind::conflict:
            return "conflict";
        case ErrorKind::unavailable:
            return "unavailable";
        case ErrorKind::internal:
            return "internal";
    }
    return "internal";
}

Error::Error(ErrorKind kind, const std::string& problem, Location where, std::string remedy,
             std::string code)
    : std::runtime_error(message(where, problem, remedy)),
      kind_(kind),
      problem_(problem),
      where_(std::move(where)),
      remedy_(std::move(remedy)),
      code_(code.empty() ? to_string(kind) : std::move(code)) {}

}  // namespace paraphe
