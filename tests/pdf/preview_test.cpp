#include "pdf/preview.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <thread>

#include "base/error.hpp"
#include "test_pages.hpp"

using namespace paraphe;

TEST_CASE("pages become pictures: PNG of the size asked for, well-formed SVG") {
    const layout::Pages pages = test::contract();
    const auto path = test::scratch("page.png", pdf::png(pages, 0, 96));
    const auto facts = test::shell("file " + path).output;
    CHECK(facts.find("794 x 1123, 8-bit/color RGB") != std::string::npos);
    const auto drawing = test::scratch("page.svg", pdf::svg(pages, 0));
    const auto checked = test::shell("xmllint --noout " + drawing);
    CHECK_MESSAGE(checked.status == 0, checked.output);
}

TEST_CASE("previews are the same every time") {
    const layout::Pages pages = test::contract();
    const std::string first = pdf::svg(pages, 0);
    const Bytes picture = pdf::png(pages, 1, 60);
    pdf::svg(pages, 1);
    std::vector<std::thread> threads;
    std::vector<int> same(4);
    for (std::size_t i = 0; i < same.size(); ++i) {
        threads.emplace_back(
            [&, i] { same[i] = pdf::svg(pages, 0) == first && pdf::png(pages, 1, 60) == picture; });
    }
    for (auto& thread : threads)
        thread.join();
    for (const int one : same)
        CHECK(one == 1);
}

TEST_CASE("a picture whose frame has no width does not keep the page from being shown") {
    layout::Pages pages = test::contract();
    const std::string without = pdf::svg(pages, 0);
    layout::Image image;
    image.picture = std::make_shared<const layout::Picture>();
    image.box = {Length(), Length(), Length(), Length::from_millimetres(10)};
    pages.pages[0].items.emplace_back(image);
    CHECK(pdf::svg(pages, 0) == without);
}

TEST_CASE("a page that is not there has no picture") {
    const layout::Pages pages = test::contract();
    CHECK_THROWS_WITH_AS(pdf::svg(pages, 2), "no page 3, there are 2", Error);
    CHECK_THROWS_WITH_AS(pdf::png(pages, 0, 5000), "a picture must have from 10 to 600 dpi", Error);
}
