#include <doctest/doctest.h>

#include "cli/running_service.hpp"
#include "kind/kind.hpp"
#include "signature/verify.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

std::string with_parameters_filled(std::string pattern) {
    for (const auto& [from, to] :
         std::map<std::string, std::string>{{"{id}", "nothing"},
                                            {"{kind}", "masp"},
                                            {"{slot}", "association"},
                                            {"{pack}", "x"},
                                            {"{document}", "nothing.contrat"},
                                            {"{number}", "1"},
                                            {"{page}", "1"},
                                            {"{event}", "e"}})
        for (auto at = pattern.find(from); at != std::string::npos; at = pattern.find(from))
            pattern.replace(at, from.size(), to);
    return pattern;
}

}  // namespace

TEST_CASE("every route refuses whoever its rule does not name") {
    for (const auto& route : server::api_routes()) {
        const std::string target = with_parameters_filled(std::string(route.pattern));
        const std::string method(route.method);
        const std::string body = method == "POST" ? "{}" : "";
        const int without = request(service().port(), method, target, body).status;
        const int forged =
            request(service().port(), method, target, body, {{"Authorization", "Bearer pph_00"}})
                .status;
        if (route.access == server::Access::anybody) {
            CHECK_MESSAGE(without != 401, target);
            continue;
        }
        CHECK_MESSAGE(without == 401, target);
        CHECK_MESSAGE(forged == 401, target);
        if (route.access == server::Access::administrator)
            CHECK_MESSAGE(service().as("noemie", method, target, body).status == 403, target);
    }
    for (const auto& route : server::page_routes()) {
        if (route.access == server::Access::anybody) continue;
        const std::string target = with_parameters_filled(std::string(route.pattern));
        const Answer answer = request(service().port(), std::string(route.method), target);
        CHECK_MESSAGE(answer.status == 303, target);
        CHECK_MESSAGE(answer.header("location") == "/connexion", target);
    }
}

TEST_CASE("a wrong password and an unknown name get the same answer, then a pause") {
    const auto log_in = [](const std::string& login, const std::string& password) {
        return request(service().port(), "POST", "/api/v1/sessions",
                       R"({"login":")" + login + R"(","password":")" + password + R"("})");
    };
    const Answer wrong = log_in("noemie", "un autre mot de passe");
    const Answer unknown = log_in("personne", "un autre mot de passe");
    CHECK(wrong.status == 401);
    CHECK(wrong.body == unknown.body);
    for (int i = 0; i < 5; ++i)
        log_in("victime", "un autre mot de passe");
    CHECK(log_in("victime", "un autre mot de passe").status == 429);
}

TEST_CASE("bad requests get one clear problem and the right status") {
    auto& s = service();
    const Answer unknown =
        s.as("noemie", "POST", "/api/v1/dossiers", R"({"kind":"mapa","data":{}})");
    CHECK(unknown.status == 400);
    CHECK(unknown.header("content-type") == "application/problem+json");
    CHECK(unknown.json().at("code").as_string() == "unknown_kind");

    json::Value data = s.sample();
    data.as_object().find("contrat")->as_object().set("mois", 60);
    data.as_object().erase("referent");
    json::Object body{{"kind", "masp"}, {"data", data}};
    const Answer invalid = s.as("noemie", "POST", "/api/v1/dossiers", json::write(std::move(body)));
    CHECK(invalid.status == 422);
    CHECK(invalid.json().at("code").as_string() == "invalid_data");
    CHECK(invalid.json().at("detail").as_string().find("Durée en mois") != std::string::npos);
    CHECK(invalid.json().at("detail").as_string().find("Référent du Département") !=
          std::string::npos);

    CHECK(s.as("noemie", "POST", "/api/v1/dossiers", "{").status == 400);
    CHECK(s.as("noemie", "GET", "/api/v1/dossiers/00000000-0000-7000-8000-000000000000").status ==
          404);
    CHECK(s.as("noemie", "GET", "/api/v1/rien").status == 404);
    const Answer method = s.as("noemie", "DELETE", "/api/v1/dossiers");
    CHECK(method.status == 405);
    CHECK(method.header("allow").find("GET") != std::string::npos);
}

TEST_CASE("half a body is no request, and a log-in name has a length") {
    const std::string whole = R"({"login":"noemie","password":"quatre mots au hasard"})";
    const std::string head =
        "POST /api/v1/sessions HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: ";
    const auto status = [&](std::size_t announced) {
        return read_answer(converse(service().port(),
                                    head + std::to_string(announced) + "\r\n\r\n" + whole, true))
            .status;
    };
    CHECK(status(whole.size()) == 201);
    CHECK(status(whole.size() + 10) == 400);
    CHECK(request(service().port(), "POST", "/api/v1/sessions",
                  R"({"login":")" + std::string(201, 'a') + R"(","password":"x"})")
              .status == 400);
}

TEST_CASE("keys and store are the service's own") {
    const auto folder =
        fs::temp_directory_path() / ("paraphe-own-" + to_hex(SystemRandom().bytes(6)));
    std::ostringstream out, err;
    SystemRandom random;
    FixedClock clock(*parse_instant("2026-01-05T09:00:00Z"));
    cli::Console console{out, err, clock, random};
    cli::Installation::create(folder, {"logis", "Association Logis-Passerelle", ""}, console);
    CHECK((fs::status(folder).permissions() & fs::perms::mask) == fs::perms::owner_all);
    CHECK((fs::status(folder / "organisation.key").permissions() & fs::perms::mask) ==
          (fs::perms::owner_read | fs::perms::owner_write));
    fs::remove_all(folder);
}

TEST_CASE("behind TLS the session's cookie has the prefix and the flag") {
    server::Request request;
    request.method = "POST";
    request.path = "/connexion";
    request.body = "identifiant=noemie&mot_de_passe=quatre+mots+au+hasard";
    const auto answer = service().over_tls(request);
    CHECK(answer.status == 303);
    bool found = false;
    for (const auto& [name, value] : answer.headers)
        if (name == "Set-Cookie") {
            found = true;
            CHECK(value.starts_with("__Host-paraphe=pph_"));
            CHECK(value.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"));
        }
    CHECK(found);
}

TEST_CASE("the log names routes, not what somebody typed") {
    server::Request request;
    request.path = "/api/v1/dossiers/Awa Sarr/journal";
    CHECK(server::pattern_of(request) == "/api/v1/dossiers/{id}/journal");
    request.path = "/Awa Sarr";
    CHECK(server::pattern_of(request) == "");
}

TEST_CASE("a new scale under the same kind is published") {
    const auto folder =
        fs::temp_directory_path() / ("paraphe-scale-" + to_hex(SystemRandom().bytes(6)));
    fs::create_directories(folder / "home");
    for (const char* part : {"templates", "fonts"})
        fs::create_directory_symlink(fs::path(PARAPHE_SOURCE_DIR) / part, folder / "home" / part);
    fs::copy(fs::path(PARAPHE_SOURCE_DIR) / "workflows", folder / "home" / "workflows",
             fs::copy_options::recursive);
    const std::string file = (folder / "home/workflows/masp/parameters.json").string();
    std::ostringstream out, err;
    SystemRandom random;
    FixedClock clock(*parse_instant("2026-01-05T09:00:00Z"));
    cli::Console console{out, err, clock, random};
    cli::Installation::create(folder / "data", {"logis", "Logis-Passerelle", ""}, console);
    const auto parameters = [&] {
        const cli::Installation installation(folder / "data", (folder / "home").string(), console);
        return installation.kinds().current("masp")->files.at("parameters.json");
    };
    CHECK(parameters() == read_file(file));
    json::Value scale = json::parse(read_file(file), file);
    scale.as_object().set("signing_months", 3);
    write_file(file, json::write_pretty(scale));
    CHECK(parameters() == read_file(file));
    fs::remove_all(folder);
}

TEST_CASE("events need the version that was seen, and may be repeated with their key") {
    auto& s = service();
    const std::string path = s.open();
    CHECK(s.as("noemie", "POST", path + "/events", R"({"event":"submit"})").status == 428);
    CHECK(s.event("noemie", path, "submit", {{"If-Match", "5"}}).status == 400);
    CHECK(s.event("noemie", path, "submit", {{"If-Match", "\"99\""}}).status == 412);
    CHECK(s.event("helene", path, "submit").status == 403);
    CHECK(s.event("noemie", path, "approve").status == 409);

    const std::string seen = s.etag(path);
    const Answer first =
        s.event("noemie", path, "submit", {{"If-Match", seen}, {"Idempotency-Key", "k1"}});
    CHECK_MESSAGE(first.status == 200, first.body);
    const Answer again =
        s.event("noemie", path, "submit", {{"If-Match", seen}, {"Idempotency-Key", "k1"}});
    CHECK(again.status == 200);
    CHECK(*again.json().at("repeated").if_boolean());
    CHECK(again.json().at("version") == first.json().at("version"));
    CHECK(s.event("noemie", path, "return", {{"Idempotency-Key", "k1"}}).status == 422);
    CHECK(s.event("claire", path, "return", {{"If-Match", seen}}).status == 412);
}

TEST_CASE("whoever is not related to a dossier does not find it") {
    auto& s = service();
    const std::string path = s.open();
    CHECK(s.as("tiers", "GET", path).status == 404);
    CHECK(s.as("tiers", "GET", path + "/journal").status == 404);
    CHECK(s.as("tiers", "GET", path + "/actions").status == 404);
    CHECK(s.as("tiers", "GET", "/api/v1/dossiers").json().at("items").as_array().empty());
    CHECK(s.as("tiers", "POST", path + "/events", R"({"event":"submit"})", {{"If-Match", "\"1\""}})
              .status == 404);
}

TEST_CASE("a contract goes from draft to signed, packed and delivered over HTTP") {
    auto& s = service();
    const std::string path = s.open();
    REQUIRE(s.event("noemie", path, "submit").status == 200);
    REQUIRE(s.has_document(path));

    // Four eyes: who submitted has the role, but not the right.
    const Answer same = s.event("noemie", path, "approve");
    CHECK(same.status == 403);
    const json::Value actions = s.as("noemie", "GET", path + "/actions").json();
    for (const auto& action : actions.at("items").as_array())
        if (action.at("event").as_string() == "approve") {
            CHECK(!*action.at("allowed").if_boolean());
            CHECK(!action.at("reason").as_string().empty());
        }
    const Answer approved = s.event("claire", path, "approve");
    REQUIRE_MESSAGE(approved.status == 200, approved.body);

    CHECK(s.sign("noemie", path, "association").status == 403);
    CHECK(s.sign("remi", path, "departement").status == 409);  // signs last
    const auto key = s.key_of("Maëlys Lefèvre");
    const Answer household = s.sign("noemie", path, "beneficiaire", key);
    REQUIRE_MESSAGE(household.status == 200, household.body);
    CHECK(s.sign("noemie", path, "beneficiaire").status == 409);
    const Answer twice = s.sign("helene", path, "association", key);
    CHECK(twice.status == 409);
    CHECK(twice.json().at("code").as_string() == "key_used");
    REQUIRE(s.sign("helene", path, "association").status == 200);
    REQUIRE(s.sign("remi", path, "departement").status == 200);
    REQUIRE(s.reaches(path, "concluded"));

    const auto dossier = s.as("noemie", "GET", path).json();
    const auto& versions = dossier.at("documents").as_array();
    const std::string href = versions.back().at("href").as_string();
    const Answer pdf = s.as("noemie", "GET", href + "/file.pdf");
    REQUIRE(pdf.status == 200);
    CHECK(pdf.header("content-type") == "application/pdf");
    crypto::TrustStore trust;
    trust.add(s.authority().certificate());
    const auto report = signature::verify(pdf.body, "contrat.pdf", trust, s.clock().now());
    CHECK(report.signatures.size() == 3);
    CHECK_MESSAGE(report.verdict() == signature::Verdict::valid, signature::to_text(report));
    const Answer odt = s.as("noemie", "GET", href + "/file.odt");
    CHECK(odt.body.substr(0, 2) == "PK");
    const Answer page = s.as("noemie", "GET", href + "/pages/1.svg");
    CHECK(page.status == 200);
    CHECK(page.body.find("<svg") != std::string::npos);
    CHECK(page.header("content-security-policy").find("sandbox") != std::string::npos);
    CHECK(s.as("noemie", "GET", href + "/pages/99.svg").status == 404);
    CHECK(s.as("noemie", "GET", href + "/pages/0.svg").status == 404);
    CHECK(page.header("cache-control") == "private, no-cache");

    // Under its name a page is sent once.
    const Answer listed = s.as("noemie", "GET", href + "/pages");
    REQUIRE_MESSAGE(listed.status == 200, listed.body);
    CHECK(listed.header("cache-control") == "no-store");
    const json::Value first = listed.json().at("items").as_array().at(0);
    CHECK(first.at("text").as_string().find("Article 1 — Objet du contrat\n") != std::string::npos);
    const std::string picture = first.at("picture").as_string();
    CHECK(picture == href + "/pages/" + first.at("name").as_string() + ".svg");
    CHECK(page.header("etag") == "\"" + first.at("name").as_string() + "\"");
    const Answer named = s.as("noemie", "GET", picture);
    CHECK(named.status == 200);
    CHECK(named.body == page.body);
    CHECK(named.header("cache-control") == "private, max-age=43200, immutable");
    for (const std::string& address : {picture, href + "/pages/1.svg"}) {
        const Answer known =
            s.as("noemie", "GET", address, {}, {{"If-None-Match", page.header("etag")}});
        CHECK(known.status == 304);
        CHECK(known.body.empty());
        CHECK(known.header("etag") == page.header("etag"));
    }
    CHECK(s.as("noemie", "GET", picture, {}, {{"If-None-Match", "\"other\""}}).status == 200);

    // Packed, it is a representation of its own.
    CHECK(named.header("vary") == "Accept-Encoding");
    CHECK(named.header("content-encoding").empty());
    const Answer packed =
        s.as("noemie", "GET", picture, {}, {{"Accept-Encoding", "gzip, deflate, br"}});
    CHECK(packed.status == 200);
    CHECK(packed.header("content-encoding") == "gzip");
    CHECK(packed.header("content-type") == "image/svg+xml");
    CHECK(packed.header("vary") == "Accept-Encoding");
    CHECK(packed.header("cache-control") == named.header("cache-control"));
    CHECK(packed.header("etag") == "\"" + first.at("name").as_string() + "-gzip\"");
    CHECK(packed.header("content-length") == std::to_string(packed.body.size()));
    CHECK(3 * packed.body.size() < named.body.size());
    CHECK(packed.body.substr(0, 2) == "\x1F\x8B");
    const Answer head =
        s.as("noemie", "HEAD", picture, {}, {{"Accept-Encoding", "gzip, deflate, br"}});
    CHECK(head.status == 200);
    CHECK(head.header("etag") == packed.header("etag"));
    CHECK(head.header("content-length") == packed.header("content-length"));
    CHECK(head.body.empty());
    const auto again = [&](const std::string& etag, const std::string& coding) {
        return s.as("noemie", "GET", picture, {},
                    {{"If-None-Match", etag}, {"Accept-Encoding", coding}});
    };
    CHECK(again(packed.header("etag"), "gzip").status == 304);
    CHECK(again(packed.header("etag"), "gzip").header("etag") == packed.header("etag"));
    CHECK(again(packed.header("etag"), "gzip").header("content-encoding").empty());
    CHECK(again(packed.header("etag"), "identity").status == 200);
    CHECK(again(named.header("etag"), "gzip").status == 200);
    // Nothing else is packed: a form's token may stand beside words that somebody else chose.
    CHECK(s.as("noemie", "GET", href + "/pages", {}, {{"Accept-Encoding", "gzip"}})
              .header("content-encoding")
              .empty());
    for (const std::string& address : {picture, href + "/pages/1.svg", href + "/pages"}) {
        CHECK(s.as("tiers", "GET", address, {}, {{"If-None-Match", page.header("etag")}}).status ==
              404);
        CHECK(request(s.port(), "GET", address).status == 401);
    }
    CHECK(s.as("noemie", "GET", href + "/pages/00000000000000000000000000000000.svg").status ==
          404);

    json::Value packs;
    for (int i = 0; i < 600; ++i) {
        packs = s.as("noemie", "GET", path + "/packs").json();
        if (!packs.at("items").as_array().empty()) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    REQUIRE(packs.at("items").as_array().size() == 1);
    const Answer pack =
        s.as("noemie", "GET", packs.at("items").as_array()[0].at("href").as_string());
    CHECK(pack.body.substr(0, 2) == "PK");

    const auto audit = s.as("noemie", "GET", path + "/audit").json();
    CHECK(audit.at("state").as_string() == "valid");
    CHECK(*audit.at("snapshot_matches").if_boolean());
    CHECK(*audit.at("documents_match").if_boolean());
    CHECK(s.as("noemie", "GET", path + "/journal").json().at("items").as_array().size() > 8);
}

TEST_CASE("the household's refusal is recorded and ends the contract") {
    auto& s = service();
    const std::string path = s.open();
    REQUIRE(s.event("noemie", path, "submit").status == 200);
    REQUIRE(s.has_document(path));
    REQUIRE(s.event("claire", path, "approve").status == 200);
    CHECK(s.as("helene", "POST", path + "/signatures/beneficiaire/refusal", R"({"reason":"x"})",
               {{"If-Match", s.etag(path)}})
              .status == 403);
    CHECK(s.as("noemie", "POST", path + "/signatures/beneficiaire/refusal", "{}").status == 428);
    CHECK(s.as("noemie", "POST", path + "/signatures/beneficiaire/refusal",
               R"({"reason":"préfère réfléchir"})", {{"If-Match", s.etag(path)}})
              .status == 200);
    CHECK(s.reaches(path, "refused"));
}
