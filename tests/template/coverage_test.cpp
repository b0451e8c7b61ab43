#include "template/coverage.hpp"

#include <doctest/doctest.h>

#include "expression/data.hpp"
#include "json/json.hpp"
#include "template/document.hpp"
#include "template/explanations.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

tmpl::Coverage covered(const std::string& body, const std::vector<std::string>& samples,
                       const std::string& schema_text = "", const tmpl::Loader& loader = {}) {
    const auto schema = json::Schema::compile(
        json::parse(schema_text.empty() ? R"({"type": "object", "required": ["liste", "niveau"],
            "properties": {"reference": {"type": "string"}, "oui": {"type": "boolean"},
              "niveau": {"type": "integer"}, "conjoint": {"type": "object", "properties": {}},
              "liste": {"type": "array", "items": {"type": "object", "properties": {
                 "noms": {"type": "array", "minItems": 1, "items": {"type": "string"}}}}}}})"
                                        : schema_text,
                    "s.json"),
        "s.json", {});
    const auto compiled = tmpl::compile_or_throw(
        odf::read("<office:document "
                  "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                  "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
                  "office:version=\"1.3\" office:mimetype=\"application/"
                  "vnd.oasis.opendocument.text\"><office:body><office:text>" +
                      body + "</office:text></office:body></office:document>",
                  "essai.fodt"),
        loader);
    tmpl::Trace trace;
    for (const std::string& sample : samples)
        tmpl::merge(compiled, expression::Typing(schema).value(json::parse(sample, "d.json")),
                    registry(), {}, {}, &trace);
    return tmpl::coverage(compiled, trace, schema, registry());
}

std::string gaps(const tmpl::Coverage& it) {
    std::string out;
    for (const Diagnostic& gap : it.gaps)
        out += gap.code + " " + gap.quote + " : " + gap.message + " ; " + gap.remedy + "\n";
    return out;
}

}  // namespace

TEST_CASE("both sides of a condition count, also the else that is not written") {
    const std::string body = "<text:p>{% if conjoint is defined %}avec{% endif %}</text:p>";
    const auto half = covered(body, {R"({"conjoint": {}, "liste": [], "niveau": 1})"});
    CHECK(to_string(half) == "branches 1/2, boucles 0/0 cas, clauses 0/0");
    CHECK(gaps(half) ==
          "P0500 {% if conjoint is defined %} : aucun exemple ne rend fausse cette condition ; "
          "ajoutez un exemple où conjoint est absent\n");
    CHECK_FALSE(half.complete());
    CHECK(covered(body, {R"({"conjoint": {}, "liste": [], "niveau": 1})",
                         R"({"liste": [], "niveau": 1})"})
              .complete());
}

TEST_CASE("each branch of a chain is told with the sample that reaches it") {
    const auto found = covered(
        "<text:p>{% if niveau == 1 %}a{% elif niveau == 2 %}b{% else %}c{% endif %}</text:p>",
        {R"({"liste": [], "niveau": 1})"});
    CHECK(to_string(found) == "branches 1/3, boucles 0/0 cas, clauses 0/0");
    CHECK(gaps(found) ==
          "P0500 {% elif niveau == 2 %} : aucun exemple ne rend vraie cette condition ; ajoutez un "
          "exemple où niveau ne vaut pas 1 et niveau vaut 2\n"
          "P0500 {% else %} : aucun exemple ne passe par ce « else » ; ajoutez un exemple où "
          "niveau ne vaut pas 1 et niveau ne vaut pas 2\n");
}

TEST_CASE("a loop has three cases; those that the schema rules out are not asked for") {
    const std::string body =
        "<text:p>{% for l in liste %}{% for n in l.noms %}{{ n }}{% endfor %}{% endfor %}"
        "</text:p>";
    const auto found =
        covered(body, {R"({"niveau": 1, "liste": [{"noms": ["a"]}, {"noms": ["b"]}]})"});
    CHECK(to_string(found) == "branches 0/0, boucles 2/5 cas, clauses 0/0");
    CHECK(gaps(found) ==
          "P0501 {% for l in liste %} : aucun exemple ne laisse cette boucle sans tour ; ajoutez "
          "un exemple où « liste » est vide\n"
          "P0501 {% for l in liste %} : aucun exemple ne fait faire un seul tour à cette boucle ; "
          "ajoutez un exemple où « liste » a un seul élément\n"
          "P0501 {% for n in l.noms %} : aucun exemple ne fait faire plusieurs tours à cette "
          "boucle ; ajoutez un exemple où « l.noms » a plusieurs éléments\n");
}

TEST_CASE("what stands in a branch that nothing reaches is counted, but told once") {
    const auto found =
        covered("<text:p>{% if oui %}{% if niveau == 1 %}a{% endif %}{% endif %}</text:p>",
                {R"({"liste": [], "niveau": 1, "oui": false})"});
    CHECK(to_string(found) == "branches 1/4, boucles 0/0 cas, clauses 0/0");
    CHECK(gaps(found) ==
          "P0500 {% if oui %} : aucun exemple ne rend vraie cette condition ; ajoutez un exemple "
          "où oui est vrai\n");
}

TEST_CASE("a condition that the schema settles has one side") {
    const auto found = covered("<text:p>{% if niveau is defined %}a{% else %}b{% endif %}</text:p>",
                               {R"({"liste": [], "niveau": 1})"});
    CHECK(to_string(found) == "branches 1/1, boucles 0/0 cas, clauses 0/0");
    CHECK(found.complete());
}

TEST_CASE("a clause that is included twice counts by its file; a clause nobody reaches is told") {
    const tmpl::Loader loader = [](const std::string&) -> std::optional<tmpl::Clause> {
        return tmpl::Clause{flat("<text:p>{% if niveau == 1 %}un{% endif %}</text:p>"), "c.fodt"};
    };
    const auto found = covered(
        "<text:p>{% include \"c\" %}</text:p><text:p>{% if oui %}</text:p><text:p>"
        "{% include \"c\" %}</text:p><text:p>{% endif %}</text:p>",
        {R"({"liste": [], "niveau": 1, "oui": false})",
         R"({"liste": [], "niveau": 2, "oui": false})"},
        "", loader);
    CHECK(to_string(found) == "branches 3/4, boucles 0/0 cas, clauses 1/2");
    CHECK(gaps(found).find("{% if oui %}") != std::string::npos);
}
