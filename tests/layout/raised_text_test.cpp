#include <doctest/doctest.h>

#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

// Raised and lowered text of 12 pt, as measured in Writer 7.4: a line has 13.8 pt.

namespace {

struct Raised {
    double before;  ///< from the baseline above to that of the line
    double after;   ///< from there to the one below
    double raise;   ///< of the text above its line's baseline
};

Raised raised(const std::string& position) {
    Source source;
    source.automatic =
        R"(<style:style style:name="R" style:family="text"><style:text-properties
 style:text-position=")" +
        position + R"("/></style:style>)";
    source.body = R"(<text:p>x</text:p><text:p>a<text:span
 text:style-name="R">texte</text:span></text:p><text:p>x</text:p>)";
    const Pages pages = set(source);
    const auto lines = baselines(pages);
    Raised out{lines.at(1) - lines.at(0), lines.at(2) - lines.at(1), 0};
    for (const Item& item : pages.pages.at(0).items)
        if (const auto* run = std::get_if<GlyphRun>(&item); run != nullptr && run->text == "texte")
            out.raise = lines.at(1) - (run->origin.y.points() - margin);
    return out;
}

bool near(Raised actual, Raised wanted) {
    return testing::near({actual.before, actual.after, actual.raise},
                         {wanted.before, wanted.after, wanted.raise});
}

}  // namespace

TEST_CASE("text that Writer raises or lowers by itself takes no room of its own") {
    CHECK(near(raised("super"), {13.8, 13.8, 4.7}));
    CHECK(near(raised("sub"), {13.8, 13.8, -1.1}));
}

TEST_CASE("a shift is a share of the whole height of the line, its leading included") {
    CHECK(near(raised("33% 58%"), {13.8, 13.8, 4.5}));
    CHECK(near(raised("-33% 58%"), {13.8, 17.3, -4.6}));
    CHECK(near(raised("50% 100%"), {20.7, 13.8, 6.9}));
    CHECK(near(raised("-50% 100%"), {13.8, 20.7, -6.9}));
}
