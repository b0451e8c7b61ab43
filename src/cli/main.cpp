#include "cli/cli.hpp"

int main(int argc, char** argv) {
    return paraphe::cli::run(argc, argv, paraphe::cli::document_program());
}
