#include "pdf/svg.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include "base/error.hpp"
#include "base/file.hpp"
#include "pdf/picture.hpp"
#include "pdf/preview.hpp"
#include "test_pages.hpp"

using namespace paraphe;

namespace {

std::size_t count(const std::string& of, const std::string& text) {
    std::size_t out = 0;
    for (auto at = of.find(text); at != std::string::npos; at = of.find(text, at + 1))
        ++out;
    return out;
}

/// How many pixels of thousand are quite another in the page that cairo draws than in the SVG that
/// librsvg draws. Grey ones may differ: cairo puts glyphs at whole pixels.
double difference(const layout::Pages& pages, std::size_t page) {
    const std::string drawing = test::scratch("drawn.svg", pdf::svg(pages, page));
    const std::string picture = test::scratch("drawn.png", "");
    const auto ran =
        test::shell("rsvg-convert -d 288 -p 288 -b white -o " + picture + " " + drawing);
    REQUIRE_MESSAGE(ran.status == 0, ran.output);
    const pdf::Pixels theirs = pdf::decode_png(read_file(picture));
    const pdf::Pixels ours = pdf::decode_png(pdf::png(pages, page, 288));
    REQUIRE(theirs.width == ours.width);
    REQUIRE(theirs.height == ours.height);
    REQUIRE(theirs.data.size() == ours.data.size());
    std::size_t other = 0;
    for (std::size_t i = 0; i < ours.data.size(); ++i)
        if (std::abs(static_cast<unsigned char>(ours.data[i]) -
                     static_cast<unsigned char>(theirs.data[i])) > 200)
            ++other;
    return 1000 * static_cast<double>(other) / static_cast<double>(ours.data.size());
}

layout::Pages one_page(std::vector<layout::Item> items) {
    layout::Pages out = test::contract();
    out.pages.resize(1);
    out.pages[0].size = {Length::from_points(420), Length::from_points(300)};
    out.pages[0].items = std::move(items);
    return out;
}

layout::Path square(double x, double y, double side) {
    layout::Path out;
    const Rect box = test::rect(x, y, side, side);
    out.verbs = {layout::Verb::move, layout::Verb::line, layout::Verb::line, layout::Verb::line,
                 layout::Verb::close};
    out.points = {{box.x, box.y},
                  {box.x + box.width, box.y},
                  {box.x + box.width, box.y + box.height},
                  {box.x, box.y + box.height}};
    return out;
}

}  // namespace

TEST_CASE("the drawing of a page shows what its picture shows") {
    const layout::Pages pages = test::contract();
    const auto checked =
        test::shell("xmllint --noout " + test::scratch("page.svg", pdf::svg(pages, 0)));
    CHECK_MESSAGE(checked.status == 0, checked.output);
    for (std::size_t page = 0; page < pages.pages.size(); ++page)
        CHECK_MESSAGE(difference(pages, page) < 0.01, page);
}

TEST_CASE("a drawing leans, turns, widens and thickens its text as the picture does") {
    layout::GlyphRun run = test::run(test::face(test::serif), "Clause résolutoire", 20, 30, 20, -1);
    for (layout::Glyph& glyph : run.glyphs)
        glyph.dy = Length::from_points(-2);
    std::vector<layout::Item> items{run};
    const auto changed = [&](auto change) {
        layout::GlyphRun other = run;
        other.origin.y += Length::from_points(35) * static_cast<int>(items.size());
        change(other);
        items.emplace_back(other);
    };
    changed([](layout::GlyphRun& it) { it.slant = 0.3; });
    changed([](layout::GlyphRun& it) { it.turn = 0.5; });
    changed([](layout::GlyphRun& it) { it.stretch = 0.8; });
    changed([](layout::GlyphRun& it) { it.embolden = 0.04; });
    changed([](layout::GlyphRun& it) { it.slant = 0.3, it.turn = -0.2, it.stretch = 1.3; });
    changed([](layout::GlyphRun& it) { it.color = {200, 10, 20, 128}; });
    changed([](layout::GlyphRun& it) { it.face = test::face(test::dejavu); });
    CHECK(difference(one_page(items), 0) < 0.01);
}

TEST_CASE("a drawing has paths, clips and pictures as the picture has them") {
    std::vector<layout::Item> items;
    layout::Path path = square(20, 20, 100);
    path.fill = Color{10, 200, 30, 100};
    path.stroke = Color{0, 0, 255, 255};
    path.stroke_width = Length::from_points(6);
    path.join = layout::Join::round;
    items.emplace_back(path);
    path = square(150, 20, 100);
    path.stroke = Color{255, 0, 0, 255};
    path.stroke_width = Length::from_points(3);
    path.dashes = {Length::from_points(9), Length::from_points(6)};
    path.cap = layout::Cap::round;
    items.emplace_back(path);
    path = square(300, 20, 100);
    path.fill = Color{};
    path.clip = test::rect(320, 40, 50, 60);
    items.emplace_back(path);
    path = square(20, 150, 100);
    for (const auto& inner : square(50, 180, 40).points)
        path.points.push_back(inner);
    path.verbs.insert(path.verbs.end(), path.verbs.begin(), path.verbs.begin() + 5);
    path.even_odd = true;
    path.fill = Color{80, 80, 80, 255};
    items.emplace_back(path);
    path = {};
    path.verbs = {layout::Verb::move, layout::Verb::curve};
    for (const auto& [x, y] : {std::pair{150, 300}, {200, 150}, {250, 350}, {280, 210}})
        path.points.push_back({Length::from_points(x), Length::from_points(y)});
    path.stroke = Color{};
    path.stroke_width = Length::from_points(2);
    items.emplace_back(path);
    CHECK(difference(one_page(items), 0) < 0.01);

    const auto picture = test::png_picture();
    const std::string drawn =
        pdf::svg(one_page({layout::Image{picture, test::rect(9, 9, 40, 20), {}},
                           layout::Image{picture, test::rect(90, 9, 4, 2), {}}}),
                 0);
    CHECK(count(drawn, "data:image/png;base64," + to_base64(*picture->bytes)) == 1);
    CHECK(drawn.find("<use xlink:href=\"#p1\" transform=\"matrix(40 0 0 20 9 9)\"/>\n"
                     "<use xlink:href=\"#p1\" transform=\"matrix(4 0 0 2 90 9)\"/>") !=
          std::string::npos);
}

TEST_CASE(
    "an outline stands once in a drawing, whatever the size of its letters; blanks have none") {
    const auto face = test::face(test::serif);
    const std::string drawn = pdf::svg(one_page({test::run(face, "tête à tête", 20, 40, 12, -1),
                                                 test::run(face, "tête", 20, 80, 24, -1)}),
                                       0);
    CHECK(count(drawn, "<path id=") == 4);
    CHECK(count(drawn, "<use ") == 13);
}

TEST_CASE("a drawing has what fills a path within its outline only, as the picture has it") {
    layout::Path path = square(40, 40, 120);
    path.fill = Color{255, 0, 0, 255};
    path.stroke = Color{0, 0, 255, 255};
    path.stroke_width = Length::from_points(4);
    auto& filling = path.filling.make();
    filling.paths.push_back(square(100, 100, 120));
    filling.paths[0].fill = Color{0, 255, 0, 255};
    filling.pictures.push_back({test::png_picture(), test::rect(10, 30, 60, 60), path.mark, 255});
    layout::Path cut = path;
    for (Point& point : cut.points)
        point.x += Length::from_points(200);
    cut.filling.make().paths[0].points = cut.points;
    cut.clip = test::rect(240, 40, 60, 60);
    CHECK(difference(one_page({path, cut}), 0) < 1);
    filling.pictures[0].alpha = 128;
    CHECK(pdf::svg(one_page({path}), 0).find(" opacity=\"0.502\"") != std::string::npos);
}

TEST_CASE("fonts with curves of either degree are drawn") {
    CHECK(difference(
              one_page({test::run(test::face(test::gyre), "Œuvre & garantie", 20, 60, 40, -1)}),
              0) < 0.01);
}

TEST_CASE("a page that is not there has no drawing") {
    CHECK_THROWS_WITH_AS(pdf::svg(test::contract(), 2), "no page 3, there are 2", Error);
}

TEST_CASE("a drawing is the same every time, a picture in a frame without width is left out") {
    layout::Pages pages = test::contract();
    const std::string without = pdf::svg(pages, 0);
    CHECK(pdf::svg(test::contract(), 0) == without);
    layout::Image image;
    image.picture = std::make_shared<const layout::Picture>();
    image.box = {Length(), Length(), Length(), Length::from_millimetres(10)};
    pages.pages[0].items.emplace_back(image);
    CHECK(pdf::svg(pages, 0) == without);
}
