#include "kind/coverage.hpp"

#include <doctest/doctest.h>

#include "bundle.hpp"

using namespace paraphe;

TEST_CASE(
    "the samples of the MASP reach every branch and clause of its templates, and every loop they "
    "can") {
    const auto reached = kind::coverage(
        kind::load(std::filesystem::path(PARAPHE_SOURCE_DIR) / "workflows" / "masp"));
    REQUIRE(reached.documents.size() == 10);
    std::string missing;
    for (const Diagnostic& each : reached.findings())
        missing += to_string(each) + "\n";
    // At level 2 the schema asks for a benefit: no valid sample leaves its loop without a turn, and
    // none is missed.
    CHECK(missing == "");
    CHECK(reached.documents[0].path == "messages/a-relire.txt");
    CHECK(reached.documents[8].path == "templates/contrat.fodt");
    CHECK(reached.documents[8].coverage.branches.all == 46);
}

TEST_CASE("the messages of a kind are measured like its documents, with their places") {
    kind::Files bundle = kind::testing::files();
    bundle["messages/a-signer.txt"] =
        "Le contrat de {{ dossier.nom }} est à signer.\n"
        "{% if dossier.mois > 12 %}Il est long.{% else %}Il est court.{% endif %}\n"
        "{% for etape in dossier.etapes %}- {{ etape }}\n{% endfor %}"
        "{% if dossier.nom is defined %}!{% endif %}";
    bundle["messages/relance.html"] = "<p>{% if mois > 6 %}{{ nim }}{% endif %}</p>";
    bundle["schema.json"].replace(
        bundle["schema.json"].find("\"properties\": {") + 15, 0,
        "\"etapes\": {\"type\": \"array\", \"minItems\": 1, \"items\": {\"type\": \"string\"}}, ");
    bundle["samples/un.json"].replace(1, 0, "\"etapes\": [\"a\"], ");
    const auto reached = kind::coverage(kind::load("essai", std::move(bundle)));
    REQUIRE(reached.documents.size() == 3);
    CHECK(reached.documents[0].path == "messages/a-signer.txt");
    // What the schema rules out is not counted: an empty list, a contract without name.
    CHECK(to_string(reached.documents[0].coverage) == "branches 2/3, boucles 1/2 cas, clauses 0/0");
    std::string found;
    for (const Diagnostic& each : reached.findings())
        found += to_string(each) + "\n";
    CHECK(found ==
          "essai/messages/relance.html:1:24: P0503 l’exemple « un » ne remplit pas ce modèle : « "
          "nim » n'est pas défini ; vouliez-vous « nom » ?\n"
          "essai/messages/a-signer.txt:2:3: P0500 (avertissement) « {% if dossier.mois > 12 %} » : "
          "aucun exemple ne rend vraie cette condition ; ajoutez un exemple où « dossier.mois > 12 "
          "» est vrai\n"
          "essai/messages/a-signer.txt:3:3: P0501 (avertissement) « {% for etape in dossier.etapes "
          "%} » : aucun exemple ne fait faire plusieurs tours à cette boucle ; ajoutez un exemple "
          "où « dossier.etapes » a plusieurs éléments\n"
          "essai/messages/relance.html:1:6: P0500 (avertissement) « {% if mois > 6 %} » : aucun "
          "exemple ne rend fausse cette condition ; ajoutez un exemple où « mois > 6 » est faux\n");
}
