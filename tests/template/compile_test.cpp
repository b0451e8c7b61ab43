#include <doctest/doctest.h>

#include "base/error.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

std::string first(const Diagnostics& diagnostics) {
    return diagnostics.empty() ? "none" : to_string(diagnostics.front());
}

}  // namespace

TEST_CASE("a block that is never closed names the tag that opened it") {
    CHECK(first(faults("<text:p>{% if oui %}</text:p><text:p>a</text:p>")) ==
          "essai.fodt:1:1134: P0202 1er alinéa, « {% if oui %} » : ce bloc n’est jamais fermé ; "
          "ajoutez "
          "{% "
          "endif %} à la fin du passage");
}

TEST_CASE("a closing tag of another block says which one to close first") {
    const auto found = faults("<text:p>{% for l in lignes %}{% endif %}{% endfor %}</text:p>");
    CHECK(first(found) ==
          "essai.fodt:1:1155: P0202 1er alinéa, « {% endif %} » : cette balise ne ferme aucun bloc "
          "ouvert "
          "ici ; fermez d’abord « {% for l in lignes %} » (ligne 1) par {% endfor %}");
}

TEST_CASE("a block that cuts across scopes names both places") {
    const auto found = faults(
        "<text:p>début {% if oui %} milieu</text:p>\n<text:p>suite {% endif %} fin</text:p>");
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "P0203");
    CHECK(
        found[0].message ==
        "le bloc commence au milieu d’un passage et finit dans un autre : « {% if oui %} » (ligne "
        "1) et « {% endif %} » (ligne 2)");
}

TEST_CASE("all mistakes come in one run") {
    const auto found = faults(
        "<text:p>{{ nom | }}</text:p><text:p>{% fro x in y %}</text:p><text:p>{ { nom }}</text:p>"
        "<text:p>{{ nom</text:p><text:p>}}</text:p>");
    CHECK(found.size() == 5);
}

TEST_CASE("a lone delimiter is an error, never printed") {
    CHECK(first(faults("<text:p>prix }} fixe</text:p>")).find("P0200") != std::string::npos);
    CHECK(first(faults("<text:p>{ { nom } }</text:p>")).find("enlevez l’espace") !=
          std::string::npos);
    CHECK(faults("<text:p>un { seul } signe est permis</text:p>").empty());
}

TEST_CASE("a tag in a tracked change is refused") {
    const auto found = faults(
        "<text:p>{{ no<text:change-start text:change-id=\"c\"/>m }}<text:change-end "
        "text:change-id=\"c\"/></text:p>");
    REQUIRE(!found.empty());
    CHECK(found[0].code == "P0201");
}

TEST_CASE("the checker knows the schema's types before any data") {
    using expression::Field;
    using expression::Kind;
    using expression::Type;
    const Type data = Type::map_of(
        {Field{"nom", Type(Kind::text), "Nom"}, Field{"montant", Type(Kind::money), "Montant"},
         Field{"conjoint", Type(Kind::text) | Type(Kind::undefined), "Conjoint"},
         Field{"reference", Type(Kind::text), ""}});
    const auto check = [&](const std::string& body) {
        const auto compiled = tmpl::compile_or_throw(odf::read(flat(body), "essai.fodt"), {});
        return tmpl::check(compiled, data, registry(), std::set<std::string>{"beneficiaire"});
    };
    CHECK(check("<text:p>{{ nom }} {{ montant | euros }}</text:p>").empty());
    CHECK(first(check("<text:p>{{ nmo }}</text:p>")).find("« nom »") != std::string::npos);
    CHECK(check("<text:p>{{ conjoint }}</text:p>").size() == 1);
    CHECK(check("<text:p>{% if conjoint is defined %}{{ conjoint }}{% endif %}</text:p>").empty());
    CHECK(check("<text:p>{% if conjoint is not defined %}seul{% else %}{{ conjoint }}{% endif "
                "%}</text:p>")
              .empty());
    CHECK(check("<text:p>{% for x in montant %}a{% endfor %}</text:p>").size() == 1);
    CHECK(first(check("<text:p>{{ signature(\"beneficiare\") }}</text:p>")) ==
          "essai.fodt:1:1134: P0206 1er alinéa, « {{ signature(\"beneficiare\") }} » : aucun "
          "signataire "
          "ne "
          "s’appelle « beneficiare » ; vouliez-vous « beneficiaire » ?");
}

TEST_CASE("mistakes of syntax do not hide those against the schema, and come in their order") {
    using expression::Field;
    using expression::Kind;
    using expression::Type;
    const Type line = Type::map_of({Field{"montant", Type(Kind::money), ""}});
    const Type data =
        Type::map_of({Field{"nom", Type(Kind::text), ""}, Field{"lignes", Type::list_of(line), ""},
                      Field{"reference", Type(Kind::text), ""}});
    const std::string body =
        "<text:p>{{ nmo }}</text:p>\n<text:p>{% for l in lignes %}{{ l.montnat }}</text:p>\n"
        "<text:p>{{ nom | uper }} et {{ nom + }}</text:p>\n"
        "<text:p>{% if nom = 1 %}oui{% endif %}</text:p>";
    std::string codes;
    for (const auto& each : tmpl::check(odf::read(flat(body), "essai.fodt"), {}, data, registry()))
        codes += std::to_string(each.where.line) + " " + each.code + "\n";
    CHECK(codes == "1 P0101\n2 P0202\n2 P0101\n3 P0105\n3 P0100\n4 P0100\n");
}

TEST_CASE("a mistake has the column of its field, also after references") {
    const auto found = faults("<text:p>un &amp; deux\n&lt;{{ nom | }} é {{ nom, }} {{ }}</text:p>");
    REQUIRE(found.size() == 2);
    CHECK(found[0].where.line == 2);
    const auto lone = faults("<text:p>&lt;é</text:p>\n<text:p>&amp; é {{ nom</text:p>");
    REQUIRE(lone.size() == 1);
    CHECK(lone[0].where == Location{"essai.fodt", 2, 17, ""});
}

TEST_CASE("a tag in an attribute is refused, not printed") {
    CHECK(
        first(faults("<text:p><text:span text:style-name=\"{{ nom }}\">a</text:span></text:p>")) ==
        "essai.fodt:1:1134: P0207 1er alinéa, « {{ nom }} » : une balise dans text:style-name "
        "n’est pas "
        "remplie ; "
        "écrivez-la dans le texte");
}

TEST_CASE("a signature is placed once") {
    CHECK(first(faults("<text:p>{% for l in lignes %}{{ signature(\"a\") }}{% endfor %}</text:p>"))
              .find("une signature ne se répète pas") != std::string::npos);
    CHECK_THROWS_WITH_AS(
        merged("<text:p>{{ signature(\"a\") }}</text:p><text:p>{{ signature(\"a\") }}</text:p>"),
        doctest::Contains("la signature de « a » est déjà placée"), Error);
    CHECK(merged("<text:p>{% if oui %}{{ signature(\"a\") }}{% else %}{{ signature(\"a\") }}{% "
                 "endif %}</text:p>") ==
          "<text:p><text:bookmark text:name=\"paraphe.signature.a\"/></text:p>");
}
