#include "layout/page_text.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;

namespace {

const testing::Source contract{
    R"(<text:h text:outline-level="1">Contrat de <text:span>prêt</text:span></text:h>
<text:p>Entre les parties,<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Voir l’annexe &lt;A&gt;.</text:p></text:note-body></text:note> il est dit :</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>louer</text:p></text:list-item>
<text:list-item><text:p>payer</text:p><text:p>chaque mois</text:p></text:list-item></text:list>
<table:table><table:table-column/><table:table-column/>
<table:table-header-rows><table:table-row><table:table-cell><text:p>Mois</text:p></table:table-cell><table:table-cell><text:p>Loyer</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>mai</text:p><text:p>310 €</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>
<text:p text:style-name="AR">يلتزم <text:span text:style-name="B">المستأجر</text:span> بدفع 310 كل شهر.</text:p>)",
    R"(<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/></text:list-style>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold" style:font-weight-complex="bold"/></style:style>
<style:style style:name="AR" style:family="paragraph"><style:paragraph-properties style:writing-mode="rl-tb"/><style:text-properties style:language-complex="ar" style:country-complex="DZ"/></style:style>)",
    {},
    {},
    "<style:header><text:p>en-tête</text:p></style:header>",
    R"(<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>)"};

}  // namespace

TEST_CASE("a page's text is its headings, paragraphs, notes, lists and tables in reading order") {
    CHECK(page_text(testing::set(contract), 0) ==
          "# Contrat de prêt\n"
          "Entre les parties,1 il est dit :\n"
          "Note : 1 Voir l’annexe <A>.\n"
          "1. louer\n"
          "2. payer\n"
          "chaque mois\n"
          "Mois | Loyer\n"
          "mai / 310 €\n"
          "يلتزم المستأجر بدفع 310 كل شهر.\n");
}

TEST_CASE("a page's HTML has the elements that say the same, and no markup of the author's") {
    CHECK(page_html(testing::set(contract), 0, 2) ==
          "<h3>Contrat de prêt</h3>"
          "<p>Entre les parties,1 il est dit :</p>"
          "<aside><p>1 Voir l’annexe &lt;A&gt;.</p></aside>"
          "<ul><li>1. louer</li><li>2. payer<p>chaque mois</p></li></ul>"
          "<table><thead><tr><th scope=\"col\">Mois</th><th scope=\"col\">Loyer</th></tr></thead>"
          "<tbody><tr><td colspan=\"2\">mai<p>310 €</p></td></tr></tbody></table>"
          "<p dir=\"auto\"><span lang=\"ar\" dir=\"auto\">يلتزم المستأجر بدفع 310 كل "
          "شهر.</span></p>");
}

TEST_CASE("words that a line end divides or soft hyphens could divide are told whole") {
    CHECK(page_text(testing::set({"<text:p>un déve\u00ADloppe\u00ADment<text:line-break/>"
                                  "et<text:tab/>plus</text:p>"}),
                    0) == "un développement et plus\n");
    const auto divided =
        testing::set({R"(<text:p text:style-name="H">une réglementation administrative</text:p>)",
                      testing::paragraph_style("H", "", R"(fo:hyphenate="true")"),
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      R"(fo:page-width="5cm" fo:page-height="10cm" fo:margin="1cm")"});
    CHECK(page_text(divided, 0) == "une réglementation administrative\n");
}

TEST_CASE("the text of a page is of that page alone") {
    const auto pages =
        testing::set({testing::paragraphs(2, "N") + R"(<text:p text:style-name="B">suite</text:p>)",
                      testing::paragraph_style("B", R"(fo:break-before="page")")});
    CHECK(page_text(pages, 0) == "ligne 1\nligne 2\n");
    CHECK(page_text(pages, 1) == "suite\n");
    CHECK_THROWS_WITH_AS(page_text(pages, 2), "no page 3, there are 2", Error);
}

TEST_CASE("pictures are told by their description, signature fields by what they are for") {
    const auto pages = testing::set(
        {R"(<text:p>Plan <draw:frame text:anchor-type="as-char" svg:width="1cm" svg:height="1cm"><draw:image><office:binary-data>iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC</office:binary-data></draw:image><svg:title>du logement</svg:title></draw:frame></text:p>)"});
    CHECK(page_text(pages, 0) == "Plan [Image : du logement]\n");
    CHECK(page_html(pages, 0) == "<p>Plan <em>Image : du logement</em></p>");
}

namespace {

/// A table of so many rows under a head with a mark in its text.
std::string headed_table(int rows) {
    std::string out =
        "<table:table><table:table-column/><table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>Le <text:span>mois</text:span> dû</text:p></table:table-cell>"
        "</table:table-row></table:table-header-rows>";
    for (int i = 1; i <= rows; ++i)
        out += "<table:table-row><table:table-cell><text:p>" + std::to_string(i) +
               "</text:p></table:table-cell></table:table-row>";
    return out + "</table:table>";
}

}  // namespace

TEST_CASE("a table that goes on from the page before is told with its head") {
    testing::Source source{headed_table(15)};
    source.page = R"(fo:page-width="21cm" fo:page-height="9cm" fo:margin="2cm")";
    const Pages pages = testing::set(source);
    REQUIRE(pages.pages.size() == 2);
    CHECK(page_text(pages, 0).find("Le mois dû\n1\n2\n") == 0);
    const std::string rest = page_text(pages, 1);
    CHECK(rest.find("Le mois dû\n1") == 0);
    CHECK(rest.ends_with("14\n15\n"));
    CHECK(page_html(pages, 1).find(
              "<table><thead><tr><th scope=\"col\">Le mois dû</th></tr></thead><tbody><tr><td>") ==
          0);
}

TEST_CASE("the head of a table in columns is told once on a page") {
    testing::Source source{headed_table(34)};
    source.page = R"(fo:page-width="21cm" fo:page-height="9cm" fo:margin="2cm"><style:columns
fo:column-count="2" fo:column-gap="1cm"/></style:page-layout-properties><style:none)";
    const Pages pages = testing::set(source);
    REQUIRE(pages.pages.size() == 2);
    for (std::size_t page = 0; page < 2; ++page) {
        const std::string text = page_text(pages, page);
        CHECK(text.find("Le mois dû\n") == 0);
        CHECK_MESSAGE(text.find("Le mois dû", 1) == std::string::npos, text);
    }
    CHECK(page_text(pages, 1).ends_with("33\n34\n"));
}
