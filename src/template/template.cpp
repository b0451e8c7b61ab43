#include "template/template.hpp"

#include "base/error.hpp"
#include "template/needs.hpp"
#include "template/program.hpp"

namespace paraphe::tmpl {

const std::vector<std::string>& Template::slots() const {
    return program_->slots;
}
const std::vector<std::string>& Template::clauses() const {
    return program_->clauses;
}
const std::vector<Source>& Template::sources() const {
    return program_->sources;
}
std::vector<Need> Template::needs() const {
    std::vector<Need> out;
    std::set<std::string> known;
    for (const Instructions* part : {&program_->meta, &program_->body, &program_->master_styles})
        for (Need& need : needs_of(*part))
            if (known.insert(need.path).second) out.push_back(std::move(need));
    return out;
}
std::size_t Template::constants() const {
    return program_->constants;
}

Template compile_or_throw(const odf::Document& document, const Loader& loader) {
    Compiled compiled = compile(document, loader);
    if (compiled.result) return *compiled.result;
    std::string all;
    for (const Diagnostic& diagnostic : compiled.diagnostics)
        all += (all.empty() ? "" : "\n") + to_string(diagnostic);
    throw Error(ErrorKind::malformed_input, all, {}, {}, "template");
}

TextMode mode_of(const std::string& file) {
    return file.ends_with(".html") ? TextMode::html : TextMode::plain;
}

Diagnostic diagnostic_at(const Place& place, const std::string& code, const std::string& message,
                         const std::string& remedy, Severity severity) {
    return {severity, code, message, place.where, place.context, place.quote, remedy};
}

Diagnostic diagnostic_at(const Place& place, const Error& error) {
    Diagnostic out = diagnostic_at(place, error.code(), error.problem(), error.remedy());
    if (error.where().line > 0 && !error.where().source.empty()) out.where = error.where();
    return out;
}

}  // namespace paraphe::tmpl
