#pragma once

#include <stdexcept>
#include <string>

namespace paraphe {

/// Who must act. The CLI maps each kind to one exit code, the server kind and code to one HTTP
/// status.
enum class ErrorKind { malformed_input, not_found, forbidden, conflict, unavailable, internal };

/// A place a reader can open. `line` and `column` count from 1; 0 means unknown. `part` is the
/// member of an archive, or the path inside a document ("content.xml", "/menage/0/nom").
struct Location {
    std::string source;
    int line = 0;
    int column = 0;
    std::string part;

    bool operator==(const Location&) const = default;
};

/// "source:part:line:column", leaving out what is unknown; empty for an unknown place.
std::string to_string(const Location&);

/// The one exception of paraphe. what() is "place: problem; remedy".
class Error : public std::runtime_error {
public:
    /// `code` is stable and names the case for programs ("stale_version"); empty: the kind's name.
    Error(ErrorKind kind, const std::string& problem, Location where = {}, std::string remedy = {},
          std::string code = {});

    ErrorKind kind() const { return kind_; }
    const std::string& problem() const { return problem_; }
    const Location& where() const { return where_; }
    const std::string& remedy() const { return remedy_; }
    const std::string& code() const { return code_; }

private:
    ErrorKind kind_;
    std::string problem_;
    Location where_;
    std::string remedy_;
    std::string code_;
};

/// "malformed_input", "not_found", …
std::string to_string(ErrorKind);

/// "place: problem; remedy", leaving out what is empty.
std::string message(const Location&, const std::string& problem, const std::string& remedy);

}  // namespace paraphe
