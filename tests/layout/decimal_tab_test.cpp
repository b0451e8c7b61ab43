#include <doctest/doctest.h>

#include "layout/setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// Measured on Writer 7.4: where the text of a cell starts, right of the cell's left edge, when its
// paragraph has a decimal stop at 3 cm (85.05 pt).

namespace {

const std::string stop =
    "<style:tab-stop style:position=\"3cm\" style:type=\"char\" style:char=\",\"/>";

std::vector<double> all_starts(const std::string& text, const std::string& stops = stop) {
    Source source;
    source.automatic =
        "<style:style style:name=\"D\" style:family=\"paragraph\"><style:paragraph-properties>"
        "<style:tab-stops>" +
        stops +
        "</style:tab-stops></style:paragraph-properties></style:style>"
        "<style:style style:name=\"C\" style:family=\"table-cell\"><style:table-cell-properties "
        "fo:padding=\"0cm\"/></style:style>";
    source.body =
        "<table:table table:name=\"T\"><table:table-column/><table:table-row><table:table-cell "
        "table:style-name=\"C\"><text:p text:style-name=\"D\">" +
        text + "</text:p></table:table-cell></table:table-row></table:table>";
    return starts(set(source));
}

double start(const std::string& text, const std::string& stops = stop) {
    return all_starts(text, stops).at(0);
}

}  // namespace

TEST_CASE("a lone decimal stop aligns the numbers of a cell without a tab") {
    CHECK(near({start("486,20")}, {85.0 - 18}));
    CHECK(near({start("74,35 €")}, {85.0 - 12}));
    CHECK(near({start("1\u00A0486,20 €")}, {85.0 - 27}));
    CHECK(near({start("1.486,20")}, {85.0 - 27}));
    CHECK(near({start("488<text:span>,20</text:span>")}, {85.0 - 18}));
}

TEST_CASE("what has no comma ends at a decimal stop") {
    CHECK(near({start("486")}, {85.0 - 18}));
}

TEST_CASE("a space other than U+00A0 ends a number at a decimal stop, as in Writer") {
    CHECK(near({start("1\u202F486,20")}, {85.0 - 6}));
    CHECK(near({start("1 486,20")}, {85.0 - 6}));
}

TEST_CASE("with several stops, or beside tables, a number needs its tab") {
    CHECK(near({start("486,20", "<style:tab-stop style:position=\"1cm\"/>" + stop)}, {0}));
    Source source;
    source.automatic =
        "<style:style style:name=\"D\" style:family=\"paragraph\"><style:paragraph-properties>"
        "<style:tab-stops>" +
        stop + "</style:tab-stops></style:paragraph-properties></style:style>";
    source.body =
        "<text:p text:style-name=\"D\">486,20</text:p>"
        "<text:p text:style-name=\"D\"><text:tab/>486,20</text:p>";
    CHECK(near(starts(set(source)), {0, 85.0 - 18}));
}

TEST_CASE("each line of a cell aligns") {
    CHECK(near(all_starts("486,20<text:line-break/>74,35"), {85.0 - 18, 85.0 - 12}));
}
