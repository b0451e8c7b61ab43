#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/file.hpp"
#include "command.hpp"
#include "crypto/authority.hpp"
#include "crypto/signer.hpp"
#include "json/json.hpp"
#include "odf/odf.hpp"
#include "zip/zip.hpp"

// What a person sees who types commands: the message, the place, the remedy, the exit code.

namespace {

using namespace paraphe;
using namespace paraphe::test;
namespace fs = std::filesystem;

const std::string tree = PARAPHE_SOURCE_DIR;
const std::string contract = tree + "/templates/masp/contrat.fodt";
const std::string schema = tree + "/workflows/masp/schema.json";
const std::string sample = tree + "/workflows/masp/samples/case-1.json";

}  // namespace

TEST_CASE("usage mistakes give 2 and say what is missing") {
    CHECK(run({}).status == 2);
    CHECK(run({"rendre"}).status == 2);
    const Ran ran = run({"render", contract, "-o", "x.pdf"});
    CHECK(ran.status == 2);
    CHECK(ran.err.find("[--data,--data-lines] is required") != std::string::npos);
    CHECK(run({"--help"}).status == 0);
    CHECK(run({"--version"}).out == "paraphe 0.1.0\n");
}

TEST_CASE("the contract renders to every form, and twice to the same bytes") {
    const Folder folder;
    const auto render = [&](const std::string& name) {
        return run({"render", contract, "--data", sample, "--schema", schema, "--home", tree,
                    "--now", "2026-01-05T09:00:00Z", "-o", folder / (name + ".pdf"), "-o",
                    folder / (name + ".odt"), "-o", folder / (name + ".pages")});
    };
    const Ran first = render("a");
    REQUIRE_MESSAGE(first.status == 0, first.err);
    REQUIRE(render("b").status == 0);
    for (const char* ending : {".pdf", ".odt", ".pages"})
        CHECK_MESSAGE(read_file(folder / ("a" + std::string(ending))) ==
                          read_file(folder / ("b" + std::string(ending))),
                      ending);
    const std::string pages = read_file(folder / "a.pages");
    CHECK(pages.find("Article 1 — Objet du contrat") != std::string::npos);
    CHECK(pages.find("{{") == std::string::npos);
}

TEST_CASE("the pages are listed with their name and text, and one of them is drawn alone") {
    const Folder folder;
    const auto render = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words{
            "render", contract, "--data", sample,  "--schema",
            schema,   "--home", tree,     "--now", "2026-01-05T09:00:00Z"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    };
    const Ran ran = render(
        {"--page", "2", "-o", folder / "a.json", "-o", folder / "a.svg", "-o", folder / "a.png"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const json::Value pages = json::parse(read_file(folder / "a.json"), "a.json");
    REQUIRE(pages.as_array().size() > 1);
    const json::Value& first = pages.as_array()[0];
    CHECK(first.at("label").as_string() == "1");
    CHECK(first.at("name").as_string().size() == 32);
    CHECK(first.at("text").as_string().find("Article 1 — Objet du contrat\n") != std::string::npos);
    CHECK(first.at("html").as_string().find("Article 1 — Objet du contrat</h1>") !=
          std::string::npos);
    CHECK(!fs::exists(folder / "a-2.svg"));

    REQUIRE(render({"-o", folder / "all.svg"}).status == 0);
    CHECK(read_file(folder / "a.svg") == read_file(folder / "all-2.svg"));
    CHECK(read_file(folder / "a.png").substr(1, 3) == "PNG");
    const Ran missing = render({"--page", "99", "-o", folder / "b.svg"});
    CHECK(missing.status == 3);
    CHECK(missing.err.find("no page 99") != std::string::npos);
}

TEST_CASE("an editable document has the table of contents of the filled contract") {
    const Folder folder;
    const std::string contract = folder.write(
        "contrat.fodt",
        flat("<text:table-of-content text:name=\"T\"><text:table-of-content-source>"
             "<text:table-of-content-entry-template text:outline-level=\"1\" "
             "text:style-name=\"C\"><text:index-entry-text/><text:index-entry-page-number/>"
             "</text:table-of-content-entry-template></text:table-of-content-source>"
             "<text:index-body><text:p>Périmé 7</text:p></text:index-body></text:table-of-content>"
             "<text:h text:outline-level=\"1\">Loyer de {{ nom }}, page </text:h>"));
    const std::string data = folder.write("donnees.json", R"({"nom": "Amina"})");
    for (const std::string ending : {"fodt", "odt"}) {
        const std::string out = folder / ("contrat-rempli." + ending);
        REQUIRE(
            run({"render", contract, "--data", data, "-o", out, "--now", "2026-01-14T10:00:00Z"})
                .status == 0);
        const std::string text = odf::write_flat(odf::read(read_file(out), out));
        CHECK(text.find("Périmé") == std::string::npos);
        CHECK(text.find("<text:p text:style-name=\"C\">Loyer de Amina, page 1</text:p>") !=
              std::string::npos);
    }
}

TEST_CASE("data that break the schema are told all at once, in French") {
    const Folder folder;
    const std::string data = folder.write("d.json", R"({"reference":"A-1","niveau":3})");
    const Ran ran = run({"render", contract, "--data", data, "--schema", schema, "--home", tree,
                         "-o", folder / "x.pdf"});
    CHECK(ran.status == 3);
    CHECK(ran.err.find("Niveau de la mesure") != std::string::npos);
    CHECK(ran.err.find("Bénéficiaire") != std::string::npos);
    CHECK(!fs::exists(folder / "x.pdf"));
}

TEST_CASE("a template's mistakes are listed with place and remedy, and give 1") {
    const Folder folder;
    const std::string file = folder.write(
        "t.fodt",
        flat("<text:p>{{ beneficiaire.nom_naissanse }}</text:p>\n<text:p>{{ contrat.mois | "
             "eurros }}</text:p>"));
    const Ran ran = run({"check", file, "--schema", schema, "--home", tree});
    CHECK(ran.status == 1);
    CHECK(ran.out.find("nom_naissance") != std::string::npos);
    CHECK(ran.out.find("euros") != std::string::npos);
    CHECK(ran.out.find(":2:") != std::string::npos);
    const Ran json = run({"check", file, "--schema", schema, "--home", tree, "--json"});
    CHECK(json.out.find("\"line\":2") != std::string::npos);
    CHECK(run({"check", contract, "--schema", schema, "--home", tree}).out == "");
}

TEST_CASE("the kind that is shipped is clean, and its scenarios pass") {
    const Ran checked = run({"check", tree + "/workflows/masp"});
    CHECK_MESSAGE(checked.status == 0, checked.out);
    const Ran played = run({"workflow", "simulate", tree + "/workflows/masp"});
    CHECK_MESSAGE(played.status == 0, played.out);
}

TEST_CASE("missing data is an error that names the tag, and leaves no file") {
    const Folder folder;
    const std::string file = folder.write("t.fodt", flat("<text:p>{{ nom }}</text:p>"));
    const std::string data = folder.write("d.json", "{}");
    const Ran ran = run({"render", file, "--data", data, "--home", tree, "-o", folder / "x.odt"});
    CHECK(ran.status == 3);
    CHECK(ran.err.find("« {{ nom }} »") != std::string::npos);
    CHECK(!fs::exists(folder / "x.odt"));
}

TEST_CASE("broken, hostile and oversized files are refused in one sentence") {
    const Folder folder;
    const std::string data = folder.write("d.json", "{}");
    const auto refused = [&](const std::string& file) {
        const Ran ran =
            run({"render", file, "--data", data, "--home", tree, "-o", folder / "x.odt"});
        CHECK_MESSAGE(ran.status == 3, ran.err);
        CHECK(ran.err.find('\n') == ran.err.size() - 1);
        return ran.err;
    };
    CHECK(refused(folder / "absent.fodt").find("no such file") != std::string::npos);
    CHECK(refused(folder.write("a.fodt", "<a><b></a>")).find("a.fodt:1") != std::string::npos);
    CHECK(refused(
              folder.write("b.fodt", "<!DOCTYPE a [<!ENTITY x SYSTEM \"/etc/passwd\">]><a>&x;</a>"))
              .find("b.fodt:1") != std::string::npos);
    CHECK(refused(folder.write("c.odt", "PK\x03\x04garbage")).find("c.odt") != std::string::npos);
    CHECK(refused(folder.write("d.fodt", "plain words")).find("neither") != std::string::npos);
    const std::string bomb =
        zip::write({{"mimetype", "application/vnd.oasis.opendocument.text", zip::Method::stored},
                    {"content.xml", std::string(40u << 20, ' '), zip::Method::deflated}});
    CHECK(refused(folder.write("bomb.odt", bomb)).find("bomb.odt") != std::string::npos);
    const std::string large = folder / "large.fodt";
    std::ofstream(large).seekp(100 << 20) << 'x';  // 100 MB, sparse
    CHECK(refused(large).find("larger than") != std::string::npos);
    CHECK(refused(folder.write("e.json", "[")).find("e.json") != std::string::npos);
}

TEST_CASE("a missing font is named, and where its package is told") {
    const Folder folder;
    std::string map = read_file(tree + "/fonts/fonts.map");
    const std::string there = "Carlito-Regular.ttf";
    for (auto at = map.find(there); at != std::string::npos; at = map.find(there))
        map.replace(at, there.size(), "Absent.ttf");
    fs::create_directories(folder / "fonts");
    write_file(folder / "fonts/fonts.map", map);
    fs::create_directory_symlink(tree + "/templates", folder / "templates");
    const Ran ran = run({"render", contract, "--data", sample, "--schema", schema, "--home",
                         folder / "", "-o", folder / "x.pdf"});
    CHECK_MESSAGE(ran.status == 3, ran.err);
    CHECK(ran.err.find("Absent.ttf") != std::string::npos);
    CHECK(ran.err.find("install the Debian package that fonts/fonts.map names above it") !=
          std::string::npos);
    CHECK(!fs::exists(folder / "x.pdf"));
}

TEST_CASE("an output that cannot be written is said, and nothing is left behind") {
    const Folder folder;
    const std::string file = folder.write("t.fodt", flat("<text:p>a</text:p>"));
    const std::string data = folder.write("d.json", "{}");
    const Ran ran =
        run({"render", file, "--data", data, "--home", tree, "-o", folder / "absent/x.odt"});
    CHECK(ran.status == 3);
    CHECK(run({"render", file, "--data", data, "--home", tree, "-o", folder / "x.docx"}).status ==
          3);
    CHECK(run({"render", file, "--data", data, "--home", tree, "-o", "/proc/x.odt"}).status >= 3);
}

TEST_CASE("a wrong password, a wrong field and a wrong file are told apart when signing") {
    const Folder folder;
    SystemRandom random;
    SystemClock clock;
    const Instant now = clock.now();
    const auto authority =
        crypto::Authority::create({"Essai", "", "FR"}, now, now + std::chrono::days(9), random);
    const auto signer =
        authority.issue({"Loïc", "", "FR"}, now, now + std::chrono::days(9), random);
    const auto expired = authority.issue({"Loïc", "", "FR"}, now - std::chrono::days(9),
                                         now - std::chrono::days(1), random);
    const std::string key = folder.write("k.p12", crypto::write_pkcs12(signer, "bon", "k"));
    const std::string old = folder.write("o.p12", crypto::write_pkcs12(expired, "bon", "k"));
    const std::string good = folder.write("good", "bon\n");
    const std::string bad = folder.write("bad", "mauvais\n");
    const std::string trust = folder.write("trust.pem", authority.certificate().pem());
    REQUIRE(run({"render", contract, "--data", sample, "--schema", schema, "--home", tree, "-o",
                 folder / "c.pdf", "-o", folder / "c.odt"})
                .status == 0);
    const auto sign = [&](const std::string& in, const std::string& p12,
                          const std::string& password, const std::string& field) {
        return run({"sign", in, "-o", folder / "s.pdf", "--key", p12, "--password-file", password,
                    "--field", field, "--home", tree});
    };
    CHECK(sign(folder / "c.pdf", key, bad, "beneficiaire").status == 4);
    CHECK(sign(folder / "c.pdf", old, good, "beneficiaire").status == 4);
    CHECK(sign(folder / "c.pdf", key, good, "notaire").status == 3);
    CHECK(sign(sample, key, good, "beneficiaire").status == 3);
    CHECK(!fs::exists(folder / "s.pdf"));
    const Ran several = run({"sign", folder / "c.pdf", "-o", folder / "s.pdf", "--key", key,
                             "--password-file", good, "--home", tree});
    CHECK(several.status == 3);
    CHECK(several.err.find("choose one with --field") != std::string::npos);

    const Ran done = sign(folder / "c.pdf", key, good, "beneficiaire");
    REQUIRE_MESSAGE(done.status == 0, done.err);
    CHECK(sign(folder / "s.pdf", key, good, "beneficiaire").status == 4);
    CHECK(run({"verify", folder / "s.pdf", "--trust", trust}).status == 0);
    CHECK(run({"verify", folder / "s.pdf"}).status == 1);
    const Ran report = run({"verify", folder / "s.pdf", "--trust", trust, "--json"});
    CHECK(report.out.find("\"verdict\":\"valid\"") != std::string::npos);

    std::string bytes = read_file(folder / "s.pdf");
    bytes[1000] = static_cast<char>(bytes[1000] ^ 1);
    const Ran altered = run({"verify", folder.write("x.pdf", bytes), "--trust", trust});
    CHECK((altered.status == 1 || altered.status == 3));
    CHECK(run({"verify", folder / "c.pdf", "--trust", trust}).status == 1);  // no signature at all

    REQUIRE(run({"sign", folder / "c.odt", "-o", folder / "s.odt", "--key", key, "--password-file",
                 good, "--home", tree})
                .status == 0);
    CHECK(run({"verify", folder / "s.odt", "--trust", trust}).status == 0);
}

TEST_CASE("a workflow runs from a script of events to its active states") {
    const Folder folder;
    const std::string chart = folder.write(
        "w.scxml",
        "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" version=\"1.0\" datamodel=\"null\" "
        "initial=\"a\"><state id=\"a\"><transition event=\"go\" target=\"b\"/></state><final "
        "id=\"b\"/></scxml>");
    const std::string events = folder.write("e.jsonl", "{\"event\":\"go\"}\n");
    const Ran ran = run({"workflow", "run", chart, "--events", events, "--virtual-clock"});
    CHECK_MESSAGE(ran.status == 0, ran.err);
    CHECK(ran.out.substr(ran.out.size() - 2) == "b\n");
    CHECK(run({"workflow", "graph", chart, "-o", folder / "w.svg"}).status == 0);
    CHECK(read_file(folder / "w.svg").find("<svg") != std::string::npos);
    const std::string wrong = folder.write("x.scxml",
                                           "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" "
                                           "version=\"1.0\">\n<state id=\"a\"><invoke "
                                           "src=\"b\"/></state></scxml>");
    const Ran refused = run({"workflow", "run", wrong});
    CHECK(refused.status == 3);
    CHECK(refused.err.find("x.scxml:2") != std::string::npos);
    CHECK(run({"check", wrong}).status == 1);
}

TEST_CASE("a store is made once, and its accounts are listed") {
    const Folder folder;
    const std::string store = "sqlite:" + (folder / "store");
    const std::string password = folder.write("p", "quatre mots au hasard\n");
    CHECK(run({"init", "--store", store, "--organisation", "Logis", "--password-file",
               folder.write("weak", "court\n"), "--home", tree})
              .status == 3);
    CHECK(!fs::exists(folder / "store"));
    const Ran made = run({"init", "--store", store, "--organisation", "Logis", "--password-file",
                          password, "--home", tree});
    REQUIRE_MESSAGE(made.status == 0, made.err);
    CHECK(run({"init", "--store", store, "--organisation", "Logis", "--password-file", password,
               "--home", tree})
              .status == 4);
    CHECK(run({"user", "add", "noemie", "--store", store, "--name", "Noémie", "--role", "referent",
               "--password-file", password, "--home", tree})
              .status == 0);
    CHECK(run({"user", "add", "noemie", "--store", store, "--name", "Noémie", "--role", "referent",
               "--password-file", password, "--home", tree})
              .status == 4);
    CHECK(run({"user", "list", "--store", store, "--home", tree}).out.find("noemie") !=
          std::string::npos);
    CHECK(run({"audit", "verify", "--store", store, "--home", tree}).status == 0);
    CHECK(run({"serve", "--store", "sqlite:" + (folder / "absent"), "--home", tree}).status == 3);
    CHECK(run({"serve", "--store", "mysql:x", "--home", tree}).status == 3);
}

TEST_CASE("the demonstration ends with three valid signatures and a pack") {
    const Folder folder;
    const Ran ran = run({"demo", folder / "d", "--home", tree});
    REQUIRE_MESSAGE(ran.status == 0, std::string(ran.err + ran.out));
    const std::string trust = folder / "d/trust.pem";
    CHECK(run({"verify", "--trust", trust, folder / "d/contrat.pdf", folder / "d/contrat.odt"})
              .status == 0);
    for (const auto& entry : fs::directory_iterator(folder / "d"))
        if (entry.path().extension() == ".asice") {
            const Ran pack = run({"pack", "verify", "--trust", trust, entry.path().string()});
            CHECK_MESSAGE(pack.status == 0, std::string(pack.out + pack.err));
        }
}
