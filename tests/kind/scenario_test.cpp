#include "kind/scenario.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "bundle.hpp"

using namespace paraphe;
using namespace paraphe::kind;
using paraphe::kind::testing::files;

namespace {

Played play_text(const std::string& scenario) {
    Files bundle = files();
    bundle["scenarios/s.json"] = scenario;
    return play(load("essai", bundle), "s");
}

std::string problems(const Played& played) {
    std::string out;
    for (const std::string& problem : played.problems)
        out += problem + "\n";
    return out;
}

}  // namespace

TEST_CASE("a scenario drives a case from its sample to its end") {
    const Played played = play_text(R"json({
        "given": {"sample": "un", "on": "2026-01-05"},
        "steps": [
            {"then": {"active": ["draft"], "permitted": {"referent": ["submit"], "autre": []},
                      "effects": ["render contrat with essai/contrat.fodt"]}},
            {"when": "submit", "by": "referent:lou"},
            {"then": {"active": ["signing"], "deadlines": {"deadline.end": "2027-01-30"},
                      "effects": ["ask beneficiaire to sign contrat (simple)"]
}
},
            {"dossier": {"mois": 6}},
            {"then": {"deadlines": {"deadline.end": "2026-07-30"},
                      "effects": ["move deadline.end from 2027-01-30 to 2026-07-30"]}},
            {"when": "signed.beneficiaire"},
            {"then": {"active": ["signed"]}}
        ]
})json");
    CHECK(problems(played) == "");
    CHECK(played.passed);
}

TEST_CASE("time passes in a scenario and deadlines fall") {
    const Played played = play_text(R"json({
        "given": {"sample": "un", "on": "2026-01-05"},
        "steps": [{"when": "submit", "by": "referent"}, {"until": "2027-01-30"},
                  {"then": {"active": ["signing"]}}, {"advance": "P1D"},
                  {"then": {"active": ["draft"]}}]})json");
    CHECK(problems(played) == "");
}

TEST_CASE("a refusal that is expected is no fault, and one that is not is") {
    const char* const steps = R"json("steps": [{"when": "submit", "by": "referent"})json";
    const std::string given =
        R"json({"given": {"sample": "un", "on": "2026-01-05", "data": {"mois": 3}},)json";
    CHECK(problems(play_text(given + steps +
                             R"json(, {"then": {"refused": "Six mois au moins."}}]})json")) == "");
    CHECK(problems(play_text(given + steps + "]}")) ==
          "étape 1 : refus attendu aucun, obtenu Six mois au moins.\n");
}

TEST_CASE("what was expected and what was are told") {
    const Played played = play_text(R"json({
        "given": {"sample": "un", "on": "2026-01-05"},
        "steps": [{"then": {"active": ["signing"], "effects": ["x"],
                            "deadlines": {"deadline.end": "2027-01-30"}}}]})json");
    CHECK_FALSE(played.passed);
    CHECK(problems(played) ==
          "étape 1 : état attendu signing, obtenu draft\n"
          "étape 1 : effet attendu x, obtenu render contrat with essai/contrat.fodt\n"
          "étape 1 : échéance deadline.end attendu 2027-01-30, obtenu aucune\n");
}

TEST_CASE("a scenario of an unknown sample is refused") {
    CHECK_THROWS_WITH_AS(
        play_text(R"json({"given": {"sample": "deux", "on": "2026-01-05"}, "steps": []})json"),
        "essai/scenarios/s.json: no sample 'deux'", Error);
    CHECK_THROWS_AS(play(load("essai", files()), "s"), Error);
}
