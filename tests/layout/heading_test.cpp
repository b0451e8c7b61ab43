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
