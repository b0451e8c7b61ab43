#include <doctest/doctest.h>

#include <algorithm>

#include "base/error.hpp"
#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

/// A page of ten lines of 13.8 pt.
const std::string ten_lines = R"(fo:page-width="21cm" fo:page-height="9cm" fo:margin="2cm")";

std::string words(int lines) {
    std::string out;
    for (int i = 0; i < lines; ++i)
        out += "ligne<text:line-break/>";
    return out.substr(0, out.size() - std::string("<text:line-break/>").size());
}

/// Baselines of header, body and footer, the footer's from the top of the page.
std::vector<double> furniture(const std::string& header, const std::string& footer) {
    Source source;
    source.furniture =
        "<style:header-style><style:header-footer-properties " + header +
        "/></style:header-style><style:footer-style><style:header-footer-properties " + footer +
        "/></style:footer-style>";
    source.header_footer =
        "<style:header><text:p>tête</text:p></style:header><style:footer><text:p>pied</text:p>"
        "</style:footer>";
    source.body = "<text:p>corps</text:p>";
    return baselines(set(source));
}

}  // namespace

TEST_CASE("header, body and footer stand where Writer puts them") {
    CHECK(near(furniture(R"(fo:margin-bottom="10pt")", R"(fo:margin-top="12pt")"),
               {11.2, 35.0, 725.9}));
    CHECK(near(furniture(R"(fo:min-height="40pt" fo:margin-bottom="10pt")",
                         R"(fo:min-height="40pt" fo:margin-top="10pt")"),
               {11.2, 51.2, 709.7}));
    CHECK(near(
        furniture(R"(style:dynamic-spacing="true" fo:min-height="5pt" fo:margin-bottom="10pt")",
                  R"(style:dynamic-spacing="true" fo:min-height="5pt" fo:margin-top="10pt")"),
        {11.2, 25.0, 725.9}));
    CHECK(near(furniture("", ""), {11.2, 25.4, 725.6}));
}

TEST_CASE("a paragraph never leaves one line alone on a page") {
    Source source;
    source.page = ten_lines;
    source.automatic = paragraph_style("P", R"(fo:orphans="2" fo:widows="2")");
    // Room for one line of the paragraph: it moves. Room for all but one: two go on.
    source.body = paragraphs(9, "P") + "<text:p text:style-name=\"P\">" + words(4) + "</text:p>";
    CHECK(texts(set(source)).size() == 9);
    source.body = paragraphs(7, "P") + "<text:p text:style-name=\"P\">" + words(4) + "</text:p>";
    const Pages pages = set(source);
    CHECK(texts(pages).size() == 9);
    CHECK(texts(pages, 1).size() == 2);
}

TEST_CASE("what proportional spacing adds below a line may hang over the end of the page") {
    // Lines of 13.8 pt every 20.7 pt: the sixth ends at 117.3 pt.
    Source source;
    source.automatic = paragraph_style("P", R"(fo:line-height="150%")");
    source.body = paragraphs(10, "P");
    source.page = R"(fo:page-width="21cm" fo:page-height="231.4pt" fo:margin="2cm")";
    CHECK(texts(set(source)).size() == 6);
    source.page = R"(fo:page-width="21cm" fo:page-height="230pt" fo:margin="2cm")";
    CHECK(texts(set(source)).size() == 5);
}

TEST_CASE("a heading stays with the next paragraph") {
    Source source;
    source.page = ten_lines;
    source.automatic = paragraph_style("H", R"(fo:keep-with-next="always")") +
                       paragraph_style("K", R"(fo:keep-together="always")");
    source.body = paragraphs(9, "P") + paragraphs(1, "H") + paragraphs(1, "P");
    CHECK(texts(set(source)).size() == 9);
    source.body = paragraphs(8, "P") + "<text:p text:style-name=\"K\">" + words(4) + "</text:p>";
    CHECK(texts(set(source)).size() == 8);
}

TEST_CASE("page breaks, page styles and page numbers follow the styles") {
    Source source;
    source.page = ten_lines;
    source.layouts = R"(<style:page-layout style:name="pm2"><style:page-layout-properties
 fo:page-width="21cm" fo:page-height="15cm" fo:margin="2cm"/></style:page-layout>)";
    source.masters = R"(<style:master-page style:name="Annexe" style:page-layout-name="pm2"
 style:next-style-name="Standard"/>)";
    source.automatic =
        paragraph_style("B", R"(fo:break-before="page")") +
        paragraph_style("A", R"(fo:break-after="page")") +
        R"(<style:style style:name="X" style:family="paragraph" style:master-page-name="Annexe">
<style:paragraph-properties style:page-number="7"/></style:style>)";
    source.body = paragraphs(1, "P") + paragraphs(1, "B") + paragraphs(1, "A") +
                  paragraphs(1, "P") + paragraphs(1, "X") + paragraphs(30, "P");
    const Pages pages = set(source);
    REQUIRE(pages.pages.size() == 5);
    CHECK(pages.pages[2].label == "3");
    CHECK(pages.pages[3].label == "7");
    CHECK(pages.pages[3].size.height.millimetres() == doctest::Approx(150).epsilon(0.001));
    CHECK(pages.pages[4].label == "8");
    CHECK(pages.pages[4].size.height.millimetres() == doctest::Approx(90).epsilon(0.001));
}

TEST_CASE("text is as wide as the pages that its page style gives") {
    Source source;
    source.layouts = R"(<style:page-layout style:name="pm2"><style:page-layout-properties
 fo:page-width="29.7cm" fo:page-height="21cm" fo:margin="2cm"/></style:page-layout>)";
    source.masters = R"(<style:master-page style:name="Paysage" style:page-layout-name="pm2"/>)";
    source.automatic =
        R"(<style:style style:name="X" style:family="paragraph" style:master-page-name="Paysage">
<style:paragraph-properties fo:text-align="end"/></style:style>)" +
        paragraph_style("E", R"(fo:text-align="end")");
    source.body = paragraphs(1, "E") + paragraphs(1, "X");
    const Pages pages = set(source);
    REQUIRE(pages.pages.size() == 2);
    CHECK(starts(pages, 1)[0] - starts(pages)[0] == doctest::Approx(246.6).epsilon(0.001));
    CHECK(pages.warnings.empty());
}

TEST_CASE("headers count the pages, and the first page may have its own") {
    Source source;
    source.page = ten_lines;
    source.header_footer =
        R"(<style:footer><text:p>Page <text:page-number text:select-page="current">9</text:page-number>
 sur <text:page-count>9</text:page-count></text:p></style:footer><style:footer-first><text:p>tête
</text:p></style:footer-first>)";
    source.body = paragraphs(20, "P");
    const Pages pages = set(source);
    REQUIRE(pages.pages.size() == 3);
    CHECK(texts(pages).back() == "tête ");
    CHECK(texts(pages, 2).back() == "Page 3 sur 3");
    CHECK(pages.lines.back().furniture);
    for (const Item& item : pages.pages[2].items)
        if (const auto* run = std::get_if<GlyphRun>(&item); run && run->text.starts_with("Page"))
            CHECK(run->mark == Mark{-1, Artifact::footer});
}

TEST_CASE("page fields in the body show the page that they end up on") {
    Source source;
    source.page = ten_lines;
    source.body = paragraphs(12, "P") +
                  R"(<text:p>page <text:page-number text:select-page="current">0</text:page-number>
 de <text:page-count>0</text:page-count></text:p>)";
    CHECK(texts(set(source), 1).back() == "page 2 de 2");
}

TEST_CASE("a signature slot becomes a framed field with its form element") {
    Source source;
    source.body =
        R"(<text:p>Signé : <text:bookmark text:name="paraphe.signature.beneficiaire"/></text:p>)";
    const Pages pages = set(source);
    REQUIRE(pages.fields.size() == 1);
    const SignatureField& field = pages.fields[0];
    CHECK(field.slot == "beneficiaire");
    CHECK(field.box.width.millimetres() == doctest::Approx(70).epsilon(0.001));
    CHECK(field.box.height.millimetres() == doctest::Approx(20).epsilon(0.001));
    CHECK(pages.nodes[static_cast<std::size_t>(field.node)].role == Role::form);
    // The box stands on the baseline of its line.
    CHECK(field.box.y + field.box.height == pages.lines[0].baseline);
}

TEST_CASE("a header holds neither fields nor links, since artifacts have no structure") {
    Source source;
    source.header_footer =
        R"(<style:header><text:p><text:a xlink:href="https://exemple.fr/">site</text:a><text:bookmark
 text:name="paraphe.signature.association"/></text:p></style:header>)";
    source.body = paragraphs(1, "P");
    const Pages pages = set(source);
    CHECK(pages.links.empty());
    CHECK(pages.fields.empty());
    REQUIRE(pages.warnings.size() == 1);
    CHECK(pages.warnings[0].code == "P0421");
}

TEST_CASE("links know their place and their target") {
    Source source;
    source.page = ten_lines;
    source.body =
        R"(<text:p><text:a xlink:href="https://exemple.fr/">site</text:a> et <text:a
 xlink:href="#ici">signet</text:a> et <text:a xlink:href="#absent">rien</text:a></text:p>)" +
        paragraphs(12, "P") + R"(<text:p><text:bookmark text:name="ici"/>là</text:p>)";
    const Pages pages = set(source);
    REQUIRE(pages.links.size() == 2);
    CHECK(pages.links[0].uri == "https://exemple.fr/");
    CHECK(pages.links[0].description == "site");
    CHECK(pages.nodes[static_cast<std::size_t>(pages.links[0].node)].role == Role::link);
    CHECK(pages.links[1].target_page == 1);
    REQUIRE(pages.warnings.size() == 1);
    CHECK(pages.warnings[0].message == "le lien « #absent » ne mène à aucun signet du document");
}

TEST_CASE("a footnote stands at the foot of the page of its call") {
    Source source;
    source.page = ten_lines;
    source.body = R"(<text:p>Texte<text:note text:id="n1" text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p>La note.</text:p></text:note-body>
</text:note></text:p>)" +
                  paragraphs(10, "P");
    const Pages pages = set(source);
    REQUIRE(pages.pages.size() == 2);
    CHECK(texts(pages).front() == "Texte1");
    CHECK(texts(pages).back() == "1 La note.");
    CHECK(texts(pages).size() < 10);
    int notes = 0;
    for (const StructureNode& node : pages.nodes)
        notes += node.role == Role::note;
    CHECK(notes == 1);
}

TEST_CASE("a picture stands in the line with its alternative text") {
    // One white pixel.
    const std::string png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5E"
        "rkJggg==";
    Source source;
    source.body =
        R"(<text:p>a<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="1cm">
<draw:image><office:binary-data>)" +
        png +
        R"(</office:binary-data></draw:image><svg:desc>Logo</svg:desc></draw:frame></text:p>)";
    const Pages pages = set(source);
    const Image* image = nullptr;
    for (const Item& item : pages.pages[0].items)
        if (const auto* one = std::get_if<Image>(&item)) image = one;
    REQUIRE(image != nullptr);
    CHECK(image->picture->media_type == "image/png");
    CHECK(image->picture->width == 1);
    CHECK(image->box.y + image->box.height == pages.lines[0].baseline);
    CHECK(pages.nodes[static_cast<std::size_t>(image->mark.node)].words->alternative == "Logo");
    CHECK(pages.warnings.empty());
}

TEST_CASE("what cannot be set yet is named in a warning with its line") {
    Source source;
    source.body = "<text:p>a</text:p>\n<text:p><dr3d:scene/>b</text:p>";
    const Pages pages = set(source);
    REQUIRE(pages.warnings.size() == 1);
    CHECK(pages.warnings[0].code == "P0413");
    CHECK(pages.warnings[0].message == "les dessins (« dr3d:scene ») ne sont pas encore composés");
    CHECK(pages.warnings[0].where.line > 1);
}

TEST_CASE("a page without room for text is refused") {
    Source source;
    source.page = R"(fo:page-width="4cm" fo:page-height="29.7cm" fo:margin="2cm")";
    source.body = paragraphs(1, "P");
    try {
        set(source);
        FAIL("must refuse");
    } catch (const Error& error) {
        CHECK(error.problem() == "les marges de la page ne laissent pas de place au texte");
        CHECK(error.remedy() == "réduisez les marges du style de page");
    }
}

TEST_CASE("a row stands once, whatever its repetition, as in Writer") {
    Source source;
    source.body =
        R"(<table:table><table:table-column/><table:table-row table:number-rows-repeated="50">
<table:table-cell><text:p>Une fois</text:p></table:table-cell></table:table-row></table:table>)";
    CHECK(set(source).lines.size() == 1);
}

TEST_CASE("tables of more cells than memory is for are refused") {
    Source source;
    source.body = R"(<table:table><table:table-column table:number-columns-repeated="200"/>)";
    for (int row = 0; row < 251; ++row)
        source.body += R"(<table:table-row><table:table-cell table:number-columns-repeated="200"/>
</table:table-row>)";
    source.body += "</table:table>";
    try {
        set(source);
        FAIL("must refuse");
    } catch (const Error& error) {
        CHECK(error.problem() == "les tableaux ont plus de 50000 cellules");
        CHECK(error.remedy() ==
              "retirez les lignes et colonnes vides répétées, ou partagez le tableau entre "
              "plusieurs documents");
    }
}

TEST_CASE("the same document gives the same pages") {
    Source source;
    source.body = paragraphs(80, "P");
    CHECK(dump(set(source)) == dump(set(source)));
}

TEST_CASE("an empty document is one empty page") {
    Source source;
    const Pages pages = set(source);
    CHECK(pages.pages.size() == 1);
    CHECK(pages.metadata.producer == "paraphe test");
    CHECK(pages.metadata.created == "2026-02-02T09:00:00Z");
    CHECK(pages.nodes[0].role == Role::document);
}
