#include <doctest/doctest.h>

#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

/// The levels that a listener hears, in order.
std::string levels(const std::vector<int>& outline_levels) {
    Source source;
    for (const int level : outline_levels)
        source.body += "<text:h text:outline-level=\"" + std::to_string(level) + "\">T</text:h>";
    const Pages pages = layout::layout(document(source), fonts(), {});
    std::string out;
    for (const StructureNode& node : pages.nodes)
        if (node.role >= Role::h1 && node.role <= Role::h6)
            out += std::to_string(static_cast<int>(node.role) - static_cast<int>(Role::h1) + 1);
    return out;
}

}  // namespace

TEST_CASE("headings of the structure skip no level, whatever the document does") {
    CHECK(levels({1, 2, 3, 2, 1}) == "12321");
    CHECK(levels({1, 3, 3, 2, 1}) == "12221");
    CHECK(levels({3, 1, 2}) == "112");
    CHECK(levels({2, 4, 6, 4}) == "1232");
}

namespace {

/// Baselines of: text, a heading of each level from 1 on, text after it.
std::vector<double> headings(int levels, const std::string& common = {}) {
    Source source;
    source.common = common;
    source.body = "<text:p>x</text:p>";
    for (int level = 1; level <= levels; ++level)
        source.body += "<text:h text:outline-level=\"" + std::to_string(level) +
                       "\">Titre</text:h><text:p>x</text:p>";
    return baselines(set(source));
}

}  // namespace

TEST_CASE("a heading that names no style has Writer's own of its level") {
    // Measured, less the top margin of 56.7 pt.
    CHECK(near(headings(10),
               {11.2,  42.7,  63.7,  91.4,  112.0, 134.7, 154.9, 175.7, 195.7, 215.5, 232.3,
                249.1, 265.9, 280.9, 297.2, 312.2, 328.5, 342.5, 358.6, 372.7, 388.8}));
}

TEST_CASE("a heading that names no style has the one that the document gives to its level") {
    const std::string size = R"(" style:family="paragraph" style:default-outline-level=")";
    const auto style = [&](const std::string& name, const std::string& level) {
        return "<style:style style:name=\"" + name + size + level +
               R"("><style:text-properties fo:font-size="20pt"/></style:style>)";
    };
    CHECK(near(headings(1, style("Mien", "1")), {11.2, 32.4, 48.0}));
    // A heading style that has no level leaves plain text.
    CHECK(near(headings(1, style("Heading_20_1", "")), {11.2, 25.0, 38.8}));
}

TEST_CASE("a paragraph without a known style is of the style Standard") {
    Source source;
    source.common = paragraph_style("Standard", R"(fo:margin-left="1cm")") +
                    paragraph_style("Autre", R"(fo:margin-right="1cm")");
    source.automatic = paragraph_style("A", R"(fo:margin-right="1cm")");
    source.body =
        R"(<text:p>a</text:p><text:p text:style-name="Absent">b</text:p>
<text:p text:style-name="A">c</text:p><text:p text:style-name="Autre">d</text:p>)";
    CHECK(near(starts(set(source)), {28.3, 28.3, 28.3, 0}));
}

TEST_CASE("a heading of a level without numbers keeps the first indent of its level") {
    const auto start = [](const std::string& format) {
        return starts(set({.body = R"(<text:h text:outline-level="1">Objet</text:h>)",
                           .common = R"(<text:outline-style style:name="Outline">
<text:outline-level-style text:level="1" style:num-format=")" +
                                     format +
                                     R"("><style:list-level-properties
 text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment
 text:label-followed-by="listtab" text:list-tab-stop-position="20pt" fo:text-indent="-20pt"
 fo:margin-left="20pt"/></style:list-level-properties></text:outline-level-style>
</text:outline-style>)"}));
    };
    CHECK(near(start(""), {0}));
    CHECK(near(start("1"), {0, 20}));
}
