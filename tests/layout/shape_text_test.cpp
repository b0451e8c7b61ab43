#include <doctest/doctest.h>

#include "base/error.hpp"
#include "paths.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// Text in shapes against places measured in Writer 7.4: a shape of 200 × 100 points at the upper
// left corner of the text, 12 pt Liberation Serif, lines of 13.8 pt.

namespace {

std::string style(const std::string& properties) {
    return R"(<style:style style:name="G" style:family="graphic"><style:graphic-properties )"
           R"(style:horizontal-pos="from-left" style:horizontal-rel="paragraph" )"
           R"(style:vertical-pos="from-top" style:vertical-rel="paragraph" )"
           R"(style:wrap="run-through" )" +
           properties + "/></style:style>";
}

const std::string unpainted = R"(draw:stroke="none" draw:fill="none" )";
const std::string box = R"(svg:x="0pt" svg:y="0pt" svg:width="200pt" svg:height="100pt" )";
const std::string rectangle =
    R"(<draw:enhanced-geometry svg:viewBox="0 0 100 100" draw:type="rectangle")"
    R"( draw:enhanced-path="M 0 0 L 100 0 100 100 0 100 Z N" )";

Pages set_in(const std::string& element, const std::string& place, const std::string& properties,
             const std::string& content, const std::string& automatic = "",
             const std::string& common = "") {
    Source source;
    source.automatic = style(properties) + automatic;
    source.common = common;
    source.body = "<text:p><draw:" + element +
                  R"( draw:name="x" text:anchor-type="paragraph" draw:style-name="G" )" + place +
                  ">" + content + "</draw:" + element + "></text:p>";
    return set(source);
}

Pages in_shape(const std::string& properties, const std::string& content,
               const std::string& geometry = "") {
    return set_in("custom-shape", box, unpainted + properties,
                  content + rectangle + geometry + "/>");
}

std::string p(const std::string& text, const std::string& style_name = "") {
    return "<text:p text:style-name=\"" + style_name + "\">" + text + "</text:p>";
}

std::string words(int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
        out += "mot ";
    return out;
}

/// "x,baseline text" of the lines of a shape, right of and below the margins, to a tenth.
std::vector<std::string> lines(const Pages& pages) {
    std::vector<std::string> out;
    const auto tenth = [](Length length) {
        const long value = std::lround((length.points() - margin) * 10);
        return std::string(value < 0 ? "-" : "") + std::to_string(std::abs(value) / 10) + "." +
               std::to_string(std::abs(value) % 10);
    };
    for (const LineBox& line : pages.lines)
        if (!line.text.empty())
            out.push_back(tenth(line.box.x) + "," + tenth(line.baseline) + " " + line.text);
    return out;
}

using Lines = std::vector<std::string>;

const std::string fixed = R"(draw:auto-grow-height="false" fo:wrap-option="wrap" )";
const std::string middle_center =
    R"(draw:textarea-vertical-align="middle" draw:textarea-horizontal-align="center" )";

}  // namespace

TEST_CASE("text stands at the top of its shape, inside padding and half of the line") {
    CHECK(lines(in_shape(fixed, p("court"))) == Lines{"0.0,11.2 court"});
    CHECK(lines(in_shape(fixed + R"(fo:padding-left="10pt" fo:padding-top="5pt" )", p("court"))) ==
          Lines{"10.0,16.2 court"});
    CHECK(lines(set_in("custom-shape", box, fixed + R"(draw:stroke="solid" svg:stroke-width="1pt")",
                       p("court") + rectangle + "/>")) == Lines{"0.5,11.7 court"});
}

TEST_CASE("text is broken to the width of a custom shape whose style says so, and of no other") {
    const std::string wrap = R"(fo:wrap-option="wrap")", no_wrap = R"(fo:wrap-option="no-wrap")";
    const auto count = [](const std::string& properties, const std::string& common) {
        return lines(set_in("custom-shape", box, unpainted + properties,
                            p(words(20)) + rectangle + "/>", "", common))
            .size();
    };
    const auto defaults = [](const std::string& properties) {
        return R"(<style:default-style style:family="graphic"><style:graphic-properties )" +
               properties + "/></style:default-style>";
    };
    CHECK(count("", "") == 1);
    CHECK(count(wrap, "") == 3);
    CHECK(count("", defaults("")) == 3);
    CHECK(count(no_wrap, defaults("")) == 1);
    CHECK(count("", defaults(no_wrap)) == 1);
    CHECK(count(wrap, defaults(no_wrap)) == 3);
    CHECK(lines(set_in("rect", box, unpainted + wrap, p(words(20)))).size() == 1);
}

TEST_CASE("text is aligned in its area") {
    CHECK(lines(in_shape(fixed + R"(draw:textarea-vertical-align="middle")", p("court"))) ==
          Lines{"0.0,54.3 court"});
    CHECK(lines(in_shape(fixed + R"(draw:textarea-vertical-align="bottom")", p("court"))) ==
          Lines{"0.0,97.4 court"});
    for (const char* wrap : {"wrap", "no-wrap"}) {
        const std::string option = std::string(" fo:wrap-option=\"") + wrap + "\"";
        CHECK(lines(in_shape(middle_center + option, p("court"))) == Lines{"87.7,54.3 court"});
        CHECK(lines(in_shape(R"(draw:textarea-horizontal-align="right")" + option, p("court"))) ==
              Lines{"175.3,11.2 court"});
    }
    CHECK(lines(set_in("ellipse", box, unpainted + middle_center, p("ellipse"))) ==
          Lines{"84.3,54.3 ellipse"});
    // What is too much reaches out on both sides.
    CHECK(
        lines(in_shape(fixed + R"(draw:textarea-vertical-align="middle")", p(words(80)))).front() ==
        "0.0,-0.9 mot mot mot mot mot mot mot mot mot ");
}

TEST_CASE("a custom shape says where its text goes") {
    CHECK(lines(in_shape(fixed, p("court"), R"(draw:text-areas="20 30 80 90")")) ==
          Lines{"40.0,41.2 court"});
}

TEST_CASE("text boxes of a group grow with their text") {
    const auto group = [](const std::string& height) {
        return set_in("g", "", R"(draw:fill="none")",
                      R"(<draw:frame draw:style-name="G" svg:x="10pt" svg:y="20pt")"
                      R"( svg:width="100pt" svg:height=")" +
                          height + "\"><draw:text-box>" + p(words(20)) +
                          "</draw:text-box></draw:frame>");
    };
    CHECK(lines(group("50pt")).front() == "10.0,31.2 mot mot mot mot ");
    CHECK(steps(paths(group("10pt")).at(0)) == "M 10 20 L 110 20 L 110 89 L 10 89 Z");
    CHECK(steps(paths(group("90pt")).at(0)) == "M 10 20 L 110 20 L 110 110 L 10 110 Z");
}

TEST_CASE("custom shapes become as large as their text where none forbids it") {
    const auto outline = [](const std::string& properties, const std::string& text,
                            const std::string& geometry = "") {
        const Pages pages =
            set_in("custom-shape", box, properties, p(text) + rectangle + geometry + "/>");
        return steps(paths(pages).at(0));
    };
    const std::string wrap = R"(fo:wrap-option="wrap" )";
    CHECK(outline(wrap, words(80)) == "M 0 0 L 200 0 L 200 124.20 L 0 124.20 Z");
    CHECK(outline(wrap + R"(svg:stroke-width="1pt")", words(80)) ==
          "M 0 0 L 200 0 L 200 125.20 L 0 125.20 Z");
    CHECK(outline(fixed, words(80)) == "M 0 0 L 200 0 L 200 100 L 0 100 Z");
    CHECK(outline(wrap + R"(draw:textarea-vertical-align="middle")", words(80)) ==
          "M 0 -12.10 L 200 -12.10 L 200 112.10 L 0 112.10 Z");
    CHECK(outline(wrap + R"(draw:textarea-vertical-align="bottom")", words(80)) ==
          "M 0 -24.20 L 200 -24.20 L 200 100 L 0 100 Z");
    CHECK(outline(wrap, "court", R"(draw:text-areas="0 50 100 100")") ==
          "M 0 0 L 200 0 L 200 27.60 L 0 27.60 Z");
    CHECK(outline(R"(draw:textarea-horizontal-align="left")", "court",
                  R"(draw:text-areas="25 50 75 100")") ==
          "M 0 0 L 49.30 0 L 49.30 27.60 L 0 27.60 Z");
    CHECK(outline("", "court") == "M 87.70 0 L 112.30 0 L 112.30 13.80 L 87.70 13.80 Z");
}

TEST_CASE("text turns with its shape") {
    const Pages pages = set_in("custom-shape",
                               R"(svg:width="200pt" svg:height="100pt" )"
                               "draw:transform='rotate (-0.5) translate (60pt 20pt)'",
                               unpainted + fixed, p("tourné") + rectangle + "/>");
    CHECK(lines(pages) == Lines{"54.6,29.8 tourné"});
    const GlyphRun* run = nullptr;
    for (const Item& item : pages.pages[0].items)
        if (const auto* one = std::get_if<GlyphRun>(&item)) run = one;
    REQUIRE(run != nullptr);
    CHECK(run->turn == doctest::Approx(0.5));
}

TEST_CASE("text of a line runs along it") {
    CHECK(lines(set_in("line", R"(svg:x1="0pt" svg:y1="50pt" svg:x2="200pt" svg:y2="150pt")", "",
                       p("ligne"))) == Lines{"-5.0,60.0 ligne"});
}

TEST_CASE("text of a shape knows but its own automatic styles, as in Writer") {
    const std::string common =
        paragraph_style("Std", R"(fo:margin-left="50pt")", R"(fo:font-size="9pt")");
    const std::string automatic =
        R"(<style:style style:name="P" style:family="paragraph" style:parent-style-name="Std">)"
        R"(<style:text-properties fo:font-weight="bold"/></style:style>)";
    const Pages pages =
        set_in("custom-shape", box, unpainted + fixed,
               p("un", "P") + p("deux", "Std") + rectangle + "/>", automatic, common);
    CHECK(lines(pages) == Lines{"0.0,11.2 un", "0.0,25.0 deux"});
    for (const Item& item : pages.pages[0].items)
        CHECK(std::get<GlyphRun>(item).size == Length::from_points(12));
}

TEST_CASE("text in shapes is read where the shape hangs, its outline is none") {
    const Pages pages = set_in("custom-shape", box, "", p("dans la forme") + rectangle + "/>");
    CHECK(pages.warnings.empty());
    CHECK(paths(pages)[0].mark == Mark{-1, Artifact::layout});
    const GlyphRun* run = nullptr;
    for (const Item& item : pages.pages[0].items)
        if (const auto* one = std::get_if<GlyphRun>(&item)) run = one;
    REQUIRE(run != nullptr);
    const StructureNode& paragraph = pages.nodes.at(static_cast<std::size_t>(run->mark.node));
    CHECK(paragraph.role == Role::p);
    CHECK(pages.nodes.at(static_cast<std::size_t>(paragraph.parent)).role == Role::div);
}

TEST_CASE("an empty paragraph in a shape is no text") {
    const Pages pages = set_in("rect", box, "", p("<text:span/>") + "<svg:desc>d</svg:desc>");
    CHECK(paths(pages)[0].mark.node >= 0);
    CHECK(lines(pages).empty());
}

TEST_CASE("shapes are drawn in headers and cells") {
    Source source;
    source.automatic = style(unpainted);
    source.body =
        "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>"
        "<draw:rect text:anchor-type='paragraph' draw:style-name='G' " +
        box + ">" + p("cellule") +
        "</draw:rect></text:p></table:table-cell></table:table-row></table:table>";
    source.header_footer = "<style:header><text:p><draw:rect text:anchor-type='paragraph' " + box +
                           ">" + p("entête") + "</draw:rect></text:p></style:header>";
    const Pages pages = set(source);
    const auto all = texts(pages);
    CHECK(std::count(all.begin(), all.end(), "cellule") == 1);
    CHECK(std::count(all.begin(), all.end(), "entête") == 1);
    // Of a header, nothing is read.
    CHECK(paths(pages).at(0).mark == Mark{-1, Artifact::header});
}

TEST_CASE("text of a shape that no font has is refused, as in the text of the document") {
    CHECK_THROWS_WITH_AS(
        set_in("custom-shape", box, "", p("\U00013000") + rectangle + "/>"),
        doctest::Contains("aucune police ne possède le caractère « \U00013000 » (U+13000)"), Error);
}
