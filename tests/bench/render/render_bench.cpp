#include <cstdlib>
#include <iostream>
#include <thread>

#include "base/error.hpp"
#include "measure.hpp"
#include "renderer.hpp"

/// ./run bench render: from the JSON text of a loan to a tagged PDF/A-3a; `run` makes the table.
/// Each section runs in a process of its own, so that its memory is its own; what stands on libqpdf
/// and cairo, as paraphe-full does, is in render_full_bench.
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
        else if (word(1) == "two" && argc == 3)
            bench::bench_two(word(2));
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
                "usage: render_bench warm FILE ROUNDS GOAL | two FILE | counted FILE | filled FILE "
                "FOLDER COUNT | data OURS PEERS COUNT | schema");
        }
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "render_bench: " << error.what() << '\n';
        return 1;
    }
}
