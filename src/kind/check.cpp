#include <algorithm>
#include <set>

#include "base/suggestion.hpp"
#include "kind/audience.hpp"
#include "kind/kind.hpp"
#include "kind/orders.hpp"
#include "template/document_check.hpp"
#include "workflow/checker.hpp"

namespace paraphe::kind {

namespace {

using workflow::Mentions;

bool starts_with(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

class Checker {
public:
    explicit Checker(const Kind& kind) : kind_(kind), orders_(kind.workflow) {}

    Diagnostics check() {
        add(workflow::check(kind_.workflow, {kind_.dossier_type, kind_.parameters_type}));
        add(kind_.template_findings);
        check_templates();
        check_messages();
        check_names();
        check_slots();
        check_samples();
        add(check_associated_files(kind_.schema.root(), orders_, kind_.name + "/schema.json"));
        return std::move(out_);
    }

private:
    void add(const Diagnostics& found) { out_.insert(out_.end(), found.begin(), found.end()); }

    void report(Severity severity, const char* code, const Location& where, std::string message,
                std::string remedy = {}) {
        out_.push_back({severity, code, std::move(message), where, {}, {}, std::move(remedy)});
    }

    void check_templates() {
        std::set<std::string> slots;
        for (const auto& sign : orders_.signs)
            slots.insert(sign.action.slot);
        for (const auto& [path, compiled] : kind_.templates) {
            add(tmpl::check(compiled, kind_.dossier_type, registry(), slots));
            add(tmpl::check_document(compiled));
        }
        std::set<std::pair<std::string, std::string>> known;
        for (const auto& [render, where] : orders_.renders) {
            const auto compiled = compiled_of(render.template_name);
            if (compiled != kind_.templates.end() &&
                known.emplace(render.document, compiled->first).second)
                add(tmpl::check_slots(compiled->second, orders_.asked(render.document)));
        }
    }

    std::map<std::string, tmpl::Template>::const_iterator compiled_of(
        const std::string& template_name) const {
        const auto path = kind_.template_path(template_name);
        return path ? kind_.templates.find(*path) : kind_.templates.end();
    }

    void check_messages() {
        const expression::Type data =
            expression::Type::map_of({{"dossier", kind_.dossier_type, {}}}, true);
        for (const auto& [path, bytes] : kind_.files) {
            if (!starts_with(path, "messages/")) continue;
            const std::string source = kind_.name + "/" + path;
            add(tmpl::check_text(bytes, source, tmpl::mode_of(path), {}, data, registry()));
        }
    }

    void check_names() {
        std::vector<std::string> known;
        for (const auto& [path, bytes] : kind_.files) {
            if (starts_with(path, "templates/"))
                known.push_back(kind_.name + "/" + path.substr(10));
            if (starts_with(path, "messages/"))
                known.push_back(kind_.name + "/" +
                                std::filesystem::path(path.substr(9)).stem().string());
        }
        for (const Mentions::Mention& named : workflow::mentions(kind_.workflow).templates) {
            if (kind_.template_path(named.name)) continue;
            const auto near = nearest(named.name, known);
            report(Severity::error, "K0002", named.where,
                   "le modèle « " + named.name + " » n'existe pas",
                   near ? "vouliez-vous dire « " + *near + " » ?" : "écrire ce modèle");
        }
    }

    void check_slots() {
        for (const auto& sign : orders_.signs) {
            const auto* render = orders_.render_of(sign.action.document);
            if (!render) {
                report(Severity::error, "K0003", sign.where,
                       "le document « " + sign.action.document +
                           " » est à signer, mais rien ne le produit",
                       "ajouter <p:render document=\"" + sign.action.document + "\" …>");
                continue;
            }
            const auto compiled = compiled_of(render->template_name);
            if (compiled == kind_.templates.end()) continue;
            const auto& slots = compiled->second.slots();
            if (std::find(slots.begin(), slots.end(), sign.action.slot) != slots.end()) continue;
            const auto near = nearest(sign.action.slot, slots);
            report(Severity::error, "K0004", sign.where,
                   "le modèle « " + render->template_name + " » n'a pas de case de signature « " +
                       sign.action.slot + " »",
                   near ? "vouliez-vous dire « " + *near + " » ?"
                        : "ajouter {{ signature(\"" + sign.action.slot + "\") }} au modèle");
        }
        for (const auto& render : orders_.renders) {
            const auto compiled = compiled_of(render.action.template_name);
            if (compiled == kind_.templates.end()) continue;
            for (const std::string& slot : compiled->second.slots())
                if (std::none_of(orders_.signs.begin(), orders_.signs.end(), [&](const auto& sign) {
                        return sign.action.slot == slot &&
                               sign.action.document == render.action.document;
                    }))
                    report(Severity::error, "K0005", render.where,
                           "personne n'est invité à remplir la case de signature « " + slot +
                               " » du modèle « " + render.action.template_name + " »",
                           "ajouter <p:sign document=\"" + render.action.document + "\" slot=\"" +
                               slot + "\"/> à une situation");
        }
        for (const auto& pack : orders_.packs)
            if (pack.action.document != "dossier" && !orders_.render_of(pack.action.document))
                report(Severity::error, "K0003", pack.where,
                       "le document « " + pack.action.document +
                           " » est à remettre, mais rien ne le produit",
                       "ajouter <p:render …>, ou nommer le dossier entier : document=\"dossier\"");
    }

    void check_samples() {
        for (const auto& [name, sample] : kind_.samples)
            for (const json::Violation& violation : kind_.validate(sample))
                report(Severity::error, "K0006",
                       {kind_.name + "/samples/" + name + ".json", 0, 0, violation.pointer},
                       violation.message);
    }

    const Kind& kind_;
    Orders orders_;
    Diagnostics out_;
};

}  // namespace

std::optional<std::string> Kind::template_of(std::string_view document) const {
    const Orders orders(workflow);
    const auto* render = orders.render_of(document);
    return render ? template_path(render->template_name) : std::nullopt;
}

Diagnostics check(const Kind& kind) {
    return Checker(kind).check();
}

}  // namespace paraphe::kind
