#include "text/shaping.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;

namespace {

const text::FontMap& fonts() {
    static const auto map = text::FontMap::load(PARAPHE_SOURCE_DIR "/fonts/fonts.map");
    return map;
}

int width(const std::vector<text::ShapedPiece>& pieces) {
    int sum = 0;
    for (const auto& piece : pieces)
        for (const auto& glyph : piece.glyphs)
            sum += glyph.advance;
    return sum;
}

std::vector<text::ShapedPiece> shape(std::string_view text, text::ShapingOptions options = {},
                                     std::string_view family = "Liberation Serif") {
    return text::shape(fonts(), fonts().find(family, options.weight, options.italic), text,
                       options);
}

}  // namespace

TEST_CASE("kerning moves a pair of letters together and can be switched off") {
    text::ShapingOptions plain;
    plain.kerning = false;
    CHECK(width(shape("AV")) < width(shape("AV", plain)));
}

TEST_CASE("an accent written as a mark of its own stays in the cluster of its letter") {
    const auto pieces = shape("e\xCC\x81t");  // e, U+0301, t
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].glyphs.front().cluster == 0);
    CHECK(pieces[0].glyphs.back().cluster == 3);
    CHECK(width(pieces) == width(shape("ét")));
}

TEST_CASE("a ligature keeps the first octet of its letters") {
    const auto pieces = shape("affine", {}, "Carlito");
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].glyphs.size() < 6);
    CHECK(pieces[0].glyphs[1].cluster == 1);
}

TEST_CASE("a name in Cyrillic and one in Arabic are set in fonts that have them") {
    CHECK(shape("Олексій").size() == 1);  // Liberation Serif has Cyrillic
    text::ShapingOptions arabic;
    arabic.right_to_left = true;
    const auto pieces = shape("يوسف", arabic, "Carlito");
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].font.face->family() == "DejaVu Sans");
    CHECK(pieces[0].glyphs.front().cluster > pieces[0].glyphs.back().cluster);
}

TEST_CASE("only the characters that a font lacks come from another one") {
    const auto pieces = shape("case ☐ cochée", {}, "Carlito");
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[0].font.face->family() == "Carlito");
    CHECK(pieces[1].font.face->family() == "DejaVu Sans");
    CHECK(pieces[1].begin == 5);
    CHECK(pieces[1].end == 8);
    CHECK(pieces[2].end == 16);
}

TEST_CASE("a character that no font has is refused by name") {
    try {
        shape("bon \xF0\x93\x80\x80 appétit");
        FAIL("must refuse");
    } catch (const Error& error) {
        CHECK(std::string(error.what()) ==
              "no font has the character U+13000 '\xF0\x93\x80\x80'; replace the character, or add "
              "a font that has it to fonts/fonts.map");
        CHECK(error.code() == "missing_glyph");
    }
}

TEST_CASE("a letter with marks without end is refused at once") {
    const auto marked = [](int marks) {
        std::string text = "e";
        for (int i = 0; i < marks; ++i)
            text += "\xCC\x81";
        return text;
    };
    CHECK(shape(marked(30)).size() == 1);
    CHECK_THROWS_WITH_AS(shape(marked(50'000)),
                         "a letter carries more than 30 marks; remove the marks", Error);
}

TEST_CASE("a no-break hyphen is a hyphen where its font has no sign for it") {
    const auto pieces = shape("a\u2011b", {}, "Carlito");
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[1].font.face->family() == "Carlito");
    CHECK(pieces[1].begin == 1);
    CHECK(pieces[1].end == 4);
    CHECK(width({pieces[1]}) == width(shape("-", {}, "Carlito")));
    CHECK(pieces[1].glyphs.front().cluster == 1);
}
