#include <doctest/doctest.h>

#include <cmath>

#include "layout/metafile.hpp"
#include "layout/svm_bytes.hpp"
#include "paths.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

const std::string no_line = record(132, 1, i32(0) + u8(0));
const std::string no_fill = record(133, 1, i32(0) + u8(0));
const std::string red_fill = record(133, 1, i32(0xFF0000) + u8(1));

Drawing drawn(const std::vector<std::string>& records) {
    auto out = read_svm(svm(records));
    REQUIRE(out);
    return *std::move(out);
}

std::string missing(const std::vector<std::string>& records) {
    std::string out;
    for (const std::string& each : drawn(records).missing)
        out += (out.empty() ? "" : ", ") + each;
    return out;
}

}  // namespace

TEST_CASE("a StarView metafile gives shapes in its own units") {
    const Drawing out = drawn(
        {record(103, 1, i32s({10, 20, 110, 70})), record(110, 1, points({0, 0, 10, 0, 10, 10})),
         record(102, 1, i32s({1, 2, 3, 4})), record(109, 1, points({0, 0, 5, 5, 9, 0})),
         record(106, 1, i32s({0, 0, 20, 20, 20, 10, 10, 0}))});
    CHECK(out.width == 1000);
    CHECK(out.height == 500);
    REQUIRE(out.paths.size() == 5);
    CHECK(steps(out.paths[0]) == "M 10 20 L 110 20 L 110 70 L 10 70 Z");
    CHECK(steps(out.paths[1]) == "M 0 0 L 10 0 L 10 10 Z");
    CHECK(steps(out.paths[2]) == "M 1 2 L 3 4");
    CHECK_FALSE(out.paths[2].fill);
    CHECK(steps(out.paths[3]) == "M 0 0 L 5 5 L 9 0");
    // A quarter, anticlockwise from the right to the top.
    CHECK(steps(out.paths[4]) ==
          "M 20 10 C 20 7.35 18.95 4.80 17.07 2.93 C 15.20 1.05 12.65 0 10 0");
    CHECK_FALSE(out.paths[4].fill);
}

TEST_CASE("polygons of a metafile have curves, and holes") {
    const std::string flags = u8(1) + u8(0) + u8(2) + u8(2) + u8(0);
    const std::string plain = points({0, 0, 1, 5, 9, 5, 10, 0});
    CHECK(steps(drawn({record(110, 2, plain + u8(1) + versioned(1, plain + flags))}).paths.at(0)) ==
          "M 0 0 C 1 5 9 5 10 0 Z");
    const DrawnPath ring =
        drawn({record(111, 2,
                      u16(2) + points({0, 0, 9, 0, 9, 9}) + points({2, 1, 4, 1, 4, 3}) + u16(1) +
                          u16(1) + versioned(1, points({2, 1, 4, 1, 4, 4}) + u8(0)))})
            .paths.at(0);
    CHECK(steps(ring) == "M 0 0 L 9 0 L 9 9 Z M 2 1 L 4 1 L 4 4 Z");
    CHECK(ring.even_odd);
}

TEST_CASE("records of a metafile set the colours, and pop gives back what push saved") {
    const std::string box = record(103, 1, i32s({0, 0, 9, 9}));
    const Drawing out = drawn({no_line, red_fill, record(139, 1, u16(2)), no_fill,
                               record(132, 1, i32(0x00FF00) + u8(1)), box, record(140, 1), box,
                               record(142, 1, u16(1) + points({0, 0, 1, 0, 1, 1}) + u16(40))});
    REQUIRE(out.paths.size() == 3);
    CHECK_FALSE(out.paths[0].fill);
    CHECK(out.paths[0].stroke == Color{0, 255, 0, 255});
    CHECK(out.paths[1].fill == Color{255, 0, 0, 255});
    CHECK(out.paths[1].stroke == Color{0, 255, 0, 255});  // the push saved the fill alone
    CHECK(out.paths[2].fill == Color{255, 0, 0, 153});
}

TEST_CASE("a line of a metafile has its width, dashes and ends") {
    const std::string line = versioned(
        4, u16(2) + i32(30) + u16(1) + i32(20) + u16(1) + i32(5) + i32(10) + u16(2) + u16(1));
    const DrawnPath out = drawn({record(109, 2, points({0, 0, 9, 0}) + line)}).paths.at(0);
    CHECK(out.stroke_width == 30);
    CHECK(out.dashes == std::vector<double>{20, 10, 5, 10});
    CHECK(out.join == Join::bevel);
    CHECK(out.cap == Cap::round);
    CHECK(
        drawn({record(102, 2, i32s({0, 0, 9, 0}) + versioned(1, u16(0) + i32(3)))}).paths.empty());
}

TEST_CASE("map modes of a metafile move, scale and change the unit") {
    const std::string box = record(103, 1, i32s({0, 0, 10, 10}));
    CHECK(steps(drawn({record(137, 1, map_mode(13, {100, 50, 2, 1, 1, 1})), box}).paths.at(0)) ==
          "M 200 50 L 220 50 L 220 60 L 200 60 Z");
    // Points of a printer.
    CHECK(steps(drawn({record(137, 1, map_mode(8)), record(103, 1, i32s({0, 0, 72, 36}))})
                    .paths.at(0)) == "M 0 0 L 2540 0 L 2540 1270 L 0 1270 Z");
}

TEST_CASE("a metafile cuts off with rectangles, and names other cuts") {
    const std::string box = record(103, 1, i32s({0, 0, 90, 90}));
    const auto clip = [&](const std::string& records) {
        const Drawing out = drawn({records, box});
        return out.paths.at(0).clip;
    };
    CHECK(clip(record(129, 1, i32s({10, 10, 50, 40}))) == DrawnBox{10, 10, 50, 40});
    const auto region = [](const std::string& bands) {
        return versioned(2, u16(2) + u16(3) + bands + u16(2) + u8(0));
    };
    const std::string one = u16(0) + i32s({5, 15}) + u16(1) + i32s({20, 30});
    const std::string two = one + u16(1) + i32s({60, 70});
    CHECK(clip(record(130, 1, region(one))) == DrawnBox{20, 5, 30, 15});
    CHECK(clip(record(128, 1, region(two) + u8(1))) == DrawnBox{20, 5, 70, 15});
    CHECK(missing({record(130, 1, region(one)), box}).empty());
    CHECK(missing({record(130, 1, region(two)), box}) == "une découpe");
    const Drawing lifted = drawn({record(129, 1, i32s({1, 1, 2, 2})),
                                  record(128, 1, versioned(1, u16(1) + u16(0)) + u8(0)), box});
    CHECK_FALSE(lifted.paths.at(0).clip);
}

TEST_CASE("texts of a metafile are text, each character at its place") {
    const Drawing out = drawn({font("Arial;Albany", 353, 8, 900), record(134, 1, i32(0x0000FF)),
                               record(136, 1, u16(0)), record(103, 1, i32s({0, 0, 1, 1})),
                               words({100, 200}, u"Aé𝄞b", {10, 25, 30, 40, 60})});
    REQUIRE(out.texts.size() == 1);
    const DrawnText& text = out.texts[0];
    CHECK(text.text == "Aé𝄞b");
    CHECK(text.ends == std::vector<double>{10, 25, 40, 60});
    CHECK(text.family == "Arial,Albany");
    CHECK(text.generic == "swiss");
    CHECK(text.weight == 700);
    CHECK(text.size == 353);
    CHECK(text.turn == 90);
    CHECK(text.x == 100);
    CHECK(text.y == 200);
    CHECK(text.level == DrawnText::Level::top);
    CHECK(text.color == Color{0, 0, 255, 255});
    CHECK(text.before == 1);
}

TEST_CASE("texts of a metafile come in the old encoding, as parts, stretched, in rectangles") {
    const std::string octets = u16(5) + "na\xEFve";
    const Drawing old =
        drawn({font("Arial", 100), record(112, 1, i32s({1, 2}) + octets + u16(1) + u16(3))});
    CHECK(old.texts.at(0).text == "aïv");
    CHECK(old.texts.at(0).ends.empty());
    const Drawing stretched =
        drawn({font("Arial", 100, 5, 0, 50),
               record(114, 1, i32s({1, 2}) + octets + i32(600) + u16(0) + u16(5))});
    CHECK(stretched.texts.at(0).width == 600);
    CHECK(stretched.texts.at(0).stretch == 0.5);
    const Drawing centred =
        drawn({font("Arial", 100), record(115, 1, i32s({0, 0, 200, 50}) + octets + u16(4 | 64))});
    CHECK(centred.texts.at(0).side == DrawnText::Side::center);
    CHECK(centred.texts.at(0).level == DrawnText::Level::bottom);
    CHECK(centred.texts.at(0).x == 100);
    CHECK(centred.texts.at(0).y == 50);
}

TEST_CASE("a gradient of a metafile is the mean of its colours, unless its steps follow") {
    const std::string colours = u16(0x8000) + u16(0xFF00) + u16(0) + u16(0) +  // red
                                u16(0x8000) + u16(0) + u16(0) + u16(0xFF00);   // to blue
    const std::string gradient = versioned(
        1, u16(0) + colours + u16(0) + u16(0) + u16(50) + u16(50) + u16(100) + u16(100) + u16(0));
    const Drawing plain = drawn({record(125, 1, i32s({0, 0, 9, 9}) + gradient)});
    CHECK(plain.paths.at(0).fill == Color{127, 0, 127, 255});
    CHECK(plain.missing ==
          std::vector<std::string>{"des dégradés (une couleur unie les remplace)"});
    const auto comment = [](const std::string& name) {
        return record(512, 1, u16(static_cast<int>(name.size())) + name + i32(0) + i32(0));
    };
    const Drawing steps_follow = drawn(
        {comment("XGRAD_SEQ_BEGIN"), record(148, 1, u16(1) + points({0, 0, 9, 0, 9, 9}) + gradient),
         red_fill, record(103, 1, i32s({0, 0, 9, 9})), comment("XGRAD_SEQ_END")});
    CHECK(steps_follow.paths.size() == 1);
    CHECK(steps_follow.missing.empty());
}

TEST_CASE("what a metafile holds and is not drawn is named, unknown records are passed over") {
    CHECK(missing({record(126, 1), record(127, 1), record(120, 1)}) ==
          "des hachures, un fond, une photo incorporée");
    CHECK(missing({record(900, 7, "whatever"), record(151, 1, i32(0) + u8(0))}).empty());
    const std::string inner = svm({record(103, 1, i32s({0, 0, 9, 9}))});
    const Drawing nested = drawn({record(147, 1, inner)});
    CHECK(nested.paths.size() == 1);
    CHECK(nested.missing == std::vector<std::string>{"une transparence en dégradé"});
}

TEST_CASE("bytes that are no metafile are none, and damaged ones do no harm") {
    CHECK_FALSE(read_svm(""));
    CHECK_FALSE(read_svm("VCLMTF"));
    CHECK_FALSE(read_svm(svm({}, 0, 10)));
    const std::string whole = svm({font("Arial", 100), words({1, 2}, u"abc", {1, 2, 3}),
                                   record(111, 2, u16(1) + points({0, 0, 9, 0, 9, 9}) + u16(0)),
                                   record(139, 1, u16(0xFFFF)), record(140, 1)});
    for (std::size_t size = 0; size < whole.size(); ++size)
        read_svm(ByteView(whole).substr(0, size));
    std::string deep;
    for (int i = 0; i < 20; ++i)
        deep = svm({record(147, 1, deep)});
    CHECK(read_svm(deep));
    const std::string many = record(103, 1, i32s({0, 0, 9, 9}));
    CHECK_FALSE(read_svm(svm(std::vector<std::string>(100'001, many))));
}
