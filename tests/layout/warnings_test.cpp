#include "layout/warnings.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "setting.hpp"

// What layout approximates is told with its place, before a lawyer finds out on paper.

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

std::string warnings(const Source& source) {
    std::string out;
    for (const Diagnostic& each : layout::layout(document(source), fonts(), {}).warnings) {
        CHECK(each.severity == Severity::warning);
        CHECK(each.where.source == "essai.fodt");
        CHECK(each.where.line > 0);
        out += (out.empty() ? "" : "\n") + each.code + " " + each.context + " : " + each.message +
               (each.remedy.empty() ? "" : " ; " + each.remedy);
    }
    return out;
}

const std::string heading = R"(<text:h text:outline-level="1">Durée</text:h>)";

std::string style(const std::string& name, const std::string& content,
                  const std::string& more = "") {
    return R"(<style:style style:family="paragraph" style:name=")" + name + "\" " + more + ">" +
           content + "</style:style>";
}

}  // namespace

TEST_CASE("a plain document gives no warning") {
    CHECK(warnings({.body = heading + "<text:p>Le contrat dure un an.</text:p>"}) == "");
}

TEST_CASE("an unknown font is told once, with its style and what replaces it") {
    const std::string comic =
        R"(<style:text-properties fo:font-family="Comic Sans MS" style:font-family-generic="swiss"/>)";
    CHECK(warnings({.body = heading + R"(<text:p text:style-name="Gai">a</text:p>)" +
                            R"(<text:p text:style-name="Gai_20_aussi">b</text:p>)",
                    .common = style("Gai", comic) + style("Gai_20_aussi", comic)}) ==
          "P0401 style « Gai » : la police « Comic Sans MS » n’est pas connue ; Liberation Sans la "
          "remplace ; choisissez une police de fonts/fonts.map, par exemple Liberation Serif");
    // A font that no paragraph uses is no approximation.
    CHECK(warnings({.body = "<text:p>a</text:p>", .common = style("Gai", comic)}) == "");
}

TEST_CASE("what an automatic style asks for is told where the style is used") {
    CHECK(
        warnings({.body = heading + R"(<text:p>a</text:p><text:p text:style-name="P1">b</text:p>)",
                  .automatic = style("P1",
                                     "<style:text-properties fo:font-family=\"Comic Sans MS\" "
                                     "style:font-family-generic=\"swiss\"/>")}) ==
        "P0401 « Durée », 2e alinéa : la police « Comic Sans MS » n’est pas connue ; Liberation "
        "Sans la remplace ; choisissez une police de fonts/fonts.map, par exemple Liberation "
        "Serif");
}

TEST_CASE("the same construct in two paragraphs is told at both") {
    const std::string to_fill =
        "<text:p><text:placeholder text:placeholder-type='text'>&lt;nom&gt;</text:placeholder>"
        "</text:p>";
    const std::string said =
        "le texte à remplir « <nom> » n’est pas imprimé, comme dans Writer ; remplacez-le par du "
        "texte ou par une balise";
    CHECK(warnings({.body = heading + to_fill + "<text:p>c</text:p>" + to_fill}) ==
          "P0429 « Durée », 1er alinéa : " + said + "\nP0429 « Durée », 3e alinéa : " + said);
}

TEST_CASE("a signature in a footer is told there") {
    CHECK(
        warnings(
            {.body = "<text:p>a</text:p>", .header_footer = R"(<style:footer><text:p><text:bookmark
 text:name="paraphe.signature.maire"/></text:p></style:footer>)"}) ==
        "P0421 pied de page : une signature en en-tête ou en pied de page n’est pas un champ : la "
        "case reste vide ; placez la signature dans le corps du document");
}

TEST_CASE("a link to a bookmark that is nowhere is told in its paragraph") {
    CHECK(warnings({.body = heading + R"(<text:p>a</text:p><text:p>voir <text:a xlink:type="simple"
 xlink:href="#annexe">l’annexe</text:a></text:p>)"}) ==
          "P0419 « Durée », 2e alinéa : le lien « #annexe » ne mène à aucun signet du document ; "
          "vérifiez le nom du signet");
}

TEST_CASE("a picture without words is told, unless it is marked as decoration") {
    const auto frame = [](const std::string& mark) {
        return R"(<text:p><draw:frame xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" draw:name="Image1" text:anchor-type="as-char" svg:width="1cm" svg:height="1cm")" +
               mark +
               R"(><draw:image><office:binary-data>iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==</office:binary-data></draw:image></draw:frame></text:p>)";
    };
    CHECK(
        warnings({.body = heading + frame("")}) ==
        "P0416 « Durée », 1er alinéa : une image n’a pas de texte de remplacement ; donnez-lui une "
        "description (clic droit, Description…)");
    CHECK(warnings({.body = heading + frame(" loext:decorative=\"true\"")}) == "");
}

TEST_CASE("a document full of one construct names the first places") {
    std::string body;
    for (int i = 0; i < 300; ++i)
        body += "<text:p>\xEF\x80\xA0</text:p>";
    const auto found = layout::layout(document({.body = body}), fonts(), {}).warnings;
    CHECK(found.size() == 50);
    CHECK(found.back().context == "50e alinéa");
}

TEST_CASE("text beyond the edges of the page is told, with where it comes from") {
    const auto told = [](const std::string& width, const std::string& height) {
        return warnings(
            {.body = "<text:p>Avant <draw:frame text:anchor-type=\"as-char\" svg:width=\"" + width +
                     "\" svg:height=\"" + height +
                     "\"><draw:text-box><text:p>Dans le cadre</text:p>"
                     "</draw:text-box></draw:frame></text:p>"});
    };
    const std::string lost =
        "P0430  : du texte sort de la page : il ne se lit pas ; réduisez le cadre, le tableau, le "
        "retrait ou le mot qui dépasse";
    CHECK(told("10cm", "2cm") == "");
    CHECK(warnings({.body = R"(<text:p text:style-name="P1">Trop loin</text:p>)",
                    .automatic = style("P1",
                                       "<style:paragraph-properties fo:margin-left=\"40cm\" "
                                       "fo:margin-right=\"-40cm\"/>")}) == lost);
    CHECK(warnings({.body = R"(<text:p text:style-name="P1">Trop loin</text:p>)",
                    .automatic = style("P1",
                                       "<style:paragraph-properties fo:margin-left=\"-5cm\" "
                                       "/>")}) == lost);
}

TEST_CASE("a letter with a heap of marks is refused at its place") {
    std::string heap = "a";
    for (int i = 0; i < 40; ++i)
        heap += "\u0301";
    CHECK_THROWS_WITH_AS(
        layout::layout(document({.body = "<text:p>" + heap + "</text:p>"}), fonts(), {}),
        doctest::Contains("une lettre porte plus de 30 accents ou signes; retirez ces signes"),
        Error);
}
