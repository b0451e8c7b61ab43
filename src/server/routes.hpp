#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/random.hpp"
#include "contract/accounts.hpp"
#include "contract/service.hpp"
#include "json/value.hpp"
#include "server/http.hpp"
#include "server/password.hpp"
#include "server/throttle.hpp"

/// Every route in one table: its access rule is checked, and errors become answers, in one place.
namespace paraphe::server {

/// What the handlers work with. Borrowed for the life of the server.
struct Site {
    contract::Service& service;
    contract::Accounts& accounts;
    const contract::KindShelf& kinds;
    const Clock& clock;
    Random& random;
    std::string organisation;
    PasswordCost password_cost;
    bool secure_cookies = false;  ///< behind TLS
    Throttle throttle;
};

/// Who may call a route. What a member may do in one dossier, the workflow decides (p:by).
enum class Access {
    anybody,
    member,         ///< an active account
    administrator,  ///< role "administrateur"
};

/// One request with what the gatekeeper found out about it.
struct Call {
    const Request& request;
    std::map<std::string, std::string> path;  ///< {name} parts of the pattern
    std::optional<contract::User> user;
    std::string secret;  ///< of the session or token; empty for anybody
    contract::Caller caller;

    const std::string& at(const std::string& name) const { return path.at(name); }
};

struct Route {
    std::string_view method;
    std::string_view pattern;  ///< "/api/v1/dossiers/{id}"
    Access access;
    Response (*handler)(Site&, const Call&);
    std::string_view summary;
};

/// The API (JSON, bearer tokens) and the pages (HTML, session cookie and form token).
const std::vector<Route>& api_routes();
const std::vector<Route>& page_routes();

/// Never throws: what goes wrong becomes an answer (problem+json under /api/, a page elsewhere).
Response dispatch(Site&, const Request&);

/// The pattern of the route that an address belongs to, for logs: it names no dossier and quotes
/// nobody's typing. Empty when there is none.
std::string_view pattern_of(const Request&);

/// The HTTP status of an error. Kind and code decide; nothing else in the house does this.
int status_of(const Error&);
/// application/problem+json (RFC 9457) with `code`.
Response problem(const Error&);

/// The name of the session cookie; "__Host-" needs TLS.
std::string session_cookie(const Site&);
/// The token that a page's forms carry, bound to the session.
std::string form_token(const std::string& session_secret);

struct Session {
    std::string secret;
    contract::User user;
    Instant expires;
};
/// Checks name and password (throttled, in constant shape) and stores a new token.
/// Throws Error{forbidden, "wrong_credentials" or "throttled"}.
Session log_in(Site&, const std::string& login, const std::string& password,
               std::chrono::minutes life);

/// Who signs for a slot: the role that an account must have to handle this slot's signature.
std::string role_of_slot(std::string_view slot);

Response json_response(const json::Value&, int status = 200);

}  // namespace paraphe::server
