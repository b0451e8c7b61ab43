#include <doctest/doctest.h>

#include <set>

#include "base/error.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

TEST_CASE("a value takes the place of its tag") {
    CHECK(merged("<text:p>Bonjour {{ nom }}, bienvenue</text:p>") ==
          "<text:p>Bonjour Lefèvre, bienvenue</text:p>");
    CHECK(merged("<text:p>{{ lignes[0].montant | euros }}</text:p>") ==
          "<text:p>486,20\u00A0€</text:p>");
}

TEST_CASE("a tag that editing has split over spans works, and takes the style of its expression") {
    CHECK(merged("<text:p>A {{ n<text:span text:style-name=\"T1\">o</text:span>m }} B</text:p>") ==
          "<text:p>A Lefèvre B</text:p>");
    CHECK(merged("<text:p>A {{<text:span text:style-name=\"T1\"> nom }}</text:span> B</text:p>") ==
          "<text:p>A <text:span text:style-name=\"T1\">Lefèvre</text:span> B</text:p>");
    CHECK(merged("<text:p><text:span text:style-name=\"B\">Gras {{ no</text:span>m }}!</text:p>") ==
          "<text:p><text:span text:style-name=\"B\">Gras Lefèvre</text:span>!</text:p>");
}

TEST_CASE("what Writer puts into a typed tag is tolerated") {
    CHECK(merged("<text:p>{\u00A0{ nom }\u00A0}</text:p>") == "<text:p>Lefèvre</text:p>");
    CHECK(merged("<text:p>{\u202F% if oui %\u202F}A{% endif %}</text:p>") == "<text:p>A</text:p>");
    CHECK(merged("<text:p>{% if nom == « Lefèvre » %}A{% endif %}</text:p>") ==
          "<text:p>A</text:p>");
    CHECK(merged("<text:p>{% if nom == “Lefèvre” %}A{% endif %}</text:p>") == "<text:p>A</text:p>");
    CHECK(merged("<text:p>{% if lignes | length ≥ 2 %}A{% endif %}</text:p>") ==
          "<text:p>A</text:p>");
    CHECK(merged("<text:p>{{ no<text:soft-page-break/>m }}</text:p>") ==
          "<text:p>Lefèvre<text:soft-page-break/></text:p>");
    CHECK(merged("<text:p>{{<text:s/>no\u00ADm<text:tab/>}}</text:p>") ==
          "<text:p>Lefèvre</text:p>");
    CHECK(merged("<text:p>{{ no<text:bookmark text:name=\"b\"/>m }}</text:p>") ==
          "<text:p>Lefèvre<text:bookmark text:name=\"b\"/></text:p>");
}

TEST_CASE("a field of Writer carries a tag as well as typed text") {
    CHECK(merged("<text:p>A <text:placeholder text:placeholder-type=\"text\">{{ nom "
                 "}}</text:placeholder></text:p>") == "<text:p>A Lefèvre</text:p>");
    CHECK(merged("<text:p><text:text-input text:description=\"d\">{{ nom "
                 "}}</text:text-input></text:p>") == "<text:p>Lefèvre</text:p>");
    CHECK(merged("<text:p>{<text:text-input>x</text:text-input>} <text:placeholder "
                 "text:placeholder-type=\"text\">reste</text:placeholder> {{ nom }}</text:p>")
              .find("reste") != std::string::npos);
}

TEST_CASE("line feeds, tabs and double spaces of a value survive") {
    CHECK(merged("<text:p>{{ adresse }}</text:p>") ==
          "<text:p>3 rue A<text:line-break/>91000 <text:s/>Évry</text:p>");
}

TEST_CASE("a condition inside a paragraph splits spans where it must") {
    CHECK(merged("<text:p>A{% if oui %}B{% else %}C{% endif %}D</text:p>") ==
          "<text:p>ABD</text:p>");
    CHECK(merged("<text:p>A<text:span text:style-name=\"T\">b{% if non %}c</text:span>d{% endif "
                 "%}e</text:p>") ==
          "<text:p>A<text:span text:style-name=\"T\">b</text:span>e</text:p>");
    CHECK(merged("<text:p>{% for l in lignes %}{{ l.nom }}{% if not loop.last %}, {% endif %}{% "
                 "endfor %}</text:p>") == "<text:p>loyer, charges</text:p>");
}

TEST_CASE("a block whose tags stand alone governs whole paragraphs, and their carriers disappear") {
    CHECK(merged("<text:p>A</text:p><text:p>{% for l in lignes %}</text:p><text:p>{{ l.nom "
                 "}}</text:p><text:p>{% endfor %}</text:p><text:p>Z</text:p>") ==
          "<text:p>A</text:p><text:p>loyer</text:p><text:p>charges</text:p><text:p>Z</text:p>");
    CHECK(
        merged(
            "<text:p>{% if non %}</text:p><text:p>a</text:p><text:p>{% elif oui "
            "%}</text:p><text:p>b</text:p><text:p>{% else %}</text:p><text:p>c</text:p><text:p>{% "
            "endif %}</text:p>") == "<text:p>b</text:p>");
    CHECK(merged("<text:p>{% for x in vide %}</text:p><text:p>a</text:p><text:p>{% else "
                 "%}</text:p><text:p>rien</text:p><text:p>{% endfor %}</text:p>") ==
          "<text:p>rien</text:p>");
    CHECK(merged("<text:p>{# une remarque #}</text:p><text:p>a{# b #}c</text:p>") ==
          "<text:p>ac</text:p>");
    CHECK(merged("<text:p>{% set n = nom %}</text:p><text:p>{{ n }}</text:p>") ==
          "<text:p>Lefèvre</text:p>");
}

TEST_CASE("an empty paragraph that holds a value stays") {
    CHECK(merged("<text:p>{{ \"\" }}</text:p>") == "<text:p/>");
}

TEST_CASE("tags at the edges of two paragraphs govern both") {
    CHECK(merged("<text:p>{% for l in lignes %}{{ l.nom }}</text:p><text:p>suite{% endfor "
                 "%}</text:p>") ==
          "<text:p>loyer</text:p><text:p>suite</text:p><text:p>charges</text:p><text:p>suite</"
          "text:p>");
}

TEST_CASE("tags in two cells of a row repeat the row") {
    const std::string row =
        "<table:table table:name=\"T\"><table:table-column/><table:table-row><table:table-cell>"
        "<text:p>{% for l in lignes %}{{ l.nom }}</text:p></table:table-cell><table:table-cell>"
        "<text:p>{{ l.montant | euros }}{% endfor %}</text:p></table:table-cell></table:table-row>"
        "</table:table>";
    CHECK(
        merged(row) ==
        "<table:table table:name=\"T\"><table:table-column/><table:table-row><table:table-cell>"
        "<text:p>loyer</text:p></table:table-cell><table:table-cell><text:p>486,20\u00A0€</text:p>"
        "</table:table-cell></table:table-row><table:table-row><table:table-cell>"
        "<text:p>charges</text:p></table:table-cell><table:table-cell><text:p>74,30\u00A0€</text:p>"
        "</table:table-cell></table:table-row></table:table>");
}

TEST_CASE("a row that held only tags disappears, and a table without rows too") {
    const auto row = [](const std::string& text) {
        return "<table:table-row><table:table-cell><text:p>" + text +
               "</text:p></table:table-cell><table:table-cell><text:p/></table:table-cell>"
               "</table:table-row>";
    };
    CHECK(merged("<table:table>" + row("{% for l in lignes %}") + row("{{ l.nom }}") +
                 row("{% endfor %}") + "</table:table>") ==
          "<table:table>" + row("loyer") + row("charges") + "</table:table>");
    CHECK(merged("<text:p>a</text:p><table:table>" + row("{% for l in vide %}") +
                 row("{{ l.nom }}") + row("{% endfor %}") + "</table:table>") ==
          "<text:p>a</text:p>");
}

TEST_CASE("list items repeat, and an item that held only tags disappears") {
    CHECK(
        merged("<text:list><text:list-item><text:p>{% for l in lignes %}</text:p></text:list-item>"
               "<text:list-item><text:p>{{ l.nom }}</text:p></text:list-item><text:list-item>"
               "<text:p>{% endfor %}</text:p></text:list-item></text:list>") ==
        "<text:list><text:list-item><text:p>loyer</text:p></text:list-item><text:list-item>"
        "<text:p>charges</text:p></text:list-item></text:list>");
    CHECK(merged("<text:list><text:list-item><text:p>{% for l in lignes %}{{ l.nom }}{% endfor "
                 "%}</text:p></text:list-item></text:list>") ==
          "<text:list><text:list-item><text:p>loyercharges</text:p></text:list-item></text:list>");
}

TEST_CASE("blocks nest") {
    CHECK(merged("<text:p>{% for l in lignes %}{% if l.nom == 'loyer' %}</text:p><text:p>{{ l.nom "
                 "}}</text:p><text:p>{% endif %}{% endfor %}</text:p>") ==
          "<text:p>loyer</text:p>");
    CHECK(merged("<text:section text:name=\"S\"><text:p>{% if oui %}</text:p><text:p>x</text:p>"
                 "<text:p>{% endif %}</text:p></text:section>") ==
          "<text:section text:name=\"S\"><text:p>x</text:p></text:section>");
}

TEST_CASE("names that must be unique are, after repetition") {
    CHECK(merged("<text:p>{% for l in lignes %}</text:p><text:section "
                 "text:name=\"S\"><text:p>a<text:bookmark "
                 "text:name=\"b\"/></text:p></text:section><text:p>{% endfor %}</text:p>") ==
          "<text:section text:name=\"S\"><text:p>a<text:bookmark "
          "text:name=\"b\"/></text:p></text:section>"
          "<text:section text:name=\"S_2\"><text:p>a<text:bookmark text:name=\"b_2\"/></text:p>"
          "</text:section>");
}

TEST_CASE("a signature slot becomes a bookmark that layout knows") {
    CHECK(merged("<text:p>{{ signature(\"beneficiaire\") }}</text:p>") ==
          "<text:p><text:bookmark text:name=\"paraphe.signature.beneficiaire\"/></text:p>");
    const auto compiled = tmpl::compile_or_throw(
        odf::read(flat("<text:p>{{ signature(\"a\") }}{{ signature('b') }}</text:p>"), "e"), {});
    CHECK(compiled.slots() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("title, headers and footers are filled") {
    const std::string masters =
        "<office:master-styles><style:master-page style:name=\"Standard\"><style:header><text:p>{{ "
        "reference }}</text:p></style:header><style:footer><text:p>{{ nom "
        "}}</text:p></style:footer>"
        "</style:master-page></office:master-styles>";
    const auto compiled =
        tmpl::compile_or_throw(odf::read(flat("<text:p>x</text:p>", masters), "essai.fodt"), {});
    const auto document = tmpl::merge(compiled, sample(), registry());
    CHECK(odf::markup(*document.meta).find("<office:meta><dc:title>Contrat R-1</dc:title>") == 0);
    CHECK(odf::plain_text(*document.master_styles) == "R-1Lefèvre");
}

TEST_CASE("constant pieces are shared between merges, not copied") {
    const std::string body =
        "<text:p>constant <text:span>un</text:span></text:p><text:p>{{ nom }}</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>constant</text:p></"
        "table:table-cell>"
        "</table:table-row></table:table><text:p>{% for l in lignes "
        "%}</text:p><text:p>répété</text:p>"
        "<text:p>{% endfor %}</text:p>";
    const auto compiled = tmpl::compile_or_throw(odf::read(flat(body), "essai.fodt"), {});
    const auto elements = [&] {
        std::set<const odf::Element*> out;
        const auto document = tmpl::merge(compiled, sample(), registry());
        odf::walk(*document.body, [&](const odf::Element& element) {
            if (element.constant) out.insert(&element);
        });
        return out;
    };
    const auto first = elements();
    CHECK(first == elements());
    // Two spans of text, a table with row, cell and paragraph, and one repeated paragraph.
    CHECK(first.size() == 7);
}

TEST_CASE("every piece knows where it comes from") {
    const auto compiled = tmpl::compile_or_throw(
        odf::read(
            flat("<text:p>fixe</text:p>\n<text:p>{% for l in lignes %}{{ l.nom }}{% endfor %}{{ "
                 "nom | upper }}</text:p>"),
            "essai.fodt"),
        {});
    const auto document = tmpl::merge(compiled, sample(), registry());
    std::vector<std::string> origins;
    odf::walk(*document.body, [&](const odf::Element& element) {
        for (const auto& node : element.children)
            if (const auto* text = std::get_if<odf::Text>(&node); text && text->provenance)
                origins.push_back(std::to_string(text->provenance->line) + " " +
                                  text->provenance->data +
                                  (text->provenance->constant ? " constant" : " variable"));
    });
    CHECK(origins.size() == 4);
    CHECK(origins[0] == "1  constant");
    CHECK(origins[3].substr(0, 2) == "2 ");
    CHECK(origins[3].find("variable") != std::string::npos);
}

TEST_CASE("missing data is an error with its place, never a blank") {
    CHECK_THROWS_WITH_AS(
        merged("<text:h text:outline-level=\"1\">Objet</text:h><text:p>a</text:p><text:p>{{ prenom "
               "}}</text:p>"),
        doctest::Contains("Article 1 — Objet, 2e alinéa, « {{ prenom }} »"), Error);
}

TEST_CASE("a clause is included with its styles, which never clash") {
    const auto loader = [](const std::string& name) -> std::optional<tmpl::Clause> {
        if (name == "clauses/a")
            return tmpl::Clause{flat("<text:p text:style-name=\"P1\">Clause {{ nom }}</text:p>"),
                                "a.fodt"};
        if (name == "clauses/soi")
            return tmpl::Clause{flat("<text:p>{% include 'clauses/soi' %}</text:p>"), "soi.fodt"};
        return std::nullopt;
    };
    CHECK(merged("<text:p>x</text:p><text:p>{% include \"clauses/a\" %}</text:p>", loader) ==
          "<text:p>x</text:p><text:p text:style-name=\"P1\">Clause Lefèvre</text:p>");
    CHECK(merged("<text:p>x {% include \"clauses/a\" %} y</text:p>", loader) ==
          "<text:p>x Clause Lefèvre y</text:p>");
    CHECK(faults("<text:p>{% include \"clauses/rien\" %}</text:p>", loader).at(0).message ==
          "la clause « clauses/rien » n’existe pas");
    CHECK(faults("<text:p>{% include \"clauses/soi\" %}</text:p>", loader).at(0).message ==
          "la clause « clauses/soi » s’inclut elle-même");
}

TEST_CASE("the same template and data give the same bytes") {
    const std::string body = "<text:p>{{ nom }}</text:p>";
    const auto once = [&] {
        const auto compiled = tmpl::compile_or_throw(odf::read(flat(body), "essai.fodt"), {});
        return odf::write_package(tmpl::merge(compiled, sample(), registry()));
    };
    CHECK(once() == once());
}
