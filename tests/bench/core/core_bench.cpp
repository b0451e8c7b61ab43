#include <cstdio>
#include <string>

#include "base/error.hpp"
#include "sections.hpp"

/// core_bench pdf|filled|sign|workflow|store …: see `run`, which makes one table of them.
int main(int count, char** words) {
    using namespace paraphe;
    const auto word = [&](int i) { return i < count ? std::string(words[i]) : std::string(); };
    try {
        const std::string section = word(1);
        if (section == "pdf")
            bench::bench_pdf(word(2), word(3));
        else if (section == "filled")
            bench::write_filled(word(2), word(3), std::stoi(word(4)));
        else if (section == "sign")
            bench::bench_sign(word(2));
        else if (section == "workflow")
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
