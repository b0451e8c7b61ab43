#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/commands.hpp"

/// How the command line of a command is declared. Private to the layer.
namespace paraphe::cli {

/// Adds a command whose options are `Options`, filled by `declare`.
template <typename Options>
void command(CLI::App& parent, Console& console, int& status, const std::string& name,
             const std::string& description, int (*action)(const Options&, Console&),
             void (*declare)(CLI::App&, Options&)) {
    auto options = std::make_shared<Options>();
    CLI::App* app = parent.add_subcommand(name, description);
    declare(*app, *options);
    app->callback([options, action, &console, &status] { status = action(*options, console); });
}

void declare_home(CLI::App&, std::string& home);
CLI::Option* declare_key(CLI::App&, std::string& key, std::string& password_file);

/// Those that make and check documents.
void declare_document_commands(CLI::App&, Console&, int& status);
void declare_all_commands(CLI::App&, Console&, int& status);

}  // namespace paraphe::cli
