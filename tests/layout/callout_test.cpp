#include "layout/callout.hpp"

#include <doctest/doctest.h>

#include "paths.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// Captions and measures against places measured in Writer 7.4; points, right of and below the
// margins.

namespace {

Pages drawn(const std::string& element, const std::string& attributes,
            const std::string& properties, const std::string& content = "") {
    Source source;
    source.common =
        "<draw:marker draw:name='Arrow' svg:viewBox='0 0 20 30' svg:d='M10 0 L0 30 H20 Z'/>";
    source.automatic =
        "<style:style style:name='G' style:family='graphic'><style:graphic-properties "
        "style:horizontal-pos='from-left' style:horizontal-rel='paragraph' style:vertical-pos="
        "'from-top' style:vertical-rel='paragraph' style:wrap='run-through' draw:fill='none' " +
        properties + "/></style:style>";
    source.body = "<text:p><draw:" + element +
                  " draw:name='x' text:anchor-type='paragraph' draw:style-name='G' " + attributes +
                  "><svg:desc>d</svg:desc>" + content + "</draw:" + element + "></text:p>";
    return set(source);
}

/// The line of a caption of 100 by 60 points at 0, 0.
std::string line(const std::string& properties, double x, double y) {
    const Pages pages =
        drawn("caption",
              "svg:x='0pt' svg:y='0pt' svg:width='100pt' svg:height='60pt' "
              "draw:caption-point-x='" +
                  std::to_string(x) + "pt' draw:caption-point-y='" + std::to_string(y) + "pt'",
              properties);
    CHECK(told(pages).empty());
    const auto all = paths(pages);
    CHECK(all.size() == 2);
    CHECK(steps(all.back()) == "M 0 0 L 100 0 L 100 60 L 0 60 Z");
    return steps(all.front());
}

/// Line and guides of a measure from x1, y1 to x2, y2.
std::vector<std::string> measure(const std::string& ends, const std::string& properties = "") {
    std::vector<std::string> out;
    for (const Path& path : paths(drawn("measure", ends, properties)))
        out.push_back(steps(path));
    return out;
}

const std::string across = "svg:x1='0pt' svg:y1='100pt' svg:x2='200pt' svg:y2='100pt'";

}  // namespace

TEST_CASE("the line of a caption leaves its box nearest to what it points at") {
    CHECK(line("draw:caption-type='angled-line'", -20, 120) == "M -20 120 L 0 30");
    CHECK(line("draw:caption-type='angled-line'", 120, 120) == "M 120 120 L 100 30");
    CHECK(line("draw:caption-type='angled-line' draw:caption-gap='10pt'", -20, 120) ==
          "M -20 120 L -10 30");
    CHECK(line("draw:caption-type='angled-line' draw:caption-escape='20%'", -20, 120) ==
          "M -20 120 L 0 12");
    CHECK(line("draw:caption-type='angled-line' draw:caption-escape='5pt'", -20, 120) ==
          "M -20 120 L 0 5");
    CHECK(line("draw:caption-type='angled-line' draw:caption-escape-direction='vertical'", -20,
               120) == "M -20 120 L 50 60");
    CHECK(line("draw:caption-type='angled-line' draw:caption-escape-direction='auto'", 40, 120) ==
          "M 40 120 L 50 60");
}

TEST_CASE(
    "a connector bends half way, or where its length says; a straight line keeps to an edge") {
    CHECK(line("", -20, 120) == "M -20 120 L -10 30 L 0 30");
    CHECK(line("draw:caption-escape-direction='vertical'", 20, 120) == "M 20 120 L 50 90 L 50 60");
    const std::string length = "draw:caption-line-length='4pt' ";
    CHECK(line(length, -20, 120) == "M -20 120 L -10 30 L 0 30");
    CHECK(line(length + "draw:caption-fit-line-length='false'", -20, 120) ==
          "M -20 120 L -4 30 L 0 30");
    CHECK(line("draw:caption-type='straight-line'", -20, 10) == "M -20 0 L 50 0");
    CHECK(line("draw:caption-type='straight-line' draw:caption-escape-direction='vertical'", 20,
               120) == "M 0 120 L 0 30");
}

TEST_CASE("a measure has a line beside what it measures, and two guides") {
    CHECK(measure(across) ==
          std::vector<std::string>{"M 0 60 L 200 60", "M 0 95 L 0 50 M 200 95 L 200 50"});
    CHECK(measure(across,
                  "draw:line-distance='20pt' draw:guide-overhang='3pt' draw:guide-distance='2pt' "
                  "draw:placing='below' draw:start-guide='10pt'") ==
          std::vector<std::string>{"M 0 120 L 200 120", "M 0 92 L 0 123 M 200 102 L 200 123"});
    // Downwards: it is read upwards, the line stands on the right.
    CHECK(measure("svg:x1='50pt' svg:y1='0pt' svg:x2='50pt' svg:y2='100pt'",
                  "draw:line-distance='20pt'") ==
          std::vector<std::string>{"M 70 0 L 70 100", "M 55 0 L 80 0 M 55 100 L 80 100"});
    const auto arrows = measure(across,
                                "draw:marker-start='Arrow' draw:marker-start-width='5pt' "
                                "draw:marker-end='Arrow' draw:marker-end-width='5pt'");
    CHECK(arrows.size() == 4);
    // From a point to itself.
    CHECK(measure("svg:x1='9pt' svg:y1='9pt' svg:x2='9pt' svg:y2='9pt'").size() == 2);
}

TEST_CASE("a measure says how long it is, or the words that it has") {
    const auto text = [](const std::string& properties, const std::string& content) {
        const Pages pages = drawn("measure", across, properties, content);
        REQUIRE(pages.lines.size() == 2);
        const LineBox& one = pages.lines[pages.lines[0].text.empty() ? 1 : 0];
        // In the middle of its line, above it.
        CHECK(std::abs(one.box.x.points() + one.box.width.points() / 2 - margin - 100) < 0.2);
        return one.text;
    };
    CHECK(text("", "") == "70,56");
    CHECK(text("draw:show-unit='true' draw:decimal-places='1'", "") == "70,6 mm");
    CHECK(text("draw:show-unit='true' draw:unit='cm'", "") == "7,06 cm");
    CHECK(text("draw:show-unit='true' draw:unit='pt'", "") == "200 pt");
    CHECK(text("draw:show-unit='true'",
               "<text:p><text:measure text:kind='gap'/><text:measure text:kind='value'>5"
               "</text:measure><text:measure text:kind='unit'>cm</text:measure></text:p>") ==
          "70,56mm");
    CHECK(text("", "<text:p>Largeur</text:p>") == "Largeur");
}
