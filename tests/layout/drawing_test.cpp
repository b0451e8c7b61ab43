#include "layout/drawing.hpp"

#include <doctest/doctest.h>

#include "paths.hpp"

#include "layout/fragment.hpp"
#include "layout/setting.hpp"
#include "layout/shaping.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

std::string svg(const std::string& content,
                const std::string& attributes = "viewBox='0 0 100 50'") {
    return "<svg xmlns='http://www.w3.org/2000/svg' " + attributes + ">" + content + "</svg>";
}

Drawing drawn(const std::string& content) {
    auto out = read_svg(svg(content));
    REQUIRE(out);
    return *std::move(out);
}

std::string path(const std::string& data) {
    const Drawing out = drawn("<path d='" + data + "'/>");
    return out.paths.empty() ? "" : steps(out.paths[0]);
}

std::string missing(const std::string& content) {
    std::string out;
    for (const std::string& each : drawn(content).missing)
        out += (out.empty() ? "" : ", ") + each;
    return out;
}

std::string colour(const std::optional<Color>& color) {
    if (!color) return "none";
    return std::to_string(color->red) + " " + std::to_string(color->green) + " " +
           std::to_string(color->blue) +
           (color->alpha == 255 ? "" : " /" + std::to_string(color->alpha));
}

std::string fill(const std::string& attributes, const std::string& around = "") {
    return colour(drawn(around + "<path d='M0 0h1v1z' " + attributes + "/>").paths.at(0).fill);
}

}  // namespace

TEST_CASE("every command of a path is read, absolute and relative") {
    CHECK(path("M1 2L3 4H5V6Z") == "M 1 2 L 3 4 L 5 4 L 5 6 Z");
    CHECK(path("m1 2 2 2h2v2z") == "M 1 2 L 3 4 L 5 4 L 5 6 Z");
    CHECK(path("M1,2C3,4,5,6,7,8") == "M 1 2 C 3 4 5 6 7 8");
    CHECK(path("m1 2c2 2 4 4 6 6s2 2 4 4") == "M 1 2 C 3 4 5 6 7 8 C 9 10 9 10 11 12");
    CHECK(path("M0 0Q3 3 6 0T12 0") == "M 0 0 C 2 2 4 2 6 0 C 8 -2 10 -2 12 0");
    CHECK(path("M0 0S1 1 2 2") == "M 0 0 C 0 0 1 1 2 2");
    CHECK(path("M1-2.5.5e1") == "M 1 -2.50");
    CHECK(path("M0 0h5z l1 1") == "M 0 0 L 5 0 Z M 0 0 L 1 1");
}

TEST_CASE("an arc becomes curves that pass through its points") {
    CHECK(path("M10 0A10 10 0 0 1 0 10") == "M 10 0 C 10 5.52 5.52 10 0 10");
    CHECK(path("M10 0a10 10 0 01-10 10") == "M 10 0 C 10 5.52 5.52 10 0 10");
    CHECK(path("M0 0A5 5 0 1 1 10 0") == "M 0 0 C 0 -2.76 2.24 -5 5 -5 C 7.76 -5 10 -2.76 10 0");
    CHECK(path("M0 0A0 5 0 0 1 10 0") == "M 0 0 L 10 0");
    CHECK(path("M0 0A1 1 0 0 1 10 0") == "M 0 0 C 0 -2.76 2.24 -5 5 -5 C 7.76 -5 10 -2.76 10 0");
}

TEST_CASE("damaged path data count up to the damage, and are told") {
    CHECK(path("M1 2L3 4 5") == "M 1 2 L 3 4");
    CHECK(missing("<path d='M1 2L3 4 5'/>") == "un tracé abîmé");
    CHECK(missing("<path d='L3 4'/>") == "un tracé abîmé");
    CHECK(missing("<path d='M1 nan'/>") == "un tracé abîmé");
    CHECK(missing("<path d='M0 0 1e99 1'/>") == "un tracé abîmé");
}

TEST_CASE("shapes are paths") {
    CHECK(steps(drawn("<rect x='1' y='2' width='3' height='4'/>").paths[0]) ==
          "M 1 2 L 4 2 L 4 6 L 1 6 Z");
    CHECK(steps(drawn("<rect width='100%' height='50%'/>").paths[0]) ==
          "M 0 0 L 100 0 L 100 25 L 0 25 Z");
    CHECK(steps(drawn("<rect width='10' height='10' rx='5'/>").paths[0]) ==
          "M 5 0 L 5 0 C 7.76 0 10 2.24 10 5 L 10 5 C 10 7.76 7.76 10 5 10 L 5 10 C 2.24 10 0 7.76 "
          "0 5 L 0 5 C 0 2.24 2.24 0 5 0 Z");
    CHECK(steps(drawn("<circle cx='5' cy='5' r='5'/>").paths[0]) ==
          "M 10 5 C 10 7.76 7.76 10 5 10 C 2.24 10 0 7.76 0 5 C 0 2.24 2.24 0 5 0 C 7.76 0 10 2.24 "
          "10 5 Z");
    CHECK(steps(drawn("<polygon points='0,0 5,0 5,5'/>").paths[0]) == "M 0 0 L 5 0 L 5 5 Z");
    CHECK(steps(drawn("<polyline stroke='red' points='0,0 5,0 5'/>").paths[0]) == "M 0 0 L 5 0");
    CHECK(steps(drawn("<line stroke='red' x2='5' y2='1in'/>").paths[0]) == "M 0 0 L 5 96");
    CHECK(drawn("<rect width='0' height='4'/><circle r='-1'/>").paths.empty());
}

TEST_CASE("transforms apply from the inside out") {
    CHECK(
        steps(drawn("<g transform='translate(10 5)'><path transform='scale(2)' d='M1 1L2 2'/></g>")
                  .paths[0]) == "M 12 7 L 14 9");
    CHECK(steps(drawn("<path transform='rotate(90, 5, 5) matrix(1 0 0 1 1 0)' d='M4 5L9 5'/>")
                    .paths[0]) == "M 5 5 L 5 10");
    CHECK(missing("<path transform='turn(3)' d='M1 1L2 2'/>") == "une transformation abîmée");
    const auto moved = read_svg(svg("<path d='M10 10L20 20'/>", "viewBox='10 10 40 40'"));
    REQUIRE(moved);
    CHECK(steps(moved->paths[0]) == "M 0 0 L 10 10");
}

TEST_CASE("colours come from attributes, style sheets and style, in this order of weight") {
    CHECK(fill("") == "0 0 0");
    CHECK(fill("fill='#f80'") == "255 136 0");
    CHECK(fill("fill='rgb(1, 50%, 300)'") == "1 128 255");
    CHECK(fill("fill='Navy' style='fill: #010203; stroke:none'") == "1 2 3");
    CHECK(fill("class='b a' fill='red'", "<style>.a, .z {fill:#00ff00} path{fill:blue}</style>") ==
          "0 255 0");
    CHECK(fill("fill='currentColor' color='#0000ff'") == "0 0 255");
    CHECK(fill("fill='red' fill-opacity='.5' opacity='50%'") == "255 0 0 /64");
    CHECK(drawn("<g fill='none'><path d='M0 0h1v1z'/></g>").paths.empty());
    CHECK(drawn("<g display='none'><path d='M0 0h1v1z'/></g>").paths.empty());
}

TEST_CASE("a stroke has its width, dashes, caps and joins") {
    const DrawnPath line =
        drawn(
            "<g transform='scale(2)'><path d='M0 0h1' fill='none' stroke='red' stroke-width='3' "
            "stroke-dasharray='1,2' stroke-linecap='round' stroke-linejoin='bevel'/></g>")
            .paths.at(0);
    CHECK(colour(line.stroke) == "255 0 0");
    CHECK(line.stroke_width == doctest::Approx(6));
    CHECK(line.dashes == std::vector<double>{2, 4});
    CHECK(line.cap == Cap::round);
    CHECK(line.join == Join::bevel);
    CHECK(drawn("<path d='M0 0h1v1z' fill-rule='evenodd'/>").paths.at(0).even_odd);
}

TEST_CASE("what the subset leaves out is named") {
    CHECK(missing("<text>Association</text><text>bis</text>") == "du texte");
    CHECK(missing("<image href='a.png'/>") == "une photo incorporée");
    CHECK(missing("<rect width='1' height='1' fill='url(#g)'/>") == "un dégradé ou un motif");
    CHECK(missing("<rect width='1' height='1' clip-path='url(#c)' filter='url(#f)'/>") ==
          "un filtre (ombre, flou), une découpe (clip-path)");
    CHECK(missing("<rect width='1' height='1' fill='papayawhip2'/>") ==
          "la couleur « papayawhip2 »");
    CHECK(missing("<use href='#a'/>") == "« use »");
    CHECK(missing("<style>g > path {fill: red}</style>") == "une partie de la feuille de style");
    CHECK(missing("<title>t</title><defs><path id='a' d='M0 0h1'/></defs><metadata/>").empty());
}

TEST_CASE("a file that is no drawing is none") {
    CHECK_FALSE(read_svg("<html/>"));
    CHECK_FALSE(read_svg("<svg xmlns='http://www.w3.org/2000/svg'/>"));
    CHECK_FALSE(read_svg(svg("<g>")));
    CHECK_FALSE(read_svg("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("")));
    CHECK(read_svg("<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'>" +
                   svg("<path d='M0 0h1v1z'/>")));
    std::string deep;
    for (int i = 0; i < 60; ++i)
        deep += "<g>";
    for (int i = 0; i < 60; ++i)
        deep += "</g>";
    CHECK_FALSE(read_svg(svg(deep)));
    std::string many = "M0 0";
    for (int i = 0; i < 450'000; ++i)
        many += "h1";
    CHECK_FALSE(read_svg(svg("<path d='" + many + "'/>")));
}

TEST_CASE("a drawing fills its box, and what lies outside of its view is cut off") {
    const Drawing drawing =
        drawn("<rect width='100' height='50'/><circle cx='100' cy='50' r='10'/>");
    Fragment fragment;
    ShapingCache shapes(testing::fonts());
    Shaper shaper(shapes, nullptr, Settings());
    const Rect box{Length::from_points(10), Length::from_points(20), Length::from_points(200),
                   Length::from_points(100)};
    place(drawing, box, {3, Artifact::none}, shaper, fragment);
    const std::vector<Item>& items = fragment.items;
    REQUIRE(items.size() == 2);
    const Path& first = std::get<Path>(items[0]);
    CHECK(first.points[0].x.points() == 10);
    CHECK(first.points[2].x.points() == 210);
    CHECK(first.points[2].y.points() == 120);
    CHECK(first.mark.node == 3);
    CHECK_FALSE(first.clip);
    CHECK(std::get<Path>(items[1]).clip == box);
}
