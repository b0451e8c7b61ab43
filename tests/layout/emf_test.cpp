#include <doctest/doctest.h>

#include "layout/dib.hpp"
#include "layout/metafile.hpp"
#include "layout/wmf_bytes.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

/// A record: kind and octets.
std::string emr(int kind, const std::string& octets = {}) {
    return i32(kind) + i32(static_cast<std::int64_t>(octets.size() + 8)) + octets;
}

/// 200 × 100 pixels of a device of 10 pixels a millimetre.
std::string emf(const std::vector<std::string>& records) {
    std::string out = emr(1, i32s({0, 0, 199, 99}) + i32s({0, 0, 2000, 1000}) + " EMF" +
                                 i32s({0x10000, 0, 0, 1, 0, 0, 0}) + i32s({1000, 1000, 100, 100}));
    for (const std::string& one : records)
        out += one;
    return out + emr(14, i32s({0, 0, 20}));
}

Drawing drawn(const std::vector<std::string>& records) {
    auto out = read_emf(emf(records));
    REQUIRE(out);
    return *std::move(out);
}

const std::string box = emr(43, i32s({10, 20, 110, 70}));

std::string bounded(const std::string& rest) {
    return i32s({0, 0, 0, 0}) + rest;
}

/// A bitmap of 2 × 2 pixels: blue, white over red, green.
std::string bitmap() {
    return i32s({40, 2, 2}) + u16(1) + u16(24) + i32s({0, 0, 0, 0, 0, 0}) +
           std::string("\x00\x00\xFF\x00\xFF\x00\x00\x00", 8) +
           std::string("\xFF\x00\x00\xFF\xFF\xFF\x00\x00", 8);
}

}  // namespace

TEST_CASE("an enhanced metafile is as large as its frame, and draws by its map modes") {
    CHECK(metafile_type(emf({})) == "image/emf");
    const Drawing plain = drawn({box});
    CHECK(plain.width == doctest::Approx(200));
    CHECK(plain.height == doctest::Approx(100));
    CHECK(plain.paths.at(0).points.at(2) == DrawnPoint{110, 70});
    // Half as large, moved, then through the transformation of the world before it.
    const Drawing placed = drawn({emr(17, i32(8)), emr(9, i32s({400, 200})),
                                  emr(11, i32s({200, 100})), emr(12, i32s({5, 0})), box,
                                  emr(35, i32s({0x40000000, 0, 0, 0x3F800000, 0, 0})), box});
    CHECK(placed.paths.at(0).points.at(0) == DrawnPoint{10, 10});
    CHECK(placed.paths.at(1).points.at(0) == DrawnPoint{15, 10});
}

TEST_CASE("lines of an enhanced metafile, in long and short numbers, with and without the pen") {
    const Drawing out =
        drawn({emr(3, bounded(i32(3) + i32s({0, 0, 9, 0, 9, 9}))),
               emr(87, bounded(i32(2) + u16(1) + u16(2) + u16(3) + u16(4))), emr(27, i32s({5, 5})),
               emr(54, i32s({6, 7})),
               emr(88, bounded(i32(3) + u16(7) + u16(7) + u16(8) + u16(8) + u16(9) + u16(9))),
               emr(91, bounded(i32(2) + i32(4) + i32s({2, 2}) + u16(0) + u16(0) + u16(1) + u16(1) +
                               u16(2) + u16(2) + u16(3) + u16(3)))});
    REQUIRE(out.paths.size() == 5);
    CHECK(out.paths[0].fill);
    CHECK(out.paths[0].verbs.back() == Verb::close);
    CHECK_FALSE(out.paths[1].fill);
    CHECK(out.paths[2].points == std::vector<DrawnPoint>{{5, 5}, {6, 7}});
    CHECK(out.paths[3].points == std::vector<DrawnPoint>{{6, 7}, {7, 7}, {8, 8}, {9, 9}});
    CHECK(out.paths[3].verbs == std::vector<Verb>{Verb::move, Verb::curve});
    CHECK(out.paths[4].points.size() == 4);
}

TEST_CASE("a path of an enhanced metafile is filled as one") {
    const Drawing out =
        drawn({emr(59), emr(27, i32s({0, 0})), emr(54, i32s({9, 0})),
               emr(88, bounded(i32(3) + u16(9) + u16(3) + u16(6) + u16(9) + u16(0) + u16(9))),
               emr(61), emr(60), emr(62, bounded(""))});
    REQUIRE(out.paths.size() == 1);
    CHECK(out.paths[0].verbs ==
          std::vector<Verb>{Verb::move, Verb::line, Verb::curve, Verb::close});
    CHECK(out.paths[0].fill);
    CHECK_FALSE(out.paths[0].stroke);
}

TEST_CASE("pens, brushes, fonts and texts of an enhanced metafile") {
    std::string name;
    for (const char c : std::string("Arial"))
        name += u16(c);
    const std::string font =
        emr(82, i32(3) + i32s({-20, 0, 0, 0, 700}) + u8(1) + u8(0) + u8(0) + u8(0) + u8(0) + u8(0) +
                    u8(0) + u8(0x22) + name + std::string(64 - name.size(), '\0'));
    const std::string said = u16('A') + u16(0xE9);
    const std::string text =
        emr(84, bounded(i32s({2, 0, 0, 30, 40, 2, 76, 0, 0, 0, 0, 0, 80})) + said + i32s({11, 12}));
    const Drawing out =
        drawn({emr(38, i32s({1, 5, 1, 1, 0})), emr(39, i32s({2, 0, 0x0000FF, 0})), emr(37, i32(1)),
               emr(37, i32(2)), box, emr(37, i32(0x80000007)), emr(37, i32(0x80000005)), box, font,
               emr(37, i32(3)), emr(22, i32(24)), emr(24, i32(0xFF0000)), text});
    REQUIRE(out.paths.size() == 2);
    CHECK_FALSE(out.paths[0].stroke);
    CHECK(out.paths[0].fill == Color{255, 0, 0, 255});
    CHECK(out.paths[1].stroke == Color{0, 0, 0, 255});
    CHECK_FALSE(out.paths[1].fill);
    REQUIRE(out.texts.size() == 1);
    CHECK(out.texts[0].text == "Aé");
    CHECK(out.texts[0].ends == std::vector<double>{11, 23});
    CHECK(out.texts[0].x == 30);
    CHECK(out.texts[0].size == 20);
    CHECK(out.texts[0].weight == 700);
    CHECK(out.texts[0].color == Color{0, 0, 255, 255});
}

TEST_CASE("what an enhanced metafile draws and we do not is named, and damage does no harm") {
    const std::string whole = emf({emr(76), emr(118), emr(33), emr(34, i32(-1)), emr(84), box});
    CHECK(read_metafile(whole)->missing ==
          std::vector<std::string>{"des dégradés", "un texte abîmé", "une photo incorporée"});
    for (std::size_t size = 0; size < whole.size(); ++size)
        read_emf(ByteView(whole).substr(0, size));
}

TEST_CASE("photos that are written in runs are unpacked, whatever the runs say") {
    const auto packed = [](int width, int height, int bits, const std::string& runs) {
        return i32s({40, width, height}) + u16(1) + u16(bits) +
               i32s({bits == 8 ? 1 : 2, 0, 0, 0, 2, 0}) + i32s({0x112233, 0x445566}) + runs;
    };
    const auto rows = [&](const std::string& dib, std::size_t octets) {
        const auto picture = picture_of_packed_dib(dib);
        REQUIRE(picture);
        return Bytes(ByteView(*picture->bytes).substr(48, octets));
    };
    // From the lowest row up: a run, the end of the row, two runs, the end.
    CHECK(rows(packed(2, 2, 8, std::string("\2\1\0\0\1\0\1\1\0\1", 10)), 14) ==
          Bytes("\0\x11\x22\x33\x44\x55\x66\0\x44\x55\x66\x44\x55\x66", 14));
    // Three pixels of 4 bits as they are; then a run of both halves, behind a step aside.
    CHECK(rows(packed(3, 1, 4, std::string("\0\3\x01\0\0\1", 6)), 10) ==
          Bytes("\0\x11\x22\x33\x44\x55\x66\x11\x22\x33", 10));
    CHECK(rows(packed(3, 1, 4, std::string("\0\2\1\0\2\x10", 6)), 10) ==
          Bytes("\0\x11\x22\x33\x44\x55\x66\x11\x22\x33", 10));
    // Out of the picture, and cut short.
    CHECK(rows(packed(1, 1, 8, std::string("\0\2\xFF\xFF\xFF\1\0\xFF\1", 9)), 4) ==
          Bytes("\0\x11\x22\x33", 4));
}

TEST_CASE("photos of metafiles become pictures") {
    const auto whole = picture_of_packed_dib(bitmap());
    REQUIRE(whole);
    CHECK(whole->media_type == "image/png");
    CHECK(whole->width == 2);
    const ByteView rows = ByteView(*whole->bytes).substr(48, 14);
    CHECK(rows == ByteView("\0\x00\x00\xFF\xFF\xFF\xFF\0\xFF\x00\x00\x00\xFF\x00", 14));
    const DibPart part{1, 0, 1, 1};
    CHECK(picture_of_packed_dib(bitmap(), &part)->width == 1);
    CHECK_FALSE(picture_of_packed_dib(bitmap().substr(0, 50)));
    CHECK_FALSE(picture_of_packed_dib(""));
    // Two pixels of one bit, by a palette.
    const std::string bits = i32s({40, 2, 1}) + u16(1) + u16(1) + i32s({0, 0, 0, 0, 0, 0}) +
                             i32s({0x112233, 0x445566}) + i32(0x40);
    CHECK(ByteView(*picture_of_packed_dib(bits)->bytes).substr(48, 7) ==
          ByteView("\0\x11\x22\x33\x44\x55\x66", 7));
    // A PNG file in place of the rows, which are cut to no part of it.
    const Bytes file = *picture_of_packed_dib(bits)->bytes;
    const std::string holder = i32s({40, 2, 1}) + u16(1) + u16(0) + i32s({5, 0, 0, 0, 0, 0}) + file;
    CHECK(*picture_of_packed_dib(holder)->bytes == file);
    CHECK_FALSE(picture_of_packed_dib(holder, &part));
    CHECK_FALSE(picture_of_packed_dib(holder.substr(0, 60)));

    const auto check = [](const std::optional<Drawing>& out, const DrawnBox& place) {
        REQUIRE(out);
        CHECK(out->missing.empty());
        REQUIRE(out->photos.size() == 1);
        CHECK(out->photos[0].box == place);
        CHECK(out->photos[0].picture->height == 2);
    };
    check(read_svm(svm({record(117, 1,
                               "BM" + i32(static_cast<std::int64_t>(bitmap().size() + 14)) +
                                   i32(0) + i32(54) + bitmap() + i32s({1, 2, 30, 40}))})),
          {1, 2, 31, 42});
    check(read_wmf(wmf({u16s(0x0F43, {0x20, 0xCC, 0, 2, 2, 0, 0, 40, 30, 2, 1}) + bitmap()})),
          {1, 2, 31, 42});
    check(read_emf(
              emf({emr(81, bounded(i32s({1, 2, 0, 0, 2, 2, 80, 40, 120, 16, 0, 0xCC0020, 30, 40})) +
                               bitmap())})),
          {1, 2, 31, 42});
}
