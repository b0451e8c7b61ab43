#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "expression/data.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "layout/layout.hpp"
#include "locale/regex.hpp"
#include "odf/odf.hpp"
#include "pdf/pdf.hpp"
#include "rules/functions.hpp"
#include "template/template.hpp"
#include "text/font_map.hpp"
#include "workflow/checker.hpp"
#include "workflow/reader.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;

bool is_text(const std::string& file) {
    return file.ends_with(".txt") || file.ends_with(".html");
}

tmpl::TextMode mode_of(const std::string& file) {
    return file.ends_with(".html") ? tmpl::TextMode::html : tmpl::TextMode::plain;
}

/// "clauses/rgpd" → FOLDER/clauses/rgpd.fodt
tmpl::Loader loader_of(const std::string& folder) {
    return [folder](const std::string& name) -> std::optional<tmpl::Clause> {
        for (const char* ending : {".fodt", ".odt", ".txt", ".html", ""}) {
            const fs::path path = fs::path(folder) / (name + ending);
            std::error_code ignored;
            const fs::path inside = fs::weakly_canonical(path, ignored);
            if (!inside.string().starts_with(fs::weakly_canonical(folder, ignored).string() + "/"))
                continue;  // a clause never comes from outside the folder
            if (fs::is_regular_file(inside, ignored))
                return tmpl::Clause{read_file(inside), path.string()};
        }
        return std::nullopt;
    };
}

std::string templates_of(const std::string& given, const std::string& home) {
    return given.empty() ? (fs::path(home_folder(home)) / "templates").string() : given;
}

json::Schema read_schema(const std::string& file) {
    return json::Schema::compile(json::parse(read_file(file), file), file,
                                 locale::pattern_compiler());
}

json::Value read_data(const std::string& file) {
    if (file == "-")
        return json::parse(Bytes(std::istreambuf_iterator<char>(std::cin), {}), "data");
    return json::parse(read_file(file), file);
}

/// Data as values; with a schema every violation is told at once.
expression::Value typed(const RenderOptions& options) {
    const json::Value data = read_data(options.data);
    const std::string schema_file = !options.schema.empty() ? options.schema
                                    : options.kind.empty()
                                        ? ""
                                        : (fs::path(options.kind) / "schema.json").string();
    if (schema_file.empty()) return expression::from_json(data);
    const json::Schema schema = read_schema(schema_file);
    std::string faults;
    for (const auto& violation : schema.validate(data))
        faults += (faults.empty() ? "" : "\n") + violation.pointer + ": " + violation.message;
    if (!faults.empty())
        throw Error(ErrorKind::malformed_input, faults, {options.data, 0, 0, {}},
                    "corrigez les données", "invalid_data");
    return expression::from_json(data, &schema);
}

/// "OUT.svg" for one page, else "OUT-1.svg", "OUT-2.svg", …
std::string page_name(const std::string& file, std::size_t page, std::size_t count) {
    if (count == 1) return file;
    const auto dot = file.rfind('.');
    return file.substr(0, dot) + "-" + std::to_string(page + 1) + file.substr(dot);
}

class Renderer {
public:
    Renderer(const odf::Document& document, const RenderOptions& options, Console& console)
        : document_(document), options_(options), console_(console) {}

    void write(const std::string& file) {
        const std::string ending = fs::path(file).extension().string();
        if (ending == ".odt")
            write_file(file, odf::write_package(document_));
        else if (ending == ".fodt")
            write_file(file, odf::write_flat(document_));
        else if (ending == ".pages")
            write_file(file, layout::dump(pages()));
        else if (ending == ".pdf")
            write_file(file, pdf::write(pages(), cache_));
        else if (ending == ".svg")
            for (std::size_t i = 0; i < pages().pages.size(); ++i)
                write_file(page_name(file, i, pages().pages.size()), pdf::svg(pages(), i));
        else if (ending == ".png")
            for (std::size_t i = 0; i < pages().pages.size(); ++i)
                write_file(page_name(file, i, pages().pages.size()), pdf::png(pages(), i));
        else
            throw Error(ErrorKind::malformed_input, "no format ends in \"" + ending + "\"",
                        {file, 0, 0, {}}, "use .pdf, .odt, .fodt, .svg, .png or .pages");
    }

private:
    const layout::Pages& pages() {
        if (!pages_) {
            const auto fonts =
                text::FontMap::load(fs::path(home_folder(options_.home)) / "fonts" / "fonts.map");
            layout::Options layout_options;
            layout_options.created = to_string(instant_or(options_.now, console_.clock.now()));
            layout_options.producer = "paraphe 0.1.0";
            pages_ = layout::layout(document_, fonts, layout_options);
            print(pages_->warnings, options_.json, console_.err);
        }
        return *pages_;
    }

    const odf::Document& document_;
    const RenderOptions& options_;
    Console& console_;
    pdf::FontCache cache_;
    std::optional<layout::Pages> pages_;
};

/// The functions of the law, and `signature`.
const expression::Registry& document_registry() {
    static const expression::Registry made = [] {
        expression::Registry out = rules::registry();
        tmpl::add_functions(out);
        return out;
    }();
    return made;
}

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

int render(const RenderOptions& options, Console& console) {
    const tmpl::Loader loader = loader_of(templates_of(options.templates, options.home));
    const expression::Value data = typed(options);
    if (is_text(options.template_file)) {
        const auto compiled =
            tmpl::compile_text(read_file(options.template_file), options.template_file,
                               mode_of(options.template_file), loader);
        const std::string text = tmpl::render_text(compiled, data, rules::registry());
        for (const auto& file : options.outputs)
            write_file(file, text);
        return 0;
    }
    auto compiled =
        tmpl::compile(odf::read(read_file(options.template_file), options.template_file), loader);
    if (!compiled.result) {
        print(compiled.diagnostics, options.json, console.err);
        throw Error(ErrorKind::malformed_input, "the template has mistakes",
                    {options.template_file, 0, 0, {}}, "mend what is listed above", "template");
    }
    const odf::Document document = tmpl::merge(*compiled.result, data, rules::registry());
    Renderer renderer(document, options, console);
    for (const auto& file : options.outputs)
        renderer.write(file);
    return 0;
}

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
