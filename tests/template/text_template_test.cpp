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
    return tmpl::render_text(tmpl::compile_text(source, "message.txt", mode, loader), sample(),
                             registry());
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
          "<p title='a&#34;b'>&lt;script&gt;&amp;</p>");
    CHECK(text("{% include \"haut\" %}.", tmpl::TextMode::html) == "<h1>Lefèvre</h1>.");
}

TEST_CASE("a message whose blocks nest without end is refused with its line") {
    std::string nested = "\n";
    for (int i = 0; i < 20'000; ++i)
        nested += "{% if 1 %}";
    CHECK_THROWS_WITH_AS(text(nested),
                         doctest::Contains("les blocs s’emboîtent au-delà de 64 niveaux"), Error);
    std::string most;
    for (int i = 0; i < 64; ++i)
        most += "{% if 1 %}";
    most += "x";
    for (int i = 0; i < 64; ++i)
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
