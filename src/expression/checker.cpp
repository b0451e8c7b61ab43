#include "expression/checker.hpp"

#include <algorithm>

#include "base/suggestion.hpp"

namespace paraphe::expression {

namespace {

const Type nothing = Type(Kind::none).without(Kind::none);

}  // namespace

std::optional<std::int64_t> literal_index(const Node& node) {
    if (const auto* literal = std::get_if<LiteralNode>(&node.content);
        literal && literal->value.is(Kind::integer))
        return literal->value.integer();
    const auto* negation = std::get_if<NegateNode>(&node.content);
    const auto inner = negation ? literal_index(*negation->operand) : std::nullopt;
    return inner ? std::optional(negation->plus ? *inner : -*inner) : std::nullopt;
}

std::string path_of(const Node& node) {
    if (const auto* name = std::get_if<NameNode>(&node.content)) return name->name;
    if (const auto* attribute = std::get_if<AttributeNode>(&node.content)) {
        const std::string object = path_of(*attribute->object);
        return object.empty() ? object : object + "." + attribute->name;
    }
    if (const auto* item = std::get_if<ItemNode>(&node.content)) {
        const std::string object = path_of(*item->object);
        const auto* key = std::get_if<LiteralNode>(&item->index->content);
        if (object.empty()) return {};
        if (key && key->value.is_text()) return object + "." + key->value.text();
        if (const auto index = literal_index(*item->index))
            return object + "[" + std::to_string(*index) + "]";
    }
    return {};
}

Type Checker::used(const Node& node, bool none_allowed) {
    return defined(node, type(node), none_allowed);
}

Type Checker::silently(const Node& node) {
    ++silent_;
    const Type out = type(node);
    --silent_;
    return out;
}

Type Checker::defined(const Node& node, Type found, bool none_allowed) {
    if (found.is_any()) return found;
    if (found.may_be(Kind::undefined)) {
        const Missing why = missing(node);
        report("P0106", node, why.problem, why.remedy);
    } else if (!none_allowed && found.may_be(Kind::none)) {
        const std::string path = path_of(node);
        report("P0106", node,
               path.empty() ? "la valeur peut être vide (none)"
                            : "« " + path + " » peut être vide (none)",
               path.empty() ? "testez d'abord : « is not none », ou « | default(…, true) »"
                            : "écrivez « {% if " + path + " is not none %} » ou « " + path +
                                  " | default(…, true) »");
    }
    found = found.without(Kind::undefined);
    if (!none_allowed) found = found.without(Kind::none);
    return found.impossible() ? Type::any() : found;
}

void Checker::report(std::string code, const Node& node, std::string message, std::string remedy,
                     Severity severity) {
    if (silent_ > 0 || !reported_.emplace(node.begin, node.end, code).second) return;
    Finding out;
    out.begin = node.begin;
    out.end = node.end;
    out.diagnostic.severity = severity;
    out.diagnostic.code = std::move(code);
    out.diagnostic.message = std::move(message);
    out.diagnostic.remedy = std::move(remedy);
    out.diagnostic.where = expression_.where(node.at);
    out.diagnostic.quote = expression_.text().substr(node.begin, node.end - node.begin);
    findings_.push_back(std::move(out));
}

void Checker::report_settled(const Node& condition, bool outcome) {
    if (!names_.reachable()) return;
    report("P0116", condition,
           outcome ? "cette condition est toujours vraie" : "cette condition n'est jamais vraie",
           outcome ? "retirez-la, ou dites ce qui distingue les deux cas"
                   : "corrigez-la, ou retirez ce passage",
           Severity::warning);
}

Type Checker::check(const Node&, const LiteralNode& node) {
    return Type::of(node.value);
}

Type Checker::check(const Node& self, const NameNode& node) {
    if (const auto found = names_.find(node.name)) return *found;
    const std::string remedy = did_you_mean(node.name, names_.names());
    report("P0101", self, "« " + node.name + " » n'existe pas dans les données", remedy);
    return Type::any();
}

Type Checker::member(const Node& self, const Node& object_node, const std::string& name) {
    const Type object = used(object_node);
    if (object.is_any()) return Type::any();
    if (object.may_be(Kind::object)) return object_member(self, object, name);
    if (object.may_be(Kind::map)) {
        if (const Field* field = object.field(name)) return field->type;
        if (!object.has_fields() || object.is_open()) return Type::any();
        std::vector<std::string> candidates;
        for (const Field& field : object.fields())
            candidates.push_back(field.name);
        const std::string remedy = did_you_mean(name, candidates);
        const std::string path = path_of(object_node);
        report("P0101", self,
               "le champ « " + name + " » n'existe pas" +
                   (path.empty() ? std::string() : " dans « " + path + " »"),
               remedy);
        return Type::any();
    }
    if (object.may_be(Kind::date) && (name == "annee" || name == "mois" || name == "jour"))
        return Kind::integer;
    if (object.may_be(Kind::list)) {
        // A group of groupby is a pair whose two parts have names.
        if (const std::vector<Field>* members = object.members())
            for (const Field& each : *members)
                if (each.name == name) return each.type;
        if (object.element().is_any() && (name == "grouper" || name == "list")) return Type::any();
    }
    std::string remedy;
    if (object.may_be(Kind::list))
        remedy = "c'est une liste : parcourez-la par « {% for … %} », ou prenez [0]";
    report("P0101", self, object.description() + " n'a pas de champ « " + name + " »", remedy);
    return Type::any();
}

Type Checker::object_member(const Node& self, const Type& object, const std::string& name) {
    if (const Field* field = object.field(name)) return field->type;
    if (!object.has_fields() || object.is_open()) return Type::any();
    std::vector<std::string> candidates;
    for (const Field& field : object.fields())
        candidates.push_back(field.name);
    report("P0101", self, "le champ « " + name + " » n'existe pas ici",
           did_you_mean(name, candidates));
    return Type::any();
}

Type Checker::check(const Node& self, const AttributeNode& node) {
    return member(self, *node.object, node.name);
}

Type Checker::check(const Node& self, const ItemNode& node) {
    const auto* literal = std::get_if<LiteralNode>(&node.index->content);
    if (literal && literal->value.is_text())
        return member(self, *node.object, literal->value.text());
    const Type object = used(*node.object);
    const Type index = used(*node.index);
    if (object.is_any()) return Type::any();
    if (object.may_be(Kind::map) || object.may_be(Kind::object)) return Type::any();
    if (!object.may_be(Kind::list) && !object.may_be(Kind::text)) {
        report("P0102", self, object.description() + " n'a pas d'éléments");
        return Type::any();
    }
    if (!index.may_be(Kind::integer))
        report("P0102", *node.index, "un indice est un nombre entier, pas " + index.description());
    if (!object.may_be(Kind::list)) return Kind::text;
    const auto at = literal_index(*node.index);
    return at ? object.item(*at) : object.element();
}

Type Checker::check(const Node& self, const SliceNode& node) {
    const Type object = used(*node.object);
    for (const NodePtr* bound : {&node.start, &node.stop, &node.step})
        if (*bound)
            if (const Type found = used(**bound, true);
                !found.may_be(Kind::integer) && !found.may_be(Kind::none))
                report("P0102", **bound,
                       "une borne de tranche est un nombre entier, pas " + found.description());
    if (!object.may_be(Kind::list) && !object.may_be(Kind::text))
        report("P0102", self, "on ne prend une tranche que d'une liste ou d'un texte");
    return object;
}

Type Checker::check(const Node&, const ListNode& node) {
    std::vector<Field> members;
    Type element = nothing;
    for (const NodePtr& each : node.items) {
        Type found = used(*each, true);
        element = element | found;
        if (node.tuple) members.push_back({{}, std::move(found), {}});
    }
    if (node.tuple) return Type::tuple_of(std::move(members));
    return Type::list_of(element.impossible() ? Type::any() : element)
        .with_items_between(node.items.size(), node.items.size());
}

Type Checker::check(const Node&, const MapNode& node) {
    std::vector<Field> fields;
    bool known = true;
    for (const auto& [key, value] : node.entries) {
        used(*key);
        Type found = used(*value, true);
        const auto* literal = std::get_if<LiteralNode>(&key->content);
        if (!literal || !literal->value.is_text()) {
            known = false;
            continue;
        }
        const std::string& name = literal->value.text();
        const auto same = std::find_if(fields.begin(), fields.end(),
                                       [&](const Field& other) { return other.name == name; });
        if (same == fields.end()) {
            fields.push_back({name, std::move(found), {}});
            continue;
        }
        report("P0124", *key,
               "« " + name + " » est donné deux fois ; seule la dernière valeur reste",
               "retirez l'une des deux");
        same->type = std::move(found);
    }
    return known ? Type::map_of(std::move(fields)) : Type(Kind::map);
}

}  // namespace paraphe::expression
