#include <doctest/doctest.h>

#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

/// Steps between the baselines of: a line before, two rows, a line after; and x in the cell.
std::vector<double> table_steps(const std::string& cell, const std::string& row = {},
                                const std::string& table = {}) {
    Source source;
    source.automatic =
        "<style:style style:name=\"T\" style:family=\"table\"><style:table-properties "
        "table:align=\"margins\" " +
        table +
        "/></style:style><style:style style:name=\"C\" style:family=\"table-cell\">"
        "<style:table-cell-properties " +
        cell +
        "/></style:style><style:style style:name=\"R\" style:family=\"table-row\">"
        "<style:table-row-properties " +
        row + "/></style:style>";
    source.body =
        R"(<text:p>avant</text:p><table:table table:style-name="T"><table:table-column/>)";
    for (int i = 0; i < 2; ++i)
        source.body += R"(<table:table-row table:style-name="R"><table:table-cell
 table:style-name="C"><text:p>x</text:p></table:table-cell></table:table-row>)";
    source.body += "</table:table><text:p>après</text:p>";
    const Pages pages = set(source);
    const auto lines = baselines(pages);
    return {lines.at(1) - lines.at(0), lines.at(2) - lines.at(1), lines.at(3) - lines.at(2),
            starts(pages).at(1)};
}

/// x of label, of the first line's text and of the next lines.
std::vector<double> list_places(const std::string& level, const std::string& paragraph = {}) {
    Source source;
    source.automatic =
        "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" "
        "style:num-format=\"1\" style:num-suffix=\".\">" +
        level + "</text:list-level-style-number></text:list-style>" +
        paragraph_style("P", paragraph);
    std::string words;
    for (int i = 0; i < 40; ++i)
        words += "mot ";
    source.body =
        "<text:list text:style-name=\"L\"><text:list-item><text:p text:style-name=\"P\">" + words +
        "</text:p></text:list-item></text:list>";
    auto out = starts(set(source));
    out.resize(3);
    return out;
}

std::string alignment(const std::string& attributes, const std::string& outer = {}) {
    return "<style:list-level-properties "
           "text:list-level-position-and-space-mode=\"label-alignment\" " +
           outer + "><style:list-level-label-alignment " + attributes +
           "/></style:list-level-properties>";
}

}  // namespace

TEST_CASE("table rows stand where Writer puts them") {
    CHECK(near(table_steps(""), {13.8, 13.8, 13.8, 0}));
    CHECK(near(table_steps(R"(fo:padding="3pt")"), {16.8, 19.8, 16.8, 3}));
    CHECK(near(table_steps(R"(fo:border="1pt solid #000000")"), {14.8, 14.8, 14.8, 0}));
    CHECK(near(table_steps(R"(fo:border="1pt solid #000000" fo:padding="3pt")"),
               {17.8, 20.8, 17.8, 3}));
    CHECK(near(table_steps(R"(fo:padding="3pt")", R"(style:min-row-height="30pt")"),
               {16.8, 30, 27, 3}));
    CHECK(near(table_steps("", R"(style:row-height="10pt")"), {13.8, 10, 10, 0}));
    CHECK(near(table_steps("", "", R"(fo:margin-top="12pt" fo:margin-bottom="8pt")"),
               {25.8, 13.8, 21.8, 0}));
}

TEST_CASE("cells align their text to the middle and to the bottom") {
    CHECK(near(table_steps(R"(style:vertical-align="middle")", R"(style:min-row-height="30pt")"),
               {21.9, 30, 21.9, 0}));
    CHECK(near(table_steps(R"(fo:padding="3pt" style:vertical-align="bottom")",
                           R"(style:min-row-height="30pt")"),
               {27, 30, 16.8, 3}));
}

TEST_CASE("labels and texts of lists stand where Writer puts them") {
    const std::string indents = R"(fo:margin-left="36pt" fo:text-indent="-18pt")";
    CHECK(near(
        list_places(alignment(
            R"(text:label-followed-by="listtab" text:list-tab-stop-position="36pt" )" + indents)),
        {18, 36, 36}));
    CHECK(
        near(list_places(alignment(R"(text:label-followed-by="space" )" + indents)), {18, 30, 36}));
    CHECK(near(list_places(alignment(R"(text:label-followed-by="nothing" )" + indents)),
               {18, 27, 36}));
    CHECK(near(
        list_places(alignment(
            R"(text:label-followed-by="listtab" text:list-tab-stop-position="36pt" )" + indents,
            R"(fo:text-align="end")")),
        {9, 36, 36}));
    CHECK(near(list_places(alignment(R"(text:label-followed-by="listtab")")), {0, 35.5, 0}));
    CHECK(near(list_places(R"(<style:list-level-properties text:space-before="18pt"
 text:min-label-width="18pt"/>)"),
               {18, 36, 36}));
    CHECK(near(list_places(R"(<style:list-level-properties text:space-before="18pt"
 text:min-label-width="4pt" text:min-label-distance="6pt"/>)"),
               {18, 33, 22}));
    CHECK(near(
        list_places(
            alignment(R"(text:label-followed-by="listtab" text:list-tab-stop-position="36pt" )" +
                      indents),
            R"(fo:margin-left="50pt" fo:text-indent="0pt")"),
        {50, 85.5, 50}));
}

TEST_CASE("numbers of several levels, formats and restarts are those of ODF") {
    Source source;
    source.automatic =
        R"(<text:list-style style:name="L"><text:list-level-style-number text:level="1"
 style:num-format="I" style:num-suffix="."/><text:list-level-style-number text:level="2"
 style:num-format="a" style:num-suffix="]" text:display-levels="2" style:num-prefix="["/>
</text:list-style>)";
    source.body =
        R"(<text:list text:style-name="L"><text:list-item><text:p>un</text:p><text:list>
<text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p>
<text:p>suite</text:p></text:list-item></text:list></text:list-item><text:list-item
 text:start-value="4"><text:p>quatre</text:p></text:list-item><text:list-header><text:p>sans</text:p>
</text:list-header></text:list><text:list text:style-name="L" text:continue-numbering="true">
<text:list-item><text:p>cinq</text:p></text:list-item></text:list><text:list text:style-name="L">
<text:list-item><text:p>encore un</text:p></text:list-item></text:list>)";
    CHECK(texts(set(source)) == std::vector<std::string>{"I. un", "[I.a] a", "[I.b] b", "suite",
                                                         "IV. quatre", "sans", "V. cinq",
                                                         "I. encore un"});
}

TEST_CASE("headings take the numbers of the outline, and articles their prefix") {
    Source source;
    source.common =
        R"(<text:outline-style style:name="Outline"><text:outline-level-style text:level="1"
 style:num-prefix="Article " style:num-suffix=" — " style:num-format="1">
<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">
<style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties>
</text:outline-level-style></text:outline-style>)";
    source.body = R"(<text:h text:outline-level="1">Objet</text:h><text:p>Texte</text:p>
<text:h text:outline-level="1">Durée</text:h><text:h text:outline-level="2">Sans numéro</text:h>)";
    const Pages pages = set(source);
    CHECK(texts(pages) == std::vector<std::string>{"Article 1 — Objet", "Texte",
                                                   "Article 2 — Durée", "Sans numéro"});
    REQUIRE(pages.outline.size() == 3);
    CHECK(pages.outline[1].title == "Article 2 — Durée");
    CHECK(pages.outline[2].level == 2);
    CHECK(pages.nodes[1].role == Role::h1);
    CHECK(pages.nodes[2].role == Role::p);
}

TEST_CASE("lists and tables have their elements in the structure tree") {
    Source source;
    source.automatic = R"(<text:list-style style:name="L"><text:list-level-style-bullet
 text:level="1" text:bullet-char="•"/></text:list-style>)";
    source.body =
        R"(<text:list text:style-name="L"><text:list-item><text:p>un</text:p></text:list-item>
</text:list><table:table><table:table-column table:number-columns-repeated="2"/>
<table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>tête</text:p></table:table-cell>
<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>
<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>
</table:table-cell></table:table-row></table:table>)";
    const Pages pages = set(source);
    const auto tree = [&](const auto& self, int at) -> std::string {
        constexpr const char* names[] = {"Document", "Part",  "Sect", "Div", "TOC",   "TOCI",
                                         "P",        "H1",    "H2",   "H3",  "H4",    "H5",
                                         "H6",       "L",     "LI",   "Lbl", "LBody", "Table",
                                         "THead",    "TBody", "TR",   "TH",  "TD"};
        const StructureNode& node = pages.nodes[static_cast<std::size_t>(at)];
        std::string out = names[static_cast<int>(node.role)];
        if (node.children.empty()) return out;
        out += "(";
        for (const int child : node.children)
            out += (out.back() == '(' ? "" : " ") + self(self, child);
        return out + ")";
    };
    CHECK(tree(tree, 0) ==
          "Document(L(LI(Lbl LBody(P))) Table(THead(TR(TH(P))) TBody(TR(TD(P) TD(P)))))");
    for (const StructureNode& node : pages.nodes)
        if (node.role == Role::table_header) {
            CHECK(node.scope == TableScope::column);
            CHECK(node.column_span == 2);
        } else if (node.role == Role::list) {
            CHECK(node.words->list_numbering == "Disc");
        }
}

TEST_CASE("header rows are repeated on the next page as artifacts") {
    Source source;
    source.page = R"(fo:page-width="21cm" fo:page-height="9cm" fo:margin="2cm")";
    source.body =
        "<table:table><table:table-column/><table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>Date</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows>";
    for (int i = 0; i < 15; ++i)
        source.body += "<table:table-row><table:table-cell><text:p>" + std::to_string(i) +
                       "</text:p></table:table-cell></table:table-row>";
    source.body += "</table:table>";
    const Pages pages = set(source);
    REQUIRE(pages.pages.size() == 2);
    CHECK(texts(pages, 1).front() == "Date");
    const auto& first = std::get<GlyphRun>(pages.pages[1].items.front());
    CHECK(first.mark.node == -1);
    CHECK(first.mark.artifact == Artifact::repeated_header);
    CHECK(pages.nodes.at(static_cast<std::size_t>(first.mark.copy_of)).role == Role::p);
    CHECK(texts(pages).size() + texts(pages, 1).size() == 17);
}

TEST_CASE("a high row is cut at the end of a page unless it is to stay together") {
    Source source;
    source.page = R"(fo:page-width="21cm" fo:page-height="9cm" fo:margin="2cm")";  // 10 lines
    source.automatic = R"(<style:style style:name="K" style:family="table-row">
<style:table-row-properties fo:keep-together="always"/></style:style>)";
    const auto with_style = [&](const std::string& style) {
        source.body = paragraphs(5, "P") + "<table:table><table:table-column/><table:table-row" +
                      style + "><table:table-cell>" + paragraphs(8, "P") +
                      "</table:table-cell></table:table-row></table:table>";
        return set(source);
    };
    const Pages cut = with_style("");
    CHECK(texts(cut).size() == 10);
    CHECK(texts(cut, 1).size() == 3);
    const Pages whole = with_style(R"( table:style-name="K")");
    CHECK(texts(whole).size() == 5);
    CHECK(texts(whole, 1).size() == 8);
}

TEST_CASE("a cell over two rows and columns takes their room") {
    Source source;
    source.body =
        R"(<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>
<table:table-cell table:number-rows-spanned="2"><text:p>a</text:p><text:p>b</text:p><text:p>c</text:p>
</table:table-cell><table:table-cell><text:p>d</text:p></table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell><text:p>e</text:p></table:table-cell>
</table:table-row></table:table><text:p>après</text:p>)";
    const Pages pages = set(source);
    // a, b, c; d beside a; e one line below d; then the text after three lines.
    CHECK(near(baselines(pages), {11.2, 25.0, 38.8, 11.2, 25.0, 52.6}));
    CHECK(near(starts(pages), {0, 0, 0, 240.9, 240.9, 0}));
}

TEST_CASE("columns share the table by their relative widths") {
    Source source;
    source.automatic = R"(<style:style style:name="A" style:family="table-column">
<style:table-column-properties style:rel-column-width="100*"/></style:style><style:style
 style:name="B" style:family="table-column"><style:table-column-properties
 style:rel-column-width="300*"/></style:style>)";
    source.body =
        R"(<table:table><table:table-column table:style-name="A"/><table:table-column
 table:style-name="B"/><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>
<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>)";
    CHECK(near(starts(set(source)), {0, 120.5}));
}

TEST_CASE("no list begins later than 32,767, and an item that asks for it begins at 1") {
    const auto first = [](const std::string& style, const std::string& item) {
        Source source;
        source.automatic =
            "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" "
            "style:num-format=\"1\" style:num-suffix=\".\" " +
            style + ">" + alignment(R"(text:label-followed-by="space")") +
            "</text:list-level-style-number></text:list-style>";
        source.body = "<text:list text:style-name=\"L\"><text:list-item " + item +
                      "><text:p>x</text:p></text:list-item></text:list>";
        return texts(set(source)).at(0);
    };
    CHECK(first(R"(text:start-value="32767")", "") == "32767. x");
    CHECK(first(R"(text:start-value="327601520")", "") == "32767. x");
    CHECK(first(R"(text:start-value="-3")", "") == "1. x");
    CHECK(first("", R"(text:start-value="32767")") == "32767. x");
    CHECK(first("", R"(text:start-value="32768")") == "1. x");
    CHECK(first("", R"(text:start-value="0")") == "0. x");
}
