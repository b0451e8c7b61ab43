#include "cli/rendering.hpp"

#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/template_files.hpp"
#include "json/json.hpp"
#include "layout/contents.hpp"
#include "layout/layout.hpp"
#include "layout/page_text.hpp"
#include "odf/odf.hpp"
#include "pdf/attachments.hpp"
#include "rules/functions.hpp"
#include "workflow/reader.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;

/// Writes "OUT.svg" for one page, else "OUT-1.svg", "OUT-2.svg", … `only` counts from 1; 0: all.
void write_pictures(const std::string& file, const layout::Pages& pages, std::size_t only,
                    Durability durability, Bytes (*draw)(const layout::Pages&, std::size_t page)) {
    const std::size_t count = pages.pages.size();
    if (only > 0 || count == 1) {
        write_file(file, draw(pages, only > 0 ? only - 1 : 0), durability);
        return;
    }
    const auto dot = file.rfind('.');
    for (std::size_t i = 0; i < count; ++i)
        write_file(file.substr(0, dot) + "-" + std::to_string(i + 1) + file.substr(dot),
                   draw(pages, i), durability);
}

/// What a preview needs to know of each page before it draws any.
Bytes listing(const layout::Pages& pages) {
    json::Array out;
    for (std::size_t i = 0; i < pages.pages.size(); ++i) {
        const std::string html = layout::page_html(pages, i);
        out.emplace_back(json::Object{{"page", static_cast<std::int64_t>(i + 1)},
                                      {"label", pages.pages[i].label},
                                      {"name", pdf::page_name(pages, i, html)},
                                      {"text", layout::page_text(pages, i)},
                                      {"html", html}});
    }
    return json::write_pretty(json::Value(std::move(out)));
}

/// Whether pages are to be drawn as pixels; an ending that the data decide may.
bool draws(const std::string& file) {
    constexpr std::string_view others[] = {".pdf",  ".odt",   ".fodt", ".txt",
                                           ".html", ".pages", ".svg",  ".json"};
    return std::none_of(std::begin(others), std::end(others),
                        [&](std::string_view ending) { return file.ends_with(ending); });
}

std::string schema_file(const RenderOptions& options) {
    if (!options.schema.empty() || options.kind.empty()) return options.schema;
    return (fs::path(options.kind) / "schema.json").string();
}

}  // namespace

Rendering::Rendering(const RenderOptions& options, Console& console)
    : home_(options.home),
      instant_(to_string(instant_or(options.now, console.clock.now()))),
      field_(options.field),
      reason_(options.reason),
      location_(options.location),
      page_(options.page) {
    if (std::any_of(options.outputs.begin(), options.outputs.end(), draws))
        heavy_ = &heavy(console);
    if (!options.key.empty()) {
        if (std::none_of(options.outputs.begin(), options.outputs.end(),
                         [](const std::string& file) { return file.ends_with(".pdf"); }))
            throw Error(ErrorKind::malformed_input, "--key seals PDF files, and none is written",
                        {}, "name an output that ends in .pdf");
        key_ = read_key(options.key, options.password_file);
    }
    if (const std::string file = schema_file(options); !file.empty()) {
        schema_ = read_schema(file);
        typing_ = expression::Typing(*schema_);
    }
    if (!options.kind.empty()) read_kind(options);
    const tmpl::Loader loader = loader_of(templates_of(options.templates, options.home));
    const std::string& file = options.template_file;
    const auto take = [&](auto compiled) {
        if (!compiled.result) {
            print(compiled.diagnostics, options.json, console.err);
            throw Error(ErrorKind::malformed_input, "the template has mistakes", {file, 0, 0, {}},
                        "mend what is listed above", "template");
        }
        template_ = std::move(*compiled.result);
    };
    if (is_text(file))
        take(tmpl::compile_text(read_file(file), file, tmpl::mode_of(file), loader));
    else
        take(tmpl::compile(odf::read(read_file(file), file), loader));
}

/// Which document of the kind this is, when it is one, and what is to travel with it.
void Rendering::read_kind(const RenderOptions& options) {
    if (!kind::joins_files(schema_->root())) return;
    const fs::path folder(options.kind);
    const std::string source = (folder / "workflow.scxml").string();
    const workflow::Definition definition = workflow::read(read_file(source), source);
    const kind::Orders orders(definition);
    for (const kind::Orders::Render& render : orders.renders) {
        const fs::path file =
            fs::path(templates_of(options.templates, options.home)) / render.action.template_name;
        std::error_code missing;
        if (!fs::equivalent(file, options.template_file, missing)) continue;
        document_ = render.action.document;
        associated_ = kind::associated_files(schema_->root(), orders, document_);
        return;
    }
}

std::vector<pdf::Attachment> Rendering::attachments(const odf::Document& document,
                                                    const layout::Pages& pages,
                                                    const json::Value& given) const {
    if (document_.empty()) return {};
    const auto data = associated_.data(schema_->root(), given);
    return pdf::associated_files(
        document_, data ? json::write_pretty(*data) : Bytes(),
        associated_.odt ? odf::write_package(layout::with_contents(document, pages)) : Bytes(),
        *parse_instant(instant_));
}

Rendering::Record Rendering::record(json::Value data, const std::string& source) const {
    std::string faults;
    if (schema_)
        for (const auto& violation : schema_->validate(data))
            faults += (faults.empty() ? "" : "\n") + violation.pointer + ": " + violation.message;
    if (!faults.empty())
        throw Error(ErrorKind::malformed_input, faults, {source, 0, 0, {}}, "corrigez les données",
                    "invalid_data");
    expression::Value value = typing_.value(data);
    return {std::move(data), std::move(value)};
}

const text::FontMap& Rendering::fonts() const {
    std::call_once(fonts_read_, [&] {
        fonts_ = text::FontMap::load(fs::path(home_folder(home_)) / "fonts" / "fonts.map");
        shaped_.emplace(*fonts_);
    });
    return *fonts_;
}

layout::Pages Rendering::pages(const odf::Document& document) const {
    layout::Options options{instant_, "paraphe 0.1.0"};
    const text::FontMap& map = fonts();
    options.shaped = &*shaped_;
    return layout::layout(document, map, options);
}

signature::pades::Request Rendering::seal(const std::string& field, Instant at,
                                          const std::string& name, const std::string& reason,
                                          const std::string& location) const {
    signature::pades::Request out;
    out.field = field;
    out.at = at;
    out.name = name;
    out.reason = reason;
    out.location = location;
    out.visible.face = fonts().find("Carlito", 400, false).face;
    out.visible.name = name;
    out.visible.reason = reason;
    return out;
}

Bytes Rendering::to_pdf(const layout::Pages& set, const pdf::WriteOptions& options,
                        const std::string& file) const {
    if (!key_) return pdf::write(set, cache_, options);
    std::vector<std::string> fields;
    for (const layout::SignatureField& field : set.fields)
        fields.push_back(field.slot);
    return signature::pades::seal(
        set,
        seal(field_.empty() ? the_field(fields, file) : field_, *parse_instant(instant_),
             key_->certificate().common_name(), reason_, location_),
        *key_, cache_, options);
}

Bytes Rendering::to_pdf(const Record& record, pdf::WriteOptions options,
                        const pdf::SignatureField* sealed) const {
    const auto* compiled = std::get_if<tmpl::Template>(&template_);
    if (compiled == nullptr)
        throw Error(ErrorKind::malformed_input, "a template of text has no pages", {},
                    "give a template of Writer");
    const odf::Document document = tmpl::merge(*compiled, record.value, rules::registry());
    const layout::Pages set = pages(document);
    if (auto named = attachments(document, set, record.given); !named.empty())
        options.attachments = std::move(named);
    if (sealed != nullptr) {
        const pdf::Signature& value = *sealed->signature;
        return signature::pades::sealed_again(
            set, seal(sealed->name, *value.signed_at, value.name, value.reason, value.location),
            value, cache_, options);
    }
    return pdf::write(set, cache_, options);
}

Diagnostics Rendering::write(const Record& record, const std::vector<std::string>& files,
                             Durability durability) const {
    if (const auto* text = std::get_if<tmpl::TextTemplate>(&template_)) {
        const std::string made = tmpl::render_text(*text, record.value, rules::registry());
        for (const std::string& file : files)
            write_file(file, made, durability);
        return {};
    }
    const bool laid_out = std::any_of(files.begin(), files.end(), [](const std::string& file) {
        return !file.ends_with(".odt") && !file.ends_with(".fodt");
    });
    const auto merged = [&](tmpl::Purpose purpose) {
        return tmpl::merge(std::get<tmpl::Template>(template_), record.value, rules::registry(), {},
                           {}, nullptr, purpose);
    };
    odf::Document document = merged(laid_out ? tmpl::Purpose::reading : tmpl::Purpose::writing);
    // Only pages tell what stands in a table of contents.
    const bool contents = layout::has_contents(document);
    if (contents && !laid_out) document = merged(tmpl::Purpose::reading);
    std::optional<layout::Pages> set;
    const auto placed = [&]() -> const layout::Pages& {
        if (!set) set = pages(document);
        return *set;
    };
    const auto editable = [&] {
        return contents ? layout::with_contents(document, placed()) : document;
    };
    for (const std::string& file : files) {
        const std::string ending = fs::path(file).extension().string();
        if (ending == ".odt")
            write_file(file, odf::write_package(editable()), durability);
        else if (ending == ".fodt")
            write_file(file, odf::write_flat(editable()), durability);
        else if (ending == ".pages")
            write_file(file, layout::dump(placed()), durability);
        else if (ending == ".pdf")
            write_file(
                file, to_pdf(placed(), {true, attachments(document, placed(), record.given)}, file),
                durability);
        else if (ending == ".svg")
            write_pictures(file, placed(), page_, durability, pdf::svg);
        else if (ending == ".png")
            write_pictures(file, placed(), page_, durability, heavy_->png);
        else if (ending == ".json")
            write_file(file, listing(placed()), durability);
        else
            throw Error(ErrorKind::malformed_input, "no format ends in \"" + ending + "\"",
                        {file, 0, 0, {}}, "use .pdf, .odt, .fodt, .svg, .png, .pages or .json");
    }
    return set ? set->warnings : Diagnostics{};
}

}  // namespace paraphe::cli
