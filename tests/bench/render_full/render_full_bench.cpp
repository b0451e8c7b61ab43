#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "base/random.hpp"
#include "cairo.hpp"
#include "crypto/authority.hpp"
#include "layout/page_text.hpp"
#include "measure.hpp"
#include "renderer.hpp"
#include "signature/pades.hpp"

/// ./run bench render: signatures and pictures, beside cairo.
namespace paraphe::bench {

namespace {

/// Sealed while it is written, and signed afterwards by an incremental update of the file that is
/// read again.
void bench_sealed(const std::string& file, const std::string& field) {
    constexpr int warm_up = 10, rounds = 200;
    Renderer renderer(file);
    SystemRandom random;
    const Instant at = *parse_instant("2026-01-14T10:00:00Z");
    const Instant end = at + std::chrono::days(365);
    const auto authority =
        crypto::Authority::create({"Autorité d’essai", "paraphe"}, at, end, random);
    const auto signer = authority.issue({"Camille Exemple", ""}, at, end, random);
    signature::pades::Request request;
    request.field = field;
    request.at = at;
    request.name = "Camille Exemple";
    request.visible.face = renderer.face();
    request.visible.name = "Camille Exemple";
    Stopwatch plain, sealing, updating;
    std::size_t bare = 0, sealed = 0, updated = 0;
    for (int i = 0; i < warm_up + rounds; ++i) {
        // Data of its own for each, so that no subset was made a moment before.
        const auto pages = renderer.pages(renderer.merge(json::write(loan(2 * i))));
        const auto others = renderer.pages(renderer.merge(json::write(loan(2 * i + 1))));
        Stopwatch unheard;
        const auto watch = [&](Stopwatch& of) -> Stopwatch& { return i < warm_up ? unheard : of; };
        Bytes bytes;
        watch(plain).time([&] { bytes = renderer.pdf(pages); });
        bare = bytes.size();
        watch(sealing).time([&] {
            sealed = signature::pades::seal(others, request, signer, renderer.cache()).size();
        });
        watch(updating).time([&] {
            updated =
                signature::pades::sign(pdf::File::read(bytes), request, signer, renderer.cache())
                    .size();
        });
    }
    const double more = sealing.times().median - plain.times().median;
    row("— written and sealed in one pass (PAdES B-B, P-256)", sealing.times(),
        text("%+.2f ms to pdf::write beside it; goal + 0.5 ms; adds %zu octets; peak %.0f MB", more,
             sealed - bare, peak_megabytes()));
    row("— signed after: read, prepare, sign, embed", updating.times(),
        text("an incremental update, adds %zu octets", updated - bare));
}

/// One page whose data have changed, as a picture: from the JSON text on. All pages get their
/// names, so that who has the others already is not sent them again.
void bench_preview(const std::string& file) {
    constexpr int warm_up = 10, rounds = 200;
    Renderer renderer(file);
    Stopwatch svg, png, placing, naming, telling, drawing, packing, cairo;
    std::size_t svg_octets = 0, cairo_octets = 0, kept = 0, pages = 0;
    Bytes picture;
    const auto names_of = [](const layout::Pages& set) {
        std::vector<std::string> out;
        for (std::size_t page = 0; page < set.pages.size(); ++page)
            out.push_back(pdf::page_name(set, page, layout::page_html(set, page)));
        return out;
    };
    for (int i = 0; i < warm_up + rounds; ++i) {
        json::Value loaned = loan(i);
        const std::string data = json::write(loaned);
        Stopwatch unheard;
        const auto watch = [&](Stopwatch& of) -> Stopwatch& { return i < warm_up ? unheard : of; };
        layout::Pages set;
        std::vector<std::string> names;
        const auto named = [&] {
            watch(placing).time([&] { set = renderer.pages(renderer.merge(data)); });
            watch(naming).time([&] { names = names_of(set); });
        };
        watch(svg).time([&] {
            named();
            watch(drawing).time([&] { svg_octets = pdf::svg(set, 0).size(); });
        });
        watch(png).time([&] {
            named();
            watch(packing).time([&] { picture = pdf::png(set, 0); });
        });
        if (i % 10 == 0) cairo_octets = cairo_png(cairo, picture);
        watch(telling).time([&] { layout::page_html(set, 0); });
        // The borrower moves, which one page says.
        loaned.as_object().find("emprunteur")->as_object().set("adresse", "7, quai du Havre");
        const auto after = names_of(renderer.pages(renderer.merge(json::write(loaned))));
        pages += names.size();
        for (std::size_t page = 0; page < std::min(names.size(), after.size()); ++page)
            if (names[page] == after[page]) ++kept;
    }
    row("JSON text to the picture of one page, SVG", svg.times(),
        text("goal ≤ 15 ms; %zu octets", svg_octets));
    row("— PNG, 96 dpi", png.times(), text("goal ≤ 15 ms; %zu octets", picture.size()));
    row("— of that JSON, types, merge, layout", placing.times(), "");
    row("— names and text of all pages", naming.times(),
        text("%zu of %zu keep theirs when one field of one page changes", kept, pages));
    row("— drawing the page as SVG", drawing.times(), "");
    row("— drawing it as PNG", packing.times(), "");
    row("— cairo's PNG writer, the same pixels drawn already", cairo.times(),
        text("%zu octets", cairo_octets));
    row("its text as HTML", telling.times(), text("peak %.0f MB", peak_megabytes()));
}

}  // namespace

}  // namespace paraphe::bench

int main(int argc, char** argv) {
    using namespace paraphe;
    const auto word = [&](int i) { return std::string(i < argc ? argv[i] : ""); };
    try {
        if (word(1) == "sealed" && argc == 4)
            bench::bench_sealed(word(2), word(3));
        else if (word(1) == "preview" && argc == 3)
            bench::bench_preview(word(2));
        else if (word(1) == "cairo" && argc == 4)
            bench::bench_cairo(word(2), std::atoi(argv[3]));
        else
            throw std::runtime_error(
                "usage: render_full_bench sealed FILE FIELD | preview FILE | cairo FILE ROUNDS");
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "render_full_bench: " << error.what() << '\n';
        return 1;
    }
}
