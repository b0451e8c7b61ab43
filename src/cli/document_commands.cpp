#include <algorithm>
#include <thread>

#include "cli/cli.hpp"
#include "cli/declare.hpp"

namespace paraphe::cli {

void declare_home(CLI::App& app, std::string& home) {
    app.add_option("--home", home, "folder with fonts/, templates/ and workflows/");
}

CLI::Option* declare_key(CLI::App& app, std::string& key, std::string& password_file) {
    app.add_option("--password-file", password_file,
                   "first line is the password; else PARAPHE_KEY_PASSWORD, else asked");
    return app.add_option("--key", key, "PKCS#12 file");
}

namespace {

void declare_render(CLI::App& app, RenderOptions& o) {
    app.add_option("TEMPLATE", o.template_file, ".fodt, .odt, .ott, .txt or .html")->required();
    auto* data = app.add_option_group("--data or --data-lines", "what fills the template");
    data->add_option("--data", o.data, "JSON file; - for standard input");
    auto* lines = data->add_option("--data-lines", o.data_lines,
                                   "JSON Lines file, a document a line, named by its fields: "
                                   "-o 'out/{{ reference }}.odt'");
    data->require_option(1);
    o.jobs = std::max(1u, std::thread::hardware_concurrency());
    app.add_option("--jobs", o.jobs, "threads; as many as processors when left out")
        ->needs(lines)
        ->check(CLI::Range(1, 64));
    app.add_flag("--keep-going", o.keep_going, "skip bad records, tell them, exit with 1")
        ->needs(lines);
    app.add_option("--kind", o.kind, "folder of the kind whose schema types the data");
    app.add_option("--schema", o.schema, "JSON Schema that types the data");
    app.add_option("--templates", o.templates, "folder of included clauses");
    app.add_option("--now", o.now, "instant of the document, RFC 3339");
    app.add_option("-o", o.outputs,
                   "OUT.pdf, .odt, .fodt, .svg, .png, .txt, .html, .pages or .json")
        ->required();
    app.add_option("--page", o.page, "the only page of .svg and .png files")
        ->check(CLI::Range(1, 100000));
    auto* key = declare_key(app, o.key, o.password_file)
                    ->description("PKCS#12 file: seals each PDF while it is written");
    for (auto* detail : {app.add_option("--field", o.field,
                                        "signature field of the seal; may be left out when "
                                        "there is one"),
                         app.add_option("--reason", o.reason, "of the seal"),
                         app.add_option("--location", o.location, "of the seal")})
        detail->needs(key);
    app.add_flag("--json", o.json, "diagnostics as JSON lines");
    declare_home(app, o.home);
}

void declare_fmt(CLI::App& app, FmtOptions& o) {
    app.add_option("TEMPLATE", o.template_file, ".fodt, .odt or .ott")->required();
    auto* output = app.add_option("-o,--output", o.output, "file to write; TEMPLATE when left out");
    app.add_flag("--check", o.check, "write nothing; exit with 1 when something would change")
        ->excludes(output);
}

void declare_check(CLI::App& app, CheckOptions& o) {
    auto* what = app.add_option_group("what", "one of");
    auto* target =
        what->add_option("TARGET", o.target,
                         "template, workflow.scxml, folder of a kind, or PDF (PDF/A-3a, PDF/UA-1)");
    what->add_option("--explain", o.explain, "print what a code means (P0106), with examples");
    what->require_option(1);
    app.add_option("--schema", o.schema, "JSON Schema of the data")->needs(target);
    app.add_option("--templates", o.templates, "folder of included clauses")->needs(target);
    app.add_flag("--coverage", o.coverage,
                 "of a kind's folder: the branches, loops and clauses that no sample reaches")
        ->needs(target);
    app.add_option("--annotate", o.annotate,
                   "OUT.odt or OUT.fodt: a copy with a comment at each place; OUT.pdf: its pages "
                   "with the places marked")
        ->needs(target);
    app.add_option("--now", o.now, "instant of the comments, RFC 3339")->needs(target);
    app.add_option("--sarif", o.sarif, "write SARIF 2.1.0 to this file as well")->needs(target);
    app.add_option("--format", o.format,
                   "text, lines, json or sarif; auto: text at a terminal, "
                   "else lines")
        ->check(CLI::IsMember({"auto", "text", "lines", "json", "sarif"}))
        ->needs(target);
    app.add_flag("--json", o.json, "the same as --format json")->needs(target);
    app.footer(
        "Forms:\n"
        "  lines  file:line:column: CODE context, quotation : problem ; remedy\n"
        "  json   one object a line: severity (error, warning), code, message, file, part (of a\n"
        "         package, or JSON pointer), line, column (from 1; 0: unknown), context (article\n"
        "         and paragraph), quote, remedy\n"
        "Exit codes: 0 clean, 1 findings, 2 usage, 3 bad input or not found.");
    declare_home(app, o.home);
}

void declare_diff(CLI::App& app, DiffOptions& o) {
    app.add_option("BEFORE", o.before, "older version: .fodt, .odt or .ott")->required();
    app.add_option("AFTER", o.after, "newer version")->required();
    app.add_option("-o", o.output,
                   "OUT.odt or OUT.fodt: the newer version with tracked changes for Writer");
    app.add_option("--author", o.author, "author of the tracked changes")->capture_default_str();
    app.add_option("--now", o.now, "instant of the tracked changes, RFC 3339");
    app.add_option("--color", o.color, "auto: at a terminal")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->capture_default_str();
    app.add_flag("--json", o.json, "the changes as one JSON object (src/redline/redline.hpp)");
    app.footer("Exit codes: 0 no difference, 1 differences, 2 usage, 3 bad input or not found.");
}

void declare_workflow_run(CLI::App& app, WorkflowOptions& o) {
    app.add_option("FILE", o.file, "SCXML file")->required();
    app.add_option("--events", o.events, "JSON lines; - for standard input");
    app.add_flag("--virtual-clock", o.virtual_clock, "time moves only by the events' \"at\"");
    app.add_flag("--json", o.json, "one JSON object a step");
}

void declare_workflow_graph(CLI::App& app, WorkflowOptions& o) {
    app.add_option("FILE", o.file, "SCXML file")->required();
    app.add_option("-o", o.output, "OUT.svg")->required();
}

void declare_workflow_simulate(CLI::App& app, WorkflowOptions& o) {
    app.add_option("KIND", o.file, "folder of the kind")->required();
    app.add_option("SCENARIO", o.scenario, "name of one scenario");
    declare_home(app, o.home);
}

}  // namespace

void declare_document_commands(CLI::App& app, Console& console, int& status) {
    command(app, console, status, "render", "Fill a template and set its pages", render,
            declare_render);
    command(app, console, status, "fmt", "Mend the tags that Writer damaged, and nothing else", fmt,
            declare_fmt);
    command(app, console, status, "check", "Find the mistakes of a template, workflow, kind or PDF",
            check, declare_check);
    command(app, console, status, "diff", "Tell what changed between two versions of a document",
            diff, declare_diff);
    CLI::App* workflow = app.add_subcommand("workflow", "Run, draw or simulate a workflow");
    workflow->require_subcommand(1);
    command(*workflow, console, status, "run", "Step through events", workflow_run,
            declare_workflow_run);
    command(*workflow, console, status, "graph", "Draw the chart", workflow_graph,
            declare_workflow_graph);
    command(*workflow, console, status, "simulate", "Play a kind's scenarios", workflow_simulate,
            declare_workflow_simulate);
    app.add_subcommand("functions", "List the functions, filters and tests of templates")
        ->callback([&console, &status] { status = functions(console); });
}

Program document_program() {
    return {declare_document_commands, nullptr};
}

}  // namespace paraphe::cli
