#include <doctest/doctest.h>

#include "setting.hpp"

// Page styles and their sides, as measured in Writer 7.4.

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

std::string page_layout(const std::string& name, const std::string& usage,
                        const std::string& margins) {
    return R"(<style:page-layout style:name=")" + name + R"(" style:page-usage=")" + usage +
           R"("><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" )" +
           margins + "/></style:page-layout>";
}

std::string master(const std::string& name, const std::string& layout, const std::string& next,
                   const std::string& furniture) {
    return R"(<style:master-page style:name=")" + name + R"(" style:page-layout-name=")" + layout +
           "\"" + (next.empty() ? "" : R"( style:next-style-name=")" + next + "\"") + ">" +
           furniture + "</style:master-page>";
}

std::string on_master(const std::string& name, const std::string& master_page,
                      const std::string& properties = "") {
    return R"(<style:style style:name=")" + name +
           R"(" style:family="paragraph" style:master-page-name=")" + master_page +
           R"("><style:paragraph-properties )" + properties + "/></style:style>";
}

std::string p(const std::string& style, const std::string& content) {
    return R"(<text:p text:style-name=")" + style + "\">" + content + "</text:p>";
}

const std::string numbers =
    R"(<text:p><text:page-number text:select-page="current">9</text:page-number>/<text:page-count>9</text:page-count></text:p>)";
const std::string header = "<style:header>" + numbers + "</style:header>";
const std::string aside = R"(fo:margin="2cm" fo:margin-left="3cm" fo:margin-right="1cm")";
const std::string page_break = paragraph_style("B", R"(fo:break-before="page")");

/// "x text" of the first line of each page, x in points right of 2 cm.
std::vector<std::string> heads(const Pages& pages) {
    std::vector<std::string> out(pages.pages.size());
    for (const LineBox& line : pages.lines) {
        std::string& one = out[static_cast<std::size_t>(line.page)];
        if (one.empty())
            one = std::to_string(std::lround(line.box.x.points() - margin)) + " " + line.text;
    }
    return out;
}

using Heads = std::vector<std::string>;

}  // namespace

TEST_CASE("mirrored pages change their margins and their headers from side to side") {
    Source source;
    source.layouts = page_layout("m", "mirrored", aside);
    source.masters = master(
        "M", "m", "", header + "<style:header-left><text:p>gauche</text:p></style:header-left>");
    source.automatic = page_break + on_master("M", "M");
    source.body = p("M", "a") + p("B", "b") + p("B", "c") + p("B", "d");
    const Pages pages = set(source);
    CHECK(heads(pages) == Heads{"28 1/4", "-28 gauche", "28 3/4", "-28 gauche"});
    CHECK(pages.warnings.empty());
}

TEST_CASE("pages that stand on one side only count the blank ones between them") {
    Source source;
    source.layouts = page_layout("l", "left", aside);
    source.masters = master("L", "l", "", header);
    source.automatic = page_break + on_master("L", "L");
    source.body = p("L", "a") + p("B", "b");
    CHECK(heads(set(source)) == Heads{"28 2/4", "28 4/4"});
    source.layouts = page_layout("l", "right", aside);
    CHECK(heads(set(source)) == Heads{"28 1/3", "28 3/3"});
}

TEST_CASE("a page style for each side hands over to the other") {
    Source source;
    source.layouts = page_layout("l", "left", aside) + page_layout("r", "right", aside);
    source.masters = master("R", "r", "L", "<style:header><text:p>droite</text:p></style:header>") +
                     master("L", "l", "R", "<style:header><text:p>gauche</text:p></style:header>");
    source.automatic = page_break + on_master("R", "R");
    source.body = p("R", "a") + p("B", "b") + p("B", "c");
    CHECK(heads(set(source)) == Heads{"28 droite", "28 gauche", "28 droite"});
}

TEST_CASE("a page number is set with a page style, not by a break alone") {
    Source source;
    source.header_footer = header;
    source.automatic = paragraph_style("B", R"(fo:break-before="page" style:page-number="7")") +
                       on_master("N", "Standard", R"(style:page-number="7")");
    source.body = "<text:p>a</text:p>" + p("B", "b");
    CHECK(heads(set(source)) == Heads{"0 1/2", "0 2/2"});
    source.body = "<text:p>a</text:p>" + p("N", "b");
    CHECK(heads(set(source)) == Heads{"0 1/2", "0 7/2"});
}

TEST_CASE("a break to an even or odd page is a plain page break, as in Writer") {
    Source source;
    source.header_footer = header;
    source.automatic = paragraph_style("E", R"(fo:break-before="even-page")") +
                       paragraph_style("O", R"(fo:break-before="odd-page")");
    source.body = "<text:p>a</text:p>" + p("O", "b") + p("E", "c");
    const Pages pages = set(source);
    CHECK(heads(pages) == Heads{"0 1/3", "0 2/3", "0 3/3"});
    CHECK(pages.warnings.empty());
}

TEST_CASE("the first page of a style has its header once, the same style again has not") {
    Source source;
    source.header_footer =
        header + "<style:header-first><text:p>première</text:p></style:header-first>";
    source.automatic = page_break + on_master("M", "Standard");
    source.body = p("M", "a") + p("B", "b") + p("M", "c");
    CHECK(heads(set(source)) == Heads{"0 première", "0 2/3", "0 3/3"});
}

TEST_CASE("a paragraph that goes on to a page of another width is broken to that width") {
    Source source;
    source.page = R"(fo:page-width="21cm" fo:page-height="9cm" fo:margin="2cm")";
    source.layouts =
        R"(<style:page-layout style:name="k"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="9cm" fo:margin="2cm" fo:margin-left="4cm" fo:margin-right="6cm"/></style:page-layout>)";
    source.masters = master("F", "pm1", "K", "") + master("K", "k", "", "");
    source.automatic = on_master("F", "F");
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "mot" + std::to_string(i) + " ";
    source.body = p("F", text);
    const Pages pages = set(source);
    REQUIRE(pages.pages.size() > 1);
    CHECK(pages.warnings.empty());
    for (const LineBox& line : pages.lines) {
        CHECK(line.box.x.points() == doctest::Approx(line.page == 0 ? 56.7 : 113.4).epsilon(0.001));
        CHECK(line.box.width.points() < (line.page == 0 ? 485 : 315));
    }
    // Only a table keeps its width, and says so.
    source.body = p("F", "a") + "<table:table><table:table-column/>";
    for (int i = 0; i < 20; ++i)
        source.body +=
            "<table:table-row><table:table-cell><text:p>b</text:p></table:table-cell>"
            "</table:table-row>";
    source.body += "</table:table>";
    const Pages table = set(source);
    REQUIRE(table.warnings.size() == 1);
    CHECK(table.warnings[0].code == "P0418");
}
