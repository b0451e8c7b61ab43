#include "cli/cli.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "base/error.hpp"
#include "cli/commands.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;

int exit_code(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::malformed_input:
        case ErrorKind::not_found:
            return 3;
        case ErrorKind::forbidden:
        case ErrorKind::conflict:
            return 4;
        case ErrorKind::unavailable:
            return 5;
        case ErrorKind::internal:
            return 70;
    }
    return 70;
}

bool has_command(const CLI::App& app, const std::string& name) {
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    return std::any_of(commands.begin(), commands.end(),
                       [&](const CLI::App* each) { return each->get_name() == name; });
}

/// Goes on as the program beside this one that has all commands: same process, same arguments.
[[noreturn]] void become_full(char** argv) {
    std::error_code failed;
    const fs::path self = fs::read_symlink("/proc/self/exe", failed);
    const std::string full = (self.parent_path() / "paraphe-full").string();
    ::execv(full.c_str(), argv);
    throw Error(ErrorKind::unavailable, std::strerror(errno), {full, 0, 0, {}},
                "install paraphe and paraphe-full in one folder");
}

}  // namespace

int run(int argc, char** argv, const Program& program) {
    SystemClock clock;
    SystemRandom random;
    Console console{std::cout, std::cerr, clock, random, program.heavy};
    int status = 0;
    CLI::App app("paraphe: contracts from template and data to signed files", "paraphe");
    app.set_version_flag("--version", "paraphe 0.1.0");
    app.require_subcommand(1);
    program.declare(app, console, status);
    try {
        try {
            if (program.heavy == nullptr && !(argc > 1 && has_command(app, argv[1])))
                throw NeedsFullProgram();
            app.parse(argc, argv);
        } catch (const NeedsFullProgram&) {
            become_full(argv);
        }
        std::cout.flush();
        if (!std::cout) throw Error(ErrorKind::unavailable, "cannot write to standard output");
        return status;
    } catch (const CLI::ParseError& error) {
        return app.exit(error, std::cout, std::cerr) == 0 ? 0 : 2;
    } catch (const Error& error) {
        std::cerr << "paraphe: " << error.what() << '\n';
        return exit_code(error.kind());
    } catch (const std::exception& error) {
        std::cerr << "paraphe: internal fault: " << error.what() << '\n';
        return 70;
    }
}

}  // namespace paraphe::cli
