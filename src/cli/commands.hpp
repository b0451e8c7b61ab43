#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "base/random.hpp"
#include "crypto/signer.hpp"

namespace paraphe::layout {
struct Pages;
}

/// The commands of `paraphe`, as functions of plain options; document_commands.cpp and
/// all_commands.cpp read the command line into them. Each gives the exit code: 0 done, 1 a negative
/// verdict or findings. Failures are Errors.
namespace paraphe::cli {

/// What stands on libqpdf and cairo: they and theirs take longer to load than a contract to make.
struct Heavy {
    Diagnostics (*check_pdf)(Bytes, const std::string& source);
    Bytes (*png)(const layout::Pages&, std::size_t page);
};

/// What a command may touch besides files.
struct Console {
    std::ostream& out;
    std::ostream& err;
    const Clock& clock;
    Random& random;
    const Heavy* heavy = nullptr;  ///< in the program that has all commands
};

/// Thrown by a command, before it does anything, that needs what this program has not.
struct NeedsFullProgram {};
const Heavy& heavy(const Console&);

/// The folder with fonts/, templates/ and workflows/: --home, else PARAPHE_HOME, else the nearest
/// folder above the program or the working folder that has them.
std::string home_folder(const std::string& given);

struct RenderOptions {
    std::string template_file, data, data_lines, kind, schema, templates, now, home;
    std::vector<std::string> outputs;
    unsigned jobs = 1;                                        ///< threads, with data_lines
    unsigned page = 0;                                        ///< alone of .svg and .png; 0: all
    std::string key, password_file, field, reason, location;  ///< of a seal; no key, no seal
    bool keep_going = false, json = false;
};
int render(const RenderOptions&, Console&);

struct RebuildOptions {
    std::string file, template_file, data, kind, schema, templates, home;
    bool json = false;
};
/// Proves that a PDF is what its data and template give: 0 the same octets, 1 not.
int rebuild(const RebuildOptions&, Console&);

struct CheckOptions {
    std::string target, schema, templates, now, home;
    std::string explain;  ///< a code: print its page instead of checking
    std::string format = "auto", sarif;
    std::vector<std::string> annotate;
    bool coverage = false, json = false;
};
int check(const CheckOptions&, Console&);

struct DiffOptions {
    std::string before, after, output, now, author = "paraphe", color = "auto";
    bool json = false;
};
int diff(const DiffOptions&, Console&);

struct FmtOptions {
    std::string template_file, output;
    bool check = false;
};
int fmt(const FmtOptions&, Console&);

struct WorkflowOptions {
    std::string file, events, output, scenario, home;
    bool virtual_clock = false, json = false;
};
int workflow_run(const WorkflowOptions&, Console&);
int workflow_graph(const WorkflowOptions&, Console&);
int workflow_simulate(const WorkflowOptions&, Console&);

struct SignOptions {
    std::string input, output, key, password_file, field, level = "B-B", reason, location, name,
                                                          capacity, strokes, home;
};
int sign(const SignOptions&, Console&);

struct VerifyOptions {
    std::vector<std::string> files;
    std::string trust, at;
    bool json = false;
};
int verify(const VerifyOptions&, Console&);
int pack_verify(const VerifyOptions&, Console&);

/// The service's own folder and organisation; the same for serve, init, user and audit.
struct ServiceOptions {
    std::string store = "sqlite:paraphe-data", listen = "127.0.0.1:8080", organisation, home;
    std::vector<std::string> hosts;
    bool secure_cookies = false;
    // init
    std::string login = "admin", password_file, organisation_name;
    // user
    std::string name;
    std::vector<std::string> roles;
    // audit
    std::string dossier, output;
    bool json = false;
};
int serve(const ServiceOptions&, Console&);
int init(const ServiceOptions&, Console&);
int user_add(const ServiceOptions&, Console&);
int user_list(const ServiceOptions&, Console&);
int audit_verify(const ServiceOptions&, Console&);
int audit_export(const ServiceOptions&, Console&);

struct DemoOptions {
    std::string folder, home;
};
int demo(const DemoOptions&, Console&);

int functions(Console&);

// --- shared by the commands ---------------------------------------------------------------------

/// One line for people, or one JSON object a line.
void print(const Diagnostics&, bool json, std::ostream&);
/// The password of a key or account: the file's first line, "-" for standard input, else the
/// environment variable, else asked on the terminal without echo.
std::string read_secret(const std::string& file, const char* variable, const std::string& prompt);
/// The PKCS#12 file of --key.
crypto::KeySigner read_key(const std::string& file, const std::string& password_file);
/// The one of the empty signature fields of `file`. Throws Error{malformed_input} unless there is
/// one.
std::string the_field(const std::vector<std::string>& empty, const std::string& file);
/// --now and --at. Throws Error{malformed_input}.
Instant instant_or(const std::string& text, Instant otherwise);

}  // namespace paraphe::cli
