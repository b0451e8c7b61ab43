#include <doctest/doctest.h>

#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// Rubies against places measured in Writer 7.4; points.

namespace {

std::string ruby(const std::string& base, const std::string& small) {
    return "<text:ruby text:style-name='R'><text:ruby-base>" + base +
           "</text:ruby-base><text:ruby-text>" + small + "</text:ruby-text></text:ruby>";
}

Pages set_with(const std::string& body, const std::string& properties = "",
               const std::string& common = "") {
    Source source;
    source.common = common;
    source.automatic = "<style:style style:name='R' style:family='ruby'><style:ruby-properties " +
                       properties + "/></style:style>";
    source.body = body;
    return set(source);
}

double rounded(Length length) {
    return std::round(length.points() * 10) / 10;
}

const LineBox& line_of(const Pages& pages, const std::string& text) {
    for (const LineBox& line : pages.lines)
        if (line.text == text) return line;
    FAIL("no line " << text);
    return pages.lines.at(0);
}

}  // namespace

TEST_CASE("a ruby stands above its base, in a line that is as much higher") {
    const Pages pages =
        set_with("<text:p>a</text:p><text:p>Le " + ruby("bail", "acte") + " dit</text:p>");
    CHECK(pages.warnings.empty());
    const LineBox& line = line_of(pages, "Le bail dit");
    const LineBox& small = line_of(pages, "acte");
    CHECK(rounded(line.baseline - pages.lines[0].baseline) == 20.7);
    CHECK(rounded(line.baseline - small.baseline) == 12.5);
    CHECK(rounded(small.box.height) == 6.9);
    const Pages below =
        set_with("<text:p>Le " + ruby("bail", "acte") + "</text:p><text:p>b</text:p>",
                 "style:ruby-position='below'");
    CHECK(rounded(line_of(below, "b").baseline - line_of(below, "Le bail").baseline) == 20.7);
}

TEST_CASE("the shorter of ruby and base is aligned, or spread letter by letter") {
    const auto x = [](const std::string& align) {
        const Pages pages = set_with("<text:p>" + ruby("résiliation", "rup") + "</text:p>",
                                     "style:ruby-align='" + align + "'");
        return rounded(line_of(pages, "rup").box.x - Length::from_points(margin));
    };
    CHECK(x("left") == 0);
    CHECK(x("center") == 20);
    CHECK(x("right") == 40);
    CHECK(x("distribute-letter") == 0);
    CHECK(x("distribute-space") == 6.7);
    // A wide ruby moves what follows its base.
    const Pages wide = set_with("<text:p>" + ruby("i", "contrat de location") + "x</text:p>");
    CHECK(rounded(line_of(wide, "ix").box.width) > 40);
}

TEST_CASE("what a ruby annotates is not broken, and a ruby without text is its base") {
    const std::string words =
        "Une ligne assez longue pour que sa fin tombe dans ce qui est annoté, où il y aura ";
    const Pages pages =
        set_with("<text:p>" + words + ruby("une résiliation du contrat", "fin") + "</text:p>");
    CHECK(line_of(pages, "une résiliation du contrat").paragraph == 0);
    CHECK(set_with("<text:p>" + ruby("bail", "") + "</text:p>").lines.at(0).text == "bail");
}

TEST_CASE("a ruby has 6 points, or the size of the common style that it names") {
    const std::string body = "<text:p>" + ruby("bail", "acte") + "</text:p>";
    const std::string style =
        "<style:style style:name='Rubies' style:family='text'><style:text-properties "
        "fo:font-size='8pt'/></style:style>";
    CHECK(rounded(line_of(set_with(body), "acte").box.height) == 6.9);
    CHECK(rounded(line_of(set_with(body, "", style), "acte").box.height) == 9.2);
}
