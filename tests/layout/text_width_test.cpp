#include <doctest/doctest.h>

#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// The widths at which Writer 7.4 still keeps a word on one line, measured to the twip.

namespace {

std::string repeated(const std::string& text, int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
        out += text;
    return out;
}

/// Does the text, in Carlito of 10 pt, fit one line that is so many twips wide?
bool fits(const std::string& text, int twips, const std::string& settings = {}) {
    Source source;
    source.page = R"(fo:page-width="17cm" fo:page-height="29.7cm" fo:margin="0cm")";
    // Lengths are read in hundredths of a millimetre, 1.76 to a twip: each twip has its length.
    const int hundredths = ((9638 - twips) * 2540 + 720) / 1440;
    source.automatic = paragraph_style(
        "P",
        "fo:margin-right=\"" + std::to_string(hundredths / 100) + "." +
            std::to_string(100 + hundredths % 100).substr(1) + "mm\"",
        R"(fo:font-family="Carlito" fo:font-size="10pt" style:letter-kerning="true")");
    source.settings = settings;
    source.body = "<text:p text:style-name=\"P\">" + text + "</text:p>";
    return set(source).lines.size() == 1;
}

/// The narrowest line, in twips, that takes the text.
int least(const std::string& text, int guess, const std::string& settings = {}) {
    for (int twips = guess - 20; twips < guess + 20; ++twips)
        if (fits(text, twips, settings)) return twips;
    return 0;
}

}  // namespace

TEST_CASE("each letter is a whole number of dots wide, of which an inch has 8640") {
    CHECK(least(repeated("n", 60), 6300) == 6300);  // 105.08 twips in font units
    CHECK(least(repeated("i", 31), 1421) == 1421);  // 45.90
    CHECK(least(repeated("a", 20), 1917) == 1917);  // 95.80
    CHECK(least("est rempli trois mois de", 1904) == 1904);
    CHECK(least("La facture est payée avant", 2110) == 2110);
}

TEST_CASE("with less resolution an inch has 600 dots") {
    const std::string settings =
        R"(<config:config-item config:name="PrinterIndependentLayout" config:type="string">)";
    const std::string low = settings + "low-resolution</config:config-item>";
    CHECK(least(repeated("n", 30), 3168, low) == 3168);
    CHECK(least(repeated("i", 30), 1368, low) == 1368);
    CHECK(least(repeated("m", 30), 4752, low) == 4752);
    CHECK(least(repeated("n", 30), 3150, settings + "high-resolution</config:config-item>") ==
          3150);
}

TEST_CASE("no-break spaces and hyphens and word joiners stand apart, each from a whole twip on") {
    CHECK(least(repeated("o\u00A0", 20) + "o", 3126) == 3126);  // 3118.8 in one piece
    CHECK(least(repeated("o\u2011", 20) + "o", 3446) == 3446);
    CHECK(least(repeated("o\u2060", 20) + "o", 2226) == 2226);
    CHECK(least(repeated("o\u202F", 20) + "o", 3119) == 3119);  // a narrow one belongs to the text
}

TEST_CASE("ascent, descent and leading of a font are whole numbers of dots too") {
    const auto pitch = [](const std::string& font, const std::string& size) {
        Source source;
        source.automatic = paragraph_style(
            "P", "", "fo:font-family=\"'" + font + "'\" fo:font-size=\"" + size + "pt\"");
        source.body = paragraphs(21, "P");
        const auto lines = baselines(set(source));
        return std::lround(lines.back() - lines.front());  // 20 lines: twips of one
    };
    CHECK(pitch("Liberation Serif", "8") == 184);
    CHECK(pitch("Liberation Serif", "9") == 207);
    CHECK(pitch("Liberation Serif", "9.5") == 219);
    CHECK(pitch("Liberation Serif", "10") == 231);  // 230.0 in font units
    CHECK(pitch("Liberation Serif", "10.5") == 242);
    CHECK(pitch("Liberation Serif", "12") == 276);
    CHECK(pitch("Liberation Serif", "13.5") == 311);
    CHECK(pitch("Liberation Serif", "17") == 392);
    CHECK(pitch("Liberation Sans", "13") == 300);
    CHECK(pitch("Carlito", "18") == 440);
    CHECK(pitch("DejaVu Sans", "12") == 280);
}
