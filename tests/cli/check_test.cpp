#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "cli/check_report.hpp"
#include "cli/command.hpp"
#include "json/json.hpp"
#include "odf/odf.hpp"

// What an author sees who checks a template: at a terminal, in a script, in an editor, in Writer.

using namespace paraphe;
using namespace paraphe::test;
namespace fs = std::filesystem;

namespace {

const std::string tree = PARAPHE_SOURCE_DIR;
const std::string schema = tree + "/workflows/masp/schema.json";

const std::string two_faults =
    "\n<text:p>Référence : {{ refrence }}</text:p>\n<text:p>{{ niveau | niveaux }}</text:p>\n";

Ran check(std::vector<std::string> words) {
    words.insert(words.begin(), "check");
    for (const char* more : {"--home", tree.c_str(), "--now", "2026-01-05T12:00:00Z"})
        words.emplace_back(more);
    return run(words);
}

Diagnostic fault(Severity severity, const std::string& code, const std::string& message,
                 const std::string& file, int line, const std::string& quote) {
    return {severity, code, message, {file, line, 3, ""}, "Article 4", quote, "corrigez"};
}

}  // namespace

TEST_CASE("what the pages only approximate is told with its place, before any data") {
    const Folder folder;
    std::string text = flat(
        "<text:p xml:id=\"a\">{% if x %}<text:placeholder text:placeholder-type=\"text\">mot"
        "</text:placeholder>{% endif %}</text:p>");
    const auto file = folder.write("essai.fodt", text);
    const Ran ran = check({file});
    CHECK(ran.status == 1);
    CHECK(ran.out.find("P0429 (avertissement) 1er alinéa : le texte à remplir « mot » n’est pas "
                       "imprimé, comme dans Writer") != std::string::npos);
}

TEST_CASE("for people the findings stand by file, with carets under the fault and a count") {
    const Diagnostics found{
        fault(Severity::error, "P0101", "« prénm » n’existe pas", "a.fodt", 7, "{{ é.prénm }}"),
        fault(Severity::warning, "P0416", "une image n’a pas de texte", "a.fodt", 9, ""),
        fault(Severity::error, "P0100", "il manque un signe", "b.fodt", 1, "{{ x")};
    std::ostringstream out;
    cli::print_for_people(found, cli::Colour::none, out);
    CHECK(out.str() ==
          "a.fodt\n"
          "\n  erreur P0101 · Article 4 · ligne 7, colonne 3\n"
          "    │ {{ é.prénm }}\n"
          "    │      ^^^^^\n"
          "    « prénm » n’existe pas\n"
          "    → corrigez\n"
          "\n  avertissement P0416 · Article 4 · ligne 9, colonne 3\n"
          "    une image n’a pas de texte\n"
          "    → corrigez\n"
          "\nb.fodt\n"
          "\n  erreur P0100 · Article 4 · ligne 1, colonne 3\n"
          "    │ {{ x\n"
          "    │ ^^^^\n"
          "    il manque un signe\n"
          "    → corrigez\n"
          "\n2 erreurs, 1 avertissement dans 2 fichiers\n"
          "Pour comprendre un code : paraphe check --explain P0101\n");
    std::ostringstream none;
    cli::print_for_people({}, cli::Colour::none, none);
    CHECK(none.str() == "aucune remarque\n");
}

TEST_CASE("the carets mark a whole word, the first that the message names") {
    const auto marked = [](const std::string& quote, const std::string& message) {
        const auto span = cli::fault_in(quote, message);
        return quote.substr(span.begin, span.end - span.begin) + "@" + std::to_string(span.begin);
    };
    CHECK(marked("{{ noms.nom }}", "« nom » manque") == "nom@8");
    CHECK(marked("{{ a }}", "« b » manque dans « a »") == "a@3");
    CHECK(marked("{{ a }}", "rien") == "{{ a }}@0");
}

TEST_CASE("a script gets one line for each finding, and --json one object") {
    const Folder folder;
    const std::string file = folder.write("t.fodt", flat(two_faults));
    const Ran lines = check({file, "--schema", schema});
    CHECK(lines.status == 1);
    CHECK(lines.out.find(file + ":2:") != std::string::npos);
    const Ran json = check({file, "--schema", schema, "--json"});
    std::istringstream text(json.out);
    json::Value object;
    for (std::string line; std::getline(text, line);)
        if (line.find("\"P0101\"") != std::string::npos) object = json::parse(line, "out");
    REQUIRE(object.is_object());
    CHECK(std::count(json.out.begin(), json.out.end(), '\n') ==
          std::count(lines.out.begin(), lines.out.end(), '\n'));
    std::string keys;
    for (const auto& member : object.as_object())
        keys += member.key + " ";
    CHECK(keys == "severity code message file part line column context quote remedy ");
    CHECK(object.at("quote").as_string() == "{{ refrence }}");
    CHECK(check({file, "--schema", schema, "--format", "text"}).out.find("2 erreurs, ") !=
          std::string::npos);
}

TEST_CASE("check and render tell every mistake of a message at once") {
    const Folder folder;
    const std::string file =
        folder.write("m.txt", "Bonjour {{ reference | }},\n{% if niveau %}a\n{{ niveau + }}\n");
    const std::string wanted =
        "m.txt:1:24: P0100 « {{ reference | }} » : un nom de filtre attendu, la fin de "
        "l'expression trouvé";
    const Ran checked = check({file, "--format", "lines"});
    CHECK(checked.status == 1);
    CHECK(checked.out.find(wanted) != std::string::npos);
    CHECK(std::count(checked.out.begin(), checked.out.end(), '\n') == 3);
    const Ran rendered = run({"render", file, "--data", folder.write("d.json", "{}"), "-o",
                              folder / "out.txt", "--home", tree});
    CHECK(rendered.status == 3);
    CHECK(rendered.err.find(wanted) != std::string::npos);
    CHECK(rendered.err.find("m.txt:2:3: P0202") != std::string::npos);
    CHECK(rendered.err.find("m.txt:3:") != std::string::npos);
}

TEST_CASE("SARIF names rule, place and snippet, with files relative to the working folder") {
    Diagnostics found{
        fault(Severity::error, "P0101", "« x » n’existe pas", "/w/a é.fodt", 7, "{{ x }}"),
        fault(Severity::warning, "P0101", "« y » n’existe pas", "/w/b.odt", 2, "{{ y }}"),
        fault(Severity::error, "P0999", "autre", "/ailleurs/c.fodt", 1, "")};
    found[1].where.part = "content.xml";
    const json::Value log = cli::sarif(found, "/w");
    CHECK(log.at("version").as_string() == "2.1.0");
    const auto& one_run = log.at("runs").as_array().at(0);
    const auto& rules = one_run.at("tool").at("driver").at("rules").as_array();
    REQUIRE(rules.size() == 2);
    CHECK(rules[0].at("id").as_string() == "P0101");
    CHECK(rules[0].at("shortDescription").at("text").as_string() == "Champ inconnu");
    CHECK(rules[1].find("help") == nullptr);
    const auto& results = one_run.at("results").as_array();
    REQUIRE(results.size() == 3);
    CHECK(
        json::write(results[0]) ==
        "{\"ruleId\":\"P0101\",\"ruleIndex\":0,\"level\":\"error\",\"message\":{\"text\":\"« {{ x "
        "}} » : « x » n’existe pas ; corrigez\"},\"locations\":[{\"physicalLocation\":{"
        "\"artifactLocation\":{\"uri\":\"a%20%C3%A9.fodt\"},\"region\":{\"startLine\":7,"
        "\"startColumn\":3,\"snippet\":{\"text\":\"{{ x }}\"}}},\"logicalLocations\":[{"
        "\"fullyQualifiedName\":\"Article 4\",\"kind\":\"element\"}]}]}");
    // A package has no lines, but places in words.
    CHECK(
        json::write(results[1].at("locations")) ==
        "[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"b.odt\"}},\"logicalLocations\":[{"
        "\"fullyQualifiedName\":\"Article 4\",\"kind\":\"element\"}],\"message\":{\"text\":"
        "\"Article 4 : « {{ y }} "
        "»\"},\"properties\":{\"part\":\"content.xml\",\"line\":2,\"column\":3,"
        "\"quote\":\"{{ y }}\"}}]");
    CHECK(results[1].at("ruleIndex").as_int64() == 0);
    CHECK(results[2]
              .at("locations")
              .as_array()[0]
              .at("physicalLocation")
              .at("artifactLocation")
              .at("uri")
              .as_string() == "file:///ailleurs/c.fodt");
}

TEST_CASE("--sarif writes the log beside what is printed; a clean template has no result") {
    const Folder folder;
    const std::string file = folder.write("t.fodt", flat("<text:p>{{ reference }}</text:p>"));
    const Ran ran = check({file, "--schema", schema, "--sarif", folder / "log.sarif"});
    CHECK(ran.out.find("P0101") == std::string::npos);
    const auto log = json::parse(read_file(folder / "log.sarif"), "log");
    CHECK(log.at("runs").as_array().size() == 1);
}

TEST_CASE("a code is explained, an unknown one refused with the nearest") {
    const Ran known = run({"check", "--explain", "P0106"});
    CHECK(known.status == 0);
    CHECK(known.out.find("P0106 — Champ facultatif employé sans garde\n") == 0);
    const Ran unknown = run({"check", "--explain", "P106"});
    CHECK(unknown.status == 3);
    CHECK(unknown.out == "");
    CHECK(unknown.err ==
          "paraphe: aucune remarque ne porte le code « P106 »; vouliez-vous « P0106 » ?\n");
    CHECK(run({"check"}).status == 2);
    CHECK(run({"check", "a.fodt", "--explain", "P0106"}).status == 2);
}

TEST_CASE("what is no template gives one clear message and 3") {
    const Folder folder;
    const auto refused = [&](const std::string& target) {
        const Ran ran = check({target});
        CHECK(ran.status == 3);
        CHECK(ran.out == "");
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
        CHECK_MESSAGE(ran.err.find(fs::path(target).filename().string()) != std::string::npos,
                      ran.err);
    };
    refused(folder.write("vide.fodt", ""));
    refused(folder.write("vide.odt", ""));
    refused(folder.write("note.fodt", "Bonjour"));
    refused(folder.write("image.odt", "\x89PNG\r\n\x1a\n"));
    refused(folder / "absent.fodt");
    fs::create_directories(folder / "dossier");
    refused(folder / "dossier");
}

TEST_CASE("--annotate writes comments into a copy; the annotated copy has the same findings") {
    const Folder folder;
    const std::string file = folder.write("t.fodt", flat(two_faults));
    const Ran ran = check({file, "--schema", schema, "--annotate", folder / "u.odt", "--annotate",
                           folder / "u.fodt"});
    CHECK(ran.status == 1);
    const auto comments = [&](const std::string& name) {
        const auto document = odf::read(read_file(folder / name), name);
        int count = 0;
        odf::walk(*document.body, [&](const odf::Element& each) {
            count += each.name == odf::Name("office:annotation") ? 1 : 0;
        });
        return count;
    };
    // The two tags, and the first paragraph for what concerns the whole document.
    CHECK(comments("u.odt") == 3);
    CHECK(comments("u.fodt") == 3);
    check({folder / "u.fodt", "--schema", schema, "--annotate", folder / "v.fodt"});
    CHECK(read_file(folder / "v.fodt") == read_file(folder / "u.fodt"));
    CHECK(check({file, "--annotate", folder / "u.docx"}).status == 3);
    CHECK(check({tree + "/workflows/masp", "--annotate", folder / "u.odt"}).status == 3);
}

TEST_CASE("--annotate draws the pages with the places marked") {
    const Folder folder;
    const std::string file = folder.write("t.fodt", flat(two_faults));
    CHECK(check({file, "--schema", schema, "--annotate", folder / "u.pdf"}).status == 1);
    CHECK(read_file(folder / "u.pdf").starts_with("%PDF-"));
}

TEST_CASE("--coverage tells totals for each template, and takes a kind alone") {
    const Ran ran = check({tree + "/workflows/masp", "--coverage"});
    CHECK(ran.out.find("templates/contrat.fodt : branches ") != std::string::npos);
    CHECK(check({tree + "/templates/masp/contrat.fodt", "--coverage"}).status == 3);
    const Ran json = check({tree + "/workflows/masp", "--coverage", "--json"});
    CHECK(json.out.find("{\"template\":\"templates/contrat.fodt\",\"branches\":{\"reached\":") !=
          std::string::npos);
}

TEST_CASE(
    "a PDF file is judged by PDF/A-3a and PDF/UA-1: what we render passes, what is cut fails") {
    const Folder folder;
    const auto model = folder.write(
        "lettre.fodt",
        flat("<text:h text:outline-level=\"1\">Lettre</text:h><text:p>Madame</text:p>"));
    const auto data = folder.write("d.json", "{}");
    const auto file = folder / "lettre.pdf";
    REQUIRE(run({"render", model, "--data", data, "--home", tree, "-o", file}).status == 0);
    const Ran good = check({file});
    CHECK(good.status == 0);
    CHECK(good.out.empty());

    Bytes octets = read_file(file);
    octets.replace(octets.find("<pdfaid:part>3"), 14, "<pdfaid:part>1");
    write_file(file, octets);
    const Ran bad = check({file});
    CHECK(bad.status == 1);
    CHECK(bad.out.starts_with(file + ":objet "));
    CHECK(
        bad.out.find("P0607 le fichier se dit PDF/A-1A, et non PDF/A-3A (ISO 19005-3 §6.6.4) ; ") !=
        std::string::npos);
    const Ran as_json = check({file, "--json"});
    const auto finding = json::parse(as_json.out, "out");
    CHECK(finding.at("code").as_string() == "P0607");
    CHECK(finding.at("part").as_string().starts_with("objet "));
    const Ran as_sarif = check({file, "--format", "sarif"});
    const auto result = json::parse(as_sarif.out, "out").at("runs").as_array()[0].at("results");
    CHECK(result.as_array()[0]
              .at("locations")
              .as_array()[0]
              .at("logicalLocations")
              .as_array()[0]
              .at("fullyQualifiedName")
              .as_string()
              .starts_with("objet "));
    CHECK(check({file, "--annotate", folder / "x.odt"}).status == 3);
}
