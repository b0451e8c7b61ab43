#include "cli/cli.hpp"
#include "cli/declare.hpp"
#include "pdf/pdf.hpp"

namespace paraphe::cli {

namespace {

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

const Heavy all = {
    [](Bytes file, const std::string& source) {
        return pdf::check_conformance(std::move(file), source);
    },
    [](const layout::Pages& pages, std::size_t page) { return pdf::png(pages, page); }};

}  // namespace

void declare_all_commands(CLI::App& app, Console& console, int& status) {
    declare_document_commands(app, console, status);
    command(app, console, status, "rebuild", "Prove that a PDF is what its data and template give",
            rebuild, declare_rebuild);
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
}

Program full_program() {
    return {declare_all_commands, &all};
}

}  // namespace paraphe::cli
