#include "pdf/png.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <utility>

#include "pdf/picture.hpp"
#include "pdf/preview.hpp"
#include "test_pages.hpp"

using namespace paraphe;

namespace {

struct Canvas {
    std::size_t width, height, stride;
    std::vector<std::uint32_t> pixels;

    Canvas(std::size_t w, std::size_t h) : width(w), height(h), stride(w + 3), pixels(stride * h) {}
    std::uint32_t& at(std::size_t x, std::size_t y) { return pixels[y * stride + x]; }

    /// Does libpng read what was written?
    bool survives() const {
        const Bytes file = pdf::encode_png({pixels.data(), width, height, stride});
        const pdf::Pixels read = pdf::decode_png(file);
        if (read.width != static_cast<int>(width) || read.height != static_cast<int>(height) ||
            read.channels != 3 || !read.alpha.empty())
            return false;
        std::size_t at = 0;
        for (std::size_t y = 0; y < height; ++y)
            for (std::size_t x = 0; x < width; ++x)
                for (const int shift : {16, 8, 0})
                    if (static_cast<unsigned char>(read.data[at++]) !=
                        (pixels[y * stride + x] >> shift & 0xFF))
                        return false;
        return true;
    }
};

}  // namespace

TEST_CASE("libpng reads the pixels that were written, whatever they are") {
    std::mt19937 random(7);
    for (const auto& [width, height] : {std::pair<std::size_t, std::size_t>{1, 1},
                                        {2, 3},
                                        {86, 2},
                                        {87, 5},
                                        {259, 300},
                                        {11000, 3},
                                        {12000, 2}}) {
        Canvas flat(width, height), noise(width, height), few(width, height), bars(width, height);
        for (std::size_t y = 0; y < height; ++y)
            for (std::size_t x = 0; x < width; ++x) {
                flat.at(x, y) = 0xFFFFFFFF;
                noise.at(x, y) = static_cast<std::uint32_t>(random());
                few.at(x, y) = random() % 3 * 0x010203;
                bars.at(x, y) = x / 5 % 7 * 0x102030 + y / 40;
            }
        for (const Canvas* one : {&flat, &noise, &few, &bars})
            CHECK_MESSAGE(one->survives(), width, "×", height);
    }
}

TEST_CASE("a code never gets longer than fifteen bits, however uneven the colours are") {
    // Blues whose numbers grow as Fibonacci's do make a deep tree; noise keeps matches away.
    Canvas canvas(109, 100);
    std::vector<std::uint32_t> blues;
    std::size_t before = 1, now = 1;
    for (std::uint32_t blue = 0; blues.size() < 10900; ++blue) {
        blues.insert(blues.end(), before, blue);
        before = std::exchange(now, now + before);
    }
    std::mt19937 random(3);
    std::shuffle(blues.begin(), blues.begin() + 10900, random);
    const auto noise = [&] { return static_cast<std::uint32_t>(64 + random() % 192); };
    for (std::size_t i = 0; i < 10900; ++i)
        canvas.at(i % 109, i / 109) = noise() << 16 | noise() << 8 | blues[i];
    CHECK(canvas.survives());
}

TEST_CASE("paper costs next to nothing") {
    Canvas canvas(794, 1123);
    for (std::uint32_t& pixel : canvas.pixels)
        pixel = 0xFFFFFF;
    CHECK(pdf::encode_png({canvas.pixels.data(), 794, 1123, canvas.stride}).size() < 8000);
}

TEST_CASE("the picture of a page has its colours where the page has them") {
    layout::Pages pages = test::contract();
    pages.pages[0].items.clear();
    const auto fill = [&](Rect box, Color color) {
        layout::Path path;
        path.verbs = {layout::Verb::move, layout::Verb::line, layout::Verb::line,
                      layout::Verb::line, layout::Verb::close};
        path.points = {{box.x, box.y},
                       {box.x + box.width, box.y},
                       {box.x + box.width, box.y + box.height},
                       {box.x, box.y + box.height}};
        path.fill = color;
        pages.pages[0].items.emplace_back(path);
    };
    fill(test::rect(10, 20, 30, 40), {10, 200, 30, 255});
    const pdf::Pixels read = pdf::decode_png(pdf::png(pages, 0, 72));
    const auto pixel = [&](int x, int y) {
        const auto at = static_cast<std::size_t>((y * read.width + x) * 3);
        return read.data.substr(at, 3);
    };
    CHECK(pixel(9, 20) == "\xFF\xFF\xFF");
    CHECK(pixel(10, 20) == "\x0A\xC8\x1E");
    CHECK(pixel(39, 59) == "\x0A\xC8\x1E");
    CHECK(pixel(40, 59) == "\xFF\xFF\xFF");
    CHECK(pixel(39, 60) == "\xFF\xFF\xFF");
}
