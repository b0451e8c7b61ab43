#include <cstdlib>
#include <iostream>
#include <thread>

#include "base/error.hpp"
#include "crypto/authority.hpp"
#include "crypto/hash.hpp"
#include "layout/page_text.hpp"
#include "measure.hpp"
#include "renderer.hpp"
#include "signature/pades.hpp"

/// ./run bench render: from the JSON text of a loan to a tagged PDF/A-3a; `run` makes the table.
/// Each section runs in a process of its own, so that its memory is its own.
namespace paraphe::bench {

namespace {

void bench_warm(const std::string& file, int rounds, const std::string& goal) {
    const int warm_up = std::min(20, rounds);
    Renderer renderer(file);
    Stopwatch whole, merging, setting, writing;
    std::size_t octets = 0, pages = 0;
    for (int i = 0; i < warm_up + rounds; ++i) {
        const std::string data = json::write(loan(i));
        Stopwatch unheard;
        const auto watch = [&](Stopwatch& of) -> Stopwatch& { return i < warm_up ? unheard : of; };
        odf::Document document;
        layout::Pages set;
        Bytes pdf;
        watch(whole).time([&] {
            watch(merging).time([&] { document = renderer.merge(data); });
            watch(setting).time([&] { set = renderer.pages(document); });
            watch(writing).time([&] { pdf = renderer.pdf(set); });
        });
        octets = pdf.size();
        pages = set.pages.size();
    }
    const Times times = whole.times();
    row("JSON text to PDF/A-3a, " + std::to_string(pages) + " pages", times,
        text("%.2f ms a page; peak %.0f MB; %s; %zu octets; subsets %zu hits, %zu misses",
             times.median / static_cast<double>(pages), peak_megabytes(), goal.c_str(), octets,
             renderer.cache().hits(), renderer.cache().misses()));
    row("— JSON, types, merge", merging.times(), "");
    row("— layout", setting.times(), "");
    row("— pdf::write", writing.times(), "");
}

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
    std::size_t svg_octets = 0, cairo_octets = 0, same = 0, pages = 0;
    Bytes picture;
    std::vector<std::string> before;
    for (int i = 0; i < warm_up + rounds; ++i) {
        const std::string data = json::write(loan(i));
        Stopwatch unheard;
        const auto watch = [&](Stopwatch& of) -> Stopwatch& { return i < warm_up ? unheard : of; };
        layout::Pages set;
        std::vector<std::string> names;
        const auto named = [&] {
            watch(placing).time([&] { set = renderer.pages(renderer.merge(data)); });
            names.clear();
            watch(naming).time([&] {
                for (std::size_t page = 0; page < set.pages.size(); ++page)
                    names.push_back(pdf::page_name(set, page));
            });
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
        pages = names.size();
        for (std::size_t page = 0; page < before.size(); ++page)
            if (before[page] == names[page]) ++same;
        before = names;
    }
    row("JSON text to the picture of one page, SVG", svg.times(),
        text("goal ≤ 15 ms; %zu octets", svg_octets));
    row("— PNG, 96 dpi", png.times(), text("goal ≤ 15 ms; %zu octets", picture.size()));
    row("— of that JSON, types, merge, layout", placing.times(), "");
    row(text("— names of all %zu pages", pages), naming.times(),
        text("%zu of %zu pages need not be sent again", same, pages * (warm_up + rounds - 1)));
    row("— drawing the page as SVG", drawing.times(), "");
    row("— drawing it as PNG", packing.times(), "");
    row("— cairo's PNG writer, the same pixels drawn already", cairo.times(),
        text("%zu octets", cairo_octets));
    row("its text as HTML", telling.times(), text("peak %.0f MB", peak_megabytes()));
}

/// Documents a second by one thread and by two that share nothing but the renderer.
void bench_two(const std::string& file) {
    constexpr int each = 150, turns = 5;
    Renderer renderer(file);
    const auto render = [&](int first) {
        for (int i = first; i < first + each; ++i)
            renderer.pdf(json::write(loan(i)));
    };
    render(0);
    Stopwatch one, two;
    for (int turn = 1; turn <= turns; ++turn) {
        const int first = turn * 3 * each;
        one.time([&] { render(first); });
        two.time([&] {
            std::thread other([&] { render(first + each); });
            render(first + 2 * each);
            other.join();
        });
    }
    const double alone = one.times().median / each, both = two.times().median / (2 * each);
    std::printf(
        "| two threads, a document | %.2f | %.2f | | %.2f | %.2f × one thread's %.2f ms "
        "in the same turns; goal 1.8 ×; peak %.0f MB |\n",
        both, two.times().least / (2 * each), two.times().cpu / (2 * each), alone / both, alone,
        peak_megabytes());
}

}  // namespace

}  // namespace paraphe::bench

/// What callgrind counts: it must keep its name and be called.
extern "C" __attribute__((noinline)) void paraphe_counted_render(paraphe::bench::Renderer& renderer,
                                                                 const std::string& data) {
    if (renderer.pdf(data).empty()) std::abort();
}

int main(int argc, char** argv) {
    using namespace paraphe;
    const auto word = [&](int i) { return std::string(i < argc ? argv[i] : ""); };
    try {
        if (word(1) == "warm" && argc == 5)
            bench::bench_warm(word(2), std::atoi(argv[3]), word(4));
        else if (word(1) == "sealed" && argc == 4)
            bench::bench_sealed(word(2), word(3));
        else if (word(1) == "two" && argc == 3)
            bench::bench_two(word(2));
        else if (word(1) == "preview" && argc == 3)
            bench::bench_preview(word(2));
        else if (word(1) == "cairo" && argc == 4)
            bench::bench_cairo(word(2), std::atoi(argv[3]));
        else if (word(1) == "counted" && argc == 3) {
            bench::Renderer renderer(word(2));
            for (int i = 0; i < 3; ++i)
                renderer.pdf(json::write(bench::loan(i)));
            paraphe_counted_render(renderer, json::write(bench::loan(3)));
        } else if (word(1) == "filled" && argc == 5) {  // FOLDER/NNN.odt for LibreOffice
            const bench::Renderer renderer(word(2));
            for (int i = 0; i < std::atoi(argv[4]); ++i)
                write_file(word(3) + bench::text("/%03d.odt", i),
                           odf::write_package(renderer.merge(json::write(bench::loan(i)))));
        } else if (word(1) == "data" && argc == 5) {  // JSON Lines: ours, and the peers'
            std::string ours, peers;
            for (int i = 0; i < std::atoi(argv[4]); ++i) {
                ours += json::write(bench::loan(i)) + '\n';
                peers += json::write(bench::peer_loan(i)) + '\n';
            }
            write_file(word(2), ours);
            write_file(word(3), peers);
        } else if (word(1) == "schema" && argc == 2) {
            std::cout << bench::loan_schema << '\n';
        } else {
            throw std::runtime_error(
                "usage: render_bench warm FILE ROUNDS GOAL | sealed FILE FIELD | two FILE | "
                "preview FILE | cairo FILE ROUNDS | counted FILE | filled FILE FOLDER COUNT | data "
                "OURS PEERS COUNT | "
                "schema");
        }
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "render_bench: " << error.what() << '\n';
        return 1;
    }
}
