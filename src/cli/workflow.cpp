#include <iostream>
#include <iterator>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "kind/scenario.hpp"
#include "locale/zone.hpp"
#include "workflow/diagram.hpp"
#include "workflow/reader.hpp"
#include "workflow/runner.hpp"

namespace paraphe::cli {

namespace {

Bytes read_input(const std::string& name) {
    if (name != "-") return read_file(name);
    return {std::istreambuf_iterator<char>(std::cin), {}};
}

Date in_paris(Instant at) {
    return locale::to_local(at, "Europe/Paris").date;
}

void print_trace(const std::vector<workflow::TraceLine>& trace, bool json, std::ostream& out) {
    for (const auto& line : trace)
        out << (json ? json::write(line.json) : line.text) << '\n';
}

}  // namespace

int workflow_run(const WorkflowOptions& options, Console& console) {
    const auto definition = workflow::read_definition(options.file);
    std::vector<workflow::ScriptLine> script;
    if (!options.events.empty())
        script = workflow::read_script(read_input(options.events), options.events);
    workflow::RunOptions run_options;
    run_options.now = console.clock.now();
    run_options.date_of = in_paris;
    run_options.virtual_clock = options.virtual_clock;
    const auto result = workflow::run(definition, script, run_options);
    print_trace(result.trace, options.json, console.out);
    if (options.json) {
        json::Array active;
        for (const auto& state : result.active)
            active.emplace_back(state);
        console.out << json::write(json::Object{{"active", std::move(active)}}) << '\n';
    } else {
        for (std::size_t i = 0; i < result.active.size(); ++i)
            console.out << (i == 0 ? "" : " ") << result.active[i];
        console.out << '\n';
    }
    return result.clean ? 0 : 1;
}

int workflow_graph(const WorkflowOptions& options, Console& console) {
    const auto definition = workflow::read_definition(options.file);
    write_file(options.output, workflow::to_svg(definition));
    console.out << options.output << '\n';
    return 0;
}

int workflow_simulate(const WorkflowOptions& options, Console& console) {
    const auto kind = kind::load(options.file);
    int status = 0;
    for (const auto& [name, scenario] : kind.scenarios) {
        if (!options.scenario.empty() && options.scenario != name) continue;
        const auto result = kind::play(kind, name);
        console.out << (result.passed ? "ok      " : "FAILED  ") << name << '\n';
        if (!result.passed) {
            status = 1;
            print_trace(result.trace, false, console.out);
            for (const auto& problem : result.problems)
                console.out << "  " << problem << '\n';
        }
    }
    if (!options.scenario.empty() && !kind.scenarios.contains(options.scenario))
        throw Error(ErrorKind::not_found, "no scenario " + options.scenario,
                    {options.file, 0, 0, {}});
    return status;
}

}  // namespace paraphe::cli
