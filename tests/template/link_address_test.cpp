#include <doctest/doctest.h>

#include "base/error.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

std::string anchor(const std::string& address, const std::string& text = "ici") {
    return "<text:a xlink:href=\"" + address + "\">" + text + "</text:a>";
}

std::string p(const std::string& text) {
    return "<text:p>" + text + "</text:p>";
}

std::string refusal(const std::string& body) {
    try {
        merged(body);
    } catch (const Error& error) {
        return error.code() + " " + error.problem() + " ; " + error.remedy();
    }
    return {};
}

/// Of the only diagnostic.
std::string fault(const std::string& body) {
    const Diagnostics all = faults(body);
    if (all.size() != 1) return std::to_string(all.size()) + " diagnostics";
    return all[0].code + " « " + all[0].quote + " » " + all[0].message + " ; " + all[0].remedy;
}

}  // namespace

TEST_CASE("a tag in the address of a link is filled, as typed and as Writer encodes it") {
    for (const char* address :
         {"https://exemple.fr/{{ reference }}?de={{ nom }}#a",
          "https://exemple.fr/%7B%7B%20reference%20%7D%7D?de=%7B%7Bnom%7D%7D#a",
          "https://exemple.fr/%7b%7b reference }}?de={{%20nom%20%7d%7D#a"})
        CHECK(merged(p(anchor(address))) == p(anchor("https://exemple.fr/R-1?de=Lef%C3%A8vre#a")));
    CHECK(merged(p("a " + anchor("mailto:{{ 'a@exemple.fr?cc=b' }}", "écrire à {{ nom }}"))) ==
          p("a " + anchor("mailto:a@exemple.fr%3Fcc%3Db", "écrire à Lefèvre")));
    // What the author wrote is not touched; the other link is the same in every document.
    CHECK(
        merged(p(anchor("HTTP://exemple.fr/%C3%A9/{{ reference }}/&amp;") + anchor("../autre"))) ==
        p(anchor("HTTP://exemple.fr/%C3%A9/R-1/&amp;") + anchor("../autre")));
    CHECK(merged(p(anchor("https://exemple.fr/{{ reference }}", ""))) ==
          "<text:p><text:a xlink:href=\"https://exemple.fr/R-1\"/></text:p>");
}

TEST_CASE("an address that a tag begins is the value; what Writer put before it goes") {
    for (const char* before : {"", "../", "../../", "file:///home/a/modeles/"})
        CHECK(merged(p(anchor(
                  before +
                  std::string("%7B%7B%20'https://exemple.fr/à?b=c d&amp;e%25'%20%7D%7D")))) ==
              p(anchor("https://exemple.fr/%C3%A0?b=c%20d&amp;e%")));
    CHECK(merged(p("<text:bookmark text:name=\"b\"/>" + anchor("#{{ 'b' }}"))) ==
          p("<text:bookmark text:name=\"b\"/>" + anchor("#b")));
}

TEST_CASE("each copy of a link has its own address, and a block in a link keeps it") {
    CHECK(merged(p("{% for l in lignes %}" + anchor("https://exemple.fr/{{ l.nom }}") +
                   "{% endfor %}")) ==
          p(anchor("https://exemple.fr/loyer") + anchor("https://exemple.fr/charges")));
    CHECK(merged(
              p(anchor("https://exemple.fr/{{ reference }}", "a{% if oui %}b") + "c{% endif %}")) ==
          p(anchor("https://exemple.fr/R-1", "a") + anchor("https://exemple.fr/R-1", "b") + "c"));
}

TEST_CASE("what is no address of a link is refused with its place") {
    CHECK(refusal(p(anchor("javascript:{{ nom }}"))) ==
          "P0268 1er alinéa, « {{ nom }} » : « javascript:Lef%C3%A8vre » n’est pas une adresse de "
          "lien ; donnez une adresse qui commence par https://, http://, mailto: ou #");
    CHECK(refusal(p(anchor("{{ nom }}"))).starts_with("P0268 "));
    CHECK(refusal(p(anchor("#{{ '' }}"))).starts_with("P0268 "));
    CHECK(refusal(p(anchor("https://exemple.fr/{{ inconnu }}"))).starts_with("P0112 "));
}

TEST_CASE("in the address of a link only values are filled") {
    const std::string remedy =
        " l’adresse d’un lien ne prend que des valeurs, {{ … }} ; écrivez un lien dans chaque "
        "branche d’un bloc {% if %} du texte";
    for (const char* address :
         {"https://exemple.fr/{% if oui %}a{% endif %}",
          "https://exemple.fr/%7B%25%20if%20oui%20%25%7Da%7B%25%20endif%20%25%7D",
          "https://exemple.fr/{{ nom }}{# a #}"})
        CHECK(fault(p(anchor(address))) == "P0207 « " + std::string(address) + " »" + remedy);
    CHECK(fault(p(anchor("https://exemple.fr/{{ nom"))).starts_with("P0100 "));
    CHECK(fault(p(anchor("https://exemple.fr/{{ nom | }}"))).starts_with("P0100 « {{ nom | }} »"));
    // Only links in the text have addresses that are filled.
    CHECK(
        fault("<text:p><draw:a xlink:href=\"https://exemple.fr/{{ nom }}\"><draw:frame/></draw:a>"
              "</text:p>") ==
        "P0207 « https://exemple.fr/{{ nom }} » une balise dans l’adresse d’un lien n’est remplie "
        "que dans le texte ; mettez le lien sur des mots du texte");
}

TEST_CASE("the fields of an address are checked and needed as those of the text") {
    const auto compiled = tmpl::compile_or_throw(
        odf::read(flat(p(anchor("https://exemple.fr/{{ dossier.code }}"))), "essai.fodt"), {});
    bool needed = false;
    for (const tmpl::Need& need : compiled.needs())
        needed = needed || need.path == "dossier.code";
    CHECK(needed);
    const Diagnostics found = tmpl::check(
        compiled,
        expression::Type::map_of({{"reference", expression::Type(expression::Kind::text), {}}}),
        registry());
    REQUIRE(found.size() == 1);
    CHECK(found[0].quote == "{{ dossier.code }}");
}
