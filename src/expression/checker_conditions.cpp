#include "expression/checker.hpp"

namespace paraphe::expression {

void Checker::assume(const Node& node, bool outcome) {
    if (const auto* negation = std::get_if<NotNode>(&node.content))
        return assume(*negation->operand, !outcome);
    if (const auto* logic = std::get_if<LogicNode>(&node.content)) {
        // Both sides hold when « and » is true; neither when « or » is false.
        if (logic->is_and != outcome) return;
        assume(*logic->left, outcome);
        assume(*logic->right, outcome);
        return;
    }
    if (const auto* test = std::get_if<TestNode>(&node.content))
        return assume_test(*test, outcome != test->negated);
    if (const auto* compare = std::get_if<CompareNode>(&node.content)) {
        if (compare->rest.size() != 1) return;
        const auto& [op, right] = compare->rest[0];
        const auto* literal = std::get_if<LiteralNode>(&right->content);
        if (!literal || !literal->value.is_none()) return;
        if (op == Comparison::equal) narrow(*compare->first, Kind::none, outcome);
        if (op == Comparison::unequal) narrow(*compare->first, Kind::none, !outcome);
        return;
    }
    // A value that is true is neither missing nor none.
    if (outcome) {
        narrow(node, Kind::undefined, false);
        narrow(node, Kind::none, false);
    }
}

void Checker::assume_test(const TestNode& test, bool holds) {
    if (test.name == "defined") return narrow(*test.input, Kind::undefined, !holds);
    if (test.name == "undefined") return narrow(*test.input, Kind::undefined, holds);
    if (test.name == "none") return narrow(*test.input, Kind::none, holds);
    if (!holds) return;
    if (test.name == "string") return narrow_to(*test.input, Kind::text);
    if (test.name == "number") return narrow_to(*test.input, Type::number());
    if (test.name == "mapping") return narrow_to(*test.input, Kind::map);
    if (test.name == "montant") return narrow_to(*test.input, Kind::money);
    if (test.name == "date") return narrow_to(*test.input, Kind::date);
}

void Checker::narrow(const Node& node, Kind kind, bool is_kind) {
    if (path_of(node).empty()) return;
    const Type found = silently(node);
    if (found.is_any()) return;
    narrow_path(node, is_kind ? found.only(kind) : found.without(kind));
}

void Checker::narrow_to(const Node& node, const Type& kinds) {
    if (path_of(node).empty()) return;
    const Type found = silently(node);
    narrow_path(node, found.is_any() ? kinds : found.only(kinds));
}

void Checker::narrow_path(const Node& node, const Type& proved) {
    const std::string path = path_of(node);
    if (path.empty() || proved.impossible()) return;
    names_.narrow(path, proved);
}

Type Checker::silently(const Node& node) {
    const std::size_t before = findings_.size();
    const Type out = type(node);
    findings_.resize(before);
    return out;
}

}  // namespace paraphe::expression
