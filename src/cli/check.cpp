#include <filesystem>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/template_files.hpp"
#include "expression/data.hpp"
#include "kind/kind.hpp"
#include "odf/odf.hpp"
#include "rules/functions.hpp"
#include "workflow/checker.hpp"
#include "workflow/reader.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;

Diagnostics check_template(const CheckOptions& options) {
    const tmpl::Loader loader = loader_of(templates_of("", options.home));
    const expression::Type type = options.schema.empty()
                                      ? expression::Type::any()
                                      : expression::type_from_schema(read_schema(options.schema));
    if (is_text(options.target)) {
        try {
            const auto compiled = tmpl::compile_text(read_file(options.target), options.target,
                                                     mode_of(options.target), loader);
            return tmpl::check_text(compiled, type, rules::registry());
        } catch (const Error& error) {
            return {{Severity::error, error.code(), error.problem(), error.where(), "", "",
                     error.remedy()}};
        }
    }
    return tmpl::check(odf::read(read_file(options.target), options.target), loader, type,
                       document_registry());
}

}  // namespace

int check(const CheckOptions& options, Console& console) {
    Diagnostics found;
    if (fs::is_directory(options.target))
        found = kind::check(kind::load(options.target));
    else if (options.target.ends_with(".scxml")) {
        try {
            found = workflow::check(workflow::read_definition(options.target));
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::malformed_input) throw;
            found = {{Severity::error, error.code(), error.problem(), error.where(), "", "",
                      error.remedy()}};
        }
    } else {
        found = check_template(options);
    }
    print(found, options.json, console.out);
    return found.empty() ? 0 : 1;
}

}  // namespace paraphe::cli
