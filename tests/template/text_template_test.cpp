#include <doctest/doctest.h>

#include "base/error.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

std::string text(const std::string& source, tmpl::TextMode mode = tmpl::TextMode::plain) {
    const auto loader = [](const std::string& name) -> std::optional<tmpl::Clause> {
        if (name == "haut") return tmpl::Clause{"<h1>{{ nom }}</h1>\n", "haut.html"};
        return std::nullopt;
    };
    return tmpl::render_text(tmpl::compile_text_or_throw(source, "message.txt", mode, loader),
                             sample(), registry());
}

}  // namespace

TEST_CASE("plain text follows Jinja2's rules for white space") {
    CHECK(text("Bonjour {{ nom }}\n") == "Bonjour Lefèvre");
    CHECK(text("a\n{%- if oui %} b{% endif -%}\n c") == "a bc");
    CHECK(text("{% for l in lignes %}{{ loop.index }} {{ l.nom }}\n{% endfor %}") ==
          "1 loyer\n2 charges\n");
    CHECK(text("{% raw %}{{ nom }}{% endraw %}") == "{{ nom }}");
    CHECK(text("{% set x %}[{{ nom }}]{% endset %}{{ x }}{{ x }}") == "[Lefèvre][Lefèvre]");
    CHECK(text("{% with a = 1 %}{{ a }}{% endwith %}") == "1");
    CHECK(text("{% if non %}a{% elif oui %}b{% else %}c{% endif %}") == "b");
    CHECK(text("{% for x in vide %}a{% else %}rien{% endfor %}") == "rien");
    CHECK_THROWS_WITH_AS(text("{% for x in vide %}{% else %}{% set v = 1 %}{% endfor %}{{ v }}"),
                         doctest::Contains("« v » n'est pas défini"), Error);
}

TEST_CASE("in HTML every value is escaped, the author's markup is not") {
    CHECK(text("<p title='{{ \"a\\\"b\" }}'>{{ \"<script>&\" }}</p>", tmpl::TextMode::html) ==
          "<p title='a&quot;b'>&lt;script&gt;&amp;</p>");
    CHECK(text("{% include \"haut\" %}.", tmpl::TextMode::html) == "<h1>Lefèvre</h1>.");
}

TEST_CASE("a message whose blocks nest without end is refused with its line") {
    std::string nested = "\n";
    for (int i = 0; i < 20'000; ++i)
        nested += "{% if 1 %}";
    CHECK_THROWS_WITH_AS(text(nested),
                         doctest::Contains("les blocs s’emboîtent au-delà de 100 niveaux"), Error);
    std::string most;
    for (int i = 0; i < 100; ++i)
        most += "{% if 1 %}";
    most += "x";
    for (int i = 0; i < 100; ++i)
        most += "{% endif %}";
    CHECK(text(most) == "x");
}

TEST_CASE("a mistake in a text template has its line") {
    CHECK_THROWS_WITH_AS(text("a\nb {% if oui %}\n"), doctest::Contains("message.txt:2:"), Error);
    CHECK_THROWS_WITH_AS(text("a\n{{ prenom }}"), doctest::Contains("message.txt:2:"), Error);
    CHECK_THROWS_AS(text("{% endfor %}"), Error);
    CHECK_THROWS_AS(text("{% if oui %}{% endfor %}"), Error);
    CHECK_THROWS_AS(text("{% include \"rien\" %}"), Error);
}

namespace {

/// "line:column code problem" of each mistake.
std::string mistakes(const std::string& source, const tmpl::Loader& loader = {}) {
    std::string out;
    for (const Diagnostic& each :
         tmpl::compile_text(source, "message.txt", tmpl::TextMode::plain, loader).diagnostics) {
        CHECK(each.severity == Severity::error);
        out += (each.where.source == "message.txt" ? "" : each.where.source + ":") +
               std::to_string(each.where.line) + ":" + std::to_string(each.where.column) + " " +
               each.code + " " + each.message + "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("one run tells every mistake of a message, by place") {
    CHECK(mistakes("Bonjour {{ nom | }},\n"
                   "{% if oui == %}a{% endif %}\n"
                   "{% for x lignes %}{{ x.nom }}{% endfor %}\n"
                   "{{ nom }} {% fi oui %}\n"
                   "{% include \"rien\" %}\n") ==
          "1:18 P0100 un nom de filtre attendu, la fin de l'expression trouvé\n"
          "2:14 P0100 l'expression s'arrête avant la fin\n"
          "3:10 P0100 « in » attendu, « lignes » trouvé\n"
          "4:14 P0100 instruction « fi » inconnue\n"
          "5:3 P0204 « rien » n’existe pas\n");
    const auto compiled = tmpl::compile_text("a\n{%- if oui -%}\n", "m", tmpl::TextMode::plain);
    CHECK_FALSE(compiled.result.has_value());
    REQUIRE(compiled.diagnostics.size() == 1);
    CHECK(compiled.diagnostics[0].quote == "{%- if oui -%}");
    CHECK(compiled.diagnostics[0].remedy == "ajoutez {% endif %} à la fin du passage");
}

TEST_CASE(
    "a block tag that nobody closes or opens costs one mistake, not one for each that follows") {
    CHECK(mistakes("{% if oui %}{% for x in lignes %}{{ x.nom }}{% endif %}\nfin\n") ==
          "1:15 P0202 ce bloc n’est jamais fermé\n");
    CHECK(mistakes("{% if oui %}{% endfor %}{% endif %}\n{% else %}\n{% endraw %}") ==
          "1:15 P0202 cette balise ne ferme aucun bloc ouvert ici\n"
          "2:3 P0202 cette balise n’est dans aucun bloc\n"
          "3:3 P0202 cette balise ne ferme aucun bloc ouvert ici\n");
    CHECK(mistakes("{% if oui %}{% else %}{% elif non %}{% else %}{% endif %}") ==
          "1:25 P0202 rien ne peut suivre {% else %} dans ce bloc\n"
          "1:39 P0202 rien ne peut suivre {% else %} dans ce bloc\n");
    CHECK(mistakes("{% set x %}{% with a = 1 %}{% endset %}\n{% for x in vide %}{% else %}") ==
          "1:14 P0202 ce bloc n’est jamais fermé\n2:3 P0202 ce bloc n’est jamais fermé\n");
}

TEST_CASE("a tag that is never closed does not swallow what follows") {
    CHECK(mistakes("{{ nom\n{{ prenom | }}\n{% if oui }\na\n{% endif %}\n{# fin") ==
          "1:1 P0100 la balise « {{ » n'est pas refermée\n"
          "2:13 P0100 un nom de filtre attendu, la fin de l'expression trouvé\n"
          "3:1 P0100 la balise « {% » n'est pas refermée\n"
          "6:1 P0100 la balise « {# » n'est pas refermée\n");
    CHECK(mistakes("{% raw %}{{ nom }}\n") == "1:1 P0100 « raw » n'est pas refermé\n");
    // A brace in a text is none.
    CHECK(mistakes("{{ \"{% if %}{{\" }}") == "");
}

TEST_CASE("what is mistaken in an included text is told once, with its file") {
    const auto loader = [](const std::string& name) -> std::optional<tmpl::Clause> {
        if (name == "bas") return tmpl::Clause{"cordialement\n{{ nom | }}", "bas.txt"};
        if (name == "cercle") return tmpl::Clause{"{% include \"cercle\" %}", "cercle.txt"};
        return std::nullopt;
    };
    CHECK(mistakes("{% include \"bas\" %}{% include \"bas\" %}{{ x | }}", loader) ==
          "1:46 P0100 un nom de filtre attendu, la fin de l'expression trouvé\n"
          "bas.txt:2:10 P0100 un nom de filtre attendu, la fin de l'expression trouvé\n");
    CHECK(mistakes("{% include \"cercle\" %}", loader) ==
          "cercle.txt:1:3 P0204 les inclusions vont au-delà de huit niveaux\n");
}

TEST_CASE("mistakes of syntax do not hide those against the data") {
    const expression::Type data =
        expression::Type::map_of({{"nom", expression::Type(expression::Kind::text), {}}}, false);
    const Diagnostics found = tmpl::check_text(
        "{{ nim }}\n{% if nom == %}{{ nam }}{% endif %}\n{% for x lignes %}{{ x }}{% endfor %}",
        "m", tmpl::TextMode::plain, {}, data, registry());
    std::string all;
    for (const Diagnostic& each : found)
        all += to_string(each) + "\n";
    CHECK(all ==
          "m:1:4: P0101 « nim » : « nim » n'existe pas dans les données ; vouliez-vous « nom » ?\n"
          "m:2:14: P0100 « {% if nom == %} » : l'expression s'arrête avant la fin ; complétez-la\n"
          "m:2:19: P0101 « nam » : « nam » n'existe pas dans les données ; vouliez-vous « nom » ?\n"
          "m:3:10: P0100 « {% for x lignes %} » : « in » attendu, « lignes » trouvé\n");
}

TEST_CASE("a thousand mistakes of a long message are found in regular time") {
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += "{{ nom | }} {% endif %}";
    CHECK(tmpl::compile_text(text, "m", tmpl::TextMode::plain).diagnostics.size() == 40'000);
    // Tags that never close are told up to a hundred.
    std::string unclosed;
    for (int i = 0; i < 100'000; ++i)
        unclosed += "{{ nom\n";
    CHECK(tmpl::compile_text(unclosed, "m", tmpl::TextMode::plain).diagnostics.size() == 100);
}
