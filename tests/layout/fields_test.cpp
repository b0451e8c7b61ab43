#include <doctest/doctest.h>

#include "layout/contents.hpp"
#include "layout/date_style.hpp"
#include "setting.hpp"

// Fields as Writer 7.4 fills them, and tables of contents as it makes them when it is told to.

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

const std::string page_break = R"(<text:p text:style-name="B"/>)";
const std::string breaks = paragraph_style("B", R"(fo:break-before="page")");
const std::string outline =
    R"--(<text:outline-style style:name="Outline"><text:outline-level-style text:level="1"
 style:num-format="1" style:num-prefix="Article " style:num-suffix="."/><text:outline-level-style
 text:level="2" style:num-format="a" style:num-suffix=")"/></text:outline-style>)--";

std::string p(const std::string& content) {
    return "<text:p>" + content + "</text:p>";
}

std::string h(int level, const std::string& content) {
    return "<text:h text:outline-level=\"" + std::to_string(level) + "\">" + content + "</text:h>";
}

std::string field(const std::string& name, const std::string& attributes = {}) {
    return "<text:" + name + " " + attributes + ">périmé</text:" + name + ">";
}

std::string reference(const std::string& format, const std::string& to = "but") {
    return field("bookmark-ref",
                 "text:reference-format=\"" + format + "\" text:ref-name=\"" + to + "\"");
}

std::string bookmark(const std::string& name = "but") {
    return "<text:bookmark text:name=\"" + name + "\"/>";
}

/// The last line of the last page.
std::string last(const Source& source) {
    return set(source).lines.back().text;
}

}  // namespace

TEST_CASE("properties of the document are told as they are; fixed ones and missing ones as held") {
    const std::string meta =
        "<dc:title>Bail</dc:title><meta:initial-creator>Atelier</meta:initial-creator>"
        "<meta:creation-date>2020-01-02T03:04:05.123</meta:creation-date>"
        "<meta:user-defined meta:name=\"Ref\">R-42</meta:user-defined>";
    const auto said = [&](const std::string& content) {
        return last({.body = p(content), .meta = meta});
    };
    CHECK(said(field("title")) == "Bail");
    CHECK(said(field("title", "text:fixed=\"true\"")) == "périmé");
    CHECK(said(field("subject")) == "périmé");
    CHECK(said(field("initial-creator")) == "Atelier");
    CHECK(said(field("creation-date")) == "02/01/2020");
    CHECK(said(field("creation-time")) == "03:04");
    CHECK(said(field("user-defined", "text:name=\"Ref\"")) == "R-42");
    CHECK(said(field("user-defined", "text:name=\"Autre\"")) == "périmé");
}

TEST_CASE("the date is that of the clock passed in, in the zone of the reader, by its data style") {
    const std::string style =
        R"(<number:date-style style:name="N1" number:language="fr"><number:day-of-week
 number:style="long"/><number:text> </number:text><number:day/><number:text> </number:text>
<number:month number:style="long" number:textual="true"/><number:text> </number:text><number:year
 number:style="long"/></number:date-style>)";
    const Source source{.body = p(field("date", "style:data-style-name=\"N1\"") + ", " +
                                  field("date") + ", " + field("time")),
                        .automatic = style};
    CHECK(last(source) == "lundi 2 février 2026, 02/02/2026, 10:00");
    const auto without_clock = layout::layout(document(source), fonts(), {});
    CHECK(without_clock.lines.back().text == "périmé, périmé, périmé");
    Options options;
    options.created = "2026-01-31T23:30:00Z";  // February in Paris, where the contract is
    CHECK(layout::layout(document(source), fonts(), options).lines.back().text ==
          "dimanche 1 février 2026, 01/02/2026, 00:30");
}

TEST_CASE("a data style with what is not understood leaves the field as it is") {
    const auto said = [](const std::string& parts, const std::string& language = "fr") {
        return last({.body = p(field("date", "style:data-style-name=\"N1\"")),
                     .automatic = "<number:date-style style:name=\"N1\" number:language=\"" +
                                  language + "\">" + parts + "</number:date-style>"});
    };
    CHECK(said("<number:year/><number:text>.</number:text><number:month/>") == "26.2");
    CHECK(said("<number:month number:textual=\"true\"/>") == "févr.");
    CHECK(said("<number:quarter/>") == "périmé");
    CHECK(said("<number:month number:textual=\"true\"/>", "en") == "périmé");
    CHECK(said("<number:month/>", "en") == "2");
    CHECK_FALSE(Moment::parse("2026-13-01"));
    CHECK_FALSE(Moment::parse("2026-01-01T25:00:00"));
    CHECK_FALSE(Moment::parse("2026-01-01 10:00:00"));
}

TEST_CASE("a reference tells page, text, number and direction, backwards and forwards") {
    const Source source{
        .body = p(reference("page") + " " + reference("text") + " " + reference("direction")) +
                page_break + h(1, "Prix " + bookmark("titre")) +
                p("le <text:bookmark-start text:name=\"but\"/>loyer<text:tab/>"
                  "mensuel<text:bookmark-end text:name=\"but\"/> dû") +
                p(reference("direction") + " " + reference("chapter") + " " +
                  reference("chapter", "titre") + " " + reference("number", "titre")),
        .automatic = breaks,
        .common = outline};
    const Pages pages = set(source);
    CHECK(texts(pages, 0) == std::vector<std::string>{"2 loyer mensuel infra"});
    CHECK(pages.lines.back().text == "supra 1 1 Article 1");
    CHECK(pages.warnings.empty());
}

TEST_CASE("a reference to nothing keeps its text and is told") {
    const Pages pages = set({.body = p("voir " + reference("page", "absent"))});
    CHECK(pages.lines.back().text == "voir périmé");
    REQUIRE(pages.warnings.size() == 1);
    CHECK(pages.warnings[0].code == "P0431");
}

TEST_CASE("of a number, the levels that go without saying are left out") {
    const std::string body = h(1, "Un") + h(2, bookmark() + "Un a") + p("x");
    const auto numbers = [&](const std::string& more) {
        return last({.body = body + more +
                             p(reference("number") + " " + reference("number-all-superior") + " " +
                               reference("number-no-superior")),
                     .common = outline});
    };
    CHECK(numbers("") == "a) Article 1.a) a)");
    CHECK(numbers(h(1, "Deux")) == "Article 1.a) Article 1.a) a)");
}

TEST_CASE("the chapter of a header is that of the page's first paragraph") {
    const std::string chapter =
        "<style:header><text:p>" +
        field("chapter", R"(text:display="number-and-name" text:outline-level="1")") + " / " +
        field("chapter", R"(text:display="name" text:outline-level="2")") +
        "</text:p></style:header>";
    const Pages pages = set(
        {.body = h(1, "Objet") + h(2, "Durée") + page_break + h(1, "Prix") + p("x") + page_break,
         .automatic = breaks,
         .common = outline,
         .header_footer = chapter,
         .furniture = R"(<style:header-style><style:header-footer-properties fo:min-height="1cm"/>
</style:header-style>)"});
    CHECK(texts(pages, 0).front() == "Article 1. Objet / Objet");
    CHECK(texts(pages, 1).front() == "Article 1. Objet / Durée");
    CHECK(texts(pages, 2).front() == "Article 2. Prix / Prix");
}

TEST_CASE("sequences count, and are referred to with the word before them") {
    const auto sequence = [](const std::string& formula) {
        return "<text:sequence text:name=\"Tableau\" text:formula=\"" + formula +
               "\" text:ref-name=\"t\" style:num-format=\"1\">9</text:sequence>";
    };
    const std::string refers =
        field("sequence-ref", R"(text:reference-format="category-and-value" text:ref-name="t")") +
        ", " + field("sequence-ref", R"(text:reference-format="value" text:ref-name="t")");
    CHECK(last({.body = p(refers) + p("Voir Tableau " + sequence("ooow:Tableau+1")) +
                        p("Tableau " + sequence("ooow:Tableau+1"))}) == "Tableau 2");
    CHECK(set({.body = p("Voir Tableau " + sequence("ooow:Tableau+1") + " : loyers") + p(refers)})
              .lines.back()
              .text == "Tableau 1, 1");
    CHECK(last({.body = p(sequence("ooow:7") + sequence("ooow:Tableau+1"))}) == "78");
    CHECK(last({.body = p(sequence("ooow:Tableau*2"))}) == "9");
}

TEST_CASE("settled conditions decide of conditional texts and hidden paragraphs") {
    const auto conditional = [](const std::string& condition) {
        return p("<text:conditional-text text:condition=\"" + condition +
                 "\" text:string-value-if-true=\"oui\" text:string-value-if-false=\"non\">"
                 "périmé</text:conditional-text>");
    };
    CHECK(last({.body = conditional("ooow:1==1")}) == "oui");
    CHECK(last({.body = conditional("ooow:1==2")}) == "non");
    CHECK(last({.body = conditional("ooow:x==2")}) == "périmé");
    const auto hidden = [](const std::string& condition, const std::string& held) {
        return set({.body = p("avant") +
                            p("<text:span><text:hidden-paragraph text:condition=\"" + condition +
                              "\" text:is-hidden=\"" + held + "\"/></text:span>dedans")})
                   .lines.size() == 1;
    };
    CHECK(hidden("ooow:1==1", "false"));
    CHECK_FALSE(hidden("ooow:1==0", "true"));
    CHECK(hidden("ooow:x==1", "true"));
    CHECK_FALSE(hidden("ooow:x==1", "false"));
}

TEST_CASE("settled conditions decide of hidden texts too") {
    const auto shown = [](const std::string& condition, const std::string& held) {
        return last({.body = p("a<text:hidden-text text:condition=\"" + condition +
                               "\" text:is-hidden=\"" + held + "\">b</text:hidden-text>c")});
    };
    CHECK(shown("ooow:false", "true") == "abc");
    CHECK(shown("ooow:1==1", "false") == "ac");
    CHECK(shown("ooow:x==1", "true") == "ac");
    CHECK(shown("ooow:x==1", "false") == "abc");
}

TEST_CASE("a text to be filled in is not printed, and told") {
    const Pages pages = set(
        {.body = p(
             "a<text:placeholder text:placeholder-type=\"text\">&lt;Nom&gt;</text:placeholder>b")});
    CHECK(texts(pages) == std::vector<std::string>{"ab"});
    REQUIRE(pages.warnings.size() == 1);
    CHECK(pages.warnings[0].code == "P0429");
    CHECK(pages.warnings[0].message ==
          "le texte à remplir « <Nom> » n’est pas imprimé, comme dans Writer");
}

namespace {

std::string table_of_contents(const std::string& source_attributes = {}) {
    std::string out = "<text:table-of-content text:name=\"T\"><text:table-of-content-source " +
                      source_attributes + ">";
    for (const char* level : {"1", "2"})
        out +=
            std::string("<text:table-of-content-entry-template text:outline-level=\"") + level +
            "\" text:style-name=\"Contents_20_" + level +
            "\"><text:index-entry-link-start/><text:index-entry-chapter/><text:index-entry-text/>"
            "<text:index-entry-tab-stop style:type=\"right\" style:leader-char=\".\"/>"
            "<text:index-entry-page-number/><text:index-entry-link-end/>"
            "</text:table-of-content-entry-template>";
    return out +
           "</text:table-of-content-source><text:index-body><text:index-title text:name=\"H\">"
           "<text:p>Sommaire</text:p></text:index-title><text:p>Périmé<text:tab/>9</text:p>"
           "</text:index-body></text:table-of-content>";
}

}  // namespace

TEST_CASE("variables and user fields say their value, and nothing where they are not shown") {
    const std::string declared =
        R"(<text:user-field-decls><text:user-field-decl office:value-type="string"
 office:string-value="ville" text:name="u"/></text:user-field-decls>)";
    const std::string name = R"(text:name="v" )", value = R"(office:string-value="bail" )";
    CHECK(texts(set(
              {.body =
                   declared + p(field("variable-get", name)) +
                   p("[" + field("variable-set", name + value + R"(text:display="none")") + "]") +
                   p(field("variable-get", name)) + p(field("user-field-get", R"(text:name="u")")) +
                   p(field("user-field-input", R"(text:name="autre")")) +
                   p("[" + field("expression", R"(text:display="none")") + "]")})) ==
          std::vector<std::string>{"périmé", "[]", "bail", "ville", "périmé", "[]"});
}

TEST_CASE("a table of contents lists the headings that are there, with their pages") {
    const Pages pages =
        set({.body = table_of_contents() + h(1, "Objet") + h(2, "Durée<text:tab/>longue") +
                     page_break + h(1, "Prix") + h(3, "Trop profond") + h(1, " "),
             .automatic = breaks,
             .common = outline});
    const std::vector<std::string> lines = texts(pages, 0);
    REQUIRE(lines.size() == 6);
    CHECK(lines[0] == "Sommaire");
    CHECK(lines[1] == "Article 1. Objet\t1");
    CHECK(lines[2] == "a) Durée longue\t1");
    CHECK(lines[3] == "Article 2. Prix\t2");
    // The page number ends at the right margin.
    const LineBox& entry = pages.lines[1];
    CHECK(std::abs((entry.box.x + entry.box.width).points() - (595.3 - margin)) < 0.3);
    CHECK(pages.links.front().target_page == 0);
    CHECK(pages.links.back().target_page == 1);
    CHECK(pages.links.back().description == "Article 2. Prix2");
    int contents = 0, entries = 0;
    for (const StructureNode& node : pages.nodes) {
        contents += node.role == Role::toc ? 1 : 0;
        if (node.role != Role::toc_item) continue;
        ++entries;
        CHECK(pages.nodes[static_cast<std::size_t>(node.parent)].role == Role::toc);
    }
    CHECK(contents == 1);
    CHECK(entries == 3);
}

TEST_CASE("the editable document gets the table of contents that its pages have") {
    const std::string saved = "<text:p>Périmé<text:tab/>9</text:p>";
    std::string body = table_of_contents();
    body.replace(body.find(saved), saved.size(),
                 "<text:p text:style-name=\"P7\">Périmé<text:tab/>9</text:p>");
    const odf::Document before =
        document({.body = "<text:section text:name=\"S\">" + body + "</text:section>" +
                          h(1, "Objet") + h(2, "Durée") + page_break + h(1, "Prix"),
                  .automatic = breaks + "<style:style style:name=\"P7\" style:family=\"paragraph\" "
                                        "style:parent-style-name=\"Contents_20_1\"/>",
                  .common = outline});
    CHECK(has_contents(before));
    const odf::Document after = with_contents(before, layout::layout(before, fonts(), {}));
    const std::string written = odf::write_flat(after);
    const auto begin = written.find("<text:index-body>");
    CHECK(written.substr(begin, written.find("</text:index-body>") - begin) ==
          "<text:index-body><text:index-title text:name=\"H\"><text:p>Sommaire</text:p>"
          "</text:index-title><text:p text:style-name=\"P7\"><text:a "
          "xlink:href=\"#1.Objet|outline\" xlink:type=\"simple\">Article 1. Objet<text:tab/>1"
          "</text:a></text:p><text:p text:style-name=\"Contents_20_2\"><text:a "
          "xlink:href=\"#1.1.Durée|outline\" xlink:type=\"simple\">a) Durée<text:tab/>1</text:a>"
          "</text:p><text:p text:style-name=\"P7\"><text:a xlink:href=\"#2.Prix|outline\" "
          "xlink:type=\"simple\">Article 2. Prix<text:tab/>2</text:a></text:p>");
    // Its pages are the same.
    CHECK(dump(layout::layout(after, fonts(), {})) == dump(layout::layout(before, fonts(), {})));

    const odf::Document without = document({.body = h(1, "Objet")});
    CHECK_FALSE(has_contents(without));
    CHECK(with_contents(without, layout::layout(without, fonts(), {})).body == without.body);
}

TEST_CASE("links of a table of contents name headings by the numbers that Writer gives them") {
    const auto level = [](int number, const std::string& attributes) {
        return "<text:outline-level-style text:level=\"" + std::to_string(number) + "\" " +
               attributes + "/>";
    };
    const std::string arabic = "style:num-format=\"1\"";
    const auto links = [&](const std::string& levels, const std::string& headings) {
        const odf::Document before =
            document({.body = table_of_contents() + headings,
                      .common = "<text:outline-style style:name=\"Outline\">" + levels +
                                "</text:outline-style>"});
        const std::string written =
            odf::write_flat(with_contents(before, layout::layout(before, fonts(), {})));
        std::string out;
        for (auto at = written.find("href=\"#"); at != std::string::npos;
             at = written.find("href=\"#", at + 1))
            out += written.substr(at + 7, written.find("|outline", at) - at - 7) + " ";
        return out;
    };
    const std::string plain = level(1, arabic) + level(2, arabic) + level(3, arabic);
    CHECK(links(plain, h(2, "a") + h(1, "b") + h(2, "c") + h(3, "d") + h(2, "e")) ==
          "1.1.a 2.b 2.1.c 2.2.e ");
    CHECK(links(level(1, arabic + " text:start-value=\"4\"") +
                    level(2, arabic + " text:start-value=\"0\""),
                h(1, "a") + h(2, "b") + h(2, "c") + h(1, "d")) == "4.a 4.0.b 4.1.c 5.d ");
    CHECK(links(plain, h(1, "a") +
                           "<text:h text:outline-level=\"1\" text:restart-numbering=\"true\" "
                           "text:start-value=\"7\">b</text:h>" +
                           h(2, "c")) == "1.a 7.b 7.1.c ");
    CHECK(links(level(1, "style:num-format=\"\"") + level(2, arabic), h(1, "a") + h(2, "b")) ==
          "1.a 1.1.b ");
    CHECK(links(plain, h(1, "a") +
                           "<text:h text:outline-level=\"1\" "
                           "text:is-list-header=\"true\">b</text:h>" +
                           h(1, "c")) == "1.a b 2.c ");
    CHECK(links("", h(1, "a")) == "1.a ");
}

TEST_CASE("a table of contents in a text box is handed on like any other") {
    const odf::Document before = document(
        {.body =
             "<text:p><draw:frame text:anchor-type=\"as-char\" svg:width=\"8cm\"><draw:text-box>" +
             table_of_contents() + "</draw:text-box></draw:frame></text:p>" + h(1, "Objet"),
         .common = outline});
    CHECK(has_contents(before));
    const std::string written =
        odf::write_flat(with_contents(before, layout::layout(before, fonts(), {})));
    CHECK(written.find("Périmé") == std::string::npos);
    CHECK(written.find("Article 1. Objet<text:tab/>1") != std::string::npos);
}

TEST_CASE("pages that a long table of contents pushes on are counted with it") {
    std::string body = table_of_contents();
    for (int i = 0; i < 60; ++i)
        body += h(1, "Titre");
    const Pages pages = set({.body = body, .common = outline});
    const LineBox* last_entry = nullptr;
    for (const LineBox& line : pages.lines)
        if (line.text.starts_with("Article 60. Titre\t")) last_entry = &line;
    REQUIRE(last_entry != nullptr);
    CHECK(last_entry->text == "Article 60. Titre\t" + pages.pages.back().label);
    CHECK(last_entry->page > 0);
}

TEST_CASE("other indexes stay as Writer saved them, and are told") {
    for (const char* attribute :
         {R"(text:use-outline-level="false")", R"(text:use-index-source-styles="true")"}) {
        const Pages pages = set({.body = table_of_contents(attribute) + h(1, "Objet")});
        CHECK(texts(pages, 0)[1] == "Périmé\t9");
        REQUIRE(pages.warnings.size() == 1);
        CHECK(pages.warnings[0].code == "P0432");
    }
}
