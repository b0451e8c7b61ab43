#include <filesystem>
#include <iostream>
#include <iterator>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/template_files.hpp"
#include "expression/data.hpp"
#include "json/json.hpp"
#include "layout/layout.hpp"
#include "odf/odf.hpp"
#include "pdf/pdf.hpp"
#include "rules/functions.hpp"
#include "template/template.hpp"
#include "text/font_map.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;

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

}  // namespace paraphe::cli
