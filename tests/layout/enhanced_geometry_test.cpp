#include "layout/enhanced_geometry.hpp"

#include <doctest/doctest.h>

#include "paths.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// A shape of 100 × 50 points, as measured in Writer 7.4.

namespace {

EnhancedShape enhanced(const std::string& path, const std::string& attributes = "",
                       const std::string& equations = "", const std::string& view = "0 0 100 100") {
    Source source;
    source.body = "<text:p><draw:custom-shape><draw:enhanced-geometry svg:viewBox=\"" + view +
                  "\" " + attributes + " draw:enhanced-path=\"" + path + "\">" + equations +
                  "</draw:enhanced-geometry></draw:custom-shape></text:p>";
    const odf::Document read = document(source);
    const auto shape = read.body->child(odf::Name("office:text"))
                           ->child(odf::Name("text:p"))
                           ->child(odf::Name("draw:custom-shape"));
    return read_enhanced_geometry(*shape->child(odf::Name("draw:enhanced-geometry")), 100, 50, true,
                                  true);
}

std::string path(const std::string& text, const std::string& attributes = "",
                 const std::string& equations = "") {
    const EnhancedShape shape = enhanced(text, attributes, equations);
    std::string out;
    for (const auto& part : shape.parts)
        out += (out.empty() ? "" : " | ") + steps(part.path) + (part.fill ? "" : " F") +
               (part.stroke ? "" : " S");
    return out + (shape.damaged ? " damaged" : "");
}

}  // namespace

TEST_CASE("straight and curved commands are stretched to the shape") {
    CHECK(path("M 0 0 L 100 0 100 100 0 100 Z N") == "M 0 0 L 100 0 L 100 50 L 0 50 Z");
    CHECK(path("M0 0 50 0L100,100Z") == "M 0 0 L 50 0 L 100 50 Z");
    CHECK(path("M 0 0 C 10 0 20 10 20 20 30 20 40 30 40 40 N") ==
          "M 0 0 C 10 0 20 5 20 10 C 30 10 40 15 40 20");
    CHECK(path("M 0 0 Q 50 100 100 0 N") == "M 0 0 C 33.33 33.33 66.67 33.33 100 0");
    CHECK(path("M 1e1 -2.5E-1 L 0 0 N") == "M 10 -0.13 L 0 0");
    CHECK(path("M 0 0 L 9 9 Z L 50 50 N") == "M 0 0 L 9 4.50 Z M 0 0 L 50 25");
}

TEST_CASE("parts end at N and may lack fill or stroke") {
    CHECK(path("M 0 0 L 100 0 F N M 10 10 L 20 10 Z S N M 5 5 L 6 5 N") ==
          "M 0 0 L 100 0 F | M 10 5 L 20 5 Z S | M 5 2.50 L 6 2.50");
    CHECK(path("M 0 0 L 100 0 Z M 25 25 L 75 25 Z N") == "M 0 0 L 100 0 Z M 25 12.50 L 75 12.50 Z");
}

TEST_CASE("ellipses and their arcs run as in Writer") {
    const std::string quarter = "C 100 38.81 77.61 50 50 50";
    CHECK(path("U 50 50 50 50 0 90 N") == "M 100 25 " + quarter);
    CHECK(path("M 0 0 T 50 50 50 50 0 90 N") == "M 0 0 L 100 25 " + quarter);
    CHECK(path("V 0 0 100 100 100 50 50 100 N") == "M 100 25 " + quarter);
    CHECK(path("M 0 0 W 0 0 100 100 100 50 50 100 N") == "M 0 0 L 100 25 " + quarter);
    CHECK(path("B 0 0 100 100 100 50 50 0 N") == "M 100 25 C 100 11.19 77.61 0 50 0");
    CHECK(path("M 0 0 A 0 0 100 100 100 50 50 0 N") == "M 0 0 L 100 25 C 100 11.19 77.61 0 50 0");
    // From 90° on to 0° it is three quarters.
    CHECK(enhanced("U 50 50 50 50 90 0 N").parts.at(0).path.points.size() == 10);
    // The same direction twice is a whole turn.
    CHECK(enhanced("V 0 0 100 100 100 50 100 50 N").parts.at(0).path.points.size() == 13);
    CHECK(enhanced("U 50 50 50 50 0 720 N").parts.at(0).path.points.size() == 13);
}

TEST_CASE("quadrants take turns between the axes") {
    CHECK(path("M 0 0 X 100 100 N") == "M 0 0 C 55.23 0 100 22.39 100 50");
    CHECK(path("M 0 0 Y 100 100 N") == "M 0 0 C 0 27.61 44.77 50 100 50");
    CHECK(path("M 0 0 X 50 50 100 100 N") == path("M 0 0 X 50 50 Y 100 100 N"));
    CHECK(path("M 0 50 G 50 50 180 90 N") == "M 0 25 L 0 25 C 0 11.19 22.39 0 50 0");
}

TEST_CASE("equations and modifiers stand for numbers") {
    CHECK(path("M ?f0 ?f1 L $0 ?f2 Z N", "draw:modifiers='30 10'",
               "<draw:equation draw:name='f0' draw:formula='right-$1'/>"
               "<draw:equation draw:name='f1' draw:formula='?f0/2'/>"
               "<draw:equation draw:name='f2' draw:formula='logwidth/20'/>") ==
          "M 90 22.50 L 30 50 Z");
}

TEST_CASE("a shape of Word has an empty view, and counts in the units of its size") {
    const EnhancedShape shape =
        enhanced("M 0 0 L ?f0 0 ?f0 ?f1 0 ?f1 Z N", "draw:text-areas='0 0 ?f0 ?f1'",
                 "<draw:equation draw:name='f0' draw:formula='logwidth'/>"
                 "<draw:equation draw:name='f1' draw:formula='logheight/2'/>",
                 "0 0 0 0");
    REQUIRE(shape.parts.size() == 1);
    CHECK(steps(shape.parts.front().path) == "M 0 0 L 100 0 L 100 25 L 0 25 Z");
    CHECK(shape.text_area == std::array<double, 4>{0, 0, 100, 25});
}

TEST_CASE("a mirrored shape is mirrored with its text area") {
    CHECK(path("M 0 0 L 100 0 100 50 Z N", "draw:mirror-horizontal='true'") ==
          "M 100 0 L 0 0 L 0 25 Z");
    CHECK(path("M 0 0 L 100 0 100 50 Z N", "draw:mirror-vertical='true'") ==
          "M 0 50 L 100 50 L 100 25 Z");
    const auto area =
        enhanced("M 0 0 N", "draw:mirror-horizontal='true' draw:text-areas='10 20 ?f0 90'",
                 "<draw:equation draw:name='f0' draw:formula='right-20'/>")
            .text_area;
    REQUIRE(area);
    CHECK(*area == std::array<double, 4>{20, 10, 90, 45});
}

TEST_CASE("a shape that names only its kind is drawn where the name says all") {
    CHECK(path("", "draw:type='rectangle'") == "M 0 0 L 100 0 L 100 50 L 0 50 Z");
    CHECK(path("", "draw:type='star5'") == " damaged");
}

TEST_CASE("damaged and hostile paths stop, and say so") {
    CHECK(path("M 0 0 L 100") == "M 0 0 damaged");
    CHECK(path("M 0 0 L 100 ?f7 N") == "M 0 0 L 100 0 damaged");
    CHECK(path("5 5 M 0 0 L 1 1") == "M 0 0 L 1 0.50 damaged");
    CHECK(path("M 0 0 E L 1 1 N") == "M 0 0 L 1 0.50 damaged");
    std::string many = "M 0 0 L";
    for (int i = 0; i < 110'000; ++i)
        many += " 1 1";
    const EnhancedShape shape = enhanced(many);
    CHECK(shape.damaged);
    CHECK(shape.parts.at(0).path.points.size() < 110'000);
}
