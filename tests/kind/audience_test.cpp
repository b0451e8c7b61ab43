#include "kind/audience.hpp"

#include <doctest/doctest.h>

#include "json/json.hpp"
#include "kind/bundle.hpp"
#include "locale/regex.hpp"

// Who may have what of the data, and what may travel inside a PDF that several people receive.

using namespace paraphe;
using namespace paraphe::kind;
using namespace paraphe::kind::testing;

namespace {

json::Schema schema(const std::string& text) {
    return json::Schema::compile(json::parse(text, "schema.json"), "schema.json",
                                 locale::pattern_compiler());
}

std::string projected(const std::string& of_schema, const std::string& data,
                      const Audiences& audiences) {
    const auto out = projection(schema(of_schema).root(), json::parse(data, "data"), audiences);
    return out ? json::write(*out) : "nothing";
}

/// The small kind, its contract signed by the household and handed to the landlord.
Files joined(const std::string& plan,
             const std::string& marks = R"(["beneficiaire", "bailleur"])") {
    Files out = files();
    out["schema.json"] = R"({"title": "Essai", "type": "object",
        "x-fichiers-joints": )" +
                         plan + R"(,
        "required": ["debut", "mois", "nom"], "properties": {
        "debut": {"title": "Début", "type": "string", "format": "date", "x-destinataires": )" +
                         marks + R"(},
        "mois": {"title": "Durée", "type": "integer", "x-destinataires": ["beneficiaire"]},
        "foyer": {"type": "object", "x-destinataires": ["beneficiaire", "bailleur"], "properties": {
            "adresse": {"type": "string"},
            "ressources": {"type": "integer", "x-destinataires": ["beneficiaire"]}}},
        "nom": {"title": "Nom", "type": "string"}}})";
    const std::string end = "<final id=\"signed\" p:label=\"Signé\"/>";
    std::string& workflow = out["workflow.scxml"];
    workflow.replace(workflow.find(end), end.size(),
                     "<final id=\"signed\" p:label=\"Signé\"><onentry><p:pack "
                     "document=\"dossier\" audience=\"bailleur\"/></onentry></final>");
    return out;
}

std::string findings(const std::string& plan) {
    std::string out;
    for (const Diagnostic& one : check(load("essai", joined(plan))))
        if (one.code == "K0007" || one.code == "K0008")
            out += one.code + " " + one.where.part + " " + one.message + "; " + one.remedy + "\n";
    return out;
}

}  // namespace

TEST_CASE("the nearest mark says who may have a field") {
    const std::string marked = R"({"type": "object", "x-destinataires": ["a", "b"], "properties": {
        "x": {"type": "integer"}, "y": {"type": "integer", "x-destinataires": ["a"]},
        "o": {"type": "object", "x-destinataires": [], "properties": {
            "p": {"type": "integer", "x-destinataires": ["b"]}, "q": {"type": "integer"}}},
        "l": {"type": "array", "items": {"type": "object", "properties": {
            "m": {"type": "integer"}, "n": {"type": "integer", "x-destinataires": ["a"]}}}}}})";
    const std::string data =
        R"({"x": 1, "y": 2, "o": {"p": 3, "q": 4}, "l": [{"m": 5, "n": 6}], "autre": 7})";
    CHECK(projected(marked, data, {"a"}) == R"({"x":1,"y":2,"l":[{"m":5,"n":6}]})");
    CHECK(projected(marked, data, {"b"}) == R"({"x":1,"o":{"p":3},"l":[{"m":5}]})");
    CHECK(projected(marked, data, {"a", "b"}) == R"({"x":1,"l":[{"m":5}]})");
    CHECK(projected(marked, data, {"c"}) == "nothing");
    CHECK(projected(R"({"properties": {"x": {"type": "integer"}}})", R"({"x": 1})", {"a"}) ==
          "nothing");
}

TEST_CASE("a mark counts wherever the schema may hide it") {
    const auto of = [](const std::string& rest, const std::string& data) {
        return projected(R"({"x-destinataires": ["a", "b"], "type": "object", )" + rest + "}", data,
                         {"b"});
    };
    const std::string closed = R"({"type": "integer", "x-destinataires": ["a"]})";
    CHECK(of(R"("definitions": {"d": )" + closed +
                 R"(}, "properties": {"x": {"$ref": "#/definitions/d"}})",
             R"({"x": 1})") == "nothing");
    CHECK(of(R"("definitions": {"d": {"type": "integer"}}, "properties": {"x": {"$ref":
             "#/definitions/d", "x-destinataires": ["a"]}})",
             R"({"x": 1})") == "nothing");
    CHECK(of(R"("properties": {"x": {"allOf": [)" + closed + "]}}", R"({"x": 1})") == "nothing");
    CHECK(of(R"("then": {"properties": {"x": )" + closed + R"(}}, "if": {})", R"({"x": 1})") ==
          "nothing");
    CHECK(of(R"("properties": {"x": {"anyOf": [{"properties": {"y": )" + closed + "}}]}}",
             R"({"x": {"y": 1}})") == "nothing");
    CHECK(of(R"("properties": {"x": {"items": [)" + closed + "]}}", R"({"x": [1]})") == "nothing");
}

TEST_CASE("who signs a document and who is handed the dossier are its audiences") {
    const Kind kind = load("essai", joined("{}"));
    CHECK(audiences_of(Orders(kind.workflow), "contrat") == Audiences{"bailleur", "beneficiaire"});
    CHECK(audiences_of(Orders(kind.workflow), "bilan") == Audiences{"bailleur"});
    CHECK(marks_audiences(kind.schema.root()));
    CHECK_FALSE(marks_audiences(load("essai", files()).schema.root()));
}

TEST_CASE("only what the kind names and every audience may have travels") {
    const Kind kind =
        load("essai",
             joined(R"({"contrat": {"donnees": ["debut", "mois", "foyer", "nom"], "odt": true}})"));
    const json::SchemaView root = kind.schema.root();
    const Orders orders(kind.workflow);
    const json::Value data = json::parse(
        R"({"debut": "2026-01-31", "mois": 12, "nom": "Lefèvre",
            "foyer": {"adresse": "Rouen", "ressources": 90000}})",
        "data");
    const auto joins = associated_files(root, orders, "contrat");
    CHECK(joins.odt);
    CHECK(json::write(*joins.data(root, data)) ==
          R"({"debut":"2026-01-31","foyer":{"adresse":"Rouen"}})");
    const auto others = associated_files(root, orders, "bilan");
    CHECK_FALSE(others.odt);
    CHECK_FALSE(others.data(root, data));

    const Kind deep = load("essai", joined(R"({"contrat": {"donnees": ["foyer.adresse"]}})"));
    CHECK(json::write(*associated_files(deep.schema.root(), Orders(deep.workflow), "contrat")
                           .data(deep.schema.root(), data)) == R"({"foyer":{"adresse":"Rouen"}})");
}

TEST_CASE("a plan that does not hold is told before anything is sent") {
    CHECK(findings(R"({"contrat": {"donnees": ["debut", "foyer.adresse"], "odt": true}})") == "");
    CHECK(findings(R"({"contrat": {"donnees": ["mois"]}})") ==
          "K0008 /x-fichiers-joints/contrat/donnees le champ « mois » serait joint au PDF de "
          "« contrat », que reçoivent aussi « bailleur », à qui il n’est pas destiné; retirer le "
          "champ de x-fichiers-joints, ou le destiner à tous par x-destinataires\n");
    CHECK(findings(R"({"contrat": {"donnees": ["foyer"]}})").starts_with("K0008 "));
    CHECK(findings(R"({"contrat": {"donnees": ["nom"]}})").starts_with("K0008 "));
    CHECK(findings(R"({"contrat": {"donnees": ["foyer.adrese"]}})") ==
          "K0007 /x-fichiers-joints/contrat/donnees le champ « foyer.adrese » n’existe pas; "
          "vouliez-vous « adresse » ?\n");
    CHECK(findings(R"({"contrats": {"odt": true}})")
              .starts_with("K0007 /x-fichiers-joints/contrats "));
    for (const char* malformed :
         {R"([])", R"({"contrat": true})", R"({"contrat": {"donnes": []}})",
          R"({"contrat": {"odt": "oui"}})", R"({"contrat": {"donnees": [1]}})"})
        CHECK(findings(malformed).starts_with("K0007 "));
}
