#include "cli/cli.hpp"

int main(int argc, char** argv) {
    return paraphe::cli::run(argc, argv, paraphe::cli::full_program());
}
