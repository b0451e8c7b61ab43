#include "template/annotate.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "template/document.hpp"

// An author opens the annotated copy in Writer and reads each comment beside the tag it is about.

using namespace paraphe;
using namespace paraphe::test;

namespace {

const Instant noon = *parse_instant("2026-01-05T12:00:00Z");

expression::Type data() {
    using expression::Field;
    using expression::Kind;
    using expression::Type;
    return Type::map_of(
        {Field{"nom", Type(Kind::text), ""}, Field{"reference", Type(Kind::text), ""}});
}

/// As `check` does: what is found is written into a copy.
std::string annotated(const std::string& body, const tmpl::Loader& loader = {},
                      const std::string& masters = "") {
    const odf::Document document = odf::read(flat(body, masters), "essai.fodt");
    const Diagnostics found = tmpl::check(document, loader, data(), registry());
    const odf::Document made = tmpl::with_comments(document, found, loader, noon);
    std::string out;
    for (const auto& node : made.body->child(odf::Name("office:text"))->children)
        out += odf::markup(*std::get<odf::ElementPtr>(node));
    return out;
}

std::string comment(const std::string& name, const std::string& text) {
    return "<office:annotation" + (name.empty() ? "" : " office:name=\"" + name + "\"") +
           "><dc:creator>paraphe</dc:creator><dc:date>2026-01-05T12:00:00</dc:date>" + text +
           "</office:annotation>";
}

std::string end_of(const std::string& name) {
    return "<office:annotation-end office:name=\"" + name + "\"/>";
}

const std::string unknown_nmo =
    "<text:p>Erreur P0101 : « nmo » n'existe pas dans les données.</text:p>"
    "<text:p>→ vouliez-vous « nom » ?</text:p>";

}  // namespace

TEST_CASE("a comment begins before the tag at fault and ends behind it") {
    CHECK(annotated("<text:p>Entre {{ nmo }} et nous</text:p>") ==
          "<text:p>Entre " + comment("paraphe.1", unknown_nmo) + "{{ nmo }}" + end_of("paraphe.1") +
              " et nous</text:p>");
}

TEST_CASE("a tag split over spans keeps its spans around the comment") {
    const std::string made = annotated("<text:p>A <text:span>{{ n</text:span>mo }} b</text:p>");
    CHECK(made.starts_with("<text:p>A <text:span><office:annotation office:name=\"paraphe.1\">"));
    CHECK(made.find("« nmo » n'existe pas dans les données.") != std::string::npos);
    CHECK(made.ends_with("</office:annotation>{{ n</text:span>mo }}" + end_of("paraphe.1") +
                         " b</text:p>"));
}

TEST_CASE("of two equal tags of one line each bears its own comment") {
    const std::string made = annotated("<text:p>{{ nmo }}, {{ nmo }}</text:p>");
    CHECK(made == "<text:p>" + comment("paraphe.1", unknown_nmo) + "{{ nmo }}" +
                      end_of("paraphe.1") + ", " + comment("paraphe.2", unknown_nmo) + "{{ nmo }}" +
                      end_of("paraphe.2") + "</text:p>");
}

TEST_CASE("findings at one place share a comment") {
    const std::string made = annotated("<text:p>{{ nmo ~ refrence }}</text:p>");
    CHECK(made.find("« nmo »") != std::string::npos);
    CHECK(made.find("« refrence »") != std::string::npos);
    CHECK(made.find("paraphe.2") == std::string::npos);
}

TEST_CASE("a field that carries a tag stays whole") {
    const std::string field =
        "<text:placeholder text:placeholder-type=\"text\">{{ nmo }}</text:placeholder>";
    CHECK(annotated("<text:p>" + field + "</text:p>") ==
          "<text:p>" + comment("paraphe.1", unknown_nmo) + field + end_of("paraphe.1") +
              "</text:p>");
}

TEST_CASE("a mistake of a clause stands at the tag that includes it, and names the clause") {
    const tmpl::Loader loader = [](const std::string& name) -> std::optional<tmpl::Clause> {
        if (name == "clauses/a")
            return tmpl::Clause{flat("<text:p>{% include \"clauses/b\" %}</text:p>"),
                                "modeles/clauses/a.fodt"};
        if (name == "clauses/b")
            return tmpl::Clause{flat("<text:p>{{ nom | }}</text:p>"), "modeles/clauses/b.fodt"};
        return std::nullopt;
    };
    const std::string made = annotated("<text:p>{% include \"clauses/a\" %}</text:p>", loader);
    CHECK(made.find("<text:p><office:annotation office:name=\"paraphe.1\">") == 0);
    CHECK(made.find("Erreur P0100, dans b.fodt, ligne 1 : ") != std::string::npos);
}

TEST_CASE("tags in a comment are words: the annotated copy has the same mistakes, no more") {
    const std::string body = "<text:p>{% if nom %}Bonjour</text:p><text:p>{{ nmo }}</text:p>";
    const odf::Document document = odf::read(flat(body), "essai.fodt");
    const Diagnostics found = tmpl::check(document, {}, data(), registry());
    const odf::Document made = tmpl::with_comments(document, found, {}, noon);
    const odf::Document again = odf::read(odf::write_flat(made), "essai.fodt");
    const Diagnostics later = tmpl::check(again, {}, data(), registry());
    REQUIRE(later.size() == found.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        CHECK(later[i].message == found[i].message);
}

TEST_CASE("annotating the annotated copy gives the same octets, and taking away the original") {
    const odf::Document document = odf::read(
        flat("<text:p>A {{ nmo }} b<text:note text:note-class=\"footnote\"><text:note-citation>1"
             "</text:note-citation><text:note-body><text:p>{{ refrence }}</text:p></text:note-body>"
             "</text:note></text:p><text:p>{{ nom</text:p><text:p/>"),
        "essai.fodt");
    const auto run = [](const odf::Document& it) {
        return odf::write_flat(
            tmpl::with_comments(it, tmpl::check(it, {}, data(), registry()), {}, noon));
    };
    const Bytes once = run(document);
    CHECK(run(odf::read(once, "essai.fodt")) == once);
    CHECK(odf::write_flat(tmpl::without_comments(odf::read(once, "essai.fodt"))) ==
          odf::write_flat(document));
}

TEST_CASE("comments of people stay") {
    const std::string theirs =
        "<office:annotation><dc:creator>Juriste</dc:creator><text:p>À voir</text:p>"
        "</office:annotation>";
    CHECK(annotated("<text:p>" + theirs + "{{ nom }}</text:p>") ==
          "<text:p>" + theirs + "{{ nom }}</text:p>");
}

TEST_CASE("what stands in a note is told where the note is cited, in a header at the beginning") {
    const std::string note =
        "<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>{{ nmo }}</text:p></text:note-body></text:note>";
    CHECK(annotated("<text:p>Texte" + note + " suite</text:p>") ==
          "<text:p>Texte" + note + comment("", unknown_nmo) + " suite</text:p>");
    const std::string masters =
        "<office:master-styles><style:master-page style:name=\"S\"><style:header><text:p>{{ nmo }}"
        "</text:p></style:header></style:master-page></office:master-styles>";
    CHECK(annotated("<text:p>Texte</text:p>", {}, masters) ==
          "<text:p>" + comment("", unknown_nmo) + "Texte</text:p>");
}

TEST_CASE("marked pages colour the tag, number it and list the finding") {
    const odf::Document document =
        odf::read(flat("<text:p>Entre {{ nmo }} et</text:p>"), "essai.fodt");
    const odf::Document made = tmpl::with_marks(
        document, tmpl::check(document, {}, data(), registry()), {}, "essai.fodt — 1 erreur");
    const auto body = made.body->child(odf::Name("office:text"));
    CHECK(odf::markup(*std::get<odf::ElementPtr>(body->children[0])) ==
          "<text:p>Entre <text:span text:style-name=\"paraphe-erreur\">{{ nmo }}</text:span>"
          "<text:span text:style-name=\"paraphe-numero\">[1]</text:span> et</text:p>");
    std::string list;
    for (std::size_t i = 1; i < body->children.size(); ++i)
        list += odf::plain_text(*std::get<odf::ElementPtr>(body->children[i])) + "\n";
    CHECK(list ==
          "Remarques sur ce modèle\nessai.fodt — 1 erreur\n"
          "1.  Erreur P0101  1er alinéa, ligne 1\n{{ nmo }}\n"
          "« nmo » n'existe pas dans les données.\n→ vouliez-vous « nom » ?\n");
}
