#include "kind/audience.hpp"

#include <algorithm>
#include <iterator>

#include "base/suggestion.hpp"

namespace paraphe::kind {

namespace {

using json::SchemaView;

constexpr const char* mark = "x-destinataires";
constexpr const char* joined = "x-fichiers-joints";
constexpr int deepest = 12;  ///< of what anyone would write; schemas may be recursive

Audiences texts(const json::Value& list) {
    Audiences out;
    if (list.is_array())
        for (const json::Value& one : list.as_array())
            if (one.is_string()) out.insert(one.as_string());
    return out;
}

/// Its own mark, else the one above.
Audiences allowed(const SchemaView& schema, const Audiences& above) {
    const json::Value* own = schema.keyword(mark);
    return own ? texts(*own) : above;
}

bool marked(const SchemaView& schema, int depth) {
    if (schema.keyword(mark) != nullptr) return true;
    if (depth == deepest) return false;
    const auto properties = schema.properties();
    const auto items = schema.items();
    return std::any_of(properties.begin(), properties.end(),
                       [&](const auto& one) { return marked(one.schema, depth + 1); }) ||
           (items && marked(*items, depth + 1));
}

bool holds(const Audiences& all, const Audiences& some) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

/// What the schema does not describe, member by member and item by item, is for nobody: a mark
/// could stand where this does not look (then, anyOf, items by position).
std::optional<json::Value> project(const SchemaView& schema, const json::Value& data,
                                   const Audiences& audiences, const Audiences& above) {
    const Audiences own = allowed(schema, above);
    const bool whole = holds(own, audiences);
    if (data.is_object()) {
        json::Object out;
        for (const json::Member& member : data.as_object())
            if (const auto property = schema.property(member.key))
                if (auto kept = project(*property, member.value, audiences, own))
                    out.set(member.key, std::move(*kept));
        if (out.empty() && !(whole && data.as_object().empty())) return std::nullopt;
        return json::Value(std::move(out));
    }
    if (data.is_array()) {
        json::Array out;
        if (const auto items = schema.items())
            for (const json::Value& item : data.as_array())
                if (auto kept = project(*items, item, audiences, own))
                    out.push_back(std::move(*kept));
        if (out.empty() && !(whole && data.as_array().empty())) return std::nullopt;
        return json::Value(std::move(out));
    }
    return whole ? std::optional(data) : std::nullopt;
}

std::pair<std::string_view, std::string_view> first_step(std::string_view path) {
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return {path, {}};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

/// Copies what stands at `path` of `from` into `out`, in objects of the same names.
void copy(const json::Value& from, std::string_view path, json::Object& out) {
    const auto [name, rest] = first_step(path);
    const json::Value* found = from.is_object() ? from.find(name) : nullptr;
    if (found == nullptr) return;
    if (rest.empty()) {
        out.set(std::string(name), *found);
        return;
    }
    const json::Value* begun = out.find(name);
    json::Object inner = begun && begun->is_object() ? begun->as_object() : json::Object();
    copy(*found, rest, inner);
    if (!inner.empty()) out.set(std::string(name), json::Value(std::move(inner)));
}

std::string list_of(const Audiences& audiences) {
    std::string out;
    for (const std::string& one : audiences)
        out += (out.empty() ? "« " : ", « ") + one + " »";
    return out;
}

/// What is wrong with the plan of one document.
class PlanChecker {
public:
    PlanChecker(const SchemaView& schema, std::string source, std::string document,
                Audiences audiences, Diagnostics& out)
        : schema_(schema),
          source_(std::move(source)),
          document_(std::move(document)),
          audiences_(std::move(audiences)),
          out_(out) {}

    void field(const std::string& path) {
        const std::string where = pointer() + "/donnees";
        SchemaView at = schema_;
        Audiences own = allowed(at, {});
        for (std::string_view rest = path; !rest.empty();) {
            const auto [name, after] = first_step(rest);
            const auto next = at.property(name);
            if (!next) {
                std::vector<std::string> known;
                for (const SchemaView::Property& property : at.properties())
                    known.push_back(property.name);
                const std::string near = did_you_mean(name, known);
                report("K0007", where, "le champ « " + path + " » n’existe pas",
                       near.empty() ? "corriger le nom, ou retirer le champ" : near);
                return;
            }
            at = *next;
            own = allowed(at, own);
            rest = after;
        }
        missing_.clear();
        collect_missing(at, own, 0);
        if (!missing_.empty())
            report("K0008", where,
                   "le champ « " + path + " » serait joint au PDF de « " + document_ +
                       " », que reçoivent aussi " + list_of(missing_) +
                       ", à qui il n’est pas destiné",
                   "retirer le champ de " + std::string(joined) + ", ou le destiner à tous par " +
                       mark);
    }

    void report(const char* code, const std::string& where, std::string message,
                std::string remedy) {
        out_.push_back({Severity::error,
                        code,
                        std::move(message),
                        {source_, 0, 0, where},
                        {},
                        {},
                        std::move(remedy)});
    }
    std::string pointer() const { return "/" + std::string(joined) + "/" + document_; }

private:
    /// Who may not have all that stands in `schema`.
    void collect_missing(const SchemaView& schema, const Audiences& own, int depth) {
        const auto properties = schema.properties();
        const auto items = schema.items();
        if (properties.empty() && !items)
            std::set_difference(audiences_.begin(), audiences_.end(), own.begin(), own.end(),
                                std::inserter(missing_, missing_.end()));
        if (depth == deepest) return;
        for (const SchemaView::Property& property : properties)
            collect_missing(property.schema, allowed(property.schema, own), depth + 1);
        if (items) collect_missing(*items, allowed(*items, own), depth + 1);
    }

    SchemaView schema_;
    std::string source_, document_;
    Audiences audiences_, missing_;
    Diagnostics& out_;
};

const json::Value* plans(const SchemaView& schema) {
    return schema.keyword(joined);
}

}  // namespace

Audiences audiences_of(const Orders& orders, std::string_view document) {
    Audiences out;
    for (const Orders::Sign& sign : orders.signs)
        if (sign.action.document == document) out.insert(sign.action.slot);
    for (const Orders::Pack& pack : orders.packs)
        if (pack.action.document == document || pack.action.document == "dossier")
            out.insert(pack.action.audience);
    return out;
}

bool marks_audiences(const SchemaView& schema) {
    return marked(schema, 0);
}

std::optional<json::Value> projection(const SchemaView& schema, const json::Value& data,
                                      const Audiences& audiences) {
    return project(schema, data, audiences, {});
}

std::optional<json::Value> AssociatedFiles::data(const SchemaView& schema,
                                                 const json::Value& data) const {
    const auto permitted = projection(schema, data, audiences);
    if (!permitted) return std::nullopt;
    json::Object out;
    for (const std::string& path : fields)
        copy(*permitted, path, out);
    if (out.empty()) return std::nullopt;
    return json::Value(std::move(out));
}

bool joins_files(const SchemaView& schema) {
    return plans(schema) != nullptr;
}

AssociatedFiles associated_files(const SchemaView& schema, const Orders& orders,
                                 std::string_view document) {
    AssociatedFiles out;
    const json::Value* all = plans(schema);
    const json::Value* plan = all && all->is_object() ? all->find(document) : nullptr;
    if (plan == nullptr || !plan->is_object()) return out;
    out.audiences = audiences_of(orders, document);
    if (const json::Value* fields = plan->find("donnees"); fields && fields->is_array())
        for (const json::Value& field : fields->as_array())
            if (field.is_string()) out.fields.push_back(field.as_string());
    const json::Value* odt = plan->find("odt");
    out.odt = odt && odt->is_boolean() && odt->as_boolean();
    return out;
}

Diagnostics check_associated_files(const SchemaView& schema, const Orders& orders,
                                   const std::string& source) {
    Diagnostics out;
    const json::Value* all = plans(schema);
    if (all == nullptr) return out;
    const auto malformed = [&](const std::string& where, std::string message) {
        out.push_back({Severity::error,
                       "K0007",
                       std::move(message),
                       {source, 0, 0, where},
                       {},
                       {},
                       "écrire {\"contrat\": {\"donnees\": [\"reference\"], \"odt\": true}}"});
    };
    const std::string root = "/" + std::string(joined);
    if (!all->is_object()) {
        malformed(root, "« " + std::string(joined) + " » nomme des documents");
        return out;
    }
    for (const json::Member& member : all->as_object()) {
        PlanChecker checker(schema, source, member.key, audiences_of(orders, member.key), out);
        if (orders.render_of(member.key) == nullptr)
            checker.report("K0007", checker.pointer(),
                           "le document « " + member.key + " » n’est produit par rien",
                           "corriger le nom, ou le produire par <p:render>");
        if (!member.value.is_object()) {
            malformed(checker.pointer(),
                      "des fichiers joints se nomment par « donnees » et « odt »");
            continue;
        }
        for (const json::Member& part : member.value.as_object()) {
            const std::string where = checker.pointer() + "/" + part.key;
            if (part.key == "donnees" && part.value.is_array()) {
                for (const json::Value& field : part.value.as_array())
                    if (field.is_string())
                        checker.field(field.as_string());
                    else
                        malformed(where, "un champ se nomme par un texte");
            } else if (part.key != "odt" || !part.value.is_boolean()) {
                malformed(where, "« " + part.key + " » ne dit pas quels fichiers joindre");
            }
        }
    }
    return out;
}

}  // namespace paraphe::kind
