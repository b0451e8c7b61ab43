#include <doctest/doctest.h>

#include "cli/running_service.hpp"

// What a browser meets: the pages, and the gate on the socket.

using namespace paraphe;
using namespace paraphe::test;

TEST_CASE("the pages show a dossier and do its actions; a foreign form is refused") {
    auto& s = service();
    const std::string path = s.open();
    const std::string page = path.substr(std::string("/api/v1").size());
    CHECK(request(s.port(), "GET", "/connexion").body.find("Mot de passe") != std::string::npos);
    CHECK(request(s.port(), "POST", "/connexion", "identifiant=noemie&mot_de_passe=faux").status ==
          401);
    const Answer in = request(s.port(), "POST", "/connexion",
                              "identifiant=noemie&mot_de_passe=quatre+mots+au+hasard");
    REQUIRE(in.status == 303);
    const std::string set = in.header("set-cookie");
    CHECK(set.find("HttpOnly") != std::string::npos);
    CHECK(set.find("SameSite=Strict") != std::string::npos);
    const std::map<std::string, std::string> cookie{{"Cookie", set.substr(0, set.find(';'))}};

    const Answer shown = request(s.port(), "GET", page, "", cookie);
    REQUIRE_MESSAGE(shown.status == 200, shown.body);
    CHECK(shown.body.find("Soumettre à relecture") != std::string::npos);
    CHECK(shown.header("content-security-policy").find("default-src 'none'") != std::string::npos);
    const auto at = shown.body.find("name=\"jeton\" value=\"") + 20;
    const std::string token = shown.body.substr(at, 64);
    const std::string version = s.etag(path).substr(1, s.etag(path).size() - 2);

    CHECK(request(s.port(), "POST", page + "/actes/submit", "version=" + version, cookie).status ==
          403);
    auto foreign = cookie;
    foreign["Sec-Fetch-Site"] = "cross-site";
    CHECK(request(s.port(), "POST", page + "/actes/submit",
                  "version=" + version + "&jeton=" + token, foreign)
              .status == 403);
    const Answer done = request(s.port(), "POST", page + "/actes/submit",
                                "version=" + version + "&jeton=" + token, cookie);
    CHECK(done.status == 303);
    const Answer stale = request(s.port(), "POST", page + "/actes/submit",
                                 "version=" + version + "&jeton=" + token, cookie);
    CHECK(stale.status == 412);
    CHECK(stale.body.find("Le dossier a changé entre-temps") != std::string::npos);
    CHECK(request(s.port(), "GET", "/dossiers", "", cookie).body.find("MASP-T-") !=
          std::string::npos);
    const Answer nothing = request(s.port(), "GET", "/rien", "", cookie);
    CHECK(nothing.status == 404);
    CHECK(nothing.body.find("L’adresse est fausse, ou ce qu’elle montrait n’existe pas.") !=
          std::string::npos);

    // The pages of its document, as pictures that are kept by their names, and as text.
    REQUIRE(s.has_document("/api/v1" + page));
    const std::string pages = page + "/documents/contrat/1/pages";
    CHECK(request(s.port(), "GET", page, "", cookie).body.find("href=\"" + pages + "\"") !=
          std::string::npos);
    const Answer read = request(s.port(), "GET", pages, "", cookie);
    CHECK(read.status == 200);
    CHECK(read.body.find("<h3>Article 1 — Objet du contrat</h3>") != std::string::npos);
    // A wide table in the text is moved by the keyboard too, within a region that has a name.
    CHECK(read.body.find("<div class=\"texte\" role=\"region\" aria-label=\"Texte de la page 1\" "
                         "tabindex=\"0\">") != std::string::npos);
    CHECK(read.body.find("href=\"/static/paraphe.svg\"") != std::string::npos);
    CHECK(request(s.port(), "GET", "/static/paraphe.svg").header("content-type") ==
          "image/svg+xml");
    const auto source = read.body.find("src=\"" + pages + "/") + 5;
    const std::string picture = read.body.substr(source, read.body.find('"', source) - source);
    const Answer drawn = request(s.port(), "GET", picture, "", cookie);
    CHECK(drawn.header("content-type") == "image/svg+xml");
    CHECK(drawn.header("cache-control").find("immutable") != std::string::npos);
    auto other = cookie;
    other["If-None-Match"] = drawn.header("etag");
    CHECK(request(s.port(), "GET", picture, "", other).status == 304);
    for (const std::string& address : {pages, picture})
        CHECK(request(s.port(), "GET", address).header("location") == "/connexion");
    const Answer out = request(s.port(), "POST", "/deconnexion", "jeton=" + token, cookie);
    CHECK(out.header("clear-site-data") == "\"cache\"");
    CHECK(request(s.port(), "GET", picture, "", other).status == 303);
}

TEST_CASE("the gate refuses on the socket what the library would have swallowed") {
    const int port = service().port();
    const auto status = [&](const std::string& octets) {
        return read_answer(converse(port, octets)).status;
    };
    CHECK(status("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n") == 200);
    CHECK(status("GET /healthz HTTP/1.1\nHost: h\n\n") == 400);
    CHECK(status("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n") == 400);
    CHECK(status("POST /connexion HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: "
                 "2\r\n\r\nab") == 400);
    CHECK(status("POST /connexion HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: "
                 "chunked\r\n\r\n0\r\n\r\n") == 411);
    CHECK(status("POST /connexion HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\na") == 400);
    CHECK(status("GET /healthz HTTP/1.1\r\nHost: h\r\nX: a\nY: b\r\n\r\n") == 400);
    const std::string two = converse(port,
                                     "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\nGET /healthz "
                                     "HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK(two.find("200") != two.rfind("200"));
    // The second, smuggled request is refused; the first is answered.
    const std::string mixed = converse(
        port, "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\nGET /healthz HTTP/1.1\nHost: h\n\n");
    CHECK(mixed.find("HTTP/1.1 200") == 0);
    CHECK(mixed.find("HTTP/1.1 400") != std::string::npos);
}
