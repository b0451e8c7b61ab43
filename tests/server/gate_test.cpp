#include "server/gate.hpp"

#include <doctest/doctest.h>

using namespace paraphe::server;

namespace {

std::string passed(Gate& gate) {
    std::string out;
    char buffer[7];  // small, so that pieces are put together
    while (const auto n = gate.take(buffer, sizeof buffer))
        out.append(buffer, n);
    return out;
}

int status_of(const std::string& octets, GateLimits limits = {}) {
    Gate gate(limits);
    gate.push(octets);
    return gate.refusal() ? gate.refusal()->status : gate.ready() ? 200 : 0;
}

}  // namespace

TEST_CASE("a proper request passes unchanged, in one piece or octet by octet") {
    const std::string request =
        "POST /api/v1/dossiers HTTP/1.1\r\nHost: localhost:8080\r\nContent-Length: 4\r\n\r\n{\"\"}";
    Gate whole({});
    whole.push(request);
    CHECK(passed(whole) == request);
    Gate slow({});
    std::string out;
    for (char c : request) {
        slow.push({&c, 1});
        out += passed(slow);
    }
    CHECK(out == request);
    CHECK(!slow.owes());
}

TEST_CASE("two requests on one connection both pass") {
    const std::string first = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
    const std::string second = "GET /b HTTP/1.1\r\nHost: h\r\n\r\n";
    Gate gate({});
    gate.push(first + second);
    CHECK(passed(gate) == first + second);
}

TEST_CASE("what request smuggling needs is refused") {
    CHECK(status_of("GET / HTTP/1.1\nHost: h\n\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: h\nX: y\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n") == 400);
    CHECK(status_of(
              "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab") ==
          400);
    CHECK(status_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: "
                    "chunked\r\n\r\n0\r\n\r\n") == 411);
    CHECK(status_of("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") ==
          411);
    for (const char* length : {"+5", "-1", "5,5", "0x5", "", " ", "99999999999999999999"})
        CHECK(status_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::string(length) +
                        "\r\n\r\nabcde") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost : a\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc") == 400);
}

TEST_CASE("a head that is malformed is refused by its own status") {
    CHECK(status_of("BREW / HTTP/1.1\r\nHost: h\r\n\r\n") == 405);
    CHECK(status_of("G(T / HTTP/1.1\r\nHost: h\r\n\r\n") == 400);
    CHECK(status_of("GET  / HTTP/1.1\r\nHost: h\r\n\r\n") == 400);
    CHECK(status_of("GET http://other/ HTTP/1.1\r\nHost: h\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.0\r\nHost: h\r\n\r\n") == 505);
    CHECK(status_of("GET / HTTP/2.0\r\nHost: h\r\n\r\n") == 505);
    CHECK(status_of("POST / HTTP/1.1\r\nHost: h\r\n\r\n") == 411);
    CHECK(status_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n") == 413);
    CHECK(status_of(
              "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n") ==
          417);
    CHECK(status_of("GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n") == 414);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20000, 'a')) == 431);
    std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (int i = 0; i < 100; ++i)
        many += "X: y\r\n";
    CHECK(status_of(many + "\r\n") == 431);
    CHECK(status_of(std::string("GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", 35)) == 400);
}

TEST_CASE("only the hosts of the list are served") {
    GateLimits limits;
    limits.hosts = {"paraphe.example", "127.0.0.1", "[::1]"};
    CHECK(status_of("GET / HTTP/1.1\r\nHost: PARAPHE.example:8080\r\n\r\n", limits) == 200);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", limits) == 200);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: other.example\r\n\r\n", limits) == 421);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", limits) == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: a:99999999\r\n\r\n", limits) == 400);
}

TEST_CASE("a refused second request does not take back the first") {
    Gate gate({});
    gate.push("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\n\n");
    CHECK(passed(gate) == "GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
    REQUIRE(gate.refusal());
    CHECK(gate.refusal()->status == 400);
    gate.push("GET /c HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(!gate.ready());
}
