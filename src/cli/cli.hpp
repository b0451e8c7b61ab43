#pragma once

namespace paraphe::cli {

/// Reads the command line, runs one command, prints errors. The exit code: 0 done, 1 a negative
/// verdict or findings, 2 usage, 3 bad input or not found, 4 conflict or forbidden, 5 unavailable,
/// 70 internal.
int run(int argc, char** argv);

}  // namespace paraphe::cli
