#include "layout/shaping_cache.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <thread>

#include "base/error.hpp"
#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

/// Everything that is placed, glyph by glyph.
std::string placed(const Pages& pages) {
    std::ostringstream out;
    out << dump(pages);
    for (const Page& page : pages.pages)
        for (const Item& item : page.items) {
            const auto* run = std::get_if<GlyphRun>(&item);
            if (run == nullptr) continue;
            out << run->face->postscript_name() << ' ' << run->size.units() << ' '
                << run->origin.x.units() << ' ' << run->origin.y.units() << ' ' << run->text << ':';
            for (const Glyph& glyph : run->glyphs)
                out << ' ' << glyph.id << '/' << glyph.cluster << '/' << glyph.advance.units()
                    << '/' << glyph.dx.units() << '/' << glyph.dy.units();
            out << '\n';
        }
    return out.str();
}

const std::string clause =
    "<text:p>L’association « Escale » s’engage à accompagner le ménage, sans autre condition que "
    "celles de la présente convention ; elle rend compte au Département — chaque semestre — de "
    "l’affectation des sommes (486,20 €), efficacement.</text:p>";
const std::string mixed =
    "<text:list><text:list-item>" + clause +
    "</text:list-item></text:list><text:p><text:span text:style-name=\"wide\">AVENANT "
    "affiné</text:span> ملخص العقد <text:tab/>fin\u00A0: page <text:page-number/> sur "
    "<text:page-count/></text:p>";

Source source(const std::string& body) {
    return {.body = body,
            .automatic =
                "<style:style style:name=\"wide\" style:family=\"text\">"
                "<style:text-properties fo:letter-spacing=\"0.05cm\" "
                "fo:font-weight=\"bold\"/></style:style>"};
}

Pages set_with(const odf::Document& document, ShapingCache* cache) {
    Options options{"2026-02-02T09:00:00Z", "paraphe test"};
    options.shaped = cache;
    return layout::layout(document, fonts(), options);
}

/// As a merge leaves what data printed.
odf::ElementPtr varying(const odf::Element& element) {
    odf::Element out = element;
    out.constant = false;
    for (odf::Node& child : out.children)
        if (auto* inner = std::get_if<odf::ElementPtr>(&child)) *inner = varying(**inner);
    return std::make_shared<const odf::Element>(std::move(out));
}

}  // namespace

TEST_CASE("pages are the same, glyph for glyph, with and without a cache and on a hit") {
    const auto first = document(source(clause + mixed));
    const auto second = document(source(mixed + clause + "<text:p>Autre.</text:p>" + mixed));
    const std::string plain = placed(set_with(first, nullptr));
    const std::string other = placed(set_with(second, nullptr));
    ShapingCache cache(fonts()), tiny(fonts(), 2000);
    for (int round = 0; round < 2; ++round) {
        CHECK(placed(set_with(first, &cache)) == plain);
        CHECK(placed(set_with(second, &cache)) == other);
        CHECK(placed(set_with(first, &tiny)) == plain);
        CHECK(placed(set_with(second, &tiny)) == other);
    }
    CHECK(cache.hits() > 0);
    const std::size_t misses = cache.misses();
    set_with(first, &cache);
    set_with(second, &cache);
    CHECK(cache.misses() == misses);
    set_with(second, &tiny);
    set_with(first, &tiny);
    CHECK(tiny.misses() > misses);
}

TEST_CASE("what data printed is not kept") {
    auto merged = document(source(clause + mixed));
    const std::string plain = placed(set_with(merged, nullptr));
    merged.body = varying(*merged.body);
    ShapingCache cache(fonts());
    CHECK(placed(set_with(merged, &cache)) == plain);
    CHECK(cache.misses() == 0);
    CHECK(cache.hits() == 0);
}

TEST_CASE("nor is what a field or a table of contents of the template takes from it") {
    // Only the heading varies; what refers to it is the same element in every document.
    auto merged = document(source(
        "<text:h text:outline-level=\"1\"><text:bookmark-start text:name=\"nom\"/>Awa Sarr"
        "<text:bookmark-end text:name=\"nom\"/></text:h>"
        "<text:p><text:bookmark-ref text:reference-format=\"text\" text:ref-name=\"nom\">x"
        "</text:bookmark-ref></text:p>"
        "<text:table-of-content><text:table-of-content-source><text:table-of-content-entry-template"
        " text:outline-level=\"1\"><text:index-entry-text/></text:table-of-content-entry-template>"
        "</text:table-of-content-source><text:index-body/></text:table-of-content>"));
    odf::Element text = *merged.body->child(odf::Name("office:text"));
    auto& heading = std::get<odf::ElementPtr>(text.children.front());
    heading = varying(*heading);
    merged.body = odf::with_children(*merged.body, {std::make_shared<const odf::Element>(text)});
    ShapingCache cache(fonts());
    const Pages pages = set_with(merged, &cache);
    REQUIRE(pages.lines.size() == 3);
    for (const LineBox& line : pages.lines)
        CHECK(line.text == "Awa Sarr");
    // The field's own text, before it was known what it refers to, is the template's.
    CHECK(cache.misses() <= 2);
    const std::size_t misses = cache.misses();
    set_with(merged, &cache);
    CHECK(cache.misses() == misses);
}

TEST_CASE("two threads share what is shaped") {
    const auto merged = document(source(clause + mixed));
    const std::string plain = placed(set_with(merged, nullptr));
    ShapingCache cache(fonts(), 4000);
    std::string other;
    std::thread thread([&] {
        for (int i = 0; i < 20; ++i)
            other = placed(set_with(merged, &cache));
    });
    std::string own;
    for (int i = 0; i < 20; ++i)
        own = placed(set_with(merged, &cache));
    thread.join();
    CHECK(own == plain);
    CHECK(other == plain);
}

TEST_CASE("a cache of other fonts is a fault of the program") {
    const auto others = text::FontMap::load(PARAPHE_SOURCE_DIR "/fonts/fonts.map");
    ShapingCache cache(others);
    CHECK_THROWS_WITH_AS(set_with(document(source(clause)), &cache),
                         "the cache of shaped text is one of other fonts", Error);
}
