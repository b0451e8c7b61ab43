#include "cli/cli.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <thread>

#include "base/error.hpp"
#include "cli/commands.hpp"

namespace paraphe::cli {

namespace {

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

void declare_home(CLI::App& app, std::string& home) {
    app.add_option("--home", home, "folder with fonts/, templates/ and workflows/");
}

CLI::Option* declare_key(CLI::App& app, std::string& key, std::string& password_file) {
    app.add_option("--password-file", password_file,
                   "first line is the password; else PARAPHE_KEY_PASSWORD, else asked");
    return app.add_option("--key", key, "PKCS#12 file");
}

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

void declare_rebuild(CLI::App& app, RebuildOptions& o) {
    app.add_option("FILE", o.file, "PDF made by paraphe, signed or not")->required();
    app.add_option("--template", o.template_file, ".fodt, .odt or .ott")->required();
    app.add_option("--data", o.data, "JSON file; what the PDF embeds when left out");
    app.add_option("--kind", o.kind, "folder of the kind whose schema types the data");
    app.add_option("--schema", o.schema, "JSON Schema that types the data");
    app.add_option("--templates", o.templates, "folder of included clauses");
    app.add_flag("--json", o.json, "the verdict and both fingerprints as one JSON object");
    app.footer(
        "Exit codes: 0 the same octets, 1 a difference or another engine, 2 usage, 3 bad input "
        "or not found.");
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

void declare_sign(CLI::App& app, SignOptions& o) {
    app.add_option("INPUT", o.input, "PDF or ODT")->required();
    app.add_option("-o", o.output, "signed file")->required();
    declare_key(app, o.key, o.password_file)->required();
    app.add_option("--field", o.field, "signature field; may be left out when there is one");
    app.add_option("--level", o.level, "B-B")->check(CLI::IsMember({"B-B"}));
    app.add_option("--reason", o.reason);
    app.add_option("--location", o.location);
    app.add_option("--name", o.name, "name to show; the certificate's when left out");
    app.add_option("--capacity", o.capacity, "capacity to show");
    app.add_option("--strokes", o.strokes, "drawn signature, JSON");
    declare_home(app, o.home);
}

void declare_verify(CLI::App& app, VerifyOptions& o) {
    app.add_option("FILE", o.files)->required();
    app.add_option("--trust", o.trust, "PEM file or folder of trusted certificates");
    app.add_option("--at", o.at, "instant at which the certificates must be valid");
    app.add_flag("--json", o.json);
}

void declare_service(CLI::App& app, ServiceOptions& o) {
    app.add_option("--store", o.store, "sqlite:FOLDER")->capture_default_str();
    declare_home(app, o.home);
}

void declare_serve(CLI::App& app, ServiceOptions& o) {
    declare_service(app, o);
    app.add_option("--listen", o.listen, "ADDR:PORT")->capture_default_str();
    app.add_option("--host", o.hosts, "allowed Host names; any when left out");
    app.add_flag("--secure-cookies", o.secure_cookies,
                 "behind a proxy with TLS: session cookies that browsers send over HTTPS alone");
}

void declare_init(CLI::App& app, ServiceOptions& o) {
    declare_service(app, o);
    app.add_option("--organisation", o.organisation_name, "name of the organisation")->required();
    app.add_option("--login", o.login, "first administrator")->capture_default_str();
    app.add_option("--password-file", o.password_file, "else PARAPHE_PASSWORD, else asked");
}

void declare_user_add(CLI::App& app, ServiceOptions& o) {
    declare_service(app, o);
    app.add_option("LOGIN", o.login)->required();
    app.add_option("--name", o.name)->required();
    app.add_option("--role", o.roles, "referent, responsable, association, departement, …")
        ->required();
    app.add_option("--password-file", o.password_file, "else PARAPHE_PASSWORD, else asked");
}

void declare_audit_verify(CLI::App& app, ServiceOptions& o) {
    declare_service(app, o);
    app.add_option("DOSSIER", o.dossier, "one dossier; all when left out");
    app.add_flag("--json", o.json);
}

void declare_audit_export(CLI::App& app, ServiceOptions& o) {
    declare_service(app, o);
    app.add_option("DOSSIER", o.dossier)->required();
    app.add_option("-o", o.output, "JSON Lines")->required();
}

void declare_demo(CLI::App& app, DemoOptions& o) {
    app.add_option("FOLDER", o.folder, "where the files and the store go")->required();
    declare_home(app, o.home);
}

void declare_commands(CLI::App& app, Console& console, int& status) {
    command(app, console, status, "render", "Fill a template and set its pages", render,
            declare_render);
    command(app, console, status, "fmt", "Mend the tags that Writer damaged, and nothing else", fmt,
            declare_fmt);
    command(app, console, status, "check", "Find the mistakes of a template, workflow, kind or PDF",
            check, declare_check);
    command(app, console, status, "rebuild", "Prove that a PDF is what its data and template give",
            rebuild, declare_rebuild);
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
    command(app, console, status, "sign", "Sign a PDF field or an ODT", sign, declare_sign);
    command(app, console, status, "verify", "Verify the signatures of files", verify,
            declare_verify);
    CLI::App* pack = app.add_subcommand("pack", "Partner packs");
    pack->require_subcommand(1);
    command(*pack, console, status, "verify", "Verify a pack", pack_verify, declare_verify);
    command(app, console, status, "serve", "Start the service", serve, declare_serve);
    command(app, console, status, "init", "Make a store with its first administrator", init,
            declare_init);
    CLI::App* user = app.add_subcommand("user", "Accounts of a store");
    user->require_subcommand(1);
    command(*user, console, status, "add", "Create an account", user_add, declare_user_add);
    command(*user, console, status, "list", "List the accounts", user_list, declare_service);
    CLI::App* audit = app.add_subcommand("audit", "The evidence");
    audit->require_subcommand(1);
    command(*audit, console, status, "verify", "Verify journals, documents and snapshots",
            audit_verify, declare_audit_verify);
    command(*audit, console, status, "export", "Write one dossier's evidence", audit_export,
            declare_audit_export);
    command(app, console, status, "demo", "Drive a fictional contract from draft to pack", demo,
            declare_demo);
    app.add_subcommand("functions", "List the functions, filters and tests of templates")
        ->callback([&console, &status] { status = functions(console); });
}

}  // namespace

int run(int argc, char** argv) {
    SystemClock clock;
    SystemRandom random;
    Console console{std::cout, std::cerr, clock, random};
    int status = 0;
    CLI::App app("paraphe: contracts from template and data to signed files", "paraphe");
    app.set_version_flag("--version", "paraphe 0.1.0");
    app.require_subcommand(1);
    declare_commands(app, console, status);
    try {
        app.parse(argc, argv);
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
