#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/error.hpp"
#include "base/file.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/seeds.hpp"

// libFuzzer's side of a target. Which one: PARAPHE_FUZZ_TARGET. With PARAPHE_FUZZ_SEEDS=FOLDER it
// writes that target's seeds there, one a file, and ends. Other arguments are libFuzzer's.

namespace {

using namespace paraphe;

const fuzz::Target& target() {
    static const fuzz::Target& chosen = []() -> const fuzz::Target& {
        const char* name = std::getenv("PARAPHE_FUZZ_TARGET");
        const auto all = {&fuzz::document_targets(), &fuzz::output_targets()};
        for (const auto* some : all)
            for (const auto& one : *some)
                if (name != nullptr && one.name == name) return one;
        std::fprintf(stderr, "PARAPHE_FUZZ_TARGET names none of:");
        for (const auto* some : all)
            for (const auto& one : *some)
                std::fprintf(stderr, " %s", std::string(one.name).c_str());
        std::fprintf(stderr, "\n");
        std::exit(2);
    }();
    return chosen;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    if (const char* folder = std::getenv("PARAPHE_FUZZ_SEEDS")) {
        std::size_t count = 0;
        for (const auto& octets : fuzz::seeds_of(target()))
            write_file(std::filesystem::path(folder) / ("seed-" + std::to_string(count++)), octets);
        std::exit(0);
    }
    target();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
    try {
        target().read({reinterpret_cast<const char*>(octets), size});
    } catch (const Error&) {
        // The contract: a refusal is an Error.
    }
    return 0;
}
