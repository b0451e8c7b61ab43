#include <doctest/doctest.h>

#include <set>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "expression/content.hpp"
#include "template/contents.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

/// 40 × 20 units: twice as wide as high.
const std::string logo =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40mm\" height=\"20mm\" viewBox=\"0 0 40 "
    "20\"><path d=\"M0 0h40v20z\"/></svg>";

std::string path_of(const std::string& bytes, const std::string& ending = ".svg") {
    return "Pictures/" + crypto::sha256(bytes).hex() + ending;
}

expression::Picture picture(const std::string& bytes, const std::string& type = "image/svg+xml") {
    return {std::make_shared<const Bytes>(bytes), type};
}

expression::Value with_picture(const expression::Picture& shown) {
    return object({{"nom", "Lefèvre"},
                   {"adresse", "3 rue A\n91000 Évry"},
                   {"lignes", std::vector<expression::Value>{"un", "deux"}},
                   {"logo", shown}});
}

odf::Document filled(const std::string& body, const expression::Picture& shown = picture(logo),
                     const std::string& masters = "") {
    const auto compiled = tmpl::compile_or_throw(odf::read(flat(body, masters), "essai.fodt"), {});
    expression::Map data = with_picture(shown).map();
    data.set("reference", "R-1");
    return tmpl::merge(compiled, data, registry());
}

std::string text_of(const odf::Document& document) {
    std::string out;
    for (const auto& node : document.body->child(odf::Name("office:text"))->children)
        out += odf::markup(*std::get<odf::ElementPtr>(node));
    return out;
}

std::string refusal(const std::string& body, const expression::Picture& shown = picture(logo)) {
    try {
        filled(body, shown);
    } catch (const Error& error) {
        return error.code() + " " + error.problem() + " ; " + error.remedy();
    }
    return {};
}

std::string image_markup(const std::string& path) {
    return "<draw:image xlink:href=\"" + path +
           "\" xlink:type=\"simple\" xlink:show=\"embed\" xlink:actuate=\"onLoad\"/>";
}

std::string frame(const std::string& inside) {
    return "<text:p><draw:frame draw:name=\"Cadre\" text:anchor-type=\"paragraph\" "
           "svg:width=\"6cm\" svg:height=\"2cm\">" +
           inside + "</draw:frame></text:p>";
}

/// Header of a PNG file of that size.
std::string png(const std::string& width, const std::string& height) {
    return std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16) + width + height +
           std::string("\x08\x02\0\0\0\0\0\0\0", 9);
}

}  // namespace

TEST_CASE("text in bold or italic becomes spans, and the document gets their styles once") {
    const odf::Document document = filled(
        "<text:p>M. {{ nom | gras }}, {{ nom | gras | italique }}, {{ nom | gras }}</text:p>");
    CHECK(text_of(document) ==
          "<text:p>M. <text:span text:style-name=\"paraphe_gras\">Lefèvre</text:span>, <text:span "
          "text:style-name=\"paraphe_gras_italique\">Lefèvre</text:span>, <text:span "
          "text:style-name=\"paraphe_gras\">Lefèvre</text:span></text:p>");
    CHECK(odf::markup(*document.automatic_styles) ==
          "<office:automatic-styles><style:style style:name=\"paraphe_gras\" "
          "style:family=\"text\"><style:text-properties fo:font-weight=\"bold\" "
          "style:font-weight-asian=\"bold\" style:font-weight-complex=\"bold\"/></style:style>"
          "<style:style style:name=\"paraphe_gras_italique\" style:family=\"text\">"
          "<style:text-properties fo:font-weight=\"bold\" style:font-weight-asian=\"bold\" "
          "style:font-weight-complex=\"bold\" fo:font-style=\"italic\" "
          "style:font-style-asian=\"italic\" style:font-style-complex=\"italic\"/></style:style>"
          "</office:automatic-styles>");
}

TEST_CASE("line feeds of a value are line breaks inside its look too") {
    CHECK(text_of(filled("<text:p>{{ adresse | italique }}</text:p>")) ==
          "<text:p><text:span text:style-name=\"paraphe_italique\">3 rue A<text:line-break/>91000 "
          "Évry</text:span></text:p>");
}

TEST_CASE("a style of the author that has our name keeps it") {
    const std::string own =
        "<office:automatic-styles><style:style style:name=\"paraphe_gras\" style:family=\"text\">"
        "<style:text-properties fo:color=\"#ff0000\"/></style:style></office:automatic-styles>";
    const odf::Document document = filled("<text:p>{{ nom | gras }}</text:p>", picture(logo), own);
    CHECK(text_of(document) ==
          "<text:p><text:span text:style-name=\"paraphe_gras_2\">Lefèvre</text:span></text:p>");
    // Merged again, the same style serves.
    const auto again = tmpl::merge(
        tmpl::compile_or_throw(
            odf::read(odf::write_flat(
                          filled("<text:p>{{ nom | gras }}{{ '{{ nom | gras }}' }}</text:p>")),
                      "essai.fodt"),
            {}),
        with_picture(picture(logo)), registry());
    CHECK(again.automatic_styles->children.size() == 1);
}

TEST_CASE("where there are characters only, a content is its words") {
    expression::Map data = with_picture(picture(logo)).map();
    data.set("reference", expression::Value("R-1"));
    const auto titled = tmpl::compile_or_throw(
        [] {
            odf::Document document = odf::read(flat("<text:p/>"), "essai.fodt");
            document.meta =
                odf::make_element(odf::Name("office:meta"), {},
                                  {odf::make_element(odf::Name("dc:title"), {},
                                                     {odf::Text{"{{ adresse | gras }}", {}}})});
            return document;
        }(),
        {});
    CHECK(odf::markup(*tmpl::merge(titled, data, registry()).meta->child(odf::Name("dc:title"))) ==
          "<dc:title>3 rue A 91000 Évry</dc:title>");
}

TEST_CASE("a picture in the line has its natural size or the one asked for, and its description") {
    CHECK(text_of(filled("<text:p>A {{ logo | image('Le logo') }}</text:p>")) ==
          "<text:p>A <draw:frame draw:style-name=\"paraphe_image\" text:anchor-type=\"as-char\" "
          "svg:width=\"4.000cm\" svg:height=\"2.000cm\">" +
              image_markup(path_of(logo)) + "<svg:desc>Le logo</svg:desc></draw:frame></text:p>");
    CHECK(text_of(filled("<text:p>{{ logo | image('Le logo', largeur='6cm') }}</text:p>"))
              .find("svg:width=\"6.000cm\" svg:height=\"3.000cm\"") != std::string::npos);
    CHECK(text_of(filled("<text:p>{{ logo | image('Le logo', '6cm', '1cm') }}</text:p>"))
              .find("svg:width=\"2.000cm\" svg:height=\"1.000cm\"") != std::string::npos);
}

TEST_CASE("a tag in the description of a placeholder picture replaces it inside its frame") {
    const odf::Document document =
        filled(frame("<draw:image xlink:href=\"Pictures/modele.svg\"/><draw:image "
                     "xlink:href=\"Pictures/modele.png\"/><svg:title>{{ logo | image('Le logo') "
                     "}}</svg:title>"));
    CHECK(text_of(document) ==
          "<text:p><draw:frame draw:name=\"Cadre\" text:anchor-type=\"paragraph\" "
          "svg:width=\"4.000cm\" svg:height=\"2.000cm\">" +
              image_markup(path_of(logo)) + "<svg:title>Le logo</svg:title></draw:frame></text:p>");
    REQUIRE(document.parts.size() == 1);
    CHECK(document.parts[0].media_type == "image/svg+xml");
    CHECK(*document.parts[0].bytes == logo);
}

TEST_CASE("a tag alone in a text box makes a frame with the picture of it") {
    CHECK(text_of(filled(frame("<draw:text-box fo:min-height=\"1cm\"><text:p><text:span "
                               "text:style-name=\"T\">{{ logo | image('Le logo') "
                               "}}</text:span></text:p></draw:text-box>"))) ==
          "<text:p><draw:frame draw:name=\"Cadre\" text:anchor-type=\"paragraph\" "
          "svg:width=\"4.000cm\" svg:height=\"2.000cm\">" +
              image_markup(path_of(logo)) + "<svg:desc>Le logo</svg:desc></draw:frame></text:p>");
    const std::string beside =
        text_of(filled(frame("<draw:text-box><text:p>Voici {{ logo | image('Le logo') "
                             "}}</text:p></draw:text-box>")));
    CHECK(beside.find("<draw:text-box><text:p>Voici <draw:frame") != std::string::npos);
}

TEST_CASE("one picture shown many times is one part, in the package and in a flat file") {
    const odf::Document document = filled(
        "<text:p>{% for l in lignes %}{{ logo | image(l) }}{% endfor %}{{ logo | image('trois') "
        "}}</text:p>");
    REQUIRE(document.parts.size() == 1);
    const odf::Document packed = odf::read(odf::write_package(document), "sortie.odt");
    REQUIRE(packed.parts.size() == 1);
    CHECK(packed.parts[0].path == path_of(logo));
    CHECK(packed.parts[0].media_type == "image/svg+xml");
    CHECK(odf::write_flat(document).find("<office:binary-data>" + to_base64(logo)) !=
          std::string::npos);
}

TEST_CASE("a picture that cannot be shown is refused with the place of its tag") {
    const std::string body = "<text:p>{{ logo | image('x') }}</text:p>";
    const std::string at = "1er alinéa, « {{ logo | image('x') }} » : ";
    CHECK(refusal(body, picture("GIF89a", "image/png")) ==
          "P0264 " + at +
              "cette image est abîmée, ou n’est ni en PNG, ni en JPEG, ni en SVG ; enregistrez-la "
              "de nouveau");
    CHECK(refusal(body,
                  picture(png(std::string("\0\0\x9C\x40", 4), std::string("\0\0\x9C\x40", 4)))) ==
          "P0264 " + at +
              "cette image a 40\u202F000 × 40\u202F000 pixels, plus de 16 millions ; réduisez-la : "
              "2 000 pixels suffisent à la largeur d’une page");
    const std::string cmyk(
        "\xFF\xD8\xFF\xC0\0\x14\x08\0\x10\0\x10\x04\x01\x11\0\x02\x11\0\x03\x11\0", 20);
    CHECK(refusal(body, picture(cmyk, "image/jpeg")) ==
          "P0264 " + at +
              "cette image JPEG est en couleurs d’imprimerie (CMJN) ; enregistrez-la en couleurs "
              "d’écran (RVB)");
    CHECK(refusal("<text:p>{{ logo }}</text:p>").starts_with("P0261 "));
}

TEST_CASE("a picture in the title of what has no picture is refused") {
    CHECK(refusal(frame("<draw:text-box><text:p>x</text:p></draw:text-box><svg:title>{{ logo | "
                        "image('x') }}</svg:title>"))
              .starts_with("P0266 "));
    CHECK(refusal("<text:p><draw:rect><svg:title>{{ logo | image('x') "
                  "}}</svg:title></draw:rect></text:p>")
              .starts_with("P0266 "));
}

TEST_CASE("a QR code is always the same drawing, and says what it holds") {
    const expression::Picture code = tmpl::qr_code("https://exemple.test/c/1");
    CHECK(
        code.bytes->starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"24.75mm\" "
                                "height=\"24.75mm\" viewBox=\"0 0 33 33\">"));
    CHECK(*tmpl::qr_code("https://exemple.test/c/1").bytes == *code.bytes);
    CHECK(text_of(filled("<text:p>{{ 'https://exemple.test/c/1' | qr(largeur='3cm') }}</text:p>"))
              .find("svg:width=\"3.000cm\" svg:height=\"3.000cm\">" +
                    image_markup(path_of(*code.bytes)) +
                    "<svg:desc>Code QR : https://exemple.test/c/1</svg:desc>") !=
          std::string::npos);
    CHECK(refusal("<text:p>{{ '' | qr }}</text:p>") ==
          "P0267 1er alinéa, « {{ '' | qr }} » : un code QR ne peut pas être vide ; donnez-lui un "
          "texte ou une adresse");
    CHECK_THROWS_WITH(tmpl::qr_code(std::string(2332, 'x')),
                      doctest::Contains("ce texte est trop long pour un code QR"));
}

TEST_CASE("in HTML a content is escaped inside its elements; in plain text it is its words") {
    const auto rendered = [](const std::string& text, tmpl::TextMode mode) {
        return tmpl::render_text(tmpl::compile_text_or_throw(text, "m", mode),
                                 object({{"nom", "<L&R>"}, {"logo", picture("<svg/>")}}),
                                 registry());
    };
    CHECK(rendered("{{ nom | gras | italique }}{{ nom }}", tmpl::TextMode::html) ==
          "<b><i>&lt;L&amp;R&gt;</i></b>&lt;L&amp;R&gt;");
    CHECK(rendered("{{ logo | image('\"x') }}", tmpl::TextMode::html) ==
          "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"&quot;x\">");
    CHECK(rendered("{{ nom | gras }} {{ logo | image('Le logo') }}", tmpl::TextMode::plain) ==
          "<L&R> Le logo");
}

TEST_CASE("the total of a list is an amount, row by row and in the end") {
    CHECK(
        merged("<table:table table:name=\"T\"><table:table-row><table:table-cell><text:p>{% for l "
               "in lignes %}{{ l.nom }}</text:p></table:table-cell><table:table-cell><text:p>{{ "
               "l.montant | euros }}{% endfor %}</text:p></table:table-cell></table:table-row>"
               "<table:table-row><table:table-cell><text:p>Total</text:p></table:table-cell>"
               "<table:table-cell><text:p>{{ lignes | sum('montant') | euros }}</text:p>"
               "</table:table-cell></table:table-row></table:table>")
            .find("<text:p>560,50\u00A0€</text:p>") != std::string::npos);
}

TEST_CASE("an amount at a decimal tab stop has spaces that Writer takes for a part of it") {
    const std::string styles =
        "<office:automatic-styles><style:style style:name=\"Montant\" style:family=\"paragraph\">"
        "<style:paragraph-properties><style:tab-stops><style:tab-stop style:position=\"3cm\" "
        "style:type=\"char\" style:char=\",\"/></style:tab-stops></style:paragraph-properties>"
        "</style:style><style:style style:name=\"P1\" style:family=\"paragraph\" "
        "style:parent-style-name=\"Montant\"/></office:automatic-styles>";
    const std::string tag = "{{ montant(1234.5) | euros }}";
    CHECK(text_of(filled("<text:p>" + tag + "</text:p><text:p text:style-name=\"P1\">" + tag +
                             "{{ montant(1234.5) | euros | gras }}</text:p>",
                         picture(logo), styles)) ==
          "<text:p>1\u202F234,50\u00A0€</text:p><text:p text:style-name=\"P1\">1\u00A0234,50\u00A0€"
          "<text:span text:style-name=\"paraphe_gras\">1\u00A0234,50\u00A0€</text:span></text:p>");
}
