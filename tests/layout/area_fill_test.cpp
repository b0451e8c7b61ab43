#include "layout/area_fill.hpp"

#include <doctest/doctest.h>

#include "paths.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// Fills against what LibreOffice 7.4 writes into its PDF; points, right of and below the margins.

namespace {

/// A picture of 2 by 1 pixels.
const std::string fill_image =
    "<draw:fill-image "
    "draw:name='F'><office:binary-data>iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lE"
    "QVR42mOQ96u8++IDAAmCA5z8BZjvAAAAAElFTkSuQmCC</office:binary-data></draw:fill-image>";

/// A rectangle of 100 by 50 points, 10 and 20 from the paragraph at the top, or `element` there.
Pages filled(
    const std::string& properties, const std::string& common, const std::string& element = "rect",
    const std::string& place = "svg:x='10pt' svg:y='20pt' svg:width='100pt' svg:height='50pt'") {
    Source source;
    source.automatic =
        "<style:style style:name='G' style:family='graphic'><style:graphic-properties "
        "style:horizontal-pos='from-left' style:horizontal-rel='paragraph' style:vertical-pos="
        "'from-top' style:vertical-rel='paragraph' draw:stroke='none' style:wrap='run-through' " +
        properties + "/></style:style>";
    source.common = common;
    source.body = "<text:p><draw:" + element +
                  " text:anchor-type='paragraph' draw:style-name='G' " + place +
                  "><svg:desc>d</svg:desc></draw:" + element + "></text:p>";
    return set(source);
}

Path only_path(const Pages& pages) {
    CHECK(told(pages).empty());
    const auto all = paths(pages);
    REQUIRE(all.size() == 1);
    return all[0];
}

Path gradient(const std::string& attributes, const std::string& properties = "") {
    return only_path(filled("draw:fill='gradient' draw:fill-gradient-name='V' " + properties,
                            "<draw:gradient draw:name='V' draw:start-color='#ff0000' "
                            "draw:end-color='#0000ff' " +
                                attributes + "/>"));
}

Path hatch(const std::string& attributes, const std::string& properties = "") {
    return only_path(filled("draw:fill='hatch' draw:fill-hatch-name='H' " + properties,
                            "<draw:hatch draw:name='H' draw:color='#cc0000' " + attributes + "/>"));
}

std::vector<std::string> tiles(const std::string& properties) {
    std::vector<std::string> out;
    const Path path =
        only_path(filled("draw:fill='bitmap' draw:fill-image-name='F' " + properties, fill_image));
    CHECK(!path.fill);
    for (const Image& one : path.filling->pictures) {
        DrawnPath corner;
        corner.verbs = {Verb::move, Verb::line};
        corner.points = {{one.box.x.points() - margin, one.box.y.points() - margin},
                         {one.box.width.points(), one.box.height.points()}};
        for (auto& [x, y] : corner.points) {
            x = std::round(x * 10) / 10;
            y = std::round(y * 10) / 10;
        }
        out.push_back(steps(corner));
    }
    return out;
}

}  // namespace

TEST_CASE("a linear gradient runs in bands that lie over each other, from the top") {
    const Path path =
        gradient("draw:style='linear' draw:angle='0deg'", "draw:gradient-step-count='5'");
    CHECK(path.fill == Color{255, 0, 0, 255});
    const auto& bands = path.filling->paths;
    REQUIRE(bands.size() == 4);
    CHECK(bands[0].fill == Color{191, 0, 64, 255});
    CHECK(bands[3].fill == Color{0, 0, 255, 255});
    CHECK(steps(bands[0]).starts_with("M -41 30 L 161 30 L 161 71 "));
    CHECK(steps(bands[3]).starts_with("M -41 60 L 161 60 "));
    // As many as can be told apart, none thinner than a quarter of a point.
    CHECK(gradient("draw:style='linear' draw:end-intensity='50%'").filling->paths.size() == 127);
    const auto close = only_path(filled(
        "draw:fill='gradient' draw:fill-gradient-name='V'",
        "<draw:gradient draw:name='V' draw:start-color='#000000' draw:end-color='#0a0000'/>"));
    CHECK(close.filling->paths.size() == 9);
}

TEST_CASE("gradients turn against the clock and keep a border") {
    const std::string five = "draw:gradient-step-count='5'";
    // The box around the turned rectangle is 126.6 high and 115.5 wide.
    CHECK(steps(gradient("draw:style='linear' draw:angle='30deg' draw:border='20%'", five)
                    .filling->paths[0]) == "M -44 90 L 151 -22.60 L 181.30 30 L -13.70 142.60 Z");
    CHECK(steps(gradient("draw:style='linear' draw:angle='300' draw:border='20%'", five)
                    .filling->paths[0]) ==
          steps(gradient("draw:style='linear' draw:angle='30deg' draw:border='20%'", five)
                    .filling->paths[0]));
    // An axial one has its first colour in the middle.
    const Path axial = gradient("draw:style='axial' draw:border='20%'", five);
    CHECK(axial.fill == Color{0, 0, 255, 255});
    CHECK(axial.filling->paths[3].fill == Color{255, 0, 0, 255});
    CHECK(steps(axial.filling->paths[3]).starts_with("M -41 41 L 161 41 L 161 49 "));
}

TEST_CASE("radial, ellipsoid, square and rectangular gradients shrink to their centre") {
    const std::string five = "draw:gradient-step-count='5'";
    const auto last = [&](const std::string& style, const std::string& more = "") {
        return steps(gradient("draw:style='" + style + "' " + more, five).filling->paths.at(3));
    };
    // Around the corners: a circle of 55.9, an ellipse of 70.7 by 35.4.
    CHECK(last("radial").starts_with("M 71.20 45 C "));
    CHECK(last("radial", "draw:cx='0%' draw:cy='100%' draw:border='50%'")
              .starts_with("M 15.60 70 C "));
    CHECK(last("ellipsoid").starts_with("M 102.40 45 C "));
    CHECK(last("square") == "M 50 40 L 70 40 L 70 50 L 50 50 Z");
    CHECK(last("rectangular") == "M 30 40 L 90 40 L 90 50 L 30 50 Z");
}

TEST_CASE("bands of a gradient that lets something through do not overlap") {
    const Path path =
        gradient("draw:style='linear'", "draw:gradient-step-count='2' draw:opacity='50%'");
    CHECK(!path.fill);
    const auto& bands = path.filling->paths;
    REQUIRE(bands.size() == 2);
    CHECK(bands[0].fill == Color{255, 0, 0, 128});
    CHECK(bands[0].even_odd);
    CHECK(steps(bands[0]) ==
          "M 9 19 L 111 19 L 111 71 L 9 71 Z M -41 45 L 161 45 L 161 71 L -41 71 Z");
    CHECK(bands[1].verbs.size() == 5);
}

TEST_CASE("lines of a hatch go from the upper left corner, farther apart than written") {
    // 5.67 points become 10.
    const Path path = hatch("draw:style='single' draw:distance='2mm' draw:rotation='0'");
    CHECK(!path.fill);
    REQUIRE(path.filling->paths.size() == 1);
    const Path& lines = path.filling->paths[0];
    CHECK(lines.stroke == Color{204, 0, 0, 255});
    CHECK(steps(lines) == "M 10 30 L 110 30 M 10 40 L 110 40 M 10 50 L 110 50 M 10 60 L 110 60");
    CHECK(steps(hatch("draw:style='single' draw:distance='5mm' draw:rotation='900'")
                    .filling->paths[0]) == "M 35 70 L 35 20 M 60 70 L 60 20 M 85 70 L 85 20");
    CHECK(steps(hatch("draw:style='double' draw:distance='5mm'").filling->paths[0]) ==
          "M 10 45 L 110 45 M 35 70 L 35 20 M 60 70 L 60 20 M 85 70 L 85 20");
    CHECK(steps(hatch("draw:style='triple' draw:distance='9mm'").filling->paths[0])
              .ends_with("M 23.60 70 L 73.60 20 M 87.30 70 L 110 47.30"));
    const Path on_color =
        hatch("draw:distance='2mm'", "draw:fill-hatch-solid='true' draw:fill-color='#ffff00'");
    CHECK(on_color.fill == Color{255, 255, 0, 255});
    CHECK(on_color.filling->paths.size() == 1);
}

TEST_CASE("a hatch without distance, or on a huge area, has a limited number of lines") {
    CHECK(hatch("draw:distance='0cm'").filling->paths[0].points.size() == 2 * 166);
    const Path huge =
        only_path(filled("draw:fill='hatch' draw:fill-hatch-name='H'",
                         "<draw:hatch draw:name='H' draw:style='triple' draw:distance='0.001mm'/>",
                         "rect", "svg:width='9999cm' svg:height='9999cm'"));
    CHECK(huge.filling->paths[0].points.size() < 2 * 3 * 501);
}

TEST_CASE("pictures fill an area once, stretched or in tiles") {
    const std::string size = "draw:fill-image-width='60pt' draw:fill-image-height='40pt' ";
    CHECK(tiles("style:repeat='stretch'") == std::vector<std::string>{"M 10 20 L 100 50"});
    CHECK(tiles("style:repeat='no-repeat'").at(0) == "M 59.30 44.60 L 1.50 0.80");
    CHECK(tiles("style:repeat='no-repeat' draw:fill-image-ref-point='bottom-right' " + size) ==
          std::vector<std::string>{"M 50 30 L 60 40"});
    CHECK(tiles("draw:fill-image-ref-point='top-left' " + size) ==
          std::vector<std::string>{"M 10 20 L 60 40", "M 70 20 L 60 40", "M 10 60 L 60 40",
                                   "M 70 60 L 60 40"});
    CHECK(tiles("draw:fill-image-ref-point='top-left' draw:fill-image-ref-point-x='50%' " + size)
              .front() == "M -20 20 L 60 40");
    CHECK(tiles("draw:fill-image-ref-point='top-left' draw:tile-repeat-offset='50% horizontal' " +
                size)
              .at(2) == "M -20 60 L 60 40");
    CHECK(tiles("draw:fill-image-width='100%' draw:fill-image-height='100%'") ==
          std::vector<std::string>{"M 10 20 L 100 50"});
    const auto dust = tiles("draw:fill-image-width='0.1mm' draw:fill-image-height='0.1mm'").size();
    CHECK(dust > 500);
    CHECK(dust <= 1900);
}

TEST_CASE("a fill whose name leads nowhere is told") {
    CHECK(told(filled("draw:fill='gradient' draw:fill-gradient-name='V'", "")) ==
          std::vector<std::string>{"P0425 un dessin est composé sans son dégradé"});
    CHECK(told(filled("draw:fill='hatch'", "")) ==
          std::vector<std::string>{"P0425 un dessin est composé sans ses hachures"});
    CHECK(told(filled("draw:fill='bitmap' draw:fill-image-name='F'",
                      "<draw:fill-image draw:name='F' xlink:href='Pictures/none.png'/>")) ==
          std::vector<std::string>{"P0425 un dessin est composé sans son image de fond"});
    CHECK(told(filled("draw:fill='gradient' draw:opacity='0%'", "")).empty());
    CHECK(told(filled("draw:opacity-name='T'", "")) ==
          std::vector<std::string>{"P0425 un dessin est composé sans sa transparence qui varie"});
}

TEST_CASE("a shadow is the drawing once more, moved, in one colour") {
    const std::string shadow =
        "draw:shadow='visible' draw:shadow-offset-x='4pt' draw:shadow-offset-y='-3pt' "
        "draw:shadow-color='#808080' ";
    const auto rectangle =
        paths(filled(shadow + "draw:fill-color='#00ff00' draw:shadow-opacity='50%'", ""));
    REQUIRE(rectangle.size() == 2);
    CHECK(rectangle[0].fill == Color{128, 128, 128, 128});
    CHECK(steps(rectangle[0]) == "M 14 17 L 114 17 L 114 67 L 14 67 Z");
    CHECK(rectangle[1].fill == Color{0, 255, 0, 255});
    // Of a hatch, its lines; of a gradient or a picture, the area.
    const auto lines = paths(filled(shadow + "draw:fill='hatch' draw:fill-hatch-name='H'",
                                    "<draw:hatch draw:name='H' draw:distance='5mm'/>"));
    REQUIRE(lines.size() == 2);
    CHECK(!lines[0].fill);
    CHECK(lines[0].filling->paths.at(0).stroke == Color{128, 128, 128, 255});
    CHECK(steps(lines[0].filling->paths[0]) == "M 14 42 L 114 42");
    const auto picture =
        paths(filled(shadow + "draw:fill='bitmap' draw:fill-image-name='F'", fill_image));
    REQUIRE(picture.size() == 2);
    CHECK(picture[0].fill == Color{128, 128, 128, 255});
    CHECK(!picture[0].filling);
    // Writer's own, where nothing is said.
    CHECK(steps(paths(filled("draw:shadow='visible'", "")).at(0)).starts_with("M 18.50 28.50 "));
    CHECK(told(filled("draw:shadow='visible' loext:shadow-blur='2pt'", "")) ==
          std::vector<std::string>{"P0425 un dessin est composé sans le flou de son ombre"});
}

TEST_CASE("many fillings share what a document may have, and none goes without") {
    FillBudget budget;
    AreaFill fill;
    fill.gradient = Gradient();
    fill.gradient->kind = Gradient::Kind::radial;
    fill.gradient->end = Color{255, 255, 255, 255};
    const Rect box{{}, {}, Length::from_points(500), Length::from_points(500)};
    std::size_t bands = 0, points = 0;
    for (int i = 0; i < 2000; ++i) {
        Path path;
        fill_area(fill, box, budget, path);
        bands = path.filling->paths.size();
        if (i == 0) CHECK(bands == 127);
        points += bands * 13;
    }
    CHECK(bands == 7);
    CHECK(points < 700'000);
}
