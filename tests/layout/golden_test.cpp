#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.hpp"
#include "setting.hpp"

using namespace paraphe;

// PARAPHE_REWRITE_GOLDEN=1 layout_test writes the expectations anew; review them as a difference.
TEST_CASE("the pages of the golden documents are those that were reviewed") {
    for (const auto& entry :
         std::filesystem::directory_iterator(PARAPHE_SOURCE_DIR "/tests/golden")) {
        const auto source = entry.path() / "document.fodt";
        if (!std::filesystem::exists(source)) continue;
        CAPTURE(entry.path().filename().string());
        const auto document = odf::read(read_file(source), "document.fodt");
        const std::string pages = layout::dump(
            layout::layout(document, layout::testing::fonts(), {"", "", "/usr/share/hyphen"}));
        const auto expected = entry.path() / "expected.pages";
        if (std::getenv("PARAPHE_REWRITE_GOLDEN") != nullptr) write_file(expected, pages);
        CHECK(pages == read_file(expected));
    }
}
