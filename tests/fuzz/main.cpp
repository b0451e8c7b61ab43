#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "fuzz/fuzz.hpp"

// fuzz [TARGET] [SECONDS] [SEED]: feeds mutated seeds to every reader. The input under way lies in
// fuzz-input-TARGET, so that a crash leaves its cause behind. `fuzz TARGET FILE` replays one input.

namespace {

namespace fs = std::filesystem;
using namespace paraphe;

std::uint64_t next(std::uint64_t& state) {  // splitmix64: the run follows from its seed
    std::uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

std::string mutate(std::string octets, const std::vector<std::string>& seeds,
                   std::uint64_t& state) {
    const std::uint64_t changes = 1 + next(state) % 8;
    for (std::uint64_t i = 0; i < changes; ++i) {
        const std::size_t at = octets.empty() ? 0 : next(state) % octets.size();
        switch (next(state) % 7) {
            case 0:
                if (!octets.empty())
                    octets[at] = static_cast<char>(octets[at] ^ (1 << next(state) % 8));
                break;
            case 1:
                if (!octets.empty()) octets[at] = static_cast<char>(next(state));
                break;
            case 2:
                octets.erase(at, next(state) % 64);
                break;
            case 3:
                octets.insert(at, octets.substr(at, next(state) % 64));
                break;
            case 4:
                octets.insert(at, 1, static_cast<char>(next(state)));
                break;
            case 5: {
                const std::string& other = seeds[next(state) % seeds.size()];
                if (!other.empty()) octets.insert(at, other.substr(next(state) % other.size(), 64));
                break;
            }
            case 6:
                octets.resize(at);
                break;
        }
    }
    if (octets.size() > 200'000) octets.resize(200'000);
    return octets;
}

std::vector<std::string> seeds_of(const fuzz::Target& target, const fs::path& tree) {
    std::vector<std::string> out{""};
    for (const char* folder : {"templates", "workflows", "tests"})
        for (const auto& entry : fs::recursive_directory_iterator(tree / folder)) {
            const std::string name = entry.path().filename().string();
            for (const auto ending : target.seeds)
                if (entry.is_regular_file() && name.size() >= ending.size() &&
                    name.substr(name.size() - ending.size()) == ending &&
                    entry.file_size() < 200'000)
                    out.push_back(read_file(entry.path()));
        }
    return out;
}

void feed(const fuzz::Target& target, const std::string& octets) {
    try {
        target.read(octets);
    } catch (const Error&) {
        // The contract: a refusal is an Error.
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string only = argc > 1 ? argv[1] : "all";
    if (argc == 3 && fs::is_regular_file(argv[2])) {
        for (const auto& target : fuzz::targets())
            if (target.name == only) feed(target, read_file(argv[2]));
        return 0;
    }
    const int seconds = argc > 2 ? std::atoi(argv[2]) : 20;
    const std::uint64_t seed =
        argc > 3 ? std::strtoull(argv[3], nullptr, 10)
                 : static_cast<std::uint64_t>(
                       std::chrono::system_clock::now().time_since_epoch().count());
    int done = 0;
    for (const auto& target : fuzz::targets()) {
        if (only != "all" && only != target.name) continue;
        const auto seeds = seeds_of(target, PARAPHE_SOURCE_DIR);
        std::uint64_t state = seed;
        std::uint64_t inputs = 0;
        const std::string trace = "fuzz-input-" + std::string(target.name);
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
        for (const auto& octets : seeds)
            feed(target, octets);
        while (std::chrono::steady_clock::now() < end) {
            const std::string octets = mutate(seeds[next(state) % seeds.size()], seeds, state);
            std::ofstream(trace, std::ios::binary) << octets;
            feed(target, octets);
            ++inputs;
        }
        fs::remove(trace);
        std::printf("%-12s %8llu inputs from %zu seeds, seed %llu: only Error came out\n",
                    std::string(target.name).c_str(), static_cast<unsigned long long>(inputs),
                    seeds.size(), static_cast<unsigned long long>(seed));
        ++done;
    }
    if (done == 0) {
        std::fprintf(stderr, "fuzz: no target %s\n", only.c_str());
        return 2;
    }
    std::printf("%d passed, 0 failed\n", done);
    return 0;
}
