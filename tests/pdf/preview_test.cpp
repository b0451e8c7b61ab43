#include "pdf/preview.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "base/error.hpp"
#include "test_pages.hpp"

using namespace paraphe;

TEST_CASE("pages become pictures of the size asked for") {
    const layout::Pages pages = test::contract();
    const auto path = test::scratch("page.png", pdf::png(pages, 0, 96));
    const auto facts = test::shell("file " + path).output;
    CHECK(facts.find("794 x 1123, 8-bit/color RGB") != std::string::npos);
}

TEST_CASE("previews are the same every time") {
    const layout::Pages pages = test::contract();
    const Bytes picture = pdf::png(pages, 1, 60);
    std::vector<std::thread> threads;
    std::vector<int> same(4);
    for (std::size_t i = 0; i < same.size(); ++i)
        threads.emplace_back([&, i] { same[i] = pdf::png(pages, 1, 60) == picture; });
    for (auto& thread : threads)
        thread.join();
    for (const int one : same)
        CHECK(one == 1);
}

TEST_CASE("a picture whose frame has no width does not keep the page from being shown") {
    layout::Pages pages = test::contract();
    const Bytes without = pdf::png(pages, 0, 60);
    layout::Image image;
    image.picture = std::make_shared<const layout::Picture>();
    image.box = {Length(), Length(), Length(), Length::from_millimetres(10)};
    pages.pages[0].items.emplace_back(image);
    CHECK(pdf::png(pages, 0, 60) == without);
}

TEST_CASE("a page that is not there has no picture") {
    const layout::Pages pages = test::contract();
    CHECK_THROWS_WITH_AS(pdf::png(pages, 2), "no page 3, there are 2", Error);
    CHECK_THROWS_WITH_AS(pdf::png(pages, 0, 5000), "a picture must have from 10 to 600 dpi", Error);
}
