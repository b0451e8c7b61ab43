#include "server/http.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "server/password.hpp"
#include "server/routes.hpp"
#include "server/throttle.hpp"

using namespace paraphe;
using namespace paraphe::server;

TEST_CASE("a target is split and decoded") {
    Request request;
    read_target("/dossiers/d%C3%A9but?etat=en%20cours&x=1+2&vide", request);
    CHECK(request.path == "/dossiers/début");
    CHECK(request.parameter("etat") == "en cours");
    CHECK(request.parameter("x") == "1 2");
    CHECK(request.parameter("vide") == "");
    CHECK(!request.parameter("autre"));
}

TEST_CASE("a target that climbs or hides octets is refused") {
    for (const char* target :
         {"/a/../b", "/..", "/a/%2e%2e/b", "/a%00b", "/a%", "/a%zz", "/%ff", "/a%0Ab"}) {
        Request request;
        CHECK_THROWS_AS_MESSAGE(read_target(target, request), Error, target);
    }
}

TEST_CASE("a header field cannot be injected") {
    Response response;
    CHECK_THROWS_AS(response.set("X", "a\r\nSet-Cookie: b"), Error);
    CHECK_THROWS_AS(response.set("X", std::string("a\0b", 3)), Error);
    response.set("X", "é");
    CHECK(response.headers.size() == 1);
}

TEST_CASE("every kind of error has its status, and an internal fault keeps its words") {
    const auto status = [](ErrorKind kind, const char* code) {
        return status_of(Error(kind, "x", {}, {}, code));
    };
    CHECK(status(ErrorKind::malformed_input, "") == 400);
    CHECK(status(ErrorKind::forbidden, "unauthenticated") == 401);
    CHECK(status(ErrorKind::forbidden, "four_eyes") == 403);
    CHECK(status(ErrorKind::not_found, "") == 404);
    CHECK(status(ErrorKind::conflict, "not_waiting") == 409);
    CHECK(status(ErrorKind::conflict, "stale_version") == 412);
    CHECK(status(ErrorKind::malformed_input, "too_large") == 413);
    CHECK(status(ErrorKind::malformed_input, "invalid_data") == 422);
    CHECK(status(ErrorKind::malformed_input, "precondition_required") == 428);
    CHECK(status(ErrorKind::forbidden, "throttled") == 429);
    CHECK(status(ErrorKind::unavailable, "disk_full") == 503);
    CHECK(status(ErrorKind::unavailable, "read_only") == 503);
    CHECK(status(ErrorKind::internal, "") == 500);
    const Response fault = problem(Error(ErrorKind::internal, "a secret"));
    CHECK(fault.body.find("secret") == std::string::npos);
    const Response full = problem(
        Error(ErrorKind::unavailable, "the disk is full", {}, "free some space", "disk_full"));
    CHECK(
        full.body ==
        R"({"type":"urn:paraphe:problem:disk_full","title":"unavailable","status":503,"detail":"the disk is full","remedy":"free some space","code":"disk_full"})");
}

TEST_CASE("a cookie is found among others") {
    Request request;
    request.headers["cookie"] = "a=1; paraphe_session=abc; b=2";
    CHECK(request.cookie("paraphe_session") == "abc");
    CHECK(!request.cookie("session"));
}

TEST_CASE("a password is kept as argon2id and known again") {
    SequenceRandom random(7);
    const PasswordCost light{1024, 1};
    const std::string hash = hash_password("quatre mots au hasard", random, light);
    CHECK(hash.substr(0, 10) == "$argon2id$");
    CHECK(verify_password("quatre mots au hasard", hash));
    CHECK(!verify_password("quatre mots au hasart", hash));
    CHECK(!verify_password("x", "not a hash"));
    CHECK(hash_password("quatre mots au hasard", random, light) != hash);
    CHECK_THROWS_WITH_AS(hash_password("court", random, light),
                         "le mot de passe doit avoir de 12 à 128 caractères; choisissez une phrase "
                         "de quelques mots",
                         Error);
}

TEST_CASE("five failures pause a name for a minute, then longer, never for good") {
    Throttle throttle;
    const Instant start = *parse_instant("2026-11-25T08:00:00Z");
    for (int i = 0; i < 4; ++i)
        throttle.failed("a", start);
    CHECK(!throttle.paused_until("a", start));
    throttle.failed("a", start);
    CHECK(throttle.paused_until("a", start) == start + std::chrono::minutes(1));
    CHECK(!throttle.paused_until("b", start));
    CHECK(!throttle.paused_until("a", start + std::chrono::minutes(1)));
    for (int i = 0; i < 20; ++i)
        throttle.failed("a", start);
    CHECK(throttle.paused_until("a", start) == start + std::chrono::minutes(15));
    throttle.succeeded("a");
    CHECK(!throttle.paused_until("a", start));
}
