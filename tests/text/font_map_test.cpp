#include "text/font_map.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "base/error.hpp"
#include "base/file.hpp"

using namespace paraphe;

namespace {

std::string message_of(const std::string& map) {
    const std::filesystem::path file = std::filesystem::path(PARAPHE_BINARY_DIR) / "test-fonts.map";
    write_file(file, map);
    try {
        const auto fonts = text::FontMap::load(file);
        fonts.find("X", 400, false);
    } catch (const Error& error) {
        return message({error.where().source == file.string() ? "fonts.map" : error.where().source,
                        error.where().line,
                        0,
                        {}},
                       error.problem(), error.remedy());
    }
    return "no error";
}

const text::FontMap& fonts() {
    static const auto map = text::FontMap::load(PARAPHE_SOURCE_DIR "/fonts/fonts.map");
    return map;
}

}  // namespace

TEST_CASE("every face of the map is the file that the map describes") {
    for (const char* family : {"Liberation Serif", "Liberation Sans", "Liberation Mono", "Carlito",
                               "Caladea", "DejaVu Sans", "DejaVu Serif", "Noto Naskh Arabic"})
        for (const int weight : {400, 700})
            for (const bool italic : {false, true}) {
                const auto choice = fonts().find(family, weight, italic);
                REQUIRE(choice.face);
                CHECK(choice.face->family() == family);
                CHECK(choice.face->metrics().ascent > 0);
                CHECK(choice.face->metrics().descent < 0);
            }
}

TEST_CASE("the names of the Microsoft fonts give the fonts with the same widths") {
    CHECK(fonts().find("Times New Roman", 400, false).face->family() == "Liberation Serif");
    CHECK(fonts().find("'arial'", 700, false).face->postscript_name() == "LiberationSans-Bold");
    CHECK(fonts().find("Calibri", 400, true).face->postscript_name() == "Carlito-Italic");
    CHECK(fonts().find("Cambria", 700, true).face->postscript_name() == "Caladea-BoldItalic");
    CHECK(fonts().find("Courier New", 400, false).face->metrics().fixed_pitch);
}

TEST_CASE("an unknown family is replaced by the one of its kind and says so") {
    const auto serif = fonts().find("Garamond Inconnu", 400, false, "roman");
    CHECK(serif.substituted);
    CHECK(serif.face->family() == "Liberation Serif");
    CHECK(fonts().find("Inconnue, Carlito", 400, false).face->family() == "Carlito");
    CHECK_FALSE(fonts().knows("Garamond Inconnu"));
}

TEST_CASE("a style that a family lacks is made from the one it has") {
    const auto italic = fonts().find("Noto Naskh Arabic", 700, true);
    CHECK(italic.face->postscript_name() == "NotoNaskhArabic-Bold");
    CHECK(italic.slant > 0);
    CHECK(italic.embolden == 0);
}

TEST_CASE("metrics are those of hhea, OS/2 and post") {
    const auto& m = fonts().find("Liberation Serif", 400, false).face->metrics();
    CHECK(m.units_per_em == 2048);
    CHECK(m.ascent == 1825);
    CHECK(m.descent == -443);
    CHECK(m.line_gap == 87);
    CHECK(m.weight == 400);
}

TEST_CASE("a fault of the map names file, line and remedy") {
    CHECK(message_of("face A | bold\n") ==
          "fonts.map:1: unknown line 'face A | bold'; see the format in src/text/font_map.hpp");
    CHECK(message_of("\nalias A | B\n") ==
          "fonts.map:2: unknown family 'B' (its face lines must stand above); see the format in "
          "src/text/font_map.hpp");
    CHECK(message_of("face A | thin | /a.ttf | 00\n") ==
          "fonts.map:1: unknown style 'thin'; see the format in src/text/font_map.hpp");
    CHECK(message_of("face A | bold | /a.ttf | 00\n") ==
          "fonts.map:1: '00' is not a SHA-256; see the format in src/text/font_map.hpp");
    CHECK(message_of("") ==
          "fonts.map: the line 'generic default | …' is missing; see the format in "
          "src/text/font_map.hpp");
}

TEST_CASE("a font file that is missing or changed is refused by name") {
    const std::string zeros(64, '0');
    CHECK(message_of("face A | regular | /nowhere/a.ttf | " + zeros + "\ngeneric default | A\n") ==
          "/nowhere/a.ttf: the font file is not there; install the Debian package that "
          "fonts/fonts.map names above it");
    const std::filesystem::path file = std::filesystem::path(PARAPHE_BINARY_DIR) / "changed.ttf";
    write_file(file, "abc");
    CHECK(
        message_of("face A | regular | " + file.string() + " | " + zeros +
                   "\ngeneric default | A\n") ==
        file.string() +
            ": the font file has the SHA-256 "
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, not the one of the "
            "map; install the version that the map was made from, or record the new hash in "
            "fonts/fonts.map");
    CHECK(message_of("face A | regular | " + file.string() +
                     " | ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                     "\ngeneric default | A\n") == file.string() + ": not a font file");
}

TEST_CASE("letters of China and Japan come from the last font that is asked, and no others do") {
    for (const char32_t c : {U'\u6F22', U'\u3042', U'\u30A2', U'\u3105'})
        CHECK(fonts().fallback(c, 400, false).face->family() == "Droid Sans Fallback");
    for (const char32_t c : {U'a', U'\u0416', U'\u2192', U'\u2460', U'\u25A0', U'\u0639'})
        CHECK(fonts().fallback(c, 400, false).face->family() != "Droid Sans Fallback");
}
