#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/seeds.hpp"

// fuzz [TARGET] [SECONDS] [SEED]: feeds mutated seeds to every reader. The input under way lies in
// fuzz-input-TARGET, so that a crash leaves its cause behind; an input that takes more than five
// seconds or 200 MB ends the run as well. `fuzz TARGET FILE` replays one input.

namespace {

namespace fs = std::filesystem;
using namespace paraphe;

std::uint64_t next(std::uint64_t& state) {  // splitmix64: the run follows from its seed
    std::uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

constexpr unsigned longest_seconds = 5;
constexpr long most_kibibytes = 200 * 1024;

long peak_kibibytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/// Lengths, offsets and references stay true: what lies behind a table of offsets is reached.
void overwrite(std::string& octets, std::uint64_t& state) {
    static const std::string_view tokens[] = {
        "0",  "-1", "65536", "2147483648", "9999999999999", "%n", "\xff\xff\xff\xff",
        "<<", ">",  "&#0;",  "1e999"};
    for (std::uint64_t changes = 1 + next(state) % 4; changes > 0 && !octets.empty(); --changes) {
        const std::size_t at = next(state) % octets.size();
        const std::string_view token = tokens[next(state) % std::size(tokens)];
        switch (next(state) % 4) {
            case 0:
                octets[at] = static_cast<char>(octets[at] ^ (1 << next(state) % 8));
                break;
            case 1:
                octets[at] = static_cast<char>(next(state));
                break;
            case 2:
                octets.replace(at, std::min(token.size(), octets.size() - at), token);
                break;
            case 3: {
                const std::size_t from = next(state) % octets.size();
                const std::string piece = octets.substr(from, next(state) % 16);
                octets.replace(at, std::min(piece.size(), octets.size() - at), piece);
                break;
            }
        }
    }
}

/// The end of the element whose start tag stands at `at`; npos when it is not closed.
std::size_t end_of_element(const std::string& octets, std::size_t at) {
    int depth = 0;
    while (at != std::string::npos && at + 1 < octets.size()) {
        const std::size_t end = octets.find('>', at);
        if (end == std::string::npos) return end;
        if (octets[at + 1] == '/')
            --depth;
        else if (octets[end - 1] != '/' && octets[at + 1] != '?' && octets[at + 1] != '!')
            ++depth;
        if (depth <= 0) return end + 1;
        at = octets.find('<', end);
    }
    return std::string::npos;
}

/// A random place of `what` in `octets`, npos when there is none.
std::size_t place(const std::string& octets, std::string_view what, std::uint64_t& state) {
    const std::size_t from = octets.empty() ? 0 : next(state) % octets.size();
    const std::size_t found = octets.find(what, from);
    return found == std::string::npos ? octets.find(what) : found;
}

/// Changes values and moves elements, so that text formats stay well-formed.
void rearrange(std::string& octets, const std::vector<std::string>& seeds, std::uint64_t& state) {
    static const std::string_view values[] = {
        "",         "0",      "-1",         "1",    "2147483647", "99999999999999999999",
        "1e300",    "NaN",    "100%",       "-5cm", "0cm",        "1e9cm",
        "999999cm", "true",   "none",       "é",    "Standard",   "dossier",
        "[[1]]",    "x.y(1)", "P99999999Y", "#",    "\\u0000"};
    const auto value = [&] { return values[next(state) % std::size(values)]; };
    for (std::uint64_t changes = 1 + next(state) % 6; changes > 0; --changes) {
        const std::string_view quote = next(state) % 4 == 0 ? "'" : "\"";
        switch (next(state) % 5) {
            case 0:
            case 1: {  // a quoted value: another of the file, or one of the list
                const std::size_t at = place(octets, quote, state);
                if (at == std::string::npos) break;
                const std::size_t end = octets.find(quote, at + 1);
                if (end == std::string::npos) break;
                std::string other(value());
                if (next(state) % 2 == 0) {
                    const std::size_t from = place(octets, quote, state);
                    const std::size_t to = octets.find(quote, from + 1);
                    if (to != std::string::npos) other = octets.substr(from + 1, to - from - 1);
                }
                octets.replace(at + 1, end - at - 1, other);
                break;
            }
            case 2: {  // a number
                const std::size_t at = octets.find_first_of(
                    "0123456789", octets.empty() ? 0 : next(state) % octets.size());
                if (at == std::string::npos) break;
                const std::size_t end = octets.find_first_not_of("0123456789", at);
                octets.replace(at, std::min(end, octets.size()) - at, value());
                break;
            }
            case 3: {  // an element, copied to another place of this file or from another seed
                const std::string& source =
                    next(state) % 3 == 0 ? seeds[next(state) % seeds.size()] : octets;
                const std::size_t from = place(source, "<", state);
                const std::size_t to = end_of_element(source, from);
                const std::size_t at = place(octets, "<", state);
                if (from == std::string::npos || to == std::string::npos ||
                    at == std::string::npos || to - from > 20'000)
                    break;
                octets.insert(at, std::string(source, from, to - from));
                break;
            }
            case 4: {  // an element, left out
                const std::size_t from = place(octets, "<", state);
                const std::size_t to = end_of_element(octets, from);
                if (from != std::string::npos && to != std::string::npos)
                    octets.erase(from, to - from);
                break;
            }
        }
    }
}

std::string mutate(std::string octets, const std::vector<std::string>& seeds, std::size_t longest,
                   std::uint64_t& state) {
    const std::uint64_t way = next(state) % 4;
    if (way < 3) {
        if (way == 0)
            overwrite(octets, state);
        else
            rearrange(octets, seeds, state);
        octets.resize(std::min(octets.size(), longest));
        return octets;
    }
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
    octets.resize(std::min(octets.size(), longest));
    return octets;
}

/// The input under way, in a file that stays open: closing a shortened one waits for the disk.
class Trace {
public:
    explicit Trace(std::string path) : path_(std::move(path)) {
        file_ = ::open(path_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
        if (file_ < 0) throw Error(ErrorKind::internal, "cannot write " + path_);
    }
    ~Trace() {
        ::close(file_);
        fs::remove(path_);
    }
    Trace(const Trace&) = delete;
    Trace& operator=(const Trace&) = delete;

    void put(const std::string& octets) {
        const auto written = ::pwrite(file_, octets.data(), octets.size(), 0);
        if (written != static_cast<ssize_t>(octets.size()) || ::ftruncate(file_, written) != 0)
            throw Error(ErrorKind::internal, "cannot write " + path_);
    }

private:
    std::string path_;
    int file_;
};

void feed(const fuzz::Target& target, const std::string& octets) {
    const long before = peak_kibibytes();
    alarm(longest_seconds);  // SIGALRM ends the program
    try {
        target.read(octets);
    } catch (const Error&) {
        // The contract: a refusal is an Error.
    }
    alarm(0);
    if (const long grown = peak_kibibytes() - before; grown > most_kibibytes) {
        std::fprintf(stderr, "fuzz: %ld KiB for one input\n", grown);
        std::abort();
    }
}

}  // namespace

/// Freed memory does not wait in a quarantine that would hide what one input takes.
extern "C" const char* __asan_default_options() {
    return "quarantine_size_mb=16:allocator_may_return_null=0:max_allocation_size_mb=1024";
}

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
        const auto seeds = fuzz::seeds_of(target);
        std::uint64_t state = seed;
        std::uint64_t inputs = 0;
        Trace trace("fuzz-input-" + std::string(target.name));
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
        for (const auto& octets : seeds) {
            trace.put(octets);
            feed(target, octets);
        }
        while (std::chrono::steady_clock::now() < end) {
            const std::string octets =
                mutate(seeds[next(state) % seeds.size()], seeds, target.longest, state);
            trace.put(octets);
            feed(target, octets);
            ++inputs;
        }
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
