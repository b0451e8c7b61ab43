// Comparisons: kinds that cannot be compared, values that the schema does not list.
#include <algorithm>

#include "base/suggestion.hpp"
#include "expression/checker.hpp"
#include "expression/operator_types.hpp"

namespace paraphe::expression {

namespace {

bool is_zero(const Node& node) {
    const auto* literal = std::get_if<LiteralNode>(&node.content);
    return literal && literal->value.is_number() && literal->value.number().is_zero();
}

bool is_equality(Comparison op) {
    return op == Comparison::equal || op == Comparison::unequal;
}

bool is_membership(Comparison op) {
    return op == Comparison::in || op == Comparison::not_in;
}

/// How many of these values are among those.
std::size_t common(const std::vector<Value>& these, const std::vector<Value>& those) {
    return static_cast<std::size_t>(std::count_if(
        these.begin(), these.end(), [&](const Value& each) { return is_among(each, those); }));
}

/// Counts have an outcome only where nothing else may come: no other kind, nothing missing.
bool is_counted(const Type& type) {
    return type.values() && !type.is_any() &&
           type.without(Kind::text).without(Kind::integer).without(Kind::boolean).impossible();
}

Type numbers_as_one(const Type& type) {
    const Type numeric = Type::number() | Type(Kind::boolean) | Type(Kind::money);
    return type.overlaps(numeric) ? type | numeric : type;
}

}  // namespace

Type Checker::check(const Node& self, const CompareNode& node) {
    const Node* left_node = node.first.get();
    const Comparison first = node.rest.front().first;
    Type left = used(*left_node, is_equality(first) || is_membership(first));
    std::optional<bool> outcome = true;
    for (const auto& [op, right_node] : node.rest) {
        const Type right = used(*right_node, is_equality(op));
        std::optional<bool> here;
        if (!comparable(op, left, right, is_zero(*left_node) || is_zero(*right_node))) {
            if (is_membership(op)) {
                report("P0102", self,
                       "« in » attend une liste, un texte ou un groupe de champs, pas " +
                           right.description());
            } else {
                const TypeFault fault = operator_fault(symbol(op), left, right, true);
                report(fault.code, self, fault.problem, fault.remedy);
            }
        } else if (is_equality(op) || is_membership(op)) {
            here = compared(self, is_membership(op), left, *left_node, right, *right_node);
            if (here && (op == Comparison::unequal || op == Comparison::not_in)) here = !*here;
        }
        if (outcome != false) outcome = here == true ? outcome : here;
        left = right;
        left_node = right_node.get();
    }
    return outcome ? Type::of(Value(*outcome)) : Type(Kind::boolean);
}

std::optional<bool> Checker::compared(const Node& self, bool membership, const Type& left,
                                      const Node& left_node, const Type& right,
                                      const Node& right_node) {
    // Texts and maps contain by other rules than lists.
    if (membership && !right.is_only(Kind::list)) return std::nullopt;
    const Type wanted = membership ? right.element() : right;
    if (membership && right.max_items() == 0) return false;
    if (left.is_any() || wanted.is_any()) return std::nullopt;
    const bool listed = membership || std::holds_alternative<LiteralNode>(right_node.content)
                            ? check_listed(left, path_of(left_node), right_node)
                            : !std::holds_alternative<LiteralNode>(left_node.content) ||
                                  check_listed(right, path_of(right_node), left_node);
    if (!listed) return std::nullopt;
    if (!numbers_as_one(left).overlaps(numbers_as_one(wanted))) {
        const bool none = left.is_only(Kind::none) || wanted.is_only(Kind::none);
        if (!none && names_.reachable())
            report("P0118", self,
                   left.description() + " n'est jamais égal à " + wanted.description(),
                   "vérifiez le champ, ou écrivez la valeur comme il la porte");
        return none ? std::optional(false) : std::nullopt;
    }
    if (!is_counted(left) || !is_counted(wanted)) return std::nullopt;
    const std::size_t same = common(*left.values(), *wanted.values());
    if (same == 0) return false;
    if (same < left.values()->size()) return std::nullopt;
    // Of a list, only what is written in it is certain to be there.
    if (membership) return literals_of(right_node) ? std::optional(true) : std::nullopt;
    return wanted.values()->size() == 1 ? std::optional(true) : std::nullopt;
}

bool Checker::check_listed(const Type& subject, const std::string& path, const Node& literal) {
    const auto values = literals_of(literal);
    if (!subject.universe() || !values) return true;
    const std::vector<Value>& known = *subject.universe();
    const auto same_kind = [&](const Value& each) {
        return std::any_of(known.begin(), known.end(),
                           [&](const Value& other) { return other.kind() == each.kind(); });
    };
    bool out = true;
    for (const Value& each : *values) {
        if (each.is(Kind::boolean) || !same_kind(each) || is_among(each, known)) continue;
        std::vector<std::string> candidates;
        for (const Value& other : known)
            if (other.is_text()) candidates.push_back(other.text());
        const std::string near =
            each.is_text() ? did_you_mean(each.text(), candidates) : std::string();
        report("P0114", literal,
               alternatives({each}) + " n'est pas une valeur de " +
                   (path.empty() ? "ce champ" : "« " + path + " »"),
               near.empty() ? "les valeurs possibles : " + alternatives(known) : near);
        out = false;
    }
    return out;
}

}  // namespace paraphe::expression
