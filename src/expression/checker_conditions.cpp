// What a condition proves of the names in it.
#include <algorithm>

#include "expression/checker.hpp"
#include "expression/library.hpp"
#include "expression/walk.hpp"

namespace paraphe::expression {

namespace {

/// Each « or » that is true doubles the ways to look at; beyond this, less is proved.
constexpr int max_work = 2'000;

/// The list whose length the node is: xs | length
const Node* counted_list(const Node& node) {
    const auto* filter = std::get_if<FilterNode>(&node.content);
    return filter && (filter->name == "length" || filter->name == "count") ? filter->input.get()
                                                                           : nullptr;
}

/// The fewest and the most for which `count op number` comes out so; nullopt when it says nothing.
std::optional<std::pair<std::size_t, std::size_t>> count_bounds(Comparison op, std::int64_t number,
                                                                bool outcome) {
    if (number < 0) return std::nullopt;
    const auto n = static_cast<std::size_t>(number);
    const auto at_most = [](std::size_t most) { return std::pair(std::size_t{0}, most); };
    const auto at_least = [](std::size_t least) { return std::pair(least, Type::unbounded); };
    switch (op) {
        case Comparison::equal:
        case Comparison::unequal:
            if ((op == Comparison::equal) == outcome) return std::pair(n, n);
            return n == 0 ? std::optional(at_least(1)) : std::nullopt;
        case Comparison::greater:
            return outcome ? at_least(n + 1) : at_most(n);
        case Comparison::greater_equal:
            return outcome || n == 0 ? at_least(n) : at_most(n - 1);
        case Comparison::less:
            return !outcome || n == 0 ? at_least(n) : at_most(n - 1);
        case Comparison::less_equal:
            return outcome ? at_most(n) : at_least(n + 1);
        default:
            return std::nullopt;
    }
}

Comparison mirrored(Comparison op) {
    switch (op) {
        case Comparison::less:
            return Comparison::greater;
        case Comparison::less_equal:
            return Comparison::greater_equal;
        case Comparison::greater:
            return Comparison::less;
        case Comparison::greater_equal:
            return Comparison::less_equal;
        default:
            return op;
    }
}

/// Whether every value of this list literal (or this literal) is none.
bool is_none(const Node& node) {
    const auto* literal = std::get_if<LiteralNode>(&node.content);
    return literal && literal->value.is_none();
}

}  // namespace

std::optional<Comparison> comparison_of(std::string_view test) {
    if (test == "eq" || test == "equalto" || test == "==") return Comparison::equal;
    if (test == "ne" || test == "!=") return Comparison::unequal;
    if (test == "in") return Comparison::in;
    return std::nullopt;
}

std::optional<std::vector<Value>> literals_of(const Node& node) {
    const auto scalar = [](const Value& value) {
        return value.is_text() || value.is(Kind::integer) || value.is(Kind::boolean);
    };
    std::vector<Value> out;
    if (const auto* literal = std::get_if<LiteralNode>(&node.content)) {
        if (literal->value.is_list())
            out = literal->value.items();
        else
            out = {literal->value};
        return std::all_of(out.begin(), out.end(), scalar) ? std::optional(out) : std::nullopt;
    }
    const auto* list = std::get_if<ListNode>(&node.content);
    if (!list) return std::nullopt;
    for (const NodePtr& each : list->items) {
        const auto* literal = std::get_if<LiteralNode>(&each->content);
        if (!literal || !scalar(literal->value)) return std::nullopt;
        out.push_back(literal->value);
    }
    return out;
}

void Checker::assume(const Node& node, bool outcome) {
    if (++work_ > max_work) return;
    if (const auto* negation = std::get_if<NotNode>(&node.content))
        return assume(*negation->operand, !outcome);
    if (const auto* logic = std::get_if<LogicNode>(&node.content))
        return assume_logic(*logic, outcome);
    if (const auto* test = std::get_if<TestNode>(&node.content))
        return assume_test(*test, outcome != test->negated);
    if (const auto* compare = std::get_if<CompareNode>(&node.content))
        return assume_comparison(*compare, outcome);
    if (const auto* filter = std::get_if<FilterNode>(&node.content)) {
        // x | default('') is true only where x itself is.
        if (filter->name == "default" || filter->name == "d") {
            const CallArguments& given = filter->arguments;
            const bool empty =
                given.positional.empty() || silently(*given.positional.front()).truth() == false;
            if (outcome && empty && given.named.empty()) assume(*filter->input, true);
            return;
        }
        if (const Node* list = counted_list(node); list && silently(*list).is_only(Kind::list))
            refine(*list, silently(*list).when(outcome));
        return;
    }
    if (const auto* name = std::get_if<NameNode>(&node.content))
        if (const Expression* meant = names_.condition(name->name)) {
            const Expression kept = *meant;
            assume(kept.root(), outcome);
        }
    if (path_of(node).empty()) return;
    const Type found = silently(node);
    if (!found.is_any()) refine(node, found.when(outcome));
}

void Checker::assume_logic(const LogicNode& node, bool outcome) {
    if (node.is_and == outcome) {
        assume(*node.left, outcome);
        assume(*node.right, outcome);
        return;
    }
    // One of the sides decides: the left one, or the right one after the left one did not.
    const auto before = names_.mark();
    assume(*node.left, outcome);
    std::vector<TypeEnvironment::Changes> ways{names_.take(before)};
    assume(*node.left, !outcome);
    assume(*node.right, outcome);
    ways.push_back(names_.take(before));
    names_.join(ways);
}

void Checker::assume_comparison(const CompareNode& node, bool outcome) {
    if (node.rest.size() != 1) return;
    const auto& [op, right] = node.rest.front();
    if (op == Comparison::in || op == Comparison::not_in) {
        const bool is_list = std::holds_alternative<ListNode>(right->content) ||
                             silently(*right).is_only(Kind::list);
        if (const auto values = literals_of(*right); values && is_list)
            assume_among(*node.first, *values, (op == Comparison::in) == outcome);
        return;
    }
    for (const bool swapped : {false, true}) {
        const Node& subject = swapped ? *right : *node.first;
        const Node& other = swapped ? *node.first : *right;
        const auto values = literals_of(other);
        if (const Node* list = counted_list(subject);
            list && values && values->size() == 1 && values->front().is(Kind::integer)) {
            const Type found = silently(*list);
            const auto bounds =
                count_bounds(swapped ? mirrored(op) : op, values->front().integer(), outcome);
            if (!bounds || !found.is_only(Kind::list)) return;
            const std::size_t least = std::max(found.min_items(), bounds->first);
            const std::size_t most = std::min(found.max_items(), bounds->second);
            if (least > most) return names_.set_unreachable();
            return refine(*list, found.with_items_between(least, most));
        }
        if (op != Comparison::equal && op != Comparison::unequal) continue;
        const bool holds = (op == Comparison::equal) == outcome;
        if (is_none(other)) return narrow(subject, Kind::none, holds);
        if (values && values->size() == 1 && std::holds_alternative<LiteralNode>(other.content))
            return assume_among(subject, *values, holds);
    }
}

void Checker::assume_test(const TestNode& test, bool holds) {
    const Node& input = *test.input;
    if (test.name == "defined") return narrow(input, Kind::undefined, !holds);
    if (test.name == "undefined") return narrow(input, Kind::undefined, holds);
    if (test.name == "none") return narrow(input, Kind::none, holds);
    if (test.name == "true" || test.name == "false")
        return holds ? assume_among(input, {Value(test.name == "true")}, true) : void();
    if (const auto op = comparison_of(test.name); op && test.arguments.positional.size() == 1) {
        const Node& other = *test.arguments.positional.front();
        const bool scalar = std::holds_alternative<LiteralNode>(other.content);
        if (const auto values = literals_of(other); values && (op == Comparison::in) != scalar)
            assume_among(input, *values, holds != (op == Comparison::unequal));
        return;
    }
    if (!holds) return;
    if (test.name == "string") return narrow_to(input, Kind::text);
    if (test.name == "number") return narrow_to(input, library::number_like());
    if (test.name == "integer") return narrow_to(input, Kind::integer);
    if (test.name == "boolean") return narrow_to(input, Kind::boolean);
    if (test.name == "mapping") return narrow_to(input, Kind::map);
    if (test.name == "montant") return narrow_to(input, Kind::money);
    if (test.name == "date") return narrow_to(input, Kind::date);
}

void Checker::assume_among(const Node& node, const std::vector<Value>& values, bool holds) {
    if (path_of(node).empty()) return;
    const Type found = silently(node);
    if (found.is_any()) return;
    if (found.values()) {
        Type left = found.among(values, holds);
        if (holds) left = left.without(Kind::undefined).without(Kind::none);
        return refine(node, left);
    }
    if (!holds) return;
    Type wanted = Type(Kind::none).without(Kind::none);
    for (const Value& each : values)
        wanted = wanted | Type::of(each);
    // Only a text is equal to nothing but a text of the same letters.
    refine(node, wanted.is_only(Kind::text) ? found.only(Kind::text).meet(wanted)
                                            : found.without(Kind::undefined).without(Kind::none));
}

void Checker::narrow(const Node& node, Kind kind, bool is_kind) {
    if (path_of(node).empty()) return;
    const Type found = silently(node);
    if (!found.is_any()) refine(node, is_kind ? found.only(kind) : found.without(kind));
}

void Checker::narrow_to(const Node& node, const Type& kinds) {
    if (path_of(node).empty()) return;
    const Type found = silently(node);
    refine(node, found.is_any() ? kinds : found.only(kinds));
}

void Checker::refine(const Node& node, const Type& now) {
    if (now.impossible()) return names_.set_unreachable();
    if (const auto* name = std::get_if<NameNode>(&node.content))
        return names_.refine(name->name, now);
    const auto* attribute = std::get_if<AttributeNode>(&node.content);
    const auto* item = std::get_if<ItemNode>(&node.content);
    if (!attribute && !item) return;
    const Node& object = attribute ? *attribute->object : *item->object;
    if (path_of(object).empty()) return;
    // What is known of a part is also known of the whole: it is there.
    const Type whole = silently(object).without(Kind::undefined).without(Kind::none);
    if (whole.is_any() || whole.impossible()) return;
    if (item)
        if (const auto index = literal_index(*item->index)) {
            if (whole.is_only(Kind::list)) refine(object, whole.with_item(*index, now));
            return;
        }
    const std::string path = path_of(node);
    const std::string field = path.substr(path.rfind('.') + 1);
    if (whole.has_fields()) refine(object, whole.with_known(field, now));
}

}  // namespace paraphe::expression
