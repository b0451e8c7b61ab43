#include <doctest/doctest.h>

#include "expression/data.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

/// What the checker knows at each place of a template: conditions, loops, definitions.
namespace {

const expression::Type& contract() {
    static const expression::Type type = expression::type_from_schema(json::Schema::compile(
        json::parse(R"({
        "type": "object", "additionalProperties": false,
        "required": ["nom", "capacite", "mesure", "niveau", "accord", "loyer", "debut", "membres", "charges"],
        "properties": {
            "nom": {"type": "string"},
            "capacite": {"enum": ["pleine", "curatelle", "tutelle"]},
            "mesure": {"enum": ["simple", "renforcee"]},
            "niveau": {"type": "integer", "enum": [1, 2]},
            "accord": {"type": "boolean"},
            "loyer": {"type": "integer", "format": "centimes"},
            "debut": {"type": "string", "format": "date"},
            "fin": {"type": "string", "format": "date"},
            "telephone": {"type": "string"},
            "statut": {"enum": ["marie", "pacse", "seul"]},
            "conjoint": {"type": "object", "required": ["nom"], "properties": {
                "nom": {"type": "string"}, "emploi": {"type": "string"}}},
            "tuteur": {"type": "object", "required": ["nom"], "properties": {"nom": {"type": "string"}}},
            "membres": {"type": "array", "minItems": 1, "items": {
                "type": "object", "required": ["nom", "ne_le"], "properties": {
                    "nom": {"type": "string"}, "ne_le": {"type": "string", "format": "date"},
                    "telephone": {"type": "string"},
                    "lien": {"enum": ["enfant", "parent"]}}}},
            "charges": {"type": "array", "items": {
                "type": "object", "required": ["libelle", "montant", "sorte"], "properties": {
                    "libelle": {"type": "string"}, "montant": {"type": "integer", "format": "centimes"},
                    "sorte": {"enum": ["eau", "gaz"]}}}}
        },
        "if": {"properties": {"capacite": {"enum": ["curatelle", "tutelle"]}}},
        "then": {"required": ["tuteur"]},
        "else": {"properties": {"tuteur": false}}})",
                    "contrat.schema.json"),
        "contrat.schema.json", [](const std::string&) { return json::Pattern(); }));
    return type;
}

Diagnostics all(const std::string& text) {
    const auto loader = [](const std::string& name) -> std::optional<tmpl::Clause> {
        if (name == "nu") return tmpl::Clause{"{{ nom }}", "nu.txt"};
        return std::nullopt;
    };
    return tmpl::check_text(text, "essai.txt", tmpl::TextMode::plain, loader, contract(),
                            registry());
}

/// "P0106@1:4" for each finding.
std::string codes(const std::string& text) {
    std::string out;
    for (const Diagnostic& each : all(text))
        out += (out.empty() ? "" : " ") + each.code + "@" + std::to_string(each.where.line) + ":" +
               std::to_string(each.where.column);
    return out;
}

std::string said(const std::string& text) {
    std::string out;
    for (const Diagnostic& each : all(text))
        out += (out.empty() ? "" : " | ") + each.code + " " + each.message +
               (each.remedy.empty() ? "" : " ; " + each.remedy);
    return out;
}

}  // namespace

TEST_CASE("conditions narrow what they guard, however they are written") {
    for (
        const std::string text :
        {"{% if conjoint is defined %}{{ conjoint.nom }}{% endif %}",
         "{% if conjoint is not defined %}seul{% else %}{{ conjoint.nom }}{% endif %}",
         "{% if not (conjoint is defined) %}seul{% else %}{{ conjoint.nom }}{% endif %}",
         "{% if conjoint is undefined or telephone is undefined %}{% else %}"
         "{{ conjoint.nom }} {{ telephone }}{% endif %}",
         "{% if conjoint is defined and conjoint.emploi is defined %}{{ conjoint.emploi }}"
         "{% endif %}",
         // Either way the spouse is there.
         "{% if (conjoint is defined and accord) or (conjoint is defined and niveau == 1) %}"
         "{{ conjoint.nom }}{% endif %}",
         "{% if telephone is defined %}{% if telephone %}{{ telephone }}{% endif %}{% endif %}",
         "{{ telephone | default('aucun') }}",
         "{% if telephone | default('') %}{{ telephone }}{% endif %}",
         "{% if statut is defined and statut == 'seul' %}a{% elif conjoint is defined %}"
         "{{ conjoint.nom }}{% endif %}",
         "{% set en_couple = conjoint is defined %}{% if en_couple %}{{ conjoint.nom }}{% endif %}",
         "{% if conjoint is not defined %}{% set qui = nom %}{% else %}"
         "{% set qui = conjoint.nom %}{% endif %}{{ qui }}",
         "{% with c = conjoint %}{% if c is defined %}{{ c.nom }}{% endif %}{% endwith %}",
         "{% for m in membres if m.telephone is defined %}{{ m.telephone }}{% endfor %}",
         "{% for m in membres | selectattr('telephone', 'defined') %}{{ m.telephone }}{% endfor %}",
         "{% for m in membres | rejectattr('telephone', 'undefined') %}{{ m.telephone }}"
         "{% endfor %}",
         "{% if membres[0].telephone is defined %}{{ membres[0].telephone }}{% endif %}",
         "{% if fin is defined %}{{ (fin - debut) ~ ' jours' }}{% endif %}"})
        CHECK_MESSAGE(codes(text) == "", text);
}

TEST_CASE("what a condition does not prove is still missing") {
    CHECK(codes("{% if conjoint is defined or accord %}{{ conjoint.nom }}{% endif %}") ==
          "P0106@1:42");
    CHECK(codes("{% if conjoint is defined %}{% endif %}{{ conjoint.nom }}") == "P0106@1:43");
    CHECK(codes("{% if not accord %}{{ conjoint.nom }}{% endif %}") == "P0106@1:23");
    CHECK(codes("{% if accord %}{% set qui = nom %}{% endif %}{{ qui }}") == "P0106@1:49");
    CHECK(codes("{% set en_couple = conjoint is defined %}{% with conjoint = tuteur %}"
                "{% if en_couple and accord %}{{ conjoint.nom }}{% endif %}{% endwith %}")
              .find("P0106") != std::string::npos);
}

TEST_CASE("a field that the schema brings in by a condition names that condition") {
    CHECK(
        said("{{ tuteur.nom }}") ==
        "P0106 « tuteur » n'est sûr d'être là que si « capacite » vaut « curatelle » ou « tutelle "
        "» ; écrivez « {% if capacite in ['curatelle', 'tutelle'] %} » ou « {% if tuteur is "
        "defined %} »");
    for (const std::string text :
         {"{% if capacite in ['curatelle', 'tutelle'] %}{{ tuteur.nom }}{% endif %}",
          "{% if capacite == 'tutelle' %}{{ tuteur.nom }}{% endif %}",
          "{% if capacite != 'pleine' %}{{ tuteur.nom }}{% endif %}",
          "{% if capacite == 'pleine' %}{% else %}{{ tuteur.nom }}{% endif %}",
          "{% if capacite == 'tutelle' or capacite == 'curatelle' %}{{ tuteur.nom }}{% endif %}"})
        CHECK_MESSAGE(codes(text) == "", text);
    CHECK(codes("{% if capacite == 'pleine' %}{{ tuteur.nom }}{% endif %}") == "P0106@1:33");
}

TEST_CASE("a value that the schema does not list is an error") {
    CHECK(said("{% if capacite == 'curatele' %}a{% endif %}") ==
          "P0114 « curatele » n'est pas une valeur de « capacite » ; vouliez-vous « curatelle » ?");
    CHECK(said("{% if 'x' == capacite %}a{% endif %}") ==
          "P0114 « x » n'est pas une valeur de « capacite » ; les valeurs possibles : « pleine », "
          "« curatelle » ou « tutelle »");
    CHECK(codes("{% if capacite != 'plein' %}a{% endif %}") == "P0114@1:19");
    CHECK(codes("{% if capacite in ['pleine', 'tutele'] %}a{% endif %}") == "P0114@1:19");
    CHECK(codes("{% if capacite is eq('plein') %}a{% endif %}") == "P0114@1:22");
    CHECK(codes("{% if niveau == 3 %}a{% endif %}") == "P0114@1:17");
    CHECK(codes("{{ charges | selectattr('sorte', 'eq', 'fioul') | map(attribute='montant') | sum "
                "}}") == "P0114@1:40");
    CHECK(codes("{% for c in charges if c.sorte == 'fioul' %}{{ c.libelle }}{% endfor %}") ==
          "P0114@1:35");
    CHECK(codes("{% if capacite == nom %}a{% endif %}") == "");
    CHECK(codes("{% if statut | default('') == '' %}a{% endif %}") == "");
}

TEST_CASE("a chain over an enumeration that forgets a value says which") {
    CHECK(
        said("{% if capacite == 'pleine' %}a{% elif capacite == 'curatelle' %}b{% endif %}") ==
        "P0115 cette suite de conditions oublie « tutelle » pour « capacite » ; ajoutez un « elif "
        "» ou un « else »");
    CHECK(codes("{% if capacite == 'pleine' %}a{% elif capacite in ['curatelle', 'tutelle'] %}b"
                "{% endif %}") == "");
    CHECK(codes("{% if capacite == 'pleine' %}a{% elif capacite == 'tutelle' %}b{% else %}c"
                "{% endif %}") == "");
    CHECK(codes("{% if capacite == 'pleine' %}a{% endif %}") == "");
    CHECK(codes("{% if capacite == 'pleine' %}a{% elif accord %}b{% endif %}") == "");
    CHECK(codes("{% for c in charges %}{% if c.sorte == 'eau' %}a{% elif c.sorte == 'gaz' %}b"
                "{% endif %}{% endfor %}") == "");
}

TEST_CASE("a condition that decides nothing, and a case that never comes, are told") {
    CHECK(said("{% if nom is defined %}a{% endif %}") ==
          "P0116 cette condition est toujours vraie ; retirez-la, ou dites ce qui distingue les "
          "deux cas");
    CHECK(codes("{% if debut %}a{% endif %}") == "P0116@1:7");
    CHECK(codes("{% if membres %}a{% endif %}") == "P0116@1:7");
    CHECK(codes("{% if charges %}a{% endif %}") == "");
    CHECK(codes("{{ nom if accord or not accord else 'x' }}") == "P0116@1:18");
    CHECK(codes("{{ nom if nom is string else 'x' }}") == "P0116@1:18");
    CHECK(codes("{% if nom is none %}a{% endif %}") == "P0116@1:14");
    CHECK(codes("{% if capacite == 'pleine' and capacite == 'tutelle' %}a{% endif %}") ==
          "P0116@1:28");
    CHECK(said("{% if capacite == 'pleine' %}a{% elif capacite == 'pleine' %}b{% endif %}") ==
          "P0115 cette suite de conditions oublie « curatelle » ou « tutelle » pour « capacite » ; "
          "ajoutez un « elif » ou un « else » | P0117 ce cas n'arrive jamais : une condition qui "
          "précède l'a déjà pris ; retirez-le, ou corrigez les conditions qui précèdent");
    CHECK(codes("{% if accord %}a{% elif not accord %}b{% else %}c{% endif %}") == "P0117@1:41");
    CHECK(codes("{% if mesure == 'simple' %}a{% elif mesure == 'renforcee' %}b{% endif %}") == "");
    CHECK(codes("{% for m in membres %}{{ m.nom }}{% else %}aucun{% endfor %}") == "P0117@1:3");
    CHECK(codes("{% if niveau == '1' %}a{% endif %}") == "P0118@1:14");
    CHECK(codes("{% if accord == 'oui' %}a{% endif %}") == "P0118@1:14");
    CHECK(codes("{{ '' }}") == "P0125@1:4");
}

TEST_CASE("names that hide others, are lost or never read are told") {
    CHECK(codes("{% set nom = 'a' %}{{ nom }}") == "P0119@1:14");
    CHECK(codes("{% for nom in membres %}{{ nom.nom }}{% endfor %}") == "P0119@1:15");
    CHECK(codes("{% for m in membres %}{% for m in charges %}{{ m.libelle }}{% endfor %}{{ m.nom }}"
                "{% endfor %}") == "P0119@1:35");
    CHECK(
        said("{% set n = 0 %}{% for m in membres %}{{ m.nom }}{% set n = n + 1 %}{{ n }}"
             "{% endfor %}{{ n }}") ==
        "P0120 la valeur donnée ici à « n » est oubliée à la fin de ce bloc : le « n » du dehors "
        "ne change pas ; gardez-la dans un « namespace » : {% set ns = namespace(n=…) %}, puis {% "
        "set ns.n = … %}");
    CHECK(codes("{% for m in membres %}{{ nom }}{% endfor %}") == "P0121@1:13");
    CHECK(codes("{% for _ in membres %}{{ nom }}{% endfor %}") == "");
    CHECK(codes("{% for i in range(3) %}ligne{% endfor %}") == "");
    CHECK(codes("{% set a = nom | upper %}{{ nom }}") == "P0122@1:12");
    CHECK(codes("{% with a = nom %}{{ nom }}{% endwith %}") == "P0122@1:13");
    CHECK(codes("{% if accord %}{% set a = 1 %}{% else %}{% set a = 2 %}{% endif %}{{ a }}") == "");
    CHECK(codes("{% if accord %}{% set a = 1 %}{% else %}{% set a = 2 %}{% endif %}") ==
          "P0122@1:27 P0122@1:52");
    CHECK(codes("{% include 'nu' %}") == "");
    CHECK(codes("{% include 'nu' without context %}") == "P0101@1:4");
}

TEST_CASE("loops know their items, their neighbours and their groups") {
    CHECK(codes("{% for m in membres %}{{ loop.index }} {{ m.ne_le | date_longue }}{% endfor %}") ==
          "");
    CHECK(codes("{% for m in membres %}{{ m.nom }}{% if not loop.last %}{{ loop.nextitem.nom }}"
                "{% endif %}{% endfor %}") == "");
    CHECK(codes("{% for m in membres %}{{ m.nom }}{{ loop.nextitem.nom }}{% endfor %}") ==
          "P0106@1:42");
    CHECK(codes("{% for m in membres %}{{ m.nom }}{{ loop.compteur }}{% endfor %}") ==
          "P0101@1:42");
    CHECK(codes("{% for groupe in charges | groupby('sorte') %}{{ groupe.grouper }} "
                "{{ groupe.list | sum(attribute='montant') | euros }}{% endfor %}") == "");
    CHECK(codes("{% for sorte, lignes in charges | groupby('sorte') %}{{ sorte }}"
                "{% for l in lignes %}{{ l.libele }}{% endfor %}{% endfor %}") == "P0101@1:91");
    CHECK(codes("{% for a, b, c in charges | groupby('sorte') %}{{ a }}{% endfor %}") ==
          "P0127@1:29");
    CHECK(codes("{% if conjoint is defined %}{% for cle, valeur in conjoint.items() %}"
                "{{ cle }} : {{ valeur }}{% endfor %}{% endif %}") == "");
    CHECK(codes("{{ (charges | first).libelle }}") == "P0106@1:15");
    CHECK(codes("{{ (membres | first).nom }} {{ membres[0].nom }}") == "");
}

TEST_CASE("a namespace keeps what loops write to it") {
    CHECK(codes("{% set ns = namespace(total=montant(0)) %}{% for c in charges %}"
                "{% set ns.total = ns.total + c.montant %}{% endfor %}{{ ns.total | euros }}") ==
          "");
    CHECK(codes("{% set ns = namespace(total=0) %}{% for c in charges %}"
                "{% set ns.total = ns.total + c.montant %}{% endfor %}{{ ns.total | euros }}") ==
          "P0108@1:83");
    CHECK(codes("{% set ns = namespace(vu=none) %}{% for m in membres %}{% if ns.vu %}"
                "{{ ns.vu }}{% endif %}{% set ns.vu = m.nom %}{% endfor %}") == "");
    CHECK(codes("{% set ns = namespace(a=1) %}{{ ns.b }}") == "P0101@1:36");
    CHECK(codes("{% set nom.a = 1 %}") == "P0103@1:16");
}

TEST_CASE("the checker reads long chains and many branches in little time") {
    std::string chain = "{% if telephone is defined";
    for (int i = 0; i < 80; ++i)
        chain += std::string(i % 2 == 0 ? " or" : " and") + " (conjoint is defined or accord)";
    CHECK(codes(chain + " %}a{% endif %}") == "");
    std::string branches = "{% set x = 1 %}";
    for (int i = 0; i < 2'000; ++i)
        branches += "{% if accord %}{% set x = " + std::to_string(i) + " %}{% endif %}";
    CHECK(codes(branches + "{{ x }}") == "");
}
