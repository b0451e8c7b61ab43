#include <doctest/doctest.h>

#include "layout/metafile.hpp"
#include "layout/wmf_bytes.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

Drawing drawn(const std::vector<std::string>& records) {
    auto out = read_wmf(wmf(records));
    REQUIRE(out);
    return *std::move(out);
}

std::vector<DrawnPoint> corners(const Drawing& drawing) {
    return drawing.paths.at(0).points;
}

}  // namespace

TEST_CASE("a Windows metafile draws in its window") {
    const Drawing out = drawn({u16s(0x041B, {70, 110, 20, 10})});  // bottom, right, top, left
    CHECK(out.width == 200);
    CHECK(out.height == 100);
    CHECK(corners(out) == std::vector<DrawnPoint>{{10, 20}, {110, 20}, {110, 70}, {10, 70}});
    // A second window is stretched over the first.
    CHECK(corners(drawn(
              {u16s(0x020C, {50, 100}), u16s(0x020B, {10, 0}), u16s(0x041B, {60, 50, 10, 0})})) ==
          std::vector<DrawnPoint>{{0, 0}, {100, 0}, {100, 100}, {0, 100}});
    // Upwards.
    CHECK(corners(drawn({u16s(0x020B, {100, 0}), u16s(0x020C, {-100, 200}),
                         u16s(0x0325, {2, 0, 0, 20, 30})})) ==
          std::vector<DrawnPoint>{{0, 100}, {20, 70}});
}

TEST_CASE("a placeable metafile is as large as its header says") {
    const std::string placeable = i32(0x9AC6CDD7) + u16(0) + u16(-10) + u16(-20) + u16(90) +
                                  u16(30) + u16(1440) + i32(0) + u16(0);
    const auto out = read_wmf(placeable + wmf({u16s(0x041B, {5, 5, 0, 0})}, false));
    REQUIRE(out);
    CHECK(out->width == 100);
    CHECK(out->height == 50);
    CHECK(corners(*out).front() == DrawnPoint{10, 20});
    CHECK_FALSE(read_wmf(wmf({u16s(0x041B, {5, 5, 0, 0})}, false)));  // no size at all
}

TEST_CASE("pens and brushes of a metafile are taken from its table") {
    const std::string pen = u16s(0x02FA, {0x2201, 4, 0, 0xFF, 0}), box = u16s(0x041B, {9, 9, 0, 0});
    const std::string brush = u16s(0x02FC, {0, 0x00FF, 0x00FF, 0});  // red and blue
    const Drawing out = drawn({pen, brush, u16s(0x012D, {0}), u16s(0x001E, {}), u16s(0x012D, {1}),
                               box, u16s(0x0127, {-1}), box, u16s(0x01F0, {0}),
                               u16s(0x02FA, {5, 0, 0, 0, 0}), u16s(0x012D, {0}), box});
    REQUIRE(out.paths.size() == 3);
    CHECK(out.paths[0].stroke == Color{255, 0, 0, 255});
    CHECK(out.paths[0].stroke_width == 4);
    CHECK(out.paths[0].dashes == std::vector<double>{12, 4});
    CHECK(out.paths[0].join == Join::miter);
    CHECK(out.paths[0].fill == Color{255, 0, 255, 255});
    CHECK(out.paths[1].fill == Color{255, 255, 255, 255});
    CHECK_FALSE(out.paths[2].stroke);  // the new pen took the place of the deleted one
}

TEST_CASE("polygons of a Windows metafile are one path, filled by its rule") {
    const Drawing out =
        drawn({u16s(0x0106, {2}), u16s(0x0538, {2, 3, 3, 0, 0, 9, 0, 9, 9, 1, 1, 2, 1, 2, 2})});
    CHECK(out.paths.at(0).points.size() == 6);
    CHECK_FALSE(out.paths[0].even_odd);
}

TEST_CASE("texts of a Windows metafile have their fonts and places") {
    const std::string font =
        u16s(0x02FB, {-12, 0, 900, 900, 700, 1, 0, 0, 0x2200}) + "Arial" + std::string(27, '\0');
    const std::string said = "caf\xE9 ";
    const Drawing out =
        drawn({sized(font), u16s(0x012D, {0}), u16s(0x012E, {24}), u16s(0x0209, {0x00FF, 0}),
               sized(u16s(0x0A32, {50, 20, 5, 0}) + said + std::string(1, '\0') + u16(6) + u16(7) +
                     u16(4) + u16(6) + u16(3)),
               u16s(0x0214, {30, 40}), u16s(0x012E, {1 | 6}),
               sized(u16(0x0521) + u16(2) + "ok" + u16(1) + u16(1))});
    REQUIRE(out.texts.size() == 2);
    CHECK(out.texts[0].text == "café ");
    CHECK(out.texts[0].ends == std::vector<double>{6, 13, 17, 23, 26});
    CHECK(out.texts[0].x == 20);
    CHECK(out.texts[0].y == 50);
    CHECK(out.texts[0].level == DrawnText::Level::baseline);
    CHECK(out.texts[0].size == 12);
    CHECK(out.texts[0].turn == 90);
    CHECK(out.texts[0].weight == 700);
    CHECK(out.texts[0].italic);
    CHECK(out.texts[0].generic == "swiss");
    CHECK(out.texts[0].family == "Arial");
    CHECK(out.texts[0].color == Color{255, 0, 0, 255});
    CHECK(out.texts[1].x == 40);  // where the pen is
    CHECK(out.texts[1].side == DrawnText::Side::center);
    CHECK(out.texts[1].level == DrawnText::Level::top);
}

TEST_CASE("a metafile is known by its first octets, and damage does no harm") {
    const std::string whole =
        wmf({u16s(0x02FA, {0, 1, 0, 0, 0}), u16s(0x0538, {2, 3, 3, 0, 0, 9, 0, 9, 9, 1, 1, 2}),
             sized(u16s(0x0A32, {50, 20, 5, 2})), u16s(0x0127, {-4}), u16s(0x0F43, {1})});
    CHECK(metafile_type(whole) == "image/wmf");
    CHECK(metafile_type("<svg/>").empty());
    CHECK(read_metafile(whole)->missing ==
          std::vector<std::string>{"un texte abîmé", "une photo incorporée"});
    for (std::size_t size = 0; size < whole.size(); ++size)
        read_wmf(ByteView(whole).substr(0, size));
}
