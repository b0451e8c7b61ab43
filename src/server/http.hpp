#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"

/// HTTP messages as values; the library's types stop at server.cpp.
namespace paraphe::server {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;
    std::string path;  ///< decoded, starts with "/", no "." or ".." segments
    Fields query;      ///< decoded
    std::map<std::string, std::string> headers;  ///< names in lower case
    Bytes body;
    std::string client;  ///< IP address of the peer

    /// Empty when absent.
    std::string_view header(const std::string& lower_case_name) const;
    /// First value of a query parameter.
    std::optional<std::string> parameter(std::string_view name) const;
    /// Value of a cookie.
    std::optional<std::string> cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    Fields headers;
    Bytes body;

    /// Adds a field. Throws Error{internal} for CR, LF or NUL: the only way to set a field.
    Response& set(std::string name, std::string value);
};

/// Splits "/a%20b?x=1" into path and query. Throws Error{malformed_input} for a bad escape, a
/// control character, invalid UTF-8, or a path that climbs.
void read_target(std::string_view target, Request&);

/// application/x-www-form-urlencoded. Throws Error{malformed_input}.
Fields read_form(std::string_view body);

/// Percent-encodes everything but unreserved characters (RFC 3986 §2.3).
std::string url_encode(std::string_view);

}  // namespace paraphe::server
