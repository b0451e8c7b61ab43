#include <doctest/doctest.h>

#include "cli/command.hpp"
#include "json/json.hpp"
#include "pdf/attachments.hpp"
#include "pdf/update.hpp"

// Ten years later: is this PDF what its data and its template give?

using namespace paraphe;
using namespace paraphe::test;

namespace {

const std::string tree = PARAPHE_SOURCE_DIR;

struct Letter {
    Folder folder;
    std::string model = folder.write(
        "lettre.fodt",
        flat("<text:h text:outline-level=\"1\">Lettre</text:h><text:p>{{ nom }}</text:p>"));
    std::string data = folder.write("d.json", R"({"nom": "Awa Sarr"})");
    std::string file = folder / "lettre.pdf";

    Letter() {
        REQUIRE(run({"render", model, "--data", data, "--home", tree, "--now",
                     "2026-01-05T12:00:00Z", "-o", file})
                    .status == 0);
    }
    Ran rebuild(const std::string& from, const std::string& with,
                std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"rebuild", file, "--template", from,
                                       "--data",  with, "--home",     tree};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
};

}  // namespace

TEST_CASE("the same data and template give the same octets, and rebuild says so") {
    const Letter letter;
    const Ran same = letter.rebuild(letter.model, letter.data);
    CHECK(same.status == 0);
    CHECK(same.out.starts_with(letter.file + " : identique, octet pour octet, "));
    const auto told = json::parse(letter.rebuild(letter.model, letter.data, {"--json"}).out, "out");
    CHECK(told.at("verdict").as_string() == "same");
    CHECK(told.at("made_by") == told.at("rebuilt_by"));
    CHECK(told.at("made_by").at("sources").as_array()[0].as_string().starts_with(
        "paraphe:modele lettre.fodt sha256:"));
}

TEST_CASE("what was appended after the first revision, as a signature is, does not count") {
    const Letter letter;
    pdf::Update update(pdf::File::read(read_file(letter.file), "lettre.pdf"));
    update.add({{"Note", "(plus tard)"}});
    write_file(letter.file, update.finish().bytes);
    CHECK(letter.rebuild(letter.model, letter.data).status == 0);
}

TEST_CASE("other data, another template, another engine: each is told as what it is") {
    const Letter letter;
    const auto other = letter.folder.write("e.json", R"({"nom": "Awa Diop"})");
    const Ran data = letter.rebuild(letter.model, other);
    CHECK(data.status == 1);
    CHECK(data.out.starts_with(letter.file + " : diffère de ce que donnent ces données et ce "
                                             "modèle\n  première différence : le contenu de la "
                                             "page 1, objet "));

    const auto model = letter.folder.write("lettre2.fodt", read_file(letter.model) + "\n");
    const Ran source = letter.rebuild(model, letter.data);
    CHECK(source.status == 1);
    CHECK(source.out.starts_with(letter.file + " : fait d’un autre modèle, d’une autre clause ou "
                                               "d’une autre police\n  modèle et clauses du "
                                               "fichier : paraphe:modele lettre.fodt sha256:"));

    Bytes octets = read_file(letter.file);
    const std::size_t at = octets.find("HarfBuzz ");
    REQUIRE(at != Bytes::npos);
    octets[at + 9] = '1';
    write_file(letter.file, octets);
    const Ran engine = letter.rebuild(letter.model, letter.data);
    CHECK(engine.status == 1);
    CHECK(engine.out.starts_with(
        letter.file + " : fait par un autre moteur ou une autre version d’une bibliothèque\n"));
    CHECK(engine.out.find("bibliothèques d’aujourd’hui : FreeType ") != std::string::npos);
    const auto told = json::parse(letter.rebuild(letter.model, letter.data, {"--json"}).out, "out");
    CHECK(told.at("verdict").as_string() == "other_engine");
    CHECK(told.at("difference").at("what").as_string() == "les métadonnées");
}

TEST_CASE("a PDF without its data asks for them") {
    const Letter letter;
    const Ran ran = run({"rebuild", letter.file, "--template", letter.model, "--home", tree});
    CHECK(ran.status == 3);
    CHECK(ran.err == "paraphe: " + letter.file +
                         ": le fichier ne contient pas ses données; donnez-les par --data\n");
}

TEST_CASE("a contract that carries its data is proven by its kind alone") {
    const Folder folder;
    const std::string kind = tree + "/workflows/masp";
    const std::string model = tree + "/templates/masp/contrat.fodt";
    const std::string file = folder / "contrat.pdf";
    REQUIRE(run({"render", model, "--kind", kind, "--data", kind + "/samples/case-1.json", "--home",
                 tree, "--now", "2026-01-05T12:00:00Z", "-o", file})
                .status == 0);
    const auto inside = pdf::attachments(pdf::File::read(read_file(file), file));
    REQUIRE(inside.size() == 2);
    CHECK(inside[0].relationship == pdf::Relationship::data);
    CHECK(json::parse(inside[0].bytes, "donnees.json") ==
          json::parse(read_file(kind + "/samples/case-1.json"), "case-1.json"));
    CHECK(inside[1].relationship == pdf::Relationship::source);
    CHECK(inside[1].bytes.starts_with("PK"));
    CHECK(run({"rebuild", file, "--template", model, "--kind", kind, "--home", tree}).status == 0);
    const Ran other = run({"rebuild", file, "--template", model, "--kind", kind, "--home", tree,
                           "--data", kind + "/samples/curatelle.json"});
    CHECK(other.status == 1);
}
