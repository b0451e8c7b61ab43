#include "kind/kind.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "bundle.hpp"

using namespace paraphe;
using namespace paraphe::kind;
using paraphe::kind::testing::files;
using paraphe::kind::testing::flat_document;

namespace {

std::string findings(Files bundle) {
    std::string out;
    for (const Diagnostic& diagnostic : check(load("essai", std::move(bundle))))
        out += (out.empty() ? "" : "\n") + diagnostic.code + " " + diagnostic.message +
               (diagnostic.remedy.empty() ? "" : " ; " + diagnostic.remedy);
    return out;
}

void replace(Bytes& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a sound kind loads without findings") {
    const Kind kind = load("essai", files());
    CHECK(kind.title() == "Essai");
    CHECK(findings(files()) == "");
    CHECK(kind.samples.count("un") == 1);
    CHECK(kind.templates.count("templates/contrat.fodt") == 1);
}

TEST_CASE("a kind is named by its content, and its parameters do not count") {
    const Kind kind = load("essai", files());
    Files changed = files();
    changed["parameters.json"] = "{\"revisions\": []}";
    changed["clauses/inutile.fodt"] = flat_document("Autre chose.");
    CHECK(load("essai", changed).manifest.hash == kind.manifest.hash);
    changed = files();
    changed["clauses/recours.fodt"] = flat_document("Autre chose.");
    CHECK(load("essai", changed).manifest.hash != kind.manifest.hash);
    changed = files();
    changed["messages/a-signer.txt"] += " ";
    CHECK(load("essai", changed).manifest.hash != kind.manifest.hash);
    CHECK(load("autre", files()).manifest.hash != kind.manifest.hash);
    // What was published loads again under the same name.
    CHECK(load("essai", kind.files).manifest.hash == kind.manifest.hash);
}

TEST_CASE("parameters are those in force on the day") {
    const Kind kind = load("essai", files());
    const auto number = [&](Date day, const char* name) {
        return kind.parameter_values(day).map().find(std::string_view(name))->integer();
    };
    CHECK(number(Date(2026, 6, 1), "plafond") == 20519);
    CHECK(number(Date(2026, 6, 1), "preavis") == 15);
    CHECK(number(Date(2025, 12, 31), "plafond") == 19000);
    CHECK(number(Date(2025, 12, 31), "preavis") == 10);
    CHECK(kind.parameters_on(Date(2026, 1, 1))->reference == "barème 2026");
    CHECK_THROWS_WITH_AS(kind.parameters_on(Date(2024, 12, 31)),
                         "essai/parameters.json: no parameters were in force on 2024-12-31; add a "
                         "revision that starts on that day or before",
                         Error);
    Files none = files();
    none.erase("parameters.json");
    CHECK(load("essai", none).parameters_on(Date(2026, 1, 1)) == nullptr);
}

TEST_CASE("data are typed by the schema") {
    const Kind kind = load("essai", files());
    const expression::Value dossier = kind.typed(kind.samples.at("un"));
    CHECK(dossier.map().find(std::string_view("debut"))->date() == Date(2026, 1, 31));
    CHECK(kind.validate(kind.samples.at("un")).empty());
}

TEST_CASE("templates are found by the names that the workflow uses") {
    const Kind kind = load("essai", files());
    CHECK(kind.template_path("essai/contrat.fodt") == "templates/contrat.fodt");
    CHECK(kind.template_path("essai/a-signer") == "messages/a-signer.txt");
    CHECK_FALSE(kind.template_path("autre/contrat.fodt"));
    CHECK(kind.template_of("contrat") == "templates/contrat.fodt");
    CHECK_FALSE(kind.template_of("bilan"));
}

TEST_CASE("a template that nobody wrote is found") {
    Files bundle = files();
    replace(bundle["workflow.scxml"], "essai/a-signer", "essai/a-signr");
    CHECK(
        findings(bundle) ==
        "K0002 le modèle « essai/a-signr » n'existe pas ; vouliez-vous dire « essai/a-signer » ?");
}

TEST_CASE("slots of the workflow and of the document are the same") {
    Files bundle = files();
    replace(bundle["workflow.scxml"], "slot=\"beneficiaire\"", "slot=\"beneficaire\"");
    const std::string found = findings(bundle);
    CHECK(found.find("K0004 le modèle « essai/contrat.fodt » n'a pas de case de signature « "
                     "beneficaire » ; vouliez-vous dire « beneficiaire » ?") != std::string::npos);
    CHECK(
        found.find("K0005 personne n'est invité à remplir la case de signature « beneficiaire »") !=
        std::string::npos);
    bundle = files();
    replace(bundle["workflow.scxml"], "<p:render document=\"contrat\"",
            "<p:render document=\"acte\"");
    CHECK(findings(bundle).find("K0003 le document « contrat » est à signer, mais rien ne le "
                                "produit") != std::string::npos);
}

TEST_CASE("fields are checked against the schema in the workflow, documents and messages") {
    Files bundle = files();
    replace(bundle["workflow.scxml"], "dossier.mois ≥ 6", "dossier.moi ≥ 6");
    replace(bundle["templates/contrat.fodt"], "{{ nom }}", "{{ nome }}");
    replace(bundle["messages/a-signer.txt"], "dossier.nom", "dossier.nam");
    const std::string found = findings(bundle);
    INFO(found);
    CHECK(found.find("moi") != std::string::npos);
    CHECK(found.find("nome") != std::string::npos);
    CHECK(found.find("nam") != std::string::npos);
}

TEST_CASE("a sample that breaks the schema is found") {
    Files bundle = files();
    bundle["samples/un.json"] = "{\"debut\": \"31/01/2026\", \"mois\": 12, \"nom\": \"Lefèvre\"}";
    const Diagnostics found = check(load("essai", bundle));
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "K0006");
    CHECK(found[0].where.part == "/debut");
}

TEST_CASE("a kind without its parts is refused by name") {
    Files bundle = files();
    bundle.erase("schema.json");
    CHECK_THROWS_WITH_AS(load("essai", bundle),
                         "essai: the kind has no schema.json; a kind needs workflow.scxml and "
                         "schema.json",
                         Error);
    CHECK_THROWS_AS(load(std::filesystem::path("/nowhere/at/all")), Error);
    bundle = files();
    bundle["parameters.json"] = "{\"revisions\": [{\"from\": \"demain\"}]}";
    CHECK_THROWS_WITH_AS(load("essai", bundle),
                         "essai/parameters.json: a revision of the parameters starts on a day "
                         "\"from\", not 'demain'; write YYYY-MM-DD",
                         Error);
}

TEST_CASE("a message with several mistakes tells them all, against the schema too") {
    Files bundle = files();
    bundle["messages/a-signer.txt"] =
        "Le contrat de {{ dossier.non }}\n{% if dossier.mois > %}est long{% endif %}\n{% endfor %}";
    CHECK(findings(bundle) ==
          "P0101 le champ « non » n'existe pas dans « dossier » ; vouliez-vous « nom » ?\n"
          "P0100 l'expression s'arrête avant la fin ; complétez-la\n"
          "P0202 cette balise ne ferme aucun bloc ouvert ici ; ouvrez le bloc avant, ou supprimez "
          "cette balise");
}

TEST_CASE("a slot is printed when its signature is asked for, and only then") {
    Files bundle = files();
    bundle["templates/contrat.fodt"] =
        flat_document("{{ nom }} {% if mois > 12 %}{{ signature(\"beneficiaire\") }}{% endif %}");
    CHECK(findings(bundle) ==
          "P0243 cette case n’est pas toujours imprimée, mais la signature de « beneficiaire » est "
          "toujours demandée ; sortez-la de son {% if %}, ou demandez la signature sous la même "
          "condition");
    bundle["workflow.scxml"] = files()["workflow.scxml"];
    replace(bundle["workflow.scxml"], "<p:sign document=\"contrat\" slot=\"beneficiaire\"/>",
            "<if cond=\"dossier.mois > 12\"><p:sign document=\"contrat\" slot=\"beneficiaire\"/>"
            "</if>");
    CHECK(findings(bundle) == "");
    bundle["templates/contrat.fodt"] = files()["templates/contrat.fodt"];
    CHECK(findings(bundle) ==
          "P0244 cette case est toujours imprimée, mais la signature de « beneficiaire » n’est "
          "demandée que sous condition : elle resterait vide ; mettez-la sous la même condition "
          "que dans le déroulement : {% if … %}…{% endif %}");
    bundle["templates/contrat.fodt"] = flat_document(
        "{{ nom }} {{ signature(\"beneficiaire\") }}{{ signature(\"beneficiaire\") }}");
    CHECK(findings(bundle).find("P0205 la signature de « beneficiaire » est déjà placée") !=
          std::string::npos);
}

TEST_CASE("whether a signature is always asked for is judged where the document is signed") {
    // The second signs after the first: a way, and not the only one.
    Files bundle = files();
    bundle["templates/contrat.fodt"] = flat_document(
        "{{ nom }} {{ signature(\"beneficiaire\") }} "
        "{% if mois > 12 %}{{ signature(\"maire\") }}{% endif %}");
    Bytes& chart = bundle["workflow.scxml"];
    replace(chart, "<final ",
            "<state id=\"mayor\" p:label=\"Maire\"><onentry><p:sign document=\"contrat\" "
            "slot=\"maire\"/></onentry><transition event=\"signed.maire refused.maire\" "
            "target=\"signed\"/>"
            "</state><final ");
    replace(chart, "<transition event=\"signed.beneficiaire\" target=\"signed\"/>",
            "<transition event=\"signed.beneficiaire\" cond=\"dossier.mois > 12\" "
            "target=\"mayor\"/><transition event=\"signed.beneficiaire\" target=\"signed\"/>");
    CHECK(findings(bundle) == "");
    // Side by side they are asked together.
    bundle = files();
    bundle["templates/contrat.fodt"] = flat_document(
        "{{ nom }} {{ signature(\"beneficiaire\") }} "
        "{% if mois > 12 %}{{ signature(\"maire\") }}{% endif %}");
    Bytes& both = bundle["workflow.scxml"];
    replace(both, "<state id=\"signing\" p:label=\"En signature\">",
            "<parallel id=\"signing\" p:label=\"En signature\"><state id=\"mayor\" "
            "p:label=\"Maire\"><onentry><p:sign document=\"contrat\" slot=\"maire\"/></onentry>"
            "<transition event=\"signed.maire refused.maire\" target=\"signed\"/>"
            "</state><state id=\"household\" p:label=\"Ménage\">");
    replace(both, "<final ", "</parallel><final ");
    CHECK(
        findings(bundle) ==
        "P0243 cette case n’est pas toujours imprimée, mais la signature de « maire » est toujours "
        "demandée ; sortez-la de son {% if %}, ou demandez la signature sous la même condition");
}
