#include "kind/coverage.hpp"

#include <doctest/doctest.h>

using namespace paraphe;

TEST_CASE(
    "the samples of the MASP reach every branch and clause of its templates, and every loop they "
    "can") {
    const auto reached = kind::coverage(
        kind::load(std::filesystem::path(PARAPHE_SOURCE_DIR) / "workflows" / "masp"));
    REQUIRE(reached.documents.size() == 2);
    std::string missing;
    for (const Diagnostic& each : reached.findings())
        missing += to_string(each) + "\n";
    // At level 2 the schema asks for a benefit, by an if/then that the coverage does not read: no
    // valid sample leaves this loop without a turn.
    CHECK(
        missing ==
        "masp/templates/contrat.fodt:286:122: P0501 (avertissement) Article 9 — Modification, "
        "suspension et fin anticipée, tableau « Prestations gérées », 32e alinéa, « {% for "
        "prestation in prestations_gerees %} » : aucun exemple ne laisse cette boucle sans tour ; "
        "ajoutez un exemple où « prestations_gerees » est vide\n");
    CHECK(reached.documents.front().path == "templates/contrat.fodt");
    CHECK(reached.documents.front().coverage.branches.all == 46);
}
