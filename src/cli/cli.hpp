#pragma once

namespace CLI {
class App;
}

namespace paraphe::cli {

struct Console;
struct Heavy;

/// A program: the commands that it has, and what only the full one stands on.
struct Program {
    void (*declare)(CLI::App&, Console&, int& status);
    const Heavy* heavy;  ///< none: what it cannot do itself, the full program beside it does
};

/// `paraphe`, which starts in half the time: the commands that make and check documents.
Program document_program();
/// `paraphe-full`: all commands.
Program full_program();

/// Reads the command line, runs one command, prints errors. The exit code: 0 done, 1 a negative
/// verdict or findings, 2 usage, 3 bad input or not found, 4 conflict or forbidden, 5 unavailable,
/// 70 internal.
int run(int argc, char** argv, const Program&);

}  // namespace paraphe::cli
