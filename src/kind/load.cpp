#include <algorithm>
#include <set>

#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "locale/regex.hpp"
#include "odf/odf.hpp"
#include "rules/functions.hpp"
#include "workflow/reader.hpp"

namespace paraphe::kind {

namespace {

using expression::Map;
using expression::Value;

bool starts_with(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

/// "samples/case-1.json" → "case-1".
std::string stem(const std::string& path) {
    return std::filesystem::path(path).stem().string();
}

const Bytes& required(const Files& files, const std::string& kind, const std::string& path) {
    const auto found = files.find(path);
    if (found == files.end())
        throw Error(ErrorKind::not_found, "the kind has no " + path, {kind, 0, 0, {}},
                    "a kind needs workflow.scxml and schema.json");
    return found->second;
}

std::map<std::string, json::Value> read_all(const Files& files, const std::string& kind,
                                            const std::string& prefix) {
    std::map<std::string, json::Value> out;
    for (const auto& [path, bytes] : files)
        if (starts_with(path, prefix)) out[stem(path)] = json::parse(bytes, kind + "/" + path);
    return out;
}

/// parameters.json gives no types of its own: numbers, texts, lists and maps, and dates written as
/// such.
Value untyped(const json::Value& value) {
    return expression::from_json(value);
}

std::vector<ParameterRevision> read_parameters(const Bytes& bytes, const std::string& source) {
    const json::Value document = json::parse(bytes, source);
    const json::Value* revisions = document.find("revisions");
    if (!revisions || !revisions->is_array())
        throw Error(ErrorKind::malformed_input, "parameters need a list \"revisions\"",
                    {source, 0, 0, {}});
    std::vector<ParameterRevision> out;
    for (const json::Value& written : revisions->as_array()) {
        ParameterRevision revision;
        const std::string from = written.string_or("from", "");
        const auto date = Date::parse(from);
        if (!date)
            throw Error(ErrorKind::malformed_input,
                        "a revision of the parameters starts on a day \"from\", not '" + from + "'",
                        {source, 0, 0, {}}, "write YYYY-MM-DD");
        revision.from = *date;
        revision.reference = written.string_or("source", "");
        revision.json = written;
        revision.hash = crypto::sha256(json::canonical(written));
        json::Object in_force;
        for (const json::Member& member : document.as_object())
            if (member.key != "kind" && member.key != "revisions")
                in_force.set(member.key, member.value);
        for (const json::Member& member : written.as_object())
            if (member.key != "from" && member.key != "source" && member.key != "status")
                in_force.set(member.key, member.value);
        revision.in_force = std::move(in_force);
        revision.values = untyped(revision.in_force);
        out.push_back(std::move(revision));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const ParameterRevision& left, const ParameterRevision& right) {
                         return left.from < right.from;
                     });
    for (std::size_t i = 1; i < out.size(); ++i)
        if (out[i].from == out[i - 1].from)
            throw Error(ErrorKind::malformed_input,
                        "two revisions of the parameters start on " + out[i].from.to_string(),
                        {source, 0, 0, {}}, "keep one of them");
    return out;
}

tmpl::Loader loader_of(const Files& files, const std::string& kind) {
    return [&files, kind](const std::string& name) -> std::optional<tmpl::Clause> {
        for (const char* ending : {"", ".fodt", ".odt"}) {
            const auto found = files.find(name + ending);
            if (found != files.end() && starts_with(name, "clauses/"))
                return tmpl::Clause{found->second, kind + "/" + found->first};
        }
        return std::nullopt;
    };
}

/// Compiles every document; gives the paths of the clauses that they use.
std::set<std::string> compile_templates(Kind& kind) {
    std::set<std::string> used;
    const tmpl::Loader loader = loader_of(kind.files, kind.name);
    const tmpl::Loader noting = [&](const std::string& name) {
        auto clause = loader(name);
        if (clause) used.insert(clause->source.substr(kind.name.size() + 1));
        return clause;
    };
    for (const auto& [path, bytes] : kind.files) {
        if (!starts_with(path, "templates/")) continue;
        const std::string source = kind.name + "/" + path;
        try {
            tmpl::Compiled compiled = tmpl::compile(odf::read(bytes, source), noting);
            kind.template_findings.insert(kind.template_findings.end(),
                                          compiled.diagnostics.begin(), compiled.diagnostics.end());
            if (compiled.result) kind.templates.emplace(path, *compiled.result);
        } catch (const Error& error) {
            kind.template_findings.push_back(
                {Severity::error, "K0001", error.problem(), error.where(), {}, {}, error.remedy()});
        }
    }
    return used;
}

}  // namespace

const expression::Registry& registry() {
    static const expression::Registry made = [] {
        expression::Registry out = rules::registry();
        tmpl::add_functions(out);
        return out;
    }();
    return made;
}

Kind load(const std::string& name, Files files) {
    const Bytes schema_bytes = required(files, name, "schema.json");
    json::Value schema_json = json::parse(schema_bytes, name + "/schema.json");
    json::Schema schema =
        json::Schema::compile(schema_json, name + "/schema.json", locale::pattern_compiler());
    workflow::Definition definition =
        workflow::read(required(files, name, "workflow.scxml"), name + "/workflow.scxml");
    expression::Typing typing(schema);
    Kind kind{name,
              std::move(files),
              {},
              std::move(definition),
              std::move(schema_json),
              std::move(schema),
              typing,
              typing.type(),
              expression::Type::any(),
              {},
              {},
              {},
              {},
              {}};
    const std::set<std::string> used = compile_templates(kind);
    std::erase_if(kind.files, [&](const auto& file) {
        return starts_with(file.first, "clauses/") && used.count(file.first) == 0;
    });
    const auto parameters = kind.files.find("parameters.json");
    if (parameters != kind.files.end())
        kind.parameters = read_parameters(parameters->second, name + "/parameters.json");
    kind.samples = read_all(kind.files, name, "samples/");
    kind.scenarios = read_all(kind.files, name, "scenarios/");
    kind.manifest = manifest(name, kind.files);
    return kind;
}

Kind load(const std::filesystem::path& directory, const std::filesystem::path& templates) {
    Files files = collect(directory, templates);
    const std::string name =
        std::filesystem::absolute(directory.has_filename() ? directory : directory.parent_path())
            .lexically_normal()
            .filename()
            .string();
    return load(name, std::move(files));
}

namespace {

std::string title_below(const json::SchemaView& view, std::string_view name, int depth) {
    if (const auto property = view.property(name); property && !property->title().empty())
        return property->title();
    if (depth == 0) return {};
    for (const auto& property : view.properties())
        if (std::string found = title_below(property.schema, name, depth - 1); !found.empty())
            return found;
    return {};
}

}  // namespace

std::string Kind::slot_title(std::string_view slot) const {
    std::string found = title_below(schema.root(), slot, 4);
    return found.empty() ? std::string(slot) : found;
}

const std::string& Kind::title() const {
    return workflow.title.empty() ? name : workflow.title;
}

std::optional<std::string> Kind::template_path(std::string_view wanted) const {
    const std::string prefix = name + "/";
    if (!starts_with(wanted, prefix)) return std::nullopt;
    const std::string rest(wanted.substr(prefix.size()));
    for (const std::string& path : {"templates/" + rest, "messages/" + rest + ".txt",
                                    "messages/" + rest + ".html", "messages/" + rest})
        if (files.count(path) != 0) return path;
    return std::nullopt;
}

const Bytes* Kind::template_source(std::string_view wanted) const {
    const auto path = template_path(wanted);
    return path ? &files.find(*path)->second : nullptr;
}

const ParameterRevision* Kind::parameters_on(Date day) const {
    if (parameters.empty()) return nullptr;
    const ParameterRevision* found = nullptr;
    for (const ParameterRevision& revision : parameters)
        if (revision.from <= day) found = &revision;
    if (!found)
        throw Error(ErrorKind::not_found, "no parameters were in force on " + day.to_string(),
                    {name + "/parameters.json", 0, 0, {}},
                    "add a revision that starts on that day or before");
    return found;
}

Value Kind::parameter_values(Date day) const {
    const ParameterRevision* revision = parameters_on(day);
    return revision ? revision->values : Value(Map());
}

Value Kind::typed(const json::Value& data) const {
    return typing.value(data);
}

std::vector<json::Violation> Kind::validate(const json::Value& data) const {
    return schema.validate(data);
}

}  // namespace paraphe::kind
