#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <set>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/suggestion.hpp"
#include "cli/check_report.hpp"
#include "cli/commands.hpp"
#include "cli/template_files.hpp"
#include "expression/data.hpp"
#include "json/json.hpp"
#include "kind/coverage.hpp"
#include "kind/kind.hpp"
#include "layout/layout.hpp"
#include "odf/odf.hpp"
#include "pdf/writer.hpp"
#include "rules/functions.hpp"
#include "template/annotate.hpp"
#include "template/document_check.hpp"
#include "template/explanations.hpp"
#include "template/specimen.hpp"
#include "text/font_map.hpp"
#include "workflow/checker.hpp"
#include "workflow/reader.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;

int explain(const std::string& code, std::ostream& out) {
    if (const tmpl::Explanation* found = tmpl::explanation_of(code)) {
        out << tmpl::to_string(*found);
        return 0;
    }
    std::vector<std::string> known;
    for (const tmpl::Explanation& each : tmpl::explanations())
        known.emplace_back(each.code);
    std::string remedy = did_you_mean(code, known);
    if (remedy.empty()) remedy = "recopiez le code d’une remarque, par exemple P0106";
    throw Error(ErrorKind::not_found, "aucune remarque ne porte le code « " + code + " »", {},
                remedy, "unknown_code");
}

Diagnostic diagnostic_of(const Error& error) {
    return {Severity::error, error.code(), error.problem(), error.where(), "", "", error.remedy()};
}

/// Files in the order in which they are first named, each in reading order.
void sort_by_file(Diagnostics& found) {
    std::vector<std::string> files;
    for (const Diagnostic& each : found)
        if (std::find(files.begin(), files.end(), each.where.source) == files.end())
            files.push_back(each.where.source);
    const auto rank = [&](const Diagnostic& d) {
        return std::make_tuple(
            std::find(files.begin(), files.end(), d.where.source) - files.begin(), d.where.line,
            d.where.column);
    };
    std::stable_sort(found.begin(), found.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return rank(a) < rank(b); });
}

text::FontMap fonts_of(const CheckOptions& options) {
    return text::FontMap::load(fs::path(home_folder(options.home)) / "fonts" / "fonts.map");
}

// --- Templates ----------------------------------------------------------------------------------

/// Pages of the template as it stands, its places marked.
Bytes marked_pages(const odf::Document& document, const Diagnostics& found,
                   const tmpl::Loader& loader, const CheckOptions& options, Instant now) {
    const std::string title = fs::path(options.target).filename().string() + " — " + counted(found);
    pdf::FontCache cache;
    return pdf::write(layout::layout(tmpl::with_marks(document, found, loader, title),
                                     fonts_of(options), {to_string(now), "paraphe 0.1.0"}),
                      cache);
}

void annotate(const odf::Document& document, const Diagnostics& found, const tmpl::Loader& loader,
              const CheckOptions& options, const Console& console) {
    const Instant now = instant_or(options.now, console.clock.now());
    for (const std::string& file : options.annotate) {
        const std::string ending = fs::path(file).extension().string();
        if (ending == ".pdf") {
            write_file(file, marked_pages(document, found, loader, options, now));
            continue;
        }
        const bool flat = ending == ".fodt";
        if (!flat && ending != ".odt" && ending != ".ott")
            throw Error(ErrorKind::malformed_input, "no annotated form ends in \"" + ending + "\"",
                        {file, 0, 0, {}}, "use .odt, .fodt or .pdf");
        const odf::Document made = tmpl::with_comments(document, found, loader, now);
        write_file(file, flat ? odf::write_flat(made) : odf::write_package(made));
    }
}

/// What the pages would only approximate, before any data: every branch laid out once. Pictures
/// without words (P0416) the check over the document has told already.
Diagnostics approximations(const tmpl::Template& compiled, const text::FontMap& fonts) {
    try {
        Diagnostics out = layout::layout(tmpl::specimen(compiled), fonts, {}).warnings;
        std::erase_if(out, [](const Diagnostic& each) { return each.code == "P0416"; });
        return out;
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::malformed_input) throw;
        return {diagnostic_of(error)};
    }
}

Diagnostics check_template(const CheckOptions& options, const Console& console) {
    const tmpl::Loader loader = loader_of(templates_of(options.templates, options.home));
    const expression::Type type = options.schema.empty()
                                      ? expression::Type::any()
                                      : expression::type_from_schema(read_schema(options.schema));
    if (is_text(options.target)) {
        if (!options.annotate.empty())
            throw Error(ErrorKind::malformed_input, "only documents of Writer take comments",
                        {options.target, 0, 0, {}}, "leave --annotate out");
        return tmpl::check_text(read_file(options.target), options.target,
                                tmpl::mode_of(options.target), loader, type, rules::registry());
    }
    const odf::Document document = odf::read(read_file(options.target), options.target);
    Diagnostics found = tmpl::check_all(document, loader, type, document_registry());
    if (const auto compiled = tmpl::compile(document, loader); compiled.result) {
        const Diagnostics more = approximations(*compiled.result, fonts_of(options));
        found.insert(found.end(), more.begin(), more.end());
        sort_by_file(found);
    }
    annotate(document, found, loader, options, console);
    return found;
}

// --- Kinds --------------------------------------------------------------------------------------

/// The file of a kind's part: "masp/templates/contrat.fodt" → …/templates/masp/contrat.fodt; as it
/// is when there is none.
std::string on_disk(const std::string& source, const fs::path& kind, const std::string& name) {
    const std::string prefix = name + "/";
    if (!source.starts_with(prefix)) return source;
    const std::string part = source.substr(prefix.size());
    const fs::path templates = kind.parent_path().parent_path() / "templates";
    const std::pair<const char*, fs::path> folders[] = {
        {"templates/", templates / name},
        {"clauses/", templates / "clauses"},
        {"messages/", templates / "messages" / name}};
    fs::path file = kind / part;
    for (const auto& [folder, place] : folders)
        if (part.starts_with(folder)) file = place / part.substr(std::string(folder).size());
    std::error_code ignored;
    return fs::exists(file, ignored) ? file.lexically_normal().string() : source;
}

Diagnostics placed(Diagnostics found, const kind::Kind& kind, fs::path folder) {
    if (!folder.has_filename()) folder = folder.parent_path();
    for (Diagnostic& each : found)
        each.where.source = on_disk(each.where.source, folder, kind.name);
    sort_by_file(found);
    return found;
}

Diagnostics check_kind(const CheckOptions& options) {
    const kind::Kind kind = kind::load(options.target);
    Diagnostics found = kind::check(kind);
    const text::FontMap fonts = fonts_of(options);
    for (const auto& [path, compiled] : kind.templates) {
        const Diagnostics more = approximations(compiled, fonts);
        found.insert(found.end(), more.begin(), more.end());
    }
    return placed(std::move(found), kind, options.target);
}

// --- Reports ------------------------------------------------------------------------------------

/// Where std::cout writes unless somebody has turned it elsewhere.
const std::streambuf* const standard_output = std::cout.rdbuf();

/// Whether a person reads what the command writes.
bool is_watched(const std::ostream& out) {
    return out.rdbuf() == standard_output && ::isatty(STDOUT_FILENO) != 0;
}

Colour colour_for(const std::ostream& out) {
    const char* refused = std::getenv("NO_COLOR");  // https://no-color.org
    return is_watched(out) && (refused == nullptr || *refused == '\0') ? Colour::ansi
                                                                       : Colour::none;
}

void report(const Diagnostics& found, const CheckOptions& options, std::ostream& out) {
    const std::string folder = fs::current_path().string();
    if (!options.sarif.empty())
        write_file(options.sarif, json::write_pretty(sarif(found, folder)) + "\n");
    std::string format = options.json ? "json" : options.format;
    if (format == "auto") format = is_watched(out) ? "text" : "lines";
    if (format == "text")
        print_for_people(found, colour_for(out), out);
    else if (format == "sarif")
        out << json::write_pretty(sarif(found, folder)) << '\n';
    else
        print(found, format == "json", out);
}

json::Value json_of(const tmpl::Coverage::Total& total) {
    return json::Object{{"reached", static_cast<std::int64_t>(total.reached)},
                        {"all", static_cast<std::int64_t>(total.all)}};
}

/// What the samples of a kind do not reach, then a total for each template.
int check_coverage(const CheckOptions& options, std::ostream& out) {
    if (!fs::is_directory(options.target))
        throw Error(ErrorKind::malformed_input, "coverage is measured for a kind",
                    {options.target, 0, 0, {}}, "name its folder, like workflows/masp");
    const kind::Kind kind = kind::load(options.target);
    const kind::SampleCoverage reached = kind::coverage(kind);
    report(placed(reached.findings(), kind, options.target), options, out);
    const bool as_json = options.json || options.format == "json";
    for (const auto& [path, coverage] : reached.documents) {
        if (options.format == "sarif") break;
        if (as_json)
            out << json::write(json::Object{{"template", path},
                                            {"branches", json_of(coverage.branches)},
                                            {"loops", json_of(coverage.loops)},
                                            {"clauses", json_of(coverage.clauses)}})
                << '\n';
        else
            out << path << " : " << tmpl::to_string(coverage) << '\n';
    }
    return reached.complete() ? 0 : 1;
}

}  // namespace

int check(const CheckOptions& options, Console& console) {
    if (!options.explain.empty()) return explain(options.explain, console.out);
    if (options.coverage) return check_coverage(options, console.out);
    const bool is_kind = fs::is_directory(options.target);
    const bool is_chart = options.target.ends_with(".scxml");
    const bool is_pdf = options.target.ends_with(".pdf");
    if ((is_kind || is_chart || is_pdf) && !options.annotate.empty())
        throw Error(ErrorKind::malformed_input, "only documents of Writer take comments",
                    {options.target, 0, 0, {}}, "name one template with --annotate");
    Diagnostics found;
    if (is_kind) {
        found = check_kind(options);
    } else if (is_pdf) {
        found = heavy(console).check_pdf(read_file(options.target), options.target);
    } else if (is_chart) {
        try {
            found = workflow::check(workflow::read_definition(options.target));
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::malformed_input) throw;
            found = {diagnostic_of(error)};
        }
    } else {
        found = check_template(options, console);
    }
    report(found, options, console.out);
    return found.empty() ? 0 : 1;
}

}  // namespace paraphe::cli
