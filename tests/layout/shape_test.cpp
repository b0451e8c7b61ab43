#include "layout/shape.hpp"

#include <doctest/doctest.h>

#include <memory>

#include "paths.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// Shapes of Writer against places measured in Writer 7.4; points, right of and below the margins.

namespace {

/// The graphic style "G".
std::string style(const std::string& properties) {
    return R"(<style:style style:name="G" style:family="graphic"><style:graphic-properties )"
           R"(style:horizontal-pos="from-left" style:horizontal-rel="paragraph" )" +
           properties + "/></style:style>";
}

const std::string from_top = R"(style:vertical-pos="from-top" style:vertical-rel="paragraph" )";

/// One shape "draw:…" with these attributes in the second paragraph of a page.
Pages drawn(const std::string& element, const std::string& attributes,
            const std::string& properties = "", const std::string& common = "",
            const std::string& content = "") {
    Source source;
    source.automatic = style(from_top + R"(style:wrap="run-through" )" + properties);
    source.common = common;
    source.body = "<text:p>a</text:p><text:p><draw:" + element +
                  R"( draw:name="x" text:anchor-type="paragraph" draw:style-name="G" )" +
                  attributes + ">" + content + "</draw:" + element + "></text:p>";
    return set(source);
}

const std::string box = R"(svg:x="10pt" svg:y="20pt" svg:width="100pt" svg:height="50pt" )";
const std::string painted =
    R"(draw:stroke="solid" svg:stroke-width="1pt" svg:stroke-color="#ff0000" draw:fill="solid" )"
    R"(draw:fill-color="#00ff00" )";

/// All its paths, "M …" each; f: filled, s: stroked.
std::vector<std::string> outlines(const Pages& pages) {
    std::vector<std::string> out;
    for (const Path& path : paths(pages))
        out.push_back(std::string(path.fill ? "f" : "") + (path.stroke ? "s " : " ") + steps(path));
    return out;
}

std::string outline(const std::string& element, const std::string& attributes) {
    const auto out = outlines(drawn(element, attributes, painted));
    REQUIRE(out.size() == 1);
    return out[0];
}

}  // namespace

TEST_CASE("rectangles, lines and polygons stand where their numbers say") {
    CHECK(outline("rect", box) == "fs M 10 33.80 L 110 33.80 L 110 83.80 L 10 83.80 Z");
    CHECK(outline("line", R"(svg:x1="110pt" svg:y1="20pt" svg:x2="10pt" svg:y2="70pt")") ==
          "s M 110 33.80 L 10 83.80");
    CHECK(outline("polyline",
                  box + R"(svg:viewBox="0 0 200 200" draw:points="0,0 100,200 200,50")") ==
          "s M 10 33.80 L 60 83.80 L 110 46.30");
    // What the points span, not the view box, stands at svg:x, svg:y.
    CHECK(outline("polygon",
                  box + R"(svg:viewBox="0 0 200 200" draw:points="20,20 100,180 200,50")") ==
          "fs M 10 33.80 L 50 73.80 L 100 41.30 Z");
    CHECK(outline("path", box + R"(svg:viewBox="0 0 200 100" svg:d="M0 0 C 50 0 50 100 100 100)"
                                R"( L 200 100 Z")") ==
          "fs M 10 33.80 C 35 33.80 35 83.80 60 83.80 L 110 83.80 Z");
    CHECK(outline("path", box + R"(svg:viewBox="0 0 200 100" svg:d="M0 0 L 100 100")") ==
          "s M 10 33.80 L 60 83.80");
}

TEST_CASE("corners are round") {
    CHECK(outline("rect", box + R"(draw:corner-radius="10pt")").substr(0, 60) ==
          "fs M 20 33.80 L 100 33.80 C 105.50 33.80 110 38.30 110 43.80");
}

TEST_CASE("ellipses come whole, as section, segment and arc") {
    CHECK(outline("ellipse", box).starts_with("fs M 110 58.80 C 110 72.60"));
    CHECK(outline("circle", R"(svg:cx="60pt" svg:cy="45pt" svg:r="25pt")")
              .starts_with("fs M 85 58.80 C"));
    const std::string quarter = box + R"(draw:start-angle="0" draw:end-angle="90" draw:kind=)";
    CHECK(outline("ellipse", quarter + "\"section\"") ==
          "fs M 60 58.80 L 110 58.80 C 110 45 87.60 33.80 60 33.80 Z");
    CHECK(outline("ellipse", quarter + "\"cut\"") ==
          "fs M 110 58.80 C 110 45 87.60 33.80 60 33.80 Z");
    CHECK(outline("ellipse", quarter + "\"arc\"") == "s M 110 58.80 C 110 45 87.60 33.80 60 33.80");
}

TEST_CASE("connectors follow their written way, or a plain one") {
    const std::string ends = R"(svg:x1="10pt" svg:y1="20pt" svg:x2="110pt" svg:y2="70pt" )";
    CHECK(outline("connector", ends + R"(draw:type="line")") == "s M 10 33.80 L 110 83.80");
    CHECK(outline("connector", ends) == "s M 10 33.80 L 60 33.80 L 60 83.80 L 110 83.80");
    CHECK(outline("connector", ends + R"(svg:d="M353 706h1764v1764h1764")") ==
          "s M 10 33.80 L 60 33.80 L 60 83.80 L 110 83.80");
}

TEST_CASE("a transformation turns against the clock and moves") {
    CHECK(outline("rect",
                  "svg:width='100pt' svg:height='50pt' "
                  "draw:transform='rotate (-0.5) translate (60pt 20pt)'") ==
          "fs M 60 33.80 L 147.80 81.70 L 123.80 125.60 L 36 77.70 Z");
    CHECK(outline("rect",
                  "svg:width='100pt' svg:height='50pt' "
                  "draw:transform='skewX (-0.5) translate (60pt 20pt)'") ==
          "fs M 60 33.80 L 160 33.80 L 187.30 83.80 L 87.30 83.80 Z");
    const Pages pages = drawn("rect", box + "draw:transform='twist (3)'");
    CHECK(paths(pages).empty());
    CHECK(told(pages) == std::vector<std::string>{"P0413 un dessin dont la place ou le tracé est "
                                                  "illisible n’est pas composé"});
}

TEST_CASE("without a style shapes look as Writer's") {
    const auto all = paths(drawn("rect", box));
    REQUIRE(all.size() == 1);
    CHECK(all[0].fill == Color{0x72, 0x9F, 0xCF, 255});
    CHECK(all[0].stroke == Color{0x34, 0x65, 0xA4, 255});
    // Writer leaves the width to the device.
    CHECK(all[0].stroke_width == Length::from_points(hairline));
}

TEST_CASE("the corners of a round rectangle stay round, and so does what a stretch point keeps") {
    const std::string corner =
        "draw:modifiers='3600' svg:viewBox='0 0 21600 21600' draw:enhanced-path='M 3600 0 L 18000 "
        "0 "
        "21600 3600 21600 18000 18000 21600 3600 21600 0 18000 0 3600 Z N' ";
    const auto outline_of = [&](const std::string& geometry) {
        return steps(paths(drawn("custom-shape", box, "", "",
                                 "<draw:enhanced-geometry " + corner + geometry + "/>"))
                         .at(0));
    };
    // 100 × 50 points: a sixth of the height at each corner, in both directions.
    const std::string round = outline_of("draw:type='round-rectangle'");
    CHECK(round == outline_of("draw:type='x' draw:path-stretchpoint-x='10800'"));
    CHECK(round != outline_of("draw:type='x'"));
    CHECK(outline_of("draw:type='x' draw:path-stretchpoint-y='10800'") ==
          outline_of("draw:type='x'"));
    CHECK(round ==
          "M 18.30 33.80 L 101.70 33.80 L 110 42.10 L 110 75.50 L 101.70 83.80 L 18.30 83.80 L 10 "
          "75.50 L 10 42.10 Z");
}

TEST_CASE("shapes of older programs have the colours that these had") {
    Source source;
    source.common =
        R"(<style:default-style style:family="graphic"><style:graphic-properties/></style:default-style>)";
    source.body = "<text:p><draw:rect text:anchor-type='paragraph' " + box + "/></text:p>";
    const auto colors = [&](const std::string& generator) {
        odf::Document read = document(source);
        auto name = std::make_shared<odf::Element>();
        name->name = odf::Name("meta:generator");
        name->children.emplace_back(odf::Text{generator, {}});
        auto meta = std::make_shared<odf::Element>();
        meta->children.emplace_back(odf::ElementPtr(name));
        read.meta = meta;
        const auto path = paths(layout::layout(read, fonts(), {"", "", ""})).at(0);
        return std::pair{*path.fill, *path.stroke};
    };
    CHECK(colors("OpenOffice.org/3.4$Win32 OpenOffice.org_project/340m1$Build-9590") ==
          std::pair{Color{0x99, 0xCC, 0xFF, 255}, Color{}});
    CHECK(colors("OpenOffice/4.1.5$Win32 OpenOffice.org_project/415m1$Build-9789") ==
          std::pair{Color{0xCF, 0xE7, 0xF5, 255}, Color{0x80, 0x80, 0x80, 255}});
    CHECK(colors("LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40") ==
          std::pair{Color{0x72, 0x9F, 0xCF, 255}, Color{0x34, 0x65, 0xA4, 255}});
}

TEST_CASE("fill and stroke have their opacity, width, dashes, ends and corners") {
    const std::string dash = R"(<draw:stroke-dash draw:name="D" draw:dots1="1")"
                             R"( draw:dots1-length="300%" draw:distance="200%"/>)";
    const auto all =
        paths(drawn("rect", box,
                    R"(draw:opacity="50%" draw:fill-color="#010203" svg:stroke-opacity="20%" )"
                    R"(svg:stroke-width="2pt" draw:stroke="dash" draw:stroke-dash="D" )"
                    R"(svg:stroke-linecap="round" draw:stroke-linejoin="bevel")",
                    dash));
    REQUIRE(all.size() == 1);
    CHECK(all[0].fill == Color{1, 2, 3, 128});
    CHECK(all[0].stroke->alpha == 51);
    CHECK(all[0].stroke_width == Length::from_points(2));
    CHECK(all[0].dashes == std::vector<Length>{Length::from_points(6), Length::from_points(4)});
    CHECK(all[0].cap == Cap::round);
    CHECK(all[0].join == Join::bevel);
    CHECK(paths(drawn("rect", box, R"(draw:fill="none" draw:stroke="none")")).empty());
}

TEST_CASE("arrows stand at the ends of lines, which they shorten") {
    const std::string arrow = R"(<draw:marker draw:name="Arrow" svg:viewBox="0 0 20 30")"
                              R"( svg:d="M10 0 L0 30 H20 Z"/>)";
    const std::string line = R"(svg:x1="0pt" svg:y1="50pt" svg:x2="100pt" svg:y2="50pt")";
    const std::string end = R"(draw:marker-end="Arrow" draw:marker-end-width=)";
    CHECK(outlines(drawn("line", line, end + "\"20pt\"", arrow)) ==
          std::vector<std::string>{"s M 0 63.80 L 71.40 63.80",
                                   "f M 100 63.80 L 70 53.80 L 70 73.80 Z"});
    // Longer than the line, the arrow stands alone.
    CHECK(outlines(drawn("line", line, end + "\"300pt\"", arrow)).size() == 1);
    CHECK(outlines(drawn("line", line,
                         R"(draw:marker-start="Arrow" draw:marker-start-width="20pt" )"
                         R"(draw:marker-start-center="true")",
                         arrow)) ==
          std::vector<std::string>{"s M 13.60 63.80 L 100 63.80",
                                   "f M -15 63.80 L 15 73.80 L 15 53.80 Z"});
    // A closed shape has no ends.
    CHECK(outlines(drawn("rect", box, end + "\"20pt\"", arrow)).size() == 1);
}

TEST_CASE("shapes are kept on the sheet, and text stands clear of their lines") {
    CHECK(outline("rect", R"(svg:x="-200pt" svg:y="-200pt" svg:width="100pt" svg:height="50pt")") ==
          "fs M -56.70 -56.70 L 43.30 -56.70 L 43.30 -6.70 L -56.70 -6.70 Z");
    Source source;
    source.automatic =
        style(from_top + R"(style:wrap="right" svg:stroke-width="10pt" fo:margin-right="7pt")");
    std::string text;
    for (int i = 0; i < 60; ++i)
        text += " mot";
    source.body = R"(<text:p><draw:rect draw:name="x" text:anchor-type="paragraph")"
                  R"( draw:style-name="G" svg:x="0pt" svg:y="0pt" svg:width="100pt")"
                  R"( svg:height="50pt"/>)" +
                  text + "</text:p>";
    CHECK(starts(set(source)).front() == doctest::Approx(112.1).epsilon(0.001));
}

TEST_CASE("a shape in the line stands on it like a picture") {
    Source source;
    source.automatic = style(R"(style:vertical-pos="from-top" style:vertical-rel="baseline")");
    source.body = R"(<text:p>a<draw:rect draw:name="x" text:anchor-type="as-char")"
                  R"( draw:style-name="G" svg:y="-30pt" svg:width="100pt" svg:height="50pt"/>b)"
                  "</text:p><text:p>c</text:p>";
    const Pages pages = set(source);
    CHECK(outlines(pages) ==
          std::vector<std::string>{"fs M 5.30 0 L 105.30 0 L 105.30 50 L 5.30 50 Z"});
    CHECK(near(baselines(pages), {30.0, 61.2}));
}

TEST_CASE("a group is drawn in order, wherever its parts stand") {
    const Pages pages =
        drawn("g", "", "", "",
              R"(<svg:desc>plan</svg:desc><draw:rect draw:style-name="G" svg:x="10pt" svg:y="20pt")"
              R"( svg:width="10pt" svg:height="10pt"/><draw:g><draw:line draw:style-name="G")"
              R"( svg:x1="0pt" svg:y1="0pt" svg:x2="5pt" svg:y2="5pt"/></draw:g>)");
    CHECK(outlines(pages) ==
          std::vector<std::string>{"fs M 10 33.80 L 20 33.80 L 20 43.80 L 10 43.80 Z",
                                   "s M 0 13.80 L 5 18.80"});
    CHECK(pages.warnings.empty());
    const auto all = paths(pages);
    // One picture with one description.
    CHECK(all[0].mark == all[1].mark);
    CHECK(pages.nodes.at(static_cast<std::size_t>(all[0].mark.node)).words->alternative == "plan");
}

TEST_CASE("a shape is a figure with its words; lines and ornaments are none") {
    const Pages described = drawn("rect", box, "", "", "<svg:title>Plan</svg:title>");
    const int node = paths(described)[0].mark.node;
    REQUIRE(node >= 0);
    CHECK(described.nodes[static_cast<std::size_t>(node)].role == Role::figure);
    CHECK(described.nodes[static_cast<std::size_t>(node)].words->alternative == "Plan");
    CHECK(described.warnings.empty());

    const Pages silent = drawn("rect", box);
    CHECK(told(silent) ==
          std::vector<std::string>{"P0416 un dessin n’a pas de texte de remplacement"});

    // Without even a name, a figure would have nothing to say.
    Source nameless;
    nameless.body = "<text:p><draw:rect text:anchor-type='paragraph' " + box + "/></text:p>";
    CHECK(told(set(nameless)) == told(silent));
    CHECK(paths(set(nameless))[0].mark == Mark{-1, Artifact::layout});

    const Pages line = drawn("line", R"(svg:x2="50pt")");
    CHECK(line.warnings.empty());
    CHECK(paths(line)[0].mark == Mark{-1, Artifact::layout});
    CHECK(paths(drawn("line", R"(svg:x2="50pt")", "", "", "<svg:desc>bord</svg:desc>"))[0]
              .mark.node >= 0);
}

TEST_CASE("what of a shape is not drawn is told by name") {
    CHECK(told(drawn("custom-shape", box, "", "", "<svg:desc>d</svg:desc>")) ==
          std::vector<std::string>{
              "P0425 un dessin est composé sans une partie de son tracé, qui est abîmée"});
}
