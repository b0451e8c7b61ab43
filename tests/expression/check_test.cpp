#include <doctest/doctest.h>

#include "expression/check.hpp"
#include "expression/data.hpp"

using namespace paraphe;
using namespace paraphe::expression;

namespace {

json::Schema schema() {
    static const json::Schema compiled =
        json::Schema::compile(json::parse(R"({
        "type": "object",
        "required": ["menage", "enfants", "loyer", "debut", "mois", "taux", "nom", "capacite"],
        "properties": {
            "nom": {"type": "string", "title": "Nom"},
            "mois": {"type": "integer"},
            "taux": {"type": "string", "format": "decimal"},
            "loyer": {"type": "integer", "format": "centimes"},
            "charges": {"type": "integer", "format": "centimes"},
            "remise": {"type": "integer", "format": "centimes", "default": 0},
            "debut": {"type": "string", "format": "date"},
            "fin": {"type": ["string", "null"], "format": "date"},
            "capacite": {"enum": ["pleine", "curatelle"]},
            "enfants": {"type": "array", "items": {"$ref": "#/definitions/personne"}},
            "conjoint": {"type": "object", "required": ["nom"], "properties": {"nom": {"type": "string"}}},
            "menage": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/personne"}}
        },
        "definitions": {
            "personne": {"type": "object", "required": ["nom", "ressource"], "properties": {
                "nom": {"type": "string"},
                "ressource": {"type": "integer", "format": "centimes"},
                "telephone": {"type": "string"}}}
        }})",
                                          "schema.json"),
                              "schema.json", [](const std::string&) { return json::Pattern(); });
    return compiled;
}

TypeEnvironment names() {
    return TypeEnvironment(type_from_schema(schema()));
}

std::string listed(const Findings& findings) {
    std::string out;
    for (const Finding& each : findings) {
        if (!out.empty()) out += " | ";
        out += each.diagnostic.code + " [" + std::to_string(each.begin) + "," +
               std::to_string(each.end) + ") " + each.diagnostic.message;
        if (!each.diagnostic.remedy.empty()) out += " ; " + each.diagnostic.remedy;
    }
    return out;
}

std::string found(std::string_view text) {
    TypeEnvironment environment = names();
    return listed(check_output(parse(text), environment, standard_registry()).findings);
}

std::string codes(std::string_view text) {
    std::string out;
    TypeEnvironment environment = names();
    for (const Finding& each : check_output(parse(text), environment, standard_registry()).findings)
        out += each.diagnostic.code + " ";
    return out;
}

}  // namespace

TEST_CASE("what is right has no findings") {
    for (const std::string_view text :
         {"nom | upper",
          "menage[0].nom",
          "loyer | euros",
          "(loyer * 12) | euros",
          "(loyer - remise) | en_lettres",
          "debut + mois(mois)",
          "(debut + mois(6)) | date_longue",
          "mois // 2",
          "taux * 100",
          "menage | map(attribute='nom') | enumeration",
          "menage | sum(attribute='ressource') | euros",
          "conjoint.nom if conjoint is defined",
          "conjoint.nom if conjoint is defined and conjoint.nom else nom",
          "'' if conjoint is not defined else conjoint.nom",
          "charges | default(montant(0)) | euros",
          "(charges if charges is defined else loyer) | euros",
          "loyer > 0",
          "loyer >= charges | default(loyer)",
          "nom.upper()",
          "debut.annee + 1",
          "6 ≤ mois ≤ 24",
          "menage | selectattr('telephone', 'defined') | map(attribute='telephone') | join(', ')",
          "capacite == 'curatelle'",
          "enfants[0].nom if enfants",
          "enfants[1].nom if enfants | length > 1",
          "(enfants | first).nom if enfants | count >= 1",
          "(enfants | sort(attribute='nom') | last).nom if enfants",
          "(menage | first).nom",
          "menage[-1].nom",
          "enfants[0].telephone if enfants and enfants[0].telephone is defined",
          "nom in ['A', 'B']"}) {
        CHECK_MESSAGE(found(text) == "", text);
    }
}

TEST_CASE("an unknown field has a did-you-mean") {
    CHECK(found("menage[0].nim") ==
          "P0101 [0,13) le champ « nim » n'existe pas dans « menage[0] » ; vouliez-vous « nom » ?");
    CHECK(found("menaje") ==
          "P0101 [0,6) « menaje » n'existe pas dans les données ; vouliez-vous « menage » ?");
    CHECK(found("menage | map(attribute='non') | join(', ')") ==
          "P0101 [23,28) le champ « non » n'existe pas dans les éléments ; vouliez-vous « nom » ?");
    CHECK(
        found("menage.nom") ==
        "P0101 [0,10) une liste n'a pas de champ « nom » ; c'est une liste : parcourez-la par « {% "
        "for … %} », ou prenez [0]");
}

TEST_CASE("types that do not go together are found before any data") {
    CHECK(
        found("loyer + 1") ==
        "P0108 [0,9) « + » ne s'applique pas à un montant et un nombre entier ; écrivez le montant "
        "par « montant(12.50) »");
    CHECK(found("loyer > 100")
              .starts_with("P0108 [0,11) un montant et un nombre entier ne se comparent pas"));
    CHECK(found("debut < '2026-01-01'").starts_with("P0109 "));
    CHECK(found("debut == '2026-01-01'").starts_with("P0109 "));
    CHECK(found("debut + 15").starts_with("P0102 "));
    CHECK(found("nom + mois").starts_with("P0102 "));
    CHECK(found("nom | euros") ==
          "P0103 [0,3) le filtre « euros » attend un montant, pas un texte");
    CHECK(found("mois | euros")
              .starts_with(
                  "P0108 [0,4) le filtre « euros » attend un montant, pas un nombre entier"));
    CHECK(found("nom in loyer").starts_with("P0102 "));
    CHECK(codes("mois | round(nom)") == "P0103 ");
    CHECK(codes("nom | replace('a')") == "P0104 ");
    CHECK(codes("nom | upper(3)") == "P0104 ");
    CHECK(codes("nom | truncate(longueur=3)") == "P0104 ");
    CHECK(codes("nom | uper") == "P0105 ");
    CHECK(codes("nom is strng") == "P0105 ");
    CHECK(codes("mos(3)") == "P0105 ");
    CHECK(codes("nom.uper()") == "P0105 ");
    CHECK(codes("menage") == "P0113 ");
    CHECK(codes("nm ~ loyr ~ (debut + 1)") == "P0101 P0101 P0102 ");
}

TEST_CASE("an optional field must be guarded") {
    CHECK(found("conjoint.nom") ==
          "P0106 [0,8) « conjoint » est facultatif et peut manquer ; écrivez « {% if conjoint is "
          "defined %} » ou « conjoint | default(…) »");
    CHECK(codes("charges | euros") == "P0106 ");
    CHECK(found("enfants[0].nom") ==
          "P0106 [0,10) « enfants » peut être vide ; écrivez « {% if enfants %} »");
    CHECK(found("enfants[2].nom if enfants | length > 1") ==
          "P0106 [0,10) « enfants » peut avoir moins de 3 éléments ; écrivez « {% if enfants | "
          "length >= 3 %} »");
    CHECK(found("(enfants | first).nom") ==
          "P0106 [1,16) « enfants » peut être vide ; écrivez « {% if enfants %} »");
    CHECK(codes("(menage | selectattr('telephone', 'defined') | first).telephone") == "P0106 ");
    CHECK(codes("menage[0].telephone") == "P0106 ");
    CHECK(codes("menage | map(attribute='telephone') | join(' ')") == "");
    CHECK(codes("menage | join(' ', attribute='telephone')") == "P0106 ");
    CHECK(codes("conjoint.nom if conjoint is defined or mois > 3") == "P0106 ");
    CHECK(codes("nom if conjoint is defined else conjoint.nom") == "P0106 ");
    CHECK(found("'le ' ~ fin if fin is defined") ==
          "P0106 [8,11) « fin » peut être vide (none) ; écrivez « {% if fin is not none %} » ou « "
          "fin "
          "| default(…, true) »");
    CHECK(codes("fin") == "P0106 ");
    CHECK(codes("fin if fin is defined") == "P0106 ");
    CHECK(codes("fin if fin is defined and fin is not none") == "");
    CHECK(codes("fin if fin is defined and fin") == "");
}

TEST_CASE("statements narrow, declare and open frames") {
    TypeEnvironment env = names();
    const Registry& registry = standard_registry();
    const auto printed = [&](std::string_view text) {
        return listed(check_output(parse(text), env, registry).findings);
    };
    const auto loop = std::get<For>(parse_statement("for p in menage if p.nom"));
    const OpenLoop open = check_and_open(loop, env, registry);
    CHECK(listed(open.findings) == "");
    CHECK(printed("p.ressource | euros") == "");
    CHECK(printed("p.resource").starts_with("P0101 "));
    CHECK(printed("loop.index") == "");
    CHECK(printed("loop.indexe") ==
          "P0101 [0,11) le champ « indexe » n'existe pas ici ; vouliez-vous « index » ?");
    CHECK(printed("loop.previtem.nom") ==
          "P0106 [0,13) « loop.previtem » n'est sûr d'être là que si « loop.first » vaut « false » "
          "; écrivez « {% if not loop.first %} » ou « {% if loop.previtem is defined %} »");
    CHECK(printed("loop.previtem.nom if not loop.first") == "");
    close(open, env);
    CHECK(printed("p").starts_with("P0101 "));

    const auto wrong = std::get<For>(parse_statement("for p in nom"));
    const OpenLoop letters = check_and_open(wrong, env, registry);
    CHECK(listed(letters.findings) ==
          "P0107 [9,12) on ne parcourt qu'une liste, pas un texte ; ses lettres : « | list »");
    close(letters, env);

    const Expression condition = parse("conjoint is defined");
    const auto before = env.mark();
    assume(condition, true, env, registry);
    CHECK(printed("conjoint.nom") == "");
    env.rewind(before);
    assume(condition, false, env, registry);
    CHECK(printed("conjoint.nom").starts_with("P0106 "));
    env.rewind(before);
    CHECK(listed(check_condition(parse("conjoint"), env, registry).findings).starts_with("P0106 "));

    check_and_declare(std::get<Set>(parse_statement("set total = loyer * 2")), env, registry);
    CHECK(printed("total + 1").starts_with("P0108 "));
}

TEST_CASE("data are typed by their schema") {
    const json::Schema compiled = schema();
    const Value data = from_json(
        json::parse(R"({"nom":"A","mois":6,"taux":"1.50","loyer":34215,"debut":"2026-01-31",
                        "fin":null,"capacite":"pleine","menage":[]})",
                    "data.json"),
        &compiled);
    Scope scope(data);
    const auto run = [&](std::string_view text) {
        return print(parse(text), scope, standard_registry());
    };
    CHECK(run("loyer") == "342,15\u00a0€");
    CHECK(run("remise") == "0,00\u00a0€");
    CHECK(run("taux * 2") == "3");
    CHECK(run("debut + mois(mois)") == "31/07/2026");
    CHECK(run("menage | sum(attribute='ressource')") == "0,00\u00a0€");
    CHECK(run("menage | selectattr('telephone', 'defined') | map(attribute='ressource') | sum") ==
          "0,00\u00a0€");
    CHECK(evaluate(parse("loyer"), scope, standard_registry()).pointer() == "/loyer");

    const auto failure = [&](std::string_view text) {
        try {
            from_json(json::parse(text, "d"), &compiled);
            return std::string("no error");
        } catch (const Error& error) {
            return std::string(error.what());
        }
    };
    CHECK(failure(R"({"debut":"2026-02-30"})") ==
          "/debut: « 2026-02-30 » n'est pas une date; une date s'écrit AAAA-MM-JJ");
    CHECK(failure(R"({"menage":[{"ressource":1.5}]})") ==
          "/menage/0/ressource: un montant est un nombre entier de centimes, pas 1.5; écrivez 1234 "
          "pour 12,34 €");
    CHECK(failure(R"({"mois":9223372036854775808})") ==
          "/mois: le nombre entier 9223372036854775808 dépasse 64 bits; écrivez-le comme un texte");
}
