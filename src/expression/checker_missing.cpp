// What may be missing, in words, with the guard that the author can copy.
#include "expression/checker.hpp"

namespace paraphe::expression {

namespace {

/// As written in an expression.
std::string written(const Value& value) {
    if (value.is_text()) return "'" + value.text() + "'";
    if (value.is(Kind::boolean)) return value.boolean() ? "true" : "false";
    return to_text(value);
}

/// "capacite == 'curatelle'": the guard under which a condition on a field holds.
std::string guard_for(const Condition& condition, const std::string& prefix) {
    const std::string field = prefix + condition.field;
    if (condition.values.empty()) return field + " is defined";
    if (condition.values.size() == 1) {
        const Value& only = condition.values.front();
        if (only.is(Kind::boolean)) return only.boolean() ? field : "not " + field;
        return field + " == " + written(only);
    }
    std::string list;
    for (const Value& each : condition.values)
        list += (list.empty() ? "" : ", ") + written(each);
    return field + " in [" + list + "]";
}

const Node* list_of_item(const Node& node) {
    if (const auto* item = std::get_if<ItemNode>(&node.content))
        return literal_index(*item->index) ? item->object.get() : nullptr;
    const auto* filter = std::get_if<FilterNode>(&node.content);
    const bool one = filter && (filter->name == "first" || filter->name == "last" ||
                                filter->name == "min" || filter->name == "max");
    return one ? filter->input.get() : nullptr;
}

}  // namespace

std::string alternatives(const std::vector<Value>& values) {
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) out += i + 1 == values.size() ? " ou " : ", ";
        out += "« " + (values[i].is_text() ? values[i].text() : written(values[i])) + " »";
    }
    return out;
}

std::optional<Checker::Missing> Checker::known_guard(const Node& node, const std::string& path) {
    const std::size_t dot = path.rfind('.');
    const std::string prefix = dot == std::string::npos ? "" : path.substr(0, dot + 1);
    const std::string field = path.substr(prefix.size());
    std::optional<Type> object;
    if (const auto* attribute = std::get_if<AttributeNode>(&node.content))
        object = silently(*attribute->object);
    else if (std::holds_alternative<NameNode>(node.content) && names_.is_data(field))
        object = names_.data();
    const Condition* condition = object ? object->guard_of(field) : nullptr;
    if (!condition) return std::nullopt;
    const std::string when =
        condition->values.empty()
            ? "« " + prefix + condition->field + " » est rempli"
            : "« " + prefix + condition->field + " » vaut " + alternatives(condition->values);
    return Missing{"« " + path + " » n'est sûr d'être là que si " + when,
                   "écrivez « {% if " + guard_for(*condition, prefix) + " %} » ou « {% if " + path +
                       " is defined %} »"};
}

Checker::Missing Checker::missing(const Node& node) {
    const std::string path = path_of(node);
    if (const Node* list = list_of_item(node)) {
        const std::string name = path_of(*list);
        if (!name.empty()) {
            const auto index = path.empty()
                                   ? std::optional<std::int64_t>(0)
                                   : literal_index(*std::get<ItemNode>(node.content).index);
            const bool near_end = *index == 0 || *index == -1;
            const std::int64_t count = *index < 0 ? -*index : *index + 1;
            return {near_end ? "« " + name + " » peut être vide"
                             : "« " + name + " » peut avoir moins de " + std::to_string(count) +
                                   " éléments",
                    "écrivez « {% if " + name +
                        (near_end ? "" : " | length >= " + std::to_string(count)) + " %} »"};
        }
    }
    if (path.empty())
        return {"la valeur peut manquer", "gardez-la par « | default(…) » ou un « else »"};
    if (auto known = known_guard(node, path)) return *known;
    return {"« " + path + " » est facultatif et peut manquer",
            "écrivez « {% if " + path + " is defined %} » ou « " + path + " | default(…) »"};
}

}  // namespace paraphe::expression
