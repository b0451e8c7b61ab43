#include "json/schema.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;
using json::Schema;
using json::Value;
using json::Violation;

namespace {

/// Knows the one pattern of these tests; the product passes locale::pattern_compiler().
json::Pattern five_digits(const std::string& pattern) {
    REQUIRE(pattern == "^[0-9]{5}$");
    return [](std::string_view text) {
        return text.size() == 5 && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
}

Schema schema(std::string_view text) {
    return Schema::compile(json::parse(text, "schema.json"), "schema.json", five_digits);
}

std::vector<Violation> violations(std::string_view schema_text, std::string_view data) {
    return schema(schema_text).validate(json::parse(data, "x.json"));
}

/// The one message that `data` earns; all of them, one a line, if they are several.
std::string message(std::string_view schema_text, std::string_view data) {
    std::string out;
    for (const Violation& violation : violations(schema_text, data))
        out += (out.empty() ? "" : "\n") + violation.message;
    return out.empty() ? "valid" : out;
}

std::string refusal(std::string_view text) {
    try {
        schema(text);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

constexpr std::string_view masp = R"({
  "title": "Contrat MASP",
  "type": "object",
  "required": ["debut", "loyer", "enfants"],
  "additionalProperties": false,
  "properties": {
    "debut": {"title": "Date de début", "type": "string", "format": "date"},
    "loyer": {"title": "Loyer mensuel", "type": "integer", "format": "centimes", "maximum": 150000},
    "enfants": {
      "title": "Enfants", "type": "array", "maxItems": 3,
      "items": {
        "title": "Enfant", "type": "object", "required": ["prenom"],
        "properties": {
          "prenom": {"title": "Prénom", "type": "string", "minLength": 1},
          "ecole": {"$ref": "#/definitions/adresse", "title": "Adresse de l'école"}
        }
      }
    },
    "referent": {"$ref": "#/definitions/personne"}
  },
  "definitions": {
    "adresse": {
      "title": "Adresse", "type": "object", "required": ["commune"],
      "properties": {"commune": {"title": "Commune", "type": "string"}}
    },
    "personne": {
      "title": "Personne",
      "allOf": [{"$ref": "#/definitions/nom"}],
      "properties": {"courriel": {"title": "Courriel", "format": "email", "default": "x@y.fr"}}
    },
    "nom": {
      "type": "object", "required": ["nom"],
      "properties": {"nom": {"title": "Nom", "type": ["string", "null"]}}
    }
  }
})";

}  // namespace

TEST_CASE("every fault is told at once, in French, under the titles of the fields") {
    const auto found = violations(masp, R"({
        "loyer": 150001, "debu": "2026-03-01",
        "enfants": [{"prenom": "Lou"}, {"prenom": "", "ecole": {}}, 3],
        "referent": {"nom": null, "courriel": "personne"}})");
    const std::vector<Violation> expected{
        {"/debut", "required", "« Date de début » : ce champ est obligatoire", "/required",
         "Date de début"},
        {"/loyer", "maximum", "« Loyer mensuel » : la valeur la plus grande admise est 1500,00 €",
         "/properties/loyer/maximum", "Loyer mensuel"},
        {"/debu", "additionalProperties",
         "« debu » : ce champ est inconnu ; vouliez-vous écrire « debut » ?",
         "/additionalProperties", "debu"},
        {"/enfants/1/prenom", "minLength",
         "« Enfant 2 › Prénom » : ce champ ne peut pas rester vide",
         "/properties/enfants/items/properties/prenom/minLength", "Enfant 2 › Prénom"},
        {"/enfants/1/ecole/commune", "required",
         "« Enfant 2 › Commune » : ce champ est obligatoire", "/definitions/adresse/required",
         "Enfant 2 › Commune"},
        {"/enfants/2", "type", "« Enfant 3 » : un groupe de champs est attendu, pas le nombre 3",
         "/properties/enfants/items/type", "Enfant 3"},
        {"/referent/courriel", "format",
         "« Courriel » : une adresse électronique est attendue (nom@exemple.fr)",
         "/definitions/personne/properties/courriel/format", "Courriel"},
    };
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(found[i].pointer == expected[i].pointer);
        CHECK(found[i].keyword == expected[i].keyword);
        CHECK(found[i].message == expected[i].message);
        CHECK(found[i].schema_pointer == expected[i].schema_pointer);
        CHECK(found[i].title == expected[i].title);
    }
}

TEST_CASE("each keyword has its sentence") {
    CHECK(message(R"({"type": "string"})", "[]") ==
          "Le document : un texte est attendu, pas une liste");
    CHECK(message(R"({"type": ["integer", "null", "array"]})", "1.5") ==
          "Le document : un nombre entier, aucune valeur (null) ou une liste est attendu, pas le "
          "nombre 1,5");
    CHECK(message(R"({"type": "boolean", "title": "Tutelle"})", "\"oui\"") ==
          "« Tutelle » : oui ou non (true ou false) est attendu, pas le texte « oui »");
    CHECK(message(R"({"enum": ["mensuel", 3, true]})", "null") ==
          "Le document : une de ces valeurs est attendue : « mensuel », 3, oui (true)");
    CHECK(message(R"({"const": "x"})", "1") == "Le document : la seule valeur admise est « x »");
    CHECK(message(R"({"minimum": 1.5})", "1") ==
          "Le document : la valeur la plus petite admise est 1,5");
    CHECK(message(R"({"exclusiveMinimum": 0})", "0") == "Le document : la valeur doit dépasser 0");
    CHECK(message(R"({"exclusiveMaximum": 0})", "0") ==
          "Le document : la valeur doit rester en dessous de 0");
    CHECK(message(R"({"multipleOf": 0.01})", "0.005") ==
          "Le document : la valeur doit être un multiple de 0,01");
    CHECK(message(R"({"minLength": 3})", "\"é\"") ==
          "Le document : au moins 3 caractères sont attendus, 1 est écrit");
    CHECK(message(R"({"maxLength": 1})", "\"éé\"") ==
          "Le document : au plus 1 caractère est admis, 2 sont écrits");
    CHECK(message(R"({"pattern": "^[0-9]{5}$"})", "\"7501\"") ==
          "Le document : « 7501 » n'a pas la forme attendue (^[0-9]{5}$)");
    CHECK(message(R"({"minItems": 2})", "[1]") ==
          "Le document : au moins 2 éléments sont attendus, il y en a 1");
    CHECK(message(R"({"uniqueItems": true})", R"([{"a":1,"b":2}, 3, {"b":2.0,"a":1}])") ==
          "Le document : les éléments 1 et 3 sont identiques");
    CHECK(message(R"({"contains": {"const": 1}})", "[2]") ==
          "Le document : aucun élément de la liste ne remplit la condition voulue");
    CHECK(message(R"({"properties": {"a": {"title": "Conjoint"}, "b": {"title": "Régime"}},
                      "dependencies": {"a": ["b"]}})",
                  R"({"a": 1})") ==
          "« Régime » : ce champ est obligatoire quand « Conjoint » est rempli");
    CHECK(message(R"({"maxProperties": 1})", R"({"a": 1, "b": 2})") ==
          "Le document : au plus 1 champ est admis");
    CHECK(message(R"({"propertyNames": {"maxLength": 1}})", R"({"ab": 1})") ==
          "« ab » : ce nom de champ n'est pas admis");
    CHECK(message(R"({"anyOf": [{"type": "object"}, {"type": "string", "title": "Nom"}]})", "1") ==
          "Le document : aucune des formes admises ne convient (au plus près : un groupe de "
          "champs est attendu, pas le nombre 1)");
    CHECK(message(R"({"oneOf": [{"type": "integer"}, {"minimum": 0}]})", "1") ==
          "Le document : plusieurs formes conviennent à la fois, une seule est admise");
    CHECK(message(R"({"not": {"const": 1}})", "1") == "Le document : cette valeur est exclue");
    CHECK(message(R"({"properties": {"a": false}})", R"({"a": 1})") ==
          "« a » : aucune valeur n'est admise ici");
    CHECK(message(R"({"if": {"const": 1}, "then": {"type": "string"}})", "1") ==
          "Le document : un texte est attendu, pas le nombre 1");
}

TEST_CASE("formats know what people write") {
    const auto has = [](const char* format, const char* data) {
        return message("{\"format\": \"" + std::string(format) + "\"}", data) == "valid";
    };
    CHECK(has("date", "\"2026-02-28\""));
    CHECK(!has("date", "\"2026-02-29\""));
    CHECK(!has("date", "\"28/02/2026\""));
    CHECK(has("date-time", "\"2026-02-28T09:30:00+01:00\""));
    CHECK(!has("date-time", "\"2026-02-28\""));
    CHECK(has("email", "\"prenom.nom@exemple.fr\""));
    CHECK(!has("email", "\"prenom nom@exemple.fr\""));
    CHECK(!has("email", "\"nom@exemple..fr\""));
    CHECK(has("uri", "\"https://exemple.fr/a?b=%C3%A9\""));
    CHECK(!has("uri", "\"exemple.fr\""));
    CHECK(!has("uri", "\"https://exemple.fr/a b\""));
    CHECK(has("iban", "\"FR76 3000 6000 0112 3456 7890 189\""));
    CHECK(!has("iban", "\"FR76 3000 6000 0112 3456 7890 188\""));
    CHECK(!has("iban", "\"FR7630006000011234567890\""));
    CHECK(has("siren", "\"732 829 320\""));
    CHECK(!has("siren", "\"732829321\""));
    CHECK(has("siret", "\"73282932000074\""));
    CHECK(!has("siret", "\"73282932000075\""));
    CHECK(has("centimes", "9007199254740992"));
    CHECK(!has("centimes", "9007199254740993"));
    CHECK(has("centimes", "12.0"));
    CHECK(!has("centimes", "12.5"));
    CHECK(!has("centimes", "\"12\""));
    CHECK(has("decimal", "\"-12.50\""));
    CHECK(has("decimal", "0.1"));
    CHECK(!has("decimal", "\"1e3\""));
    CHECK(!has("decimal", "\"12,5\""));
    CHECK(has("inconnu", "\"x\""));
}

TEST_CASE("a schema tells others what it holds") {
    const Schema compiled = schema(masp);
    const json::SchemaView root = compiled.root();
    CHECK(root.title() == "Contrat MASP");
    CHECK(root.type() == "object");
    CHECK(!root.allows_other_properties());
    const auto properties = root.properties();
    REQUIRE(properties.size() == 4);
    CHECK(properties[0].name == "debut");
    CHECK(properties[0].required);
    CHECK(properties[0].schema.format() == "date");
    CHECK(!properties[3].required);

    const auto person = properties[3].schema;
    CHECK(person.title() == "Personne");
    CHECK(person.type() == "object");
    CHECK(person.is_required("nom"));
    CHECK(person.properties().size() == 2);
    CHECK(person.property("nom")->is_nullable());
    CHECK(person.property("nom")->type() == "string");
    CHECK(person.property("courriel")->default_value()->as_string() == "x@y.fr");
    CHECK(!person.property("age"));

    const auto school = compiled.at("/enfants/0/ecole");
    REQUIRE(school);
    CHECK(school->title() == "Adresse de l'école");
    CHECK(school->is_required("commune"));
    CHECK(compiled.at("/enfants/7/ecole/commune")->title() == "Commune");
    CHECK(compiled.at("/enfants")->items()->title() == "Enfant");
    CHECK(!compiled.at("/enfants/0/prenom/x"));
    CHECK(compiled.at("/rien")->is_never());
}

TEST_CASE("a schema that is wrong is refused where it is wrong") {
    CHECK(refusal("[]") == "schema.json: a schema is an object or a boolean, not array");
    CHECK(refusal(R"({"properties": {"a": {"type": "strng"}}})") ==
          "schema.json:/properties/a/type: unknown type 'strng'; did you mean 'string'?");
    CHECK(refusal(R"({"minimum": "3"})") == "schema.json:/minimum: a number is expected here");
    CHECK(refusal(R"({"minLength": -1})") ==
          "schema.json:/minLength: a whole number from 0 is expected here");
    CHECK(refusal(R"({"required": "a"})") ==
          "schema.json:/required: a list of texts is expected here");
    CHECK(refusal(R"({"multipleOf": 0})") ==
          "schema.json:/multipleOf: a number above zero is expected here");
    CHECK(refusal(R"({"allOf": []})") ==
          "schema.json:/allOf: a list of at least one schema is expected here");
    CHECK(refusal(R"({"items": {"$ref": "#/definitions/persone"},
                      "definitions": {"personne": {}}})") ==
          "schema.json:/items/$ref: the reference \"#/definitions/persone\" leads nowhere; did you "
          "mean \"#/definitions/personne\"?");
    CHECK(refusal(R"({"$ref": "https://exemple.fr/s.json"})") ==
          "schema.json:/$ref: the reference \"https://exemple.fr/s.json\" leads out of the "
          "document; put the schema under \"definitions\" and refer to \"#/definitions/…\"");
    CHECK(refusal(R"({"$ref": "file:///etc/passwd"})").find("leads out") != std::string::npos);
    CHECK(refusal(R"({"$ref": "#"})") == "schema.json:/$ref: the reference runs in a circle");
}

TEST_CASE("a schema without end or measure is stopped") {
    CHECK_THROWS_WITH_AS(message(R"({"title": "A", "allOf": [{"$ref": "#"}]})", "1"),
                         "schema.json: the schema refers to itself without end here", Error);
    std::string branches = R"({"definitions": {"d0": {"const": 1})";
    for (int i = 1; i < 40; ++i) {
        const std::string below = "{\"$ref\": \"#/definitions/d" + std::to_string(i - 1) + "\"}";
        branches += ", \"d" + std::to_string(i) + "\": {\"anyOf\": [" + below + "," + below + "]}";
    }
    CHECK_THROWS_WITH_AS(message(branches + R"(}, "$ref": "#/definitions/d39"})", "2"),
                         "schema.json: the schema has too many branches to try here", Error);
    std::string deep = "1";
    for (int i = 0; i < 200; ++i)
        deep = "[" + deep + "]";
    CHECK(message(R"({"items": {"$ref": "#"}, "type": ["array", "integer"]})", deep) == "valid");
}

TEST_CASE("a schema can be held against the metaschema") {
    const char* meta = R"({"$ref": "http://json-schema.org/draft-07/schema#"})";
    CHECK(message(meta, masp) == "valid");
    CHECK(violations(meta, R"({"minLength": -1, "required": "x"})").size() == 2);
}

TEST_CASE("a compiled schema outlives what it was made of") {
    Schema copy = [] {
        const Value text = json::parse(R"({"type": "integer"})", "x");
        return Schema::compile(text, "x", {});
    }();
    const Schema other = copy;
    CHECK(other.validate(Value(1)).empty());
    CHECK(other.root().type() == "integer");
}
