#include "layout/columns.hpp"

#include <doctest/doctest.h>

#include <map>

#include "setting.hpp"

// Columns of pages and sections, against places measured in Writer 7.4: lines of 13.8 pt, text
// 481.9 pt wide, two columns 1 cm apart at 0 and 255.1 pt.

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

const std::string two = R"(<style:columns fo:column-count="2" fo:column-gap="1cm"/>)";

std::string section_style(const std::string& columns, const std::string& properties = "") {
    return R"(<style:style style:name="S" style:family="section"><style:section-properties )" +
           properties + ">" + columns + "</style:section-properties></style:style>";
}

std::string section(const std::string& content) {
    return R"(<text:section text:style-name="S" text:name="s">)" + content + "</text:section>";
}

/// The default page with these columns.
Source in_columns(const std::string& columns) {
    Source source;
    source.page = R"(fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm">)" + columns +
                  "</style:page-layout-properties><style:none";
    return source;
}

/// "x: first baseline–last baseline (lines)" of each column of a page, in points.
std::vector<std::string> columns(const Pages& pages, int page = 0) {
    struct Column {
        long first, last;
        int lines;
    };
    std::map<long, Column> all;
    for (const LineBox& line : pages.lines) {
        if (line.page != page) continue;
        const long x = std::lround(line.box.x.points() - margin);
        const long y = std::lround(line.baseline.points() - margin);
        auto [found, fresh] = all.try_emplace(x, Column{y, y, 0});
        found->second.first = std::min(found->second.first, y);
        found->second.last = std::max(found->second.last, y);
        ++found->second.lines;
    }
    std::vector<std::string> out;
    for (const auto& [x, one] : all)
        out.push_back(std::to_string(x) + ": " + std::to_string(one.first) + "–" +
                      std::to_string(one.last) + " (" + std::to_string(one.lines) + ")");
    return out;
}

using Found = std::vector<std::string>;

const std::string before = "<text:p>avant</text:p>", after = "<text:p>après</text:p>";

}  // namespace

TEST_CASE("a page is filled column after column") {
    Source source = in_columns(two);
    source.body = paragraphs(120, "P");
    const Pages pages = set(source);
    CHECK(columns(pages) == Found{"0: 11–715 (52)", "255: 11–715 (52)"});
    CHECK(columns(pages, 1) == Found{"0: 11–218 (16)"});
    CHECK(pages.warnings.empty());
}

TEST_CASE("columns with a gap are equally wide, others have their own shares") {
    const std::string shares =
        R"(<style:column style:rel-width="3*" fo:start-indent="0cm" fo:end-indent="0.5cm"/>
<style:column style:rel-width="1*" fo:start-indent="0.5cm" fo:end-indent="0cm"/></style:columns>)";
    Source source =
        in_columns(R"(<style:columns fo:column-count="2" fo:column-gap="1cm">)" + shares);
    source.body = paragraphs(60, "P");
    CHECK(columns(set(source)) == Found{"0: 11–715 (52)", "255: 11–108 (8)"});
    source = in_columns(R"(<style:columns fo:column-count="2">)" + shares);
    source.body = paragraphs(60, "P");
    CHECK(columns(set(source)) == Found{"0: 11–715 (52)", "376: 11–108 (8)"});
}

TEST_CASE("a column break goes to the next column, in the last one to the next page") {
    Source source = in_columns(two);
    source.automatic = paragraph_style("C", R"(fo:break-before="column")");
    source.body = paragraphs(2, "P") + paragraphs(2, "C");
    const Pages pages = set(source);
    REQUIRE(pages.pages.size() == 2);
    CHECK(columns(pages) == Found{"0: 11–25 (2)", "255: 11–11 (1)"});
    CHECK(columns(pages, 1) == Found{"0: 11–11 (1)"});
}

TEST_CASE("a footnote stands at the foot of its column") {
    Source source = in_columns(two);
    source.body = R"(<text:p>x<text:note text:note-class="footnote">)"
                  "<text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p>"
                  "</text:note-body></text:note></text:p>" +
                  paragraphs(60, "P");
    CHECK(columns(set(source)) == Found{"0: 11–726 (52)", "255: 11–135 (10)"});
}

TEST_CASE("the columns of a section end at about the same height, and the text goes on below") {
    Source source;
    source.automatic = section_style(two);
    source.body = before + section(paragraphs(7, "P")) + after;
    CHECK(columns(set(source)) == Found{"0: 11–80 (6)", "255: 25–53 (3)"});
    source.automatic = section_style(two, R"(text:dont-balance-text-columns="true")");
    CHECK(columns(set(source)) == Found{"0: 11–122 (9)"});
}

TEST_CASE("a long section fills a page and is balanced on its last") {
    Source source;
    source.automatic = section_style(two);
    source.body = before + section(paragraphs(120, "P")) + after;
    const Pages pages = set(source);
    CHECK(columns(pages) == Found{"0: 11–715 (52)", "255: 25–715 (51)"});
    CHECK(columns(pages, 1) == Found{"0: 11–135 (10)", "255: 11–122 (9)"});
}

TEST_CASE("a paragraph that goes on in a column of another width has one background in each") {
    Source source;
    source.automatic =
        section_style(R"(<style:columns fo:column-count="2"><style:column style:rel-width="2*"/>)"
                      R"(<style:column style:rel-width="1*"/></style:columns>)") +
        paragraph_style("B", R"(fo:background-color="#eeeeee")");
    std::string text;
    for (int i = 0; i < 60; ++i)
        text += "encore des mots ";
    source.body = section(R"(<text:p text:style-name="B">)" + text + "</text:p>");
    const Pages pages = set(source);
    std::vector<long> widths;
    for (const Item& item : pages.pages.front().items)
        if (const auto* path = std::get_if<Path>(&item))
            widths.push_back(std::lround((path->points[2].x - path->points[0].x).points()));
    CHECK(widths == std::vector<long>{321, 161});
}

TEST_CASE("a section keeps its margins, and its paragraphs their spaces") {
    Source source;
    source.automatic = section_style(two, R"(fo:margin-left="1cm" fo:margin-right="2cm")");
    source.body = before + section(paragraphs(4, "P")) + after;
    CHECK(columns(set(source)) == Found{"0: 11–53 (2)", "28: 25–39 (2)", "241: 25–39 (2)"});
    source.automatic =
        section_style(two) + paragraph_style("Q", R"(fo:margin-top="10pt" fo:margin-bottom="6pt")");
    source.body = R"(<text:p text:style-name="Q">avant</text:p>)" + section(paragraphs(5, "Q")) +
                  R"(<text:p text:style-name="Q">après</text:p>)";
    CHECK(columns(set(source)) == Found{"0: 21–140 (5)", "255: 51–81 (2)"});
}

TEST_CASE("a table in a section is as wide as its column and cut between rows") {
    Source source;
    source.automatic = section_style(two);
    std::string table = R"(<table:table><table:table-column table:number-columns-repeated="2"/>)";
    for (int i = 0; i < 6; ++i)
        table +=
            "<table:table-row><table:table-cell><text:p>aa</text:p></"
            "table:table-cell><table:table-cell>"
            "<text:p>bb</text:p></table:table-cell></table:table-row>";
    source.body =
        before + section("<text:p>x</text:p>" + table + "</table:table><text:p>y</text:p>") + after;
    CHECK(columns(set(source)) ==
          Found{"0: 11–80 (6)", "113: 39–66 (3)", "255: 25–66 (4)", "368: 25–53 (3)"});
}

TEST_CASE("more columns than a page has room for end with a result") {
    Source source = in_columns(R"(<style:columns fo:column-count="9999" fo:column-gap="5cm"/>)");
    source.body = paragraphs(40, "P");
    CHECK(!set(source).pages.empty());
    source = Source();
    source.page = R"(fo:page-width="21cm" fo:page-height="6cm" fo:margin="2cm")";
    source.automatic = section_style(two);
    std::string word;
    for (int i = 0; i < 200; ++i)
        word += "mot<text:line-break/>";
    source.automatic += paragraph_style("K", R"(fo:keep-together="always")");
    source.body = section(R"(<text:p text:style-name="K">)" + word + "</text:p>");
    CHECK(!set(source).pages.empty());
}
