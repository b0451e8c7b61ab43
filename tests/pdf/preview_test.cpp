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

TEST_CASE("a filling is shown within the outline of its path only") {
    const auto square = [](double x, Color color) {
        test::Builder builder;
        builder.rectangle(test::rect(x, 100, 50, 50), color, std::nullopt,
                          {-1, layout::Artifact::layout});
        return std::get<layout::Path>(builder.page().items[0]);
    };
    const auto drawn = [](const std::vector<layout::Path>& paths) {
        test::Builder builder;
        for (const layout::Path& path : paths)
            builder.page().items.emplace_back(path);
        return pdf::png(builder.pages, 0, 72);
    };
    const Color green{0, 255, 0, 255}, blue{0, 0, 255, 255}, white{255, 255, 255, 255};
    layout::Path filled = square(100, green);
    filled.filling.make().paths.push_back(square(125, blue));
    // Half of the blue square lies outside.
    CHECK(drawn({filled}) == drawn({square(100, green), square(125, blue), square(150, white)}));
    CHECK(drawn({filled}) != drawn({square(100, green)}));
}

TEST_CASE("a page that is not there has no picture") {
    const layout::Pages pages = test::contract();
    CHECK_THROWS_WITH_AS(pdf::png(pages, 2), "no page 3, there are 2", Error);
    CHECK_THROWS_WITH_AS(pdf::png(pages, 0, 5000), "a picture must have from 10 to 600 dpi", Error);
}
