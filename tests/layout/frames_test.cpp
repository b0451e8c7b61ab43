#include "layout/frames.hpp"

#include <doctest/doctest.h>

#include "setting.hpp"

// Text beside frames, against places measured in Writer 7.4: 12 pt Liberation Serif, lines of 13.8
// pt, text 481.9 pt wide.

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

const std::string at_place =
    R"(style:horizontal-pos="from-left" style:horizontal-rel="paragraph" style:vertical-pos="from-top")"
    R"( style:vertical-rel="paragraph" )";

std::string frame_style(const std::string& properties) {
    return R"(<style:style style:name="G" style:family="graphic"><style:graphic-properties )" +
           properties + "/></style:style>";
}

/// A frame of the given place and size in points.
std::string frame(const std::string& place, const std::string& anchor = "paragraph",
                  const std::string& more = "", const std::string& content = "cadre") {
    return R"(<draw:frame draw:style-name="G" text:anchor-type=")" + anchor + "\" " + place + " " +
           more + "><draw:text-box><text:p>" + content + "</text:p></draw:text-box></draw:frame>";
}

std::string place(double x, double y, double width, double height) {
    const auto points = [](double value) { return "\"" + std::to_string(value) + "pt\""; };
    return "svg:x=" + points(x) + " svg:y=" + points(y) + " svg:width=" + points(width) +
           " svg:height=" + points(height);
}

std::string words(int first = 0, int last = 120) {
    std::string out;
    for (int i = first; i < last; ++i)
        out += (i > first ? " mot" : "mot") + std::to_string(i);
    return out;
}

std::string p(const std::string& content) {
    return "<text:p>" + content + "</text:p>";
}

/// "x;baseline first-word" of the first lines of a page, frames left out; rounded to a point.
std::vector<std::string> lines(const Pages& pages, std::size_t most, int page = 0) {
    std::vector<std::string> out;
    for (const LineBox& line : pages.lines) {
        if (line.page != page || line.text == "cadre" || out.size() == most) continue;
        const auto whole = [](Length length) {
            return std::to_string(std::lround(length.points() - margin));
        };
        out.push_back(whole(line.box.x) + ";" + whole(line.baseline) + " " +
                      line.text.substr(0, line.text.find(' ')));
    }
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("text stands beside a frame and comes back to the margin below it") {
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="right")");
    source.body = p("avant") + p(frame(place(0, 10, 100, 50)) + words());
    CHECK(lines(set(source), 8) == Lines{"0;11 avant", "100;25 mot0", "100;39 mot13",
                                         "100;53 mot24", "100;66 mot35", "100;80 mot46",
                                         "0;94 mot57", "0;108 mot71"});
}

TEST_CASE("a text box without a style has Writer's own: centred, at the top, with a border") {
    Source source;
    source.body = "<text:p>" + frame(R"(svg:width="100pt")") + words() + "</text:p>";
    const Pages pages = set(source);
    // 2.01 mm clear on both sides of a box in the middle.
    CHECK(lines(pages, 2)[0] == "0;11 mot0");
    const double middle = (595.28 - 2 * margin) / 2;
    CHECK(pages.lines[1].box.x.points() - margin ==
          doctest::Approx(middle + 50 + 5.7).epsilon(0.002));
    // Named by none instead of one that is nowhere: the same.
    const std::string named = "draw:style-name=\"G\" ";
    source.body.erase(source.body.find(named), named.size());
    CHECK(dump(set(source)) == dump(pages));
}

TEST_CASE("parallel text goes on on the other side of the frame, on the same line") {
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="parallel")");
    source.body = p(frame(place(150, 0, 100, 10)) + words());
    CHECK(lines(set(source), 3) == Lines{"0;11 mot0", "250;11 mot5", "0;25 mot12"});
    // The margins of the frame stay clear, and one above its place counts as well.
    source.automatic = frame_style(at_place + R"(style:wrap="parallel" fo:margin="7pt")");
    CHECK(lines(set(source), 5) ==
          Lines{"0;11 mot0", "257;11 mot5", "0;25 mot12", "257;25 mot16", "0;39 mot22"});
}

TEST_CASE("each side of a frame is justified by itself") {
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="parallel")") +
                       paragraph_style("J", R"(fo:text-align="justify" fo:text-indent="30pt")");
    source.body =
        R"(<text:p text:style-name="J">)" + frame(place(150, 0, 100, 10)) + words() + "</text:p>";
    const Pages pages = set(source);
    CHECK(lines(pages, 2) == Lines{"30;11 mot0", "250;11 mot4"});
    // Up to the frame and to the margin, and the blank that hangs over (3 pt).
    CHECK(pages.lines[0].box.width.points() == doctest::Approx(123).epsilon(0.002));
    CHECK(pages.lines[1].box.width.points() == doctest::Approx(234.8).epsilon(0.002));
}

TEST_CASE("no text stands beside a frame without wrap, not even an empty line") {
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="none")");
    source.body = p("avant") + p(frame(place(150, 20, 100, 50)) + words()) + p("après");
    CHECK(lines(set(source), 3) == Lines{"0;11 avant", "0;25 mot0", "0;95 mot16"});
    source.body = p(frame(place(0, 0, 100, 30))) + p("après");
    CHECK(lines(set(source), 2) == Lines{"0;41 ", "0;55 après"});
}

TEST_CASE("dynamic wrap takes the broader side of a broad frame") {
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="dynamic")");
    source.body = p(frame(place(150, 0, 100, 10)) + words());
    CHECK(lines(set(source), 3) == Lines{"250;11 mot0", "250;25 mot8", "0;39 mot15"});
    source.body = p(frame(place(150, 0, 30, 10)) + words());
    CHECK(lines(set(source), 2) == Lines{"0;11 mot0", "180;11 mot5"});
}

TEST_CASE("a line that ends where the frame begins is beside it, one above a twip is not") {
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="right")");
    source.body = p(frame(place(0, 27.6, 100, 10)) + words());
    CHECK(lines(set(source), 3) == Lines{"0;11 mot0", "100;25 mot16", "100;39 mot27"});
    source.body = p(frame(place(0, 27.65, 100, 10)) + words());
    CHECK(lines(set(source), 3) == Lines{"0;11 mot0", "0;25 mot16", "100;39 mot30"});
    source.body = p(frame(place(0, 0, 100, 41.35)) + words());
    CHECK(lines(set(source), 5)[3] == "100;53 mot35");
    source.body = p(frame(place(0, 0, 100, 41.3)) + words());
    CHECK(lines(set(source), 5)[3] == "0;53 mot35");
}

TEST_CASE("indents and labels count from the frame that covers the margin") {
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="right")") +
                       paragraph_style("I", R"(fo:margin-left="20pt" fo:text-indent="30pt")") +
                       R"(<text:list-style style:name="L"><text:list-level-style-number
 text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties
 text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment
 text:label-followed-by="listtab" fo:margin-left="36pt" fo:text-indent="-18pt"
 text:list-tab-stop-position="36pt"/></style:list-level-properties></text:list-level-style-number>
</text:list-style>)";
    source.body =
        R"(<text:p text:style-name="I">)" + frame(place(0, 0, 100, 20)) + words() + "</text:p>";
    CHECK(lines(set(source), 3) == Lines{"150;11 mot0", "120;25 mot11", "20;39 mot21"});
    source.body = p(frame(place(0, 0, 100, 30)) + "un") +
                  R"(<text:list text:style-name="L"><text:list-item>)" + p(words()) +
                  "</text:list-item></text:list>";
    CHECK(lines(set(source), 4) == Lines{"100;11 un", "118;25 1.", "136;39 mot12", "36;53 mot22"});
}

TEST_CASE("a frame that reaches above its paragraph moves the text before it") {
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="right")");
    source.body = p("avant") + p(frame(place(0, -5, 100, 30)) + words());
    CHECK(lines(set(source), 4) ==
          Lines{"100;11 avant", "100;25 mot0", "100;39 mot13", "0;53 mot24"});
    source.automatic = frame_style(at_place + R"(style:wrap="none")");
    CHECK(lines(set(source), 2) == Lines{"0;50 avant", "0;64 mot0"});
}

TEST_CASE("a frame is kept on the sheet, and goes with its paragraph when no line stays") {
    const std::string fifty = [] {
        std::string out;
        for (int i = 0; i < 50; ++i)
            out += p("l");
        return out;
    }();
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="right")");
    source.body = fifty + p(frame(place(0, 0, 100, 100)) + words());
    const Pages beside = set(source);
    CHECK(lines(beside, 60).back() == "100;715 mot13");
    CHECK(lines(beside, 60)[49] == "100;687 l");
    CHECK(lines(beside, 1, 1) == Lines{"0;11 mot24"});
    source.automatic = frame_style(at_place + R"(style:wrap="none")");
    const Pages below = set(source);
    CHECK(lines(below, 60).back() == "0;687 l");
    CHECK(lines(below, 1, 1) == Lines{"0;111 mot0"});
}

TEST_CASE("a frame larger than the page lies on it, and the text takes no notice") {
    Source source;
    for (const char* wrap : {"none", "parallel", "dynamic", "right"}) {
        source.automatic = frame_style(at_place + R"(style:wrap=")" + wrap + "\"");
        source.body = p("avant") + p(frame(place(0, 0, 700, 900)) + words()) + p("fin");
        const Pages pages = set(source);
        CHECK(pages.pages.size() <= 2);
        CHECK(lines(pages, 2) == Lines{"0;11 avant", "0;25 mot0"});
    }
}

TEST_CASE("a frame on the page stands where the page has it") {
    Source source;
    source.automatic = frame_style(
        R"(style:horizontal-pos="from-left" style:horizontal-rel="page" style:vertical-pos="from-top"
 style:vertical-rel="page" style:wrap="right")");
    source.body =
        frame(place(57, 80, 100, 30), "page", R"(text:anchor-page-number="1")") + p(words());
    const Pages pages = set(source);
    CHECK(lines(pages, 5) ==
          Lines{"0;11 mot0", "100;25 mot16", "100;39 mot27", "100;53 mot38", "0;66 mot49"});
    CHECK(pages.warnings.empty());
    source.body = frame(place(57, 80, 100, 30), "page", R"(text:anchor-page-number="2")") + p("a");
    const Pages missing = set(source);
    CHECK(missing.lines.size() == 1);
    REQUIRE(missing.warnings.size() == 1);
    CHECK(missing.warnings[0].message ==
          "un cadre est ancré à la page 2, que le document n’a pas : il manque");
}

TEST_CASE("a cell holds the frames that flow with its text") {
    const std::string table_of_one =
        "<table:table><table:table-column/><table:table-row>"
        "<table:table-cell>" +
        p(frame(place(0, 0, 100, 60)) + "un") +
        "</table:table-cell></table:table-row></table:table>" + p("fin");
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="right" style:flow-with-text="true")");
    source.body = table_of_one;
    CHECK(lines(set(source), 2) == Lines{"100;11 un", "0;71 fin"});
    source.automatic = frame_style(at_place + R"(style:wrap="right")");
    CHECK(lines(set(source), 2) == Lines{"100;11 un", "0;25 fin"});
}

TEST_CASE("frames lie under or over the text in the order of their z-index") {
    Source source;
    source.automatic = frame_style(at_place + R"(style:wrap="run-through")") +
                       R"(<style:style style:name="B" style:family="graphic"
 style:parent-style-name="G"><style:graphic-properties style:wrap="run-through"
 style:run-through="background"/></style:style>)";
    std::string below = frame(place(0, 0, 100, 30), "paragraph", R"(draw:z-index="5")", "dessous");
    below.replace(below.find("\"G\""), 3, "\"B\"");
    source.body = p(frame(place(0, 0, 100, 30), "paragraph", R"(draw:z-index="2")", "haut") +
                    frame(place(0, 0, 100, 30), "paragraph", R"(draw:z-index="1")", "milieu") +
                    below + "texte");
    CHECK(texts(set(source)) == Lines{"dessous", "texte", "milieu", "haut"});
}
