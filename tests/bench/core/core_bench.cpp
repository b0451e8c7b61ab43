#include <cstdio>
#include <string>

#include "base/error.hpp"
#include "sections.hpp"

/// core_bench workflow | store FOLDER: see `run`, which makes one table of them.
int main(int count, char** words) {
    using namespace paraphe;
    const auto word = [&](int i) { return i < count ? std::string(words[i]) : std::string(); };
    try {
        const std::string section = word(1);
        if (section == "workflow")
            bench::bench_workflow();
        else if (section == "store")
            bench::bench_store(word(2));
        else
            throw Error(ErrorKind::malformed_input, "no such section: " + section);
    } catch (const Error& error) {
        std::fprintf(stderr, "core_bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
