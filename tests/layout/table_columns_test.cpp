#include <doctest/doctest.h>

#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// All numbers were measured in Writer 7.4, to the twip: by words that just fit.

namespace {

/// Twips from the left margin to the text of each cell of a row without padding.
std::vector<long> edges(const std::string& table, const std::vector<std::string>& columns) {
    Source source;
    source.automatic =
        "<style:style style:name=\"T\" style:family=\"table\"><style:table-properties " + table +
        "/></style:style>";
    source.body = R"(<table:table table:style-name="T">)";
    std::string cells;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string name = "K" + std::to_string(i);
        source.automatic += "<style:style style:name=\"" + name +
                            "\" style:family=\"table-column\"><style:table-column-properties " +
                            columns[i] + "/></style:style>";
        source.body += "<table:table-column table:style-name=\"" + name + "\"/>";
        cells += "<table:table-cell><text:p>x</text:p></table:table-cell>";
    }
    source.body += "<table:table-row>" + cells + "</table:table-row></table:table>";
    std::vector<long> out;
    const Pages pages = set(source);
    for (const Item& item : pages.pages.at(0).items)
        if (const auto* run = std::get_if<GlyphRun>(&item))
            out.push_back(std::lround(run->origin.x.points() * 20) - 1134);
    return out;
}

std::vector<std::string> widths(const std::vector<std::string>& each) {
    std::vector<std::string> out;
    for (const std::string& one : each)
        out.push_back("style:column-width=\"" + one + "\"");
    return out;
}

std::vector<std::string> shares(const std::vector<std::string>& each) {
    std::vector<std::string> out;
    for (const std::string& one : each)
        out.push_back("style:rel-column-width=\"" + one + "*\"");
    return out;
}

using Edges = std::vector<long>;
const std::string full = R"(style:width="17cm" table:align="margins")";
const std::string own = R"(style:width="17cm" table:align="left")";

}  // namespace

TEST_CASE("columns between the margins are whole shares of 65,535, their edges whole twips") {
    CHECK(edges(full, widths({"2.2cm", "5.6cm", "3.2cm", "2.4cm", "3.6cm"})) ==
          Edges{0, 1246, 4421, 6235, 7596});
    CHECK(edges(full, widths({"2.544cm", "2.141cm", "3.851cm", "2.52cm", "5.944cm"})) ==
          Edges{0, 1441, 2655, 4838, 6267});
    CHECK(edges(full, shares({"9807", "8253", "14845", "9714", "22914"})) ==
          Edges{0, 1442, 2656, 4839, 6267});
    CHECK(edges(full, widths({"5cm", "6cm", "6cm"})) == Edges{0, 2834, 6236});
    CHECK(edges(R"(style:width="16cm" fo:margin-left="1cm" table:align="margins")",
                widths({"2.544cm", "2.141cm", "3.851cm", "2.52cm", "5.944cm"})) ==
          Edges{567, 1924, 3066, 5121, 6465});
    CHECK(edges(R"(style:rel-width="80%" style:width="13.6cm" table:align="left")",
                widths({"2.2cm", "5.6cm", "3.2cm", "2.4cm", "3.6cm"})) ==
          Edges{0, 997, 3537, 4988, 6077});
}

TEST_CASE("a share below the least width counts as the least width") {
    CHECK(edges(full, shares({"1", "3"})) == Edges{0, 4818});
}

TEST_CASE("columns keep their widths where they make up the width of the table") {
    CHECK(edges(own, widths({"2.2cm", "5.6cm", "3.2cm", "2.4cm", "3.6cm"})) ==
          Edges{0, 1247, 4422, 6236, 7597});
}

TEST_CASE("columns that fall short of the width of the table grow, the last takes the rest") {
    CHECK(edges(own, widths({"2cm", "5cm", "5cm"})) == Edges{0, 1606, 5621});
    CHECK(edges(own, widths({"3cm", "3cm", "3cm"})) == Edges{0, 3212, 6424});
}

TEST_CASE("columns too wide for their table give up what exceeds the least width") {
    CHECK(edges(own, widths({"5.001cm", "6.001cm", "6.001cm"})) == Edges{0, 2837, 6237});
    CHECK(edges(own, widths({"3cm", "6cm", "5cm", "4cm"})) == Edges{0, 1614, 4819, 7493});
    CHECK(edges(own, widths({"5.002cm", "12.002cm"})) == Edges{0, 2844});
}

TEST_CASE("shares of a table with a width of its own are taken from what is left") {
    CHECK(edges(own, shares({"8481", "21588", "35466"})) == Edges{0, 1247, 4011});
}

TEST_CASE("a table without a width goes from margin to margin, however it is aligned") {
    CHECK(edges(R"(table:align="left")", widths({"3cm", "6cm"})) == Edges{0, 3212});
    CHECK(edges(R"(table:align="center")", widths({"3cm", "6cm"})) == Edges{0, 3212});
    CHECK(edges(R"(table:align="left" fo:margin-left="1cm")", widths({"3cm", "6cm"})) ==
          Edges{567, 3590});
}

TEST_CASE("a table at the right ends at the right margin, whatever its own margin") {
    CHECK(edges(R"(style:width="9cm" table:align="right" fo:margin-right="1cm")",
                widths({"3cm", "6cm"})) == Edges{4536, 6244});
}
