#include <doctest/doctest.h>

#include "expression/data.hpp"

using namespace paraphe;
using namespace paraphe::expression;

namespace {

Type type_of(std::string_view schema) {
    return type_from_schema(
        json::Schema::compile(json::parse(schema, "schema.json"), "schema.json",
                              [](const std::string&) { return json::Pattern(); }));
}

std::string listed(const std::vector<Value>* values) {
    if (!values) return "?";
    std::string out;
    for (const Value& each : *values)
        out += (out.empty() ? "" : " ") + to_text(each);
    return out;
}

/// "montant", "montant?" when it may be missing.
std::string told(const Type& type, std::string_view name) {
    const Field* field = type.field(name);
    if (!field) return "absent";
    return std::string(field->type.without(Kind::undefined).description()) +
           (field->type.is_only(Kind::undefined)  ? ""
            : field->type.may_be(Kind::undefined) ? " ?"
                                                  : "");
}

Type text_of(const char* value) {
    return Type(Kind::text).with_values({Value(value)});
}

}  // namespace

TEST_CASE("a type carries the values that const and enum list") {
    const Type type = type_of(R"({"properties": {
        "statut": {"enum": ["celibataire", "marie", null]},
        "niveau": {"type": "integer", "enum": [1, 2]},
        "oui": {"type": "boolean"},
        "fixe": {"const": "a"},
        "jour": {"type": "string", "format": "date", "enum": ["2026-01-31"]},
        "nom": {"type": "string"}}, "required": ["statut", "niveau", "oui", "fixe"]})");
    CHECK(listed(type.field("statut")->type.values()) == "celibataire marie");
    CHECK(type.field("statut")->type.may_be(Kind::none));
    CHECK(listed(type.field("niveau")->type.values()) == "1 2");
    CHECK(listed(type.field("oui")->type.values()) == "oui non");
    CHECK(listed(type.field("fixe")->type.values()) == "a");
    CHECK(listed(type.field("jour")->type.values()) == "?");
    CHECK(listed(type.field("nom")->type.values()) == "?");
    CHECK(told(type, "nom") == "un texte ?");

    const Type rest = type.field("niveau")->type.among({Value(1)}, false);
    CHECK(listed(rest.values()) == "2");
    CHECK(listed(rest.universe()) == "1 2");
    CHECK(rest.among({Value(2)}, false).impossible());
}

TEST_CASE("a list knows how many items it has at least") {
    const Type type = type_of(R"({"properties": {
        "a": {"type": "array", "minItems": 2, "items": {"type": "integer"}},
        "b": {"type": "array"}}, "required": ["a", "b"]})");
    CHECK(type.field("a")->type.min_items() == 2);
    CHECK(type.field("b")->type.min_items() == 0);
    CHECK((type.field("a")->type | type.field("b")->type).min_items() == 0);
    CHECK((type.field("a")->type | Type(Kind::undefined)).min_items() == 2);
}

TEST_CASE("if, then and else tell which fields are there once the others are known") {
    const Type type = type_of(R"({"type": "object", "required": ["statut"], "properties": {
        "statut": {"enum": ["celibataire", "marie"]},
        "conjoint": {"type": "string"}},
        "if": {"properties": {"statut": {"const": "marie"}}},
        "then": {"required": ["conjoint"], "properties": {"mariage": {"type": "string", "format": "date"}}},
        "else": {"properties": {"conjoint": false}}})");
    CHECK(told(type, "conjoint") == "un texte ?");
    CHECK(told(type, "mariage") == "une date ?");
    const Type married = type.with_known("statut", text_of("marie"));
    CHECK(told(married, "conjoint") == "un texte");
    const Type single = type.with_known("statut", text_of("celibataire"));
    CHECK(single.field("conjoint")->type.is_only(Kind::undefined));
}

TEST_CASE("alternatives are told apart by a constant") {
    const Type type = type_of(R"({"oneOf": [
        {"type": "object", "required": ["genre", "loyer"], "properties": {
            "genre": {"const": "bail"}, "loyer": {"type": "integer", "format": "centimes"}}},
        {"type": "object", "required": ["genre", "duree"], "properties": {
            "genre": {"const": "plan"}, "duree": {"type": "integer"}}}]})");
    CHECK(listed(type.field("genre")->type.values()) == "bail plan");
    CHECK(told(type, "loyer") == "un montant ?");
    const Type lease = type.with_known("genre", text_of("bail"));
    CHECK(told(lease, "loyer") == "un montant");
    CHECK(lease.field("duree")->type.is_only(Kind::undefined));
}

TEST_CASE("a dependency makes the other field certain") {
    const Type type = type_of(R"({"properties": {
        "carte": {"type": "string"}, "numero": {"type": "string"}},
        "dependencies": {"carte": ["numero"]}})");
    CHECK(told(type, "numero") == "un texte ?");
    CHECK(told(type.with_known("carte", Kind::text), "numero") == "un texte");
}
