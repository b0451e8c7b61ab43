#include "expression/checker.hpp"

#include "base/suggestion.hpp"

namespace paraphe::expression {

namespace {

const Type nothing = Type(Kind::none).without(Kind::none);

Type type_of_value(const Value& value) {
    if (!value.is_list()) return Type(value.kind());
    Type element = nothing;
    for (const Value& each : value.items())
        element = element | type_of_value(each);
    return Type::list_of(element.impossible() ? Type::any() : element);
}

}  // namespace

std::string path_of(const Node& node) {
    if (const auto* name = std::get_if<NameNode>(&node.content)) return name->name;
    if (const auto* attribute = std::get_if<AttributeNode>(&node.content)) {
        const std::string object = path_of(*attribute->object);
        return object.empty() ? object : object + "." + attribute->name;
    }
    if (const auto* item = std::get_if<ItemNode>(&node.content)) {
        const std::string object = path_of(*item->object);
        const auto* index = std::get_if<LiteralNode>(&item->index->content);
        if (object.empty() || !index) return {};
        if (index->value.is_text()) return object + "." + index->value.text();
        if (index->value.is(Kind::integer))
            return object + "[" + std::to_string(index->value.integer()) + "]";
    }
    return {};
}

Type Checker::used(const Node& node, bool none_allowed) {
    return defined(node, type(node), none_allowed);
}

Type Checker::defined(const Node& node, Type found, bool none_allowed) {
    if (found.is_any()) return found;
    if (found.may_be(Kind::undefined)) {
        const std::string path = path_of(node);
        if (path.empty())
            report("P0106", node, "la valeur peut manquer",
                   "gardez-la par « | default(…) » ou un « else »");
        else
            report("P0106", node, "« " + path + " » est facultatif et peut manquer",
                   "écrivez « {% if " + path + " is defined %} » ou « " + path + " | default(…) »");
    } else if (!none_allowed && found.may_be(Kind::none)) {
        const std::string path = path_of(node);
        report("P0106", node,
               path.empty() ? "la valeur peut être vide (none)"
                            : "« " + path + " » peut être vide (none)",
               "testez d'abord : « is not none », ou « | default(…, true) »");
    }
    found = found.without(Kind::undefined);
    if (!none_allowed) found = found.without(Kind::none);
    return found.impossible() ? Type::any() : found;
}

void Checker::report(std::string code, const Node& node, std::string message, std::string remedy,
                     Severity severity) {
    for (const Finding& known : findings_)
        if (known.begin == node.begin && known.end == node.end && known.diagnostic.code == code)
            return;
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

Type Checker::narrowed(const Node& node, Type found) const {
    const std::string path = path_of(node);
    if (path.empty()) return found;
    return names_.narrowed(path).value_or(std::move(found));
}

Type Checker::check(const Node&, const LiteralNode& node) {
    return type_of_value(node.value);
}

Type Checker::check(const Node& self, const NameNode& node) {
    const auto found = names_.find(node.name);
    if (found) return narrowed(self, *found);
    const std::string remedy = did_you_mean(node.name, names_.names());
    report("P0101", self, "« " + node.name + " » n'existe pas dans les données", remedy);
    return Type::any();
}

Type Checker::member(const Node& self, const Node& object_node, const std::string& name) {
    // A proof of the whole path is also one of its beginning.
    if (const auto proved = names_.narrowed(path_of(self)); proved && !path_of(self).empty())
        return *proved;
    const Type object = used(object_node);
    if (object.is_any() || object.may_be(Kind::object)) return Type::any();
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
    if (object.may_be(Kind::list) && (name == "grouper" || name == "list"))
        return name == "list" ? Type(Kind::list) : Type::any();
    std::string remedy;
    if (object.may_be(Kind::list))
        remedy = "c'est une liste : parcourez-la par « {% for … %} », ou prenez [0]";
    report("P0101", self, object.description() + " n'a pas de champ « " + name + " »", remedy);
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
    return narrowed(self, object.may_be(Kind::list) ? object.element() : Type(Kind::text));
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
    Type element = nothing;
    for (const NodePtr& each : node.items)
        element = element | used(*each, true);
    return Type::list_of(element.impossible() || node.tuple ? Type::any() : element);
}

Type Checker::check(const Node&, const MapNode& node) {
    std::vector<Field> fields;
    bool known = true;
    for (const auto& [key, value] : node.entries) {
        used(*key);
        Type found = used(*value, true);
        const auto* literal = std::get_if<LiteralNode>(&key->content);
        if (literal && literal->value.is_text())
            fields.push_back({literal->value.text(), std::move(found), {}});
        else
            known = false;
    }
    return known ? Type::map_of(std::move(fields)) : Type(Kind::map);
}

}  // namespace paraphe::expression
