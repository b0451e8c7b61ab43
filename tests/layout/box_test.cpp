#include <doctest/doctest.h>

#include <algorithm>

#include "paths.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// Shadows and fills of frames, paragraphs and pages against places measured in Writer 7.4; points,
// right of and below the margins.

namespace {

const std::string gradient =
    "<draw:gradient draw:name='V' draw:style='linear' draw:start-color='#ff0000' "
    "draw:end-color='#0000ff'/>";

/// A frame of 100 by 50 points at the margins, and text.
Pages framed(const std::string& properties, const std::string& content) {
    Source source;
    source.common = gradient;
    source.automatic =
        "<style:style style:name='F' style:family='graphic'><style:graphic-properties "
        "style:horizontal-pos='from-left' style:horizontal-rel='paragraph' style:vertical-pos="
        "'from-top' style:vertical-rel='paragraph' style:wrap='run-through' " +
        properties + "/></style:style>";
    source.body =
        "<text:p><draw:frame draw:style-name='F' text:anchor-type='paragraph' svg:x='0pt' "
        "svg:y='0pt' svg:width='100pt' svg:height='50pt'><svg:desc>d</svg:desc>" +
        content + "</draw:frame></text:p>";
    return set(source);
}

const std::string text_box = "<draw:text-box><text:p>b</text:p></draw:text-box>";

Pages paragraphs(const std::string& properties, const std::string& graphic = "", int count = 1) {
    Source source;
    source.common = gradient;
    source.automatic = "<style:style style:name='P' style:family='paragraph'>" + graphic +
                       "<style:paragraph-properties " + properties + "/></style:style>";
    for (int i = 0; i < count; ++i)
        source.body += "<text:p text:style-name='P'>a</text:p>";
    return set(source);
}

Point corner(const LineBox& line) {
    const auto rounded = [](Length length) {
        return Length::from_points(std::round((length.points() - margin) * 10) / 10 + 0.0);
    };
    return {rounded(line.box.x), rounded(line.box.y)};
}

Point at(double x, double y) {
    return {Length::from_points(x), Length::from_points(y)};
}

}  // namespace

TEST_CASE("a shadow takes its room from the frame that casts it") {
    const Pages right =
        framed("style:shadow='#808080 6pt 4pt' fo:background-color='#ffff00'", text_box);
    // As wide on both sides as the mean of the two: a strip below and one beside.
    auto all = paths(right);
    REQUIRE(all.size() == 2);
    CHECK(all[0].fill == Color{128, 128, 128, 255});
    CHECK(steps(all[0]) == "M 5 45 L 100 45 L 100 50 L 5 50 Z M 95 5 L 100 5 L 100 45 L 95 45 Z");
    CHECK(steps(all[1]) == "M 0 0 L 95 0 L 95 45 L 0 45 Z");
    const Pages left = framed("style:shadow='#808080 -5pt -5pt'", text_box);
    all = paths(left);
    REQUIRE(all.size() == 1);
    CHECK(steps(all[0]) == "M 0 0 L 95 0 L 95 5 L 0 5 Z M 0 5 L 5 5 L 5 45 L 0 45 Z");
    const auto inside = std::find_if(left.lines.begin(), left.lines.end(),
                                     [](const LineBox& line) { return line.text == "b"; });
    REQUIRE(inside != left.lines.end());
    CHECK(corner(*inside) == at(5, 5));
    CHECK(paths(framed("style:shadow='none'", text_box)).empty());
}

TEST_CASE("a frame is filled as draw:fill says, whatever its background") {
    const auto fill = [](const std::string& properties) {
        const auto all = paths(framed("fo:background-color='#00ff00' " + properties, text_box));
        return all.empty() ? std::nullopt : all[0].fill;
    };
    CHECK(fill("") == Color{0, 255, 0, 255});
    CHECK(fill("draw:fill='none'") == std::nullopt);
    CHECK(fill("draw:fill='solid' draw:fill-color='#ffcc00' draw:opacity='40%'") ==
          Color{255, 204, 0, 102});
    const auto all = paths(framed("draw:fill='gradient' draw:fill-gradient-name='V'", text_box));
    REQUIRE(all.size() == 1);
    CHECK(all[0].filling->paths.size() > 100);
    CHECK(told(framed("draw:fill='gradient'", text_box)) ==
          std::vector<std::string>{"P0425 un cadre est composé sans son dégradé"});
}

TEST_CASE("a picture stands within its border, padding and shadow") {
    const Pages pages = framed(
        "fo:border='1pt solid #000000' fo:padding='4pt' style:shadow='#808080 5pt 5pt'",
        "<draw:image><office:binary-data>iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR42m"
        "OQ96u8++IDAAmCA5z8BZjvAAAAAElFTkSuQmCC</office:binary-data></draw:image>");
    const auto image =
        std::find_if(pages.pages[0].items.begin(), pages.pages[0].items.end(),
                     [](const Item& item) { return std::holds_alternative<Image>(item); });
    REQUIRE(image != pages.pages[0].items.end());
    const Rect& box = std::get<Image>(*image).box;
    CHECK(std::lround(box.x.points() - margin) == 5);
    CHECK(std::lround(box.width.points()) == 85);
    CHECK(std::lround(box.height.points()) == 35);
    CHECK(paths(pages).size() == 5);
}

TEST_CASE("a shadow makes room beside and below a paragraph, once for those that share a box") {
    const std::string border = "fo:border='1pt solid #000000' fo:padding='0pt' ";
    const Pages plain = paragraphs(border, "", 2),
                shaded = paragraphs(border + "style:shadow='#808080 5pt 5pt'", "", 2);
    CHECK(corner(shaded.lines[1]) == corner(plain.lines[1]));
    const auto all = paths(shaded);
    CHECK(all.size() == 5);
    CHECK(steps(all[0]).starts_with("M 5 29.60 L 481.90 29.60 "));
    CHECK(corner(paragraphs("style:shadow='#808080 -5pt -5pt'").lines[0]) == at(5, 5));
}

TEST_CASE("a paragraph is filled as its graphic properties say") {
    const std::string graphic =
        "<loext:graphic-properties draw:fill='gradient' draw:fill-gradient-name='V'/>";
    // Without a border each has a gradient of its own.
    const auto two = paths(paragraphs("fo:padding='0pt'", graphic, 2));
    REQUIRE(two.size() == 2);
    CHECK(!two[0].filling->paths.empty());
    CHECK(paths(paragraphs("fo:border='1pt solid #000000'", graphic, 2)).size() == 5);
    CHECK(paths(paragraphs("fo:background-color='#00ff00'",
                           "<loext:graphic-properties draw:fill='none'/>"))
              .at(0)
              .fill == Color{0, 255, 0, 255});
    CHECK(told(paragraphs("", "<loext:graphic-properties draw:fill='hatch'/>")) ==
          std::vector<std::string>{"P0425 un fond est composé sans ses hachures"});
}

TEST_CASE("the background of a page covers its margins, its shadow lies within them") {
    Source source;
    source.common = gradient;
    source.page =
        "fo:page-width='400pt' fo:page-height='300pt' fo:margin='50pt' "
        "fo:background-color='#ffffcc' style:shadow='#808080 10pt 10pt'";
    source.body = "<text:p>a</text:p>";
    auto all = paths(set(source));
    REQUIRE(all.size() == 2);
    CHECK(all[0].points[2] == at(400, 300));
    CHECK(all[1].points[2] == at(350, 250));
    source.page += " draw:fill='gradient' draw:fill-gradient-name='V'";
    all = paths(set(source));
    REQUIRE(all.size() == 2);
    CHECK(all[0].points[2] == at(400, 300));
    CHECK(!all[0].filling->paths.empty());
}

TEST_CASE("the shadow of a table is told, that of a cell is none in Writer either") {
    Source source;
    source.automatic =
        "<style:style style:name='T' style:family='table'><style:table-properties "
        "style:shadow='#808080 5pt 5pt'/></style:style>"
        "<style:style style:name='C' style:family='table-cell'><style:table-cell-properties "
        "style:shadow='#808080 5pt 5pt'/></style:style>";
    source.body =
        "<table:table table:style-name='T'><table:table-column/><table:table-row>"
        "<table:table-cell table:style-name='C'><text:p>a</text:p></table:table-cell>"
        "</table:table-row></table:table><text:p/>";
    const Pages pages = set(source);
    CHECK(told(pages) == std::vector<std::string>{"P0425 un tableau est composé sans son ombre"});
    CHECK(paths(pages).empty());
}
