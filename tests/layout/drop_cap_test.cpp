#include <doctest/doctest.h>

#include "setting.hpp"

// Drop caps, as measured in Writer 7.4 (Liberation Serif 12 pt, A4, margins of 2 cm).

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

const std::string lorem =
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut "
    "labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco "
    "laboris nisi ut aliquip ex ea commodo consequat. Duis aute irure dolor in reprehenderit in "
    "voluptate velit esse cillum dolore eu fugiat nulla pariatur. Excepteur sint occaecat.";

Pages with_cap(const std::string& cap, const std::string& text = lorem,
               const std::string& properties = "", const std::string& before = "") {
    return set({.body = before + "<text:p text:style-name=\"P1\">" + text + "</text:p>",
                .automatic = "<style:style style:name=\"P1\" style:family=\"paragraph\">"
                             "<style:paragraph-properties " +
                             properties + "><style:drop-cap " + cap +
                             "/></style:paragraph-properties></style:style>"
                             "<style:style style:name=\"F\" style:family=\"graphic\">"
                             "<style:graphic-properties style:wrap=\"parallel\" "
                             "style:horizontal-pos=\"from-left\" "
                             "style:vertical-pos=\"from-top\"/></style:style>"
                             "<style:style style:name=\"Big\" style:family=\"text\">"
                             "<style:text-properties fo:font-family=\"'Liberation Sans'\" "
                             "fo:font-weight=\"bold\" fo:font-size=\"30pt\"/></style:style>"});
}

double tenth(double value) {
    return std::round(value * 10) / 10;
}

/// Size, x right of the margin, baseline below the top margin of the first glyphs.
std::vector<double> cap(const Pages& pages) {
    const auto& run = std::get<GlyphRun>(pages.pages.at(0).items.at(0));
    return {tenth(run.size.points()), tenth(run.origin.x.points() - margin),
            tenth(run.origin.y.points() - margin)};
}

/// Where the text of each line begins, the cap left out.
std::vector<double> text_starts(const Pages& pages) {
    auto out = starts(pages);
    out.erase(out.begin());
    return out;
}

}  // namespace

TEST_CASE("a drop cap reaches from the top of its first line to the baseline of its last") {
    const Pages three = with_cap(R"(style:lines="3")");
    CHECK(near(cap(three), {59.3, 0, 38.8}));
    CHECK(near(text_starts(three), {36.2, 36.2, 36.2, 0}));
    CHECK(near(baselines(three), {11.2, 25.0, 38.8, 52.6}));
    CHECK(texts(three)[0].starts_with("Lorem ipsum"));
    CHECK(texts(three)[1].starts_with("labore et"));
    CHECK(texts(three)[2].starts_with("laboris nisi"));
    CHECK(texts(three)[3].starts_with("voluptate velit"));
    // Deep letters stand higher, and all of several letters fill the height together.
    CHECK(near(cap(with_cap(R"(style:lines="3")", "Q" + lorem)), {47, 0, 31.2}));
    CHECK(near(cap(with_cap(R"(style:lines="3")", "g" + lorem)), {53.2, 0, 27.3}));
    const Pages word = with_cap(R"(style:lines="3" style:length="word")");
    CHECK(near(cap(word), {58.3, 0, 38.2}));
    CHECK(texts(word)[0].starts_with("Lorem ipsum"));
    CHECK(texts(word)[1].starts_with("tempor"));
    const Pages distant = with_cap(R"(style:lines="2" style:length="1" style:distance="0.2cm")");
    CHECK(near(cap(distant), {38.2, 0, 25.0}));
    CHECK(near(text_starts(distant), {29.0, 29.0, 0, 0}));
}

TEST_CASE("a drop cap has a text style of its own, whose size does not count") {
    const Pages pages = with_cap(R"(style:lines="3" style:style-name="Big")");
    CHECK(near(cap(pages), {56.4, 0, 38.8}));
    CHECK(near(text_starts(pages), {34.4, 34.4, 34.4, 0}));
    CHECK(std::get<GlyphRun>(pages.pages[0].items[0]).face->family() == "Liberation Sans");
}

TEST_CASE("the height of the lines makes the drop cap, whatever makes theirs") {
    CHECK(near(cap(with_cap(R"(style:lines="3")", lorem, R"(fo:line-height="150%")")),
               {80.3, 0, 52.6}));
    CHECK(near(cap(with_cap(R"(style:lines="3")", lorem, R"(style:line-spacing="4pt")")),
               {71.4, 0, 46.8}));
    const Pages high = with_cap(R"(style:lines="3")", lorem.substr(0, 110) +
                                                          R"(<text:span text:style-name="Big">gros)"
                                                          "</text:span>" +
                                                          lorem.substr(110));
    CHECK(cap(high)[0] > 80);
    CHECK(near({cap(high)[2]}, {baselines(high)[2]}));
    // Indents count from the first line's, for all lines of the cap.
    const Pages hanging =
        with_cap(R"(style:lines="3")", lorem, R"(fo:text-indent="-0.5cm" fo:margin-left="1cm")");
    CHECK(near(cap(hanging), {59.3, 14.2, 38.8}));
    CHECK(near(text_starts(hanging), {50.4, 50.4, 50.4, 28.4, 28.4}));
    const Pages centred = with_cap(R"(style:lines="3")", lorem, R"(fo:text-align="center")");
    CHECK(near(cap(centred), {59.3, 2.5, 38.8}));
    CHECK(near(text_starts(centred), {38.7, 38.7, 44.7, 44.2}));
}

TEST_CASE("a drop cap has no more lines than its text, and none has a single line") {
    const Pages two = with_cap(R"(style:lines="3")", lorem.substr(0, 150));
    CHECK(near(cap(two), {38.2, 0, 25.0}));
    CHECK(near(text_starts(two), {23.4, 23.4}));
    for (const std::string& text :
         {lorem.substr(0, 85), lorem.substr(0, 95), "L<text:line-break/>" + lorem,
          "<text:tab/>" + lorem, std::string("L"), std::string()}) {
        CAPTURE(text);
        const Pages pages = with_cap(R"(style:lines="3")", text);
        for (const Item& item : pages.pages[0].items)
            if (const auto* run = std::get_if<GlyphRun>(&item)) CHECK(run->size.points() == 12);
    }
    CHECK(near(cap(with_cap(R"(style:lines="1")")), {12, 0, 11.2}));
}

TEST_CASE("a drop cap of text from right to left stands at the right") {
    const Pages pages =
        with_cap(R"(style:lines="2")", lorem, R"(style:writing-mode="rl-tb" fo:text-align="end")");
    CHECK(near(cap(pages), {38.2, 458.5, 25.0}));
}

TEST_CASE("no page ends beside a drop cap") {
    const auto pages = [](int before) {
        return with_cap(R"(style:lines="3")", lorem, "", paragraphs(before, "Standard"));
    };
    CHECK(texts(pages(49), 1).size() == 1);
    CHECK(texts(pages(50), 1).size() == 4);
}

TEST_CASE("a drop cap beside a frame moves with its text, for all of its lines") {
    const Pages pages = with_cap(
        R"(style:lines="3")",
        R"(<draw:frame text:anchor-type="paragraph" draw:style-name="F" svg:x="0cm" svg:y="0cm"
 svg:width="3cm" svg:height="0.8cm"><draw:image xlink:href="Pictures/none.png"/></draw:frame>)" +
            lorem);
    CHECK(near(cap(pages), {59.3, 85.1, 38.8}));
    CHECK(near(text_starts(pages), {121.3, 121.3, 121.3, 0, 0}));
}

TEST_CASE("the letters of a drop cap are read with their text") {
    const Pages pages = with_cap(R"(style:lines="3")", "fi" + lorem);
    std::string read;
    for (const Item& item : pages.pages[0].items)
        if (const auto* run = std::get_if<GlyphRun>(&item)) read += run->text;
    CHECK(read.starts_with("fiLorem ipsum dolor"));
}
