#include <doctest/doctest.h>

#include <set>

#include "base/error.hpp"
#include "odf/odf.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

std::string p(const std::string& text) {
    return "<text:p>" + text + "</text:p>";
}

std::string many(std::size_t n, const std::string& text) {
    std::string out;
    out.reserve(n * text.size());
    for (std::size_t i = 0; i < n; ++i)
        out += text;
    return out;
}

expression::Value rows(std::size_t n) {
    std::vector<expression::Value> all(n, object({{"nom", "loyer"}}));
    return object({{"lignes", std::move(all)}, {"reference", "R"}, {"oui", true}});
}

tmpl::Template compiled(const std::string& body) {
    return tmpl::compile_or_throw(odf::read(flat(body), "essai.fodt"), {});
}

std::string merge_fault(const std::string& body, const tmpl::OutputLimits& limits,
                        const expression::Limits& steps = {}) {
    try {
        tmpl::merge(compiled(body), rows(50), registry(), steps, limits);
    } catch (const Error& error) {
        return error.code() + " " + error.what();
    }
    return {};
}

std::size_t count_of(const char* element, const odf::Document& document) {
    std::size_t out = 0;
    odf::walk(*document.body, [&](const odf::Element& each) {
        if (each.name == odf::Name(element)) ++out;
    });
    return out;
}

}  // namespace

TEST_CASE("more turns, a larger document or more steps than allowed are errors with their place") {
    const std::string body = p("{% for l in lignes %}{{ l.nom }}{% endfor %}");
    CHECK(merge_fault(body, {}).empty());
    CHECK(
        merge_fault(body, {49, 1'000'000, 1'000'000}) ==
        "P0218 essai.fodt:1:" + std::to_string(flat(body).find("{% for") - 1) +
            ": 1er alinéa, « {% for l in lignes %} » : les boucles font plus de 49 tours en tout; "
            "réduisez la liste, ou faites plusieurs documents");
    CHECK(merge_fault(body, {100, 20, 1'000'000}).substr(0, 5) == "P0219");
    CHECK(merge_fault(body, {100, 20, 1'000'000}).find("le document dépasse 20 éléments") !=
          std::string::npos);
    CHECK(merge_fault(body, {100, 1'000'000, 200}).find("le document dépasse 0 Mo de texte") !=
          std::string::npos);
    expression::Limits steps;
    steps.steps = 60;
    CHECK(merge_fault(body, {}, steps).find("le calcul dépasse 60 étapes") != std::string::npos);
}

TEST_CASE("constant pieces count each time they are printed") {
    const std::string body =
        p("{% for l in lignes %}") + many(100, p("constant")) + p("{% endfor %}");
    CHECK(merge_fault(body, {100, 9'000, 1'000'000'000}).substr(0, 5) == "P0219");
    CHECK(merge_fault(body, {100, 11'000, 1'000'000'000}).empty());
}

TEST_CASE("ten thousand blocks inside one another are refused at the hundred and first") {
    const Diagnostics nested =
        faults(p(many(10'000, "{% if oui %}") + "x" + many(10'000, "{% endif %}")));
    REQUIRE(nested.size() == 1);
    CHECK(nested[0].code == "P0215");
    CHECK(nested[0].message ==
          "ce bloc est dans plus de 100 autres, le premier étant « {% if oui %} » (ligne 1)");
    CHECK(nested[0].remedy == "fermez les blocs dès que leur passage finit");
    CHECK(faults(p(many(100, "{% if oui %}") + "x" + many(100, "{% endif %}"))).empty());
    // Over paragraphs, and never closed.
    CHECK(faults(many(10'000, p("{% for a in lignes %}"))).at(0).code == "P0215");
    // Nor do the unbalanced rest overflow anything.
    CHECK(faults(many(90, p("{% if oui %}")) + p("{% endfor %}")).size() > 90);
}

TEST_CASE("a template of more than two million elements is refused") {
    const Diagnostics large = faults(many(2'000'001, "<text:p/>"));
    REQUIRE(large.size() == 1);
    CHECK(large[0].code == "P0214");
    CHECK(large[0].message == "le modèle avec ses clauses dépasse 2000000 éléments");
}

TEST_CASE("a clause that a template includes too often is refused once") {
    const auto loader = [](const std::string&) -> std::optional<tmpl::Clause> {
        return tmpl::Clause{flat(p("c")), "c.fodt"};
    };
    const Diagnostics often = faults(many(2'100, p("{% include 'clauses/c' %}")), loader);
    REQUIRE(often.size() == 1);
    CHECK(often[0].message == "le modèle inclut des clauses plus de 2000 fois");
}

// How long these take, and that twice as much takes twice as long, is the subject of
// ./run conformance limits.
TEST_CASE("a hundred thousand rows are merged, each with a name of its own where it has one") {
    const auto row = [](const std::string& text) {
        return "<table:table-row><table:table-cell>" + p(text) +
               "</table:table-cell></table:table-row>";
    };
    const tmpl::Template loop =
        compiled("<table:table><table:table-column/>" + row("{% for l in lignes %}") +
                 row("{{ l.nom }}") + row("{% endfor %}") + "</table:table>");
    const expression::Value large = rows(100'000);
    CHECK(count_of("table:table-row", tmpl::merge(loop, large, registry())) == 100'000);

    const tmpl::Template named =
        compiled(p("{% for l in lignes %}") + p("<text:bookmark text:name=\"b\"/>{{ l.nom }}") +
                 p("{% endfor %}"));
    std::set<std::string> names;
    odf::walk(*tmpl::merge(named, large, registry()).body, [&](const odf::Element& each) {
        if (each.name == odf::Name("text:bookmark"))
            names.emplace(each.attribute_or_empty(odf::Name("text:name")));
    });
    CHECK(names.size() == 100'000);
}

TEST_CASE("a template with a table of ten thousand rows, a third of them with a block, compiles") {
    std::string all;
    for (int i = 0; i < 3'333; ++i)
        all += "<table:table-row><table:table-cell>" + p("{% if oui %}a") +
               "</table:table-cell><table:table-cell>" + p("b{% endif %}") +
               "</table:table-cell></table:table-row>" +
               many(2, "<table:table-row><table:table-cell>" + p("x") +
                           "</table:table-cell></table:table-row>");
    const std::string body = "<table:table><table:table-column/>" + all + "</table:table>";
    CHECK(count_of("table:table-row", tmpl::merge(compiled(body), rows(1), registry())) == 9'999);
}

TEST_CASE("a paragraph with a megabyte of tags is filled") {
    const auto length = [](const std::string& tag) {
        const std::string body = p(many((1u << 20) / tag.size(), tag));
        return odf::plain_text(*tmpl::merge(compiled(body), rows(1), registry()).body).size();
    };
    CHECK(length("{{ oui }} ") == (1u << 20) / 10 * 4);
    CHECK(length("{% if oui %}a{% endif %}") == (1u << 20) / 24);
}
