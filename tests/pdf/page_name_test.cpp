#include "pdf/page_name.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "layout/page_text.hpp"
#include "test_pages.hpp"

using namespace paraphe;

namespace {

std::vector<std::string> names(const layout::Pages& pages) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < pages.pages.size(); ++i)
        out.push_back(pdf::page_name(pages, i, layout::page_html(pages, i)));
    return out;
}

template <class Kind>
Kind& first(layout::Page& page) {
    for (layout::Item& item : page.items)
        if (auto* found = std::get_if<Kind>(&item)) return *found;
    throw std::runtime_error("the page has none");
}

}  // namespace

TEST_CASE("equal pages have equal names of 32 digits, unequal pages others") {
    const auto once = names(test::contract());
    CHECK(once == names(test::contract()));
    REQUIRE(once.size() == 2);
    CHECK(once[0] != once[1]);
    CHECK(once[0].size() == 32);
    CHECK(once[0].find_first_not_of("0123456789abcdef") == std::string::npos);
}

TEST_CASE("whatever a page draws or says changes its name, and that of no other page") {
    const auto before = names(test::contract());
    using Change = void (*)(layout::Pages&);
    const Change changes[] = {
        [](layout::Pages& it) { ++first<layout::GlyphRun>(it.pages[0]).glyphs[0].id; },
        [](layout::Pages& it) {
            first<layout::GlyphRun>(it.pages[0]).origin.x += Length::from_units(-1);
        },
        [](layout::Pages& it) { first<layout::GlyphRun>(it.pages[0]).color.blue = 1; },
        [](layout::Pages& it) { first<layout::GlyphRun>(it.pages[0]).slant = 0.2; },
        [](layout::Pages& it) {
            auto& run = first<layout::GlyphRun>(it.pages[0]);
            run.face =
                test::face(run.face == test::face(test::dejavu) ? test::serif : test::dejavu);
        },
        [](layout::Pages& it) {
            auto& path = first<layout::Path>(it.pages[0]);
            path.stroke_width += Length::from_points(1);
        },
        [](layout::Pages& it) {
            auto& path = first<layout::Path>(it.pages[0]);
            path.filling.make().paths.push_back(path);
        },
        [](layout::Pages& it) { it.pages[0].size.height += Length::from_points(1); },
        [](layout::Pages& it) { std::swap(it.pages[0].items[0], it.pages[0].items[1]); },
        // The same picture, told as a heading of another level.
        [](layout::Pages& it) { it.nodes[1].role = layout::Role::h3; },
    };
    for (std::size_t i = 0; i < std::size(changes); ++i) {
        layout::Pages pages = test::contract();
        changes[i](pages);
        const auto after = names(pages);
        CHECK_MESSAGE(after[0] != before[0], i);
        CHECK_MESSAGE(after[1] == before[1], i);
    }
}

TEST_CASE("another picture in the same place changes the name of its page alone") {
    const auto with = [](const std::shared_ptr<const layout::Picture>& picture) {
        layout::Pages pages = test::contract();
        pages.pages[1].items.emplace_back(
            layout::Image{picture, test::rect(10, 10, 20, 20), {-1, layout::Artifact::layout}});
        return names(pages);
    };
    layout::Picture other = *test::png_picture();
    other.bytes = std::make_shared<const Bytes>(*other.bytes + "x");
    const auto before = with(test::png_picture());
    CHECK(with(test::png_picture()) == before);
    const auto after = with(std::make_shared<const layout::Picture>(other));
    CHECK(after[0] == before[0]);
    CHECK(after[1] != before[1]);
}

TEST_CASE("a page that is not there has no name") {
    CHECK_THROWS_WITH_AS(pdf::page_name(test::contract(), 2, {}), "no page 3, there are 2", Error);
}
