#include <algorithm>
#include <cstdio>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "server/page.hpp"
#include "server/routes.hpp"

namespace paraphe::server {

namespace {

std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        out.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return out;
}

/// A pattern's {name} takes one segment; "{page}.svg" takes one with that ending.
std::optional<std::map<std::string, std::string>> match(std::string_view pattern,
                                                        std::string_view path) {
    const auto wanted = segments(pattern);
    const auto given = segments(path);
    if (wanted.size() != given.size()) return std::nullopt;
    std::map<std::string, std::string> out;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i].empty() || wanted[i].front() != '{') {
            if (wanted[i] != given[i]) return std::nullopt;
            continue;
        }
        const auto close = wanted[i].find('}');
        const std::string_view ending = wanted[i].substr(close + 1);
        if (given[i].size() <= ending.size() ||
            given[i].substr(given[i].size() - ending.size()) != ending)
            return std::nullopt;
        out.emplace(wanted[i].substr(1, close - 1),
                    given[i].substr(0, given[i].size() - ending.size()));
    }
    return out;
}

bool is_api(const Request& request) {
    return request.path.substr(0, 5) == "/api/";
}

bool has_role(const contract::User& user, std::string_view role) {
    return std::find(user.roles.begin(), user.roles.end(), role) != user.roles.end();
}

/// API: bearer only. Pages: cookie only.
std::string secret_of(const Site& site, const Request& request) {
    if (!is_api(request)) return request.cookie(session_cookie(site)).value_or("");
    const std::string_view field = request.header("authorization");
    constexpr std::string_view scheme = "Bearer ";
    return field.substr(0, scheme.size()) == scheme ? std::string(field.substr(scheme.size()))
                                                    : std::string();
}

std::optional<std::uint64_t> read_etag(std::string_view text) {
    if (text.size() < 3 || text.size() > 20 || text.front() != '"' || text.back() != '"')
        return std::nullopt;
    std::uint64_t out = 0;
    for (char c : text.substr(1, text.size() - 2)) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return out;
}

void authenticate(Site& site, Call& call) {
    call.secret = secret_of(site, call.request);
    call.caller.scope = contract::AccessScope::whole(site.organisation);
    if (call.secret.empty()) return;
    call.user =
        site.accounts.token_user(call.caller.scope, crypto::sha256(call.secret), site.clock.now());
    if (!call.user) {
        call.secret.clear();
        return;
    }
    call.caller.scope.organisation = call.user->organisation;
    call.caller.scope.agency = call.user->agency;
    call.caller.scope.relation = call.user->relation;
    call.caller.scope.subject = call.user->id;
    call.caller.actor = {call.user->id, call.user->name, call.user->roles};
}

void read_conditions(Call& call) {
    if (const auto key = call.request.header("idempotency-key"); !key.empty()) {
        if (key.size() > 255)
            throw Error(ErrorKind::malformed_input, "the Idempotency-Key is too long");
        call.caller.idempotency_key = std::string(key);
    }
    if (const auto etag = call.request.header("if-match"); !etag.empty()) {
        call.caller.expected_version = read_etag(etag);
        if (!call.caller.expected_version)
            throw Error(ErrorKind::malformed_input, "If-Match is not an ETag of a dossier", {},
                        "send back the ETag as it came, for example \"5\"");
    }
}

void check_form(Site& site, const Call& call) {
    if (call.request.method != "POST" || is_api(call.request)) return;
    const std::string_view site_field = call.request.header("sec-fetch-site");
    if (!site_field.empty() && site_field != "same-origin" && site_field != "none")
        throw Error(ErrorKind::forbidden, "ce formulaire vient d’un autre site", {}, {},
                    "foreign_form");
    if (!call.user) return;  // the log-in form; nothing to protect yet
    std::string given;
    for (const auto& [name, value] : read_form(call.request.body))
        if (name == "jeton") given = value;
    if (!crypto::equal_constant_time(given, form_token(call.secret)))
        throw Error(ErrorKind::forbidden, "ce formulaire n’est plus valable", {},
                    "rechargez la page et recommencez", "foreign_form");
    (void)site;
}

void check_access(const Route& route, const Call& call) {
    if (route.access == Access::anybody) return;
    if (!call.user)
        throw Error(ErrorKind::forbidden, "no valid token came with the request", {},
                    "log in at /api/v1/sessions and send the token as a bearer", "unauthenticated");
    if (route.access == Access::administrator && !has_role(*call.user, "administrateur"))
        throw Error(ErrorKind::forbidden, "this needs the role administrateur", {}, {}, "role");
}

Response answer(Site& site, const Request& request) {
    const auto& routes = is_api(request) ? api_routes() : page_routes();
    // HEAD is GET without its body, which the connection leaves out.
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    std::string allowed;
    for (const Route& route : routes) {
        auto path = match(route.pattern, request.path);
        if (!path) continue;
        if (route.method != method) {
            allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
            continue;
        }
        Call call{request, std::move(*path), {}, {}, {}};
        authenticate(site, call);
        check_access(route, call);
        check_form(site, call);
        read_conditions(call);
        return route.handler(site, call);
    }
    if (!allowed.empty()) {
        Response out = problem(Error(ErrorKind::malformed_input,
                                     "this address does not know " + request.method, {}, {},
                                     "method_not_allowed"));
        out.set("Allow", allowed);
        return out;
    }
    throw Error(ErrorKind::not_found,
                is_api(request) ? "there is nothing at this address" : "cette page n’existe pas");
}

Response refused_page(Site& site, const Request& request, const Error& error) {
    if (error.code() == "unauthenticated") {
        Response out{303, "text/plain; charset=utf-8", {}, {}};
        out.set("Location", "/connexion");
        return out;
    }
    return error_page(site, request, status_of(error), error);
}

}  // namespace

std::string_view pattern_of(const Request& request) {
    for (const Route& route : is_api(request) ? api_routes() : page_routes())
        if (match(route.pattern, request.path)) return route.pattern;
    return {};
}

int status_of(const Error& error) {
    const std::string& code = error.code();
    if (code == "unauthenticated" || code == "wrong_credentials") return 401;
    if (code == "method_not_allowed") return 405;
    if (code == "stale_version") return 412;
    if (code == "too_large") return 413;
    if (code == "invalid_data" || code == "idempotency_key_reused" || code == "weak_password")
        return 422;
    if (code == "precondition_required") return 428;
    if (code == "throttled") return 429;
    switch (error.kind()) {
        case ErrorKind::malformed_input:
            return 400;
        case ErrorKind::not_found:
            return 404;
        case ErrorKind::forbidden:
            return 403;
        case ErrorKind::conflict:
            return 409;
        case ErrorKind::unavailable:
            return 503;
        case ErrorKind::internal:
            return 500;
    }
    return 500;
}

Response problem(const Error& error) {
    const int status = status_of(error);
    json::Object body;
    body.set("type", "urn:paraphe:problem:" + error.code());
    body.set("title", to_string(error.kind()));
    body.set("status", status);
    // An internal fault may quote what it must not: its words go to the log alone.
    body.set("detail", error.kind() == ErrorKind::internal ? "an internal fault; see the log"
                                                           : error.problem());
    if (!error.remedy().empty()) body.set("remedy", error.remedy());
    body.set("code", error.code());
    Response out{status, "application/problem+json", {}, json::write(std::move(body))};
    if (status == 401) out.set("WWW-Authenticate", "Bearer");
    return out;
}

Response json_response(const json::Value& value, int status) {
    return {status, "application/json", {}, json::write(value)};
}

std::string session_cookie(const Site& site) {
    return site.secure_cookies ? "__Host-paraphe" : "paraphe_session";
}

std::string form_token(const std::string& session_secret) {
    return crypto::hmac_sha256(session_secret, "paraphe/form/1").hex();
}

std::string role_of_slot(std::string_view slot) {
    if (slot == "association" || slot == "departement") return std::string(slot);
    return "referent";  // the household signs in front of its counsellor
}

Session log_in(Site& site, const std::string& login, const std::string& password,
               std::chrono::minutes life) {
    const Instant now = site.clock.now();
    constexpr std::size_t longest_login = 200;  // the throttle keeps it
    if (login.size() > longest_login)
        throw Error(ErrorKind::malformed_input, "l’identifiant est trop long");
    if (const auto until = site.throttle.paused_until(login, now))
        throw Error(ErrorKind::forbidden,
                    "trop d’essais ; réessayez après " + to_string(*until).substr(11, 5) + " UTC",
                    {}, {}, "throttled");
    const auto scope = contract::AccessScope::whole(site.organisation);
    const auto user = site.accounts.find_user(scope, login);
    // An unknown name costs as much as a wrong password.
    static const std::string nobody =
        hash_password("personne n’a ce mot", site.random, site.password_cost);
    const bool known = verify_password(password, user ? user->password_hash : nobody);
    if (!user || !known || !user->active) {
        site.throttle.failed(login, now);
        throw Error(ErrorKind::forbidden, "l’identifiant ou le mot de passe n’est pas le bon", {},
                    {}, "wrong_credentials");
    }
    site.throttle.succeeded(login);
    Session session{"pph_" + to_hex(site.random.bytes(32)), *user, now + life};
    contract::AccessToken token;
    token.hash = crypto::sha256(session.secret);
    token.user = user->id;
    token.label = "session";
    token.created = now;
    token.expires = session.expires;
    site.accounts.sweep_tokens(scope, now);
    site.accounts.store_token(scope, token);
    return session;
}

Response dispatch(Site& site, const Request& request) {
    try {
        return answer(site, request);
    } catch (const Error& error) {
        // The words of a fault may hold what no log may: its code alone is kept.
        if (error.kind() == ErrorKind::internal)
            std::fprintf(stderr, "{\"fault\":%s}\n", json::quote(error.code()).c_str());
        return is_api(request) ? problem(error) : refused_page(site, request, error);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "{\"fault\":\"unexpected\"}\n");
        const Error fault(ErrorKind::internal, error.what());
        return is_api(request) ? problem(fault) : refused_page(site, request, fault);
    }
}

}  // namespace paraphe::server
