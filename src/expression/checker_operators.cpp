#include "expression/checker.hpp"
#include "expression/operator_types.hpp"

namespace paraphe::expression {

Type Checker::check(const Node& self, const NegateNode& node) {
    const Type operand = used(*node.operand);
    const Type wanted =
        Type::number() | Type(Kind::boolean) | Type(Kind::money) | Type(Kind::duration);
    if (!operand.overlaps(wanted))
        report("P0102", self, "« - » ne s'applique pas à " + operand.description());
    if (operand.is_any()) return operand;
    return operand.is_only(Kind::boolean) ? Type(Kind::integer) : operand.widened();
}

Type Checker::check(const Node&, const NotNode& node) {
    const std::optional<bool> outcome = used(*node.operand, true).truth();
    return outcome ? Type::of(Value(!*outcome)) : Type(Kind::boolean);
}

Type Checker::check(const Node& self, const BinaryNode& node) {
    const Type left = used(*node.left);
    const Type right = used(*node.right);
    const bool divides = node.op == BinaryOperator::divide ||
                         node.op == BinaryOperator::floor_divide ||
                         node.op == BinaryOperator::modulo;
    if (const auto* literal = std::get_if<LiteralNode>(&node.right->content);
        divides && literal && literal->value.is_number() && literal->value.number().is_zero()) {
        report("P0123", self, "on ne divise pas par zéro", "corrigez le diviseur");
        return Type::any();
    }
    const Type out = binary_type(node.op, left, right);
    if (!out.impossible()) return out;
    const TypeFault fault = operator_fault(symbol(node.op), left, right, false);
    report(fault.code, self, fault.problem, fault.remedy);
    return Type::any();
}

Type Checker::check(const Node&, const ConcatNode& node) {
    // One part with a look gives it to the whole; a part of unknown type may have one.
    bool content = false, text = true;
    for (const NodePtr& part : node.parts) {
        const Type found = used(*part);
        content = content || found.may_be(Kind::content);
        text = text && !found.is_only(Kind::content);
    }
    if (!content) return Kind::text;
    return text ? Type(Kind::text) | Type(Kind::content) : Type(Kind::content);
}

Type Checker::under(const NodePtr& condition, bool outcome, const NodePtr& part) {
    const auto before = names_.mark();
    assume(*condition, outcome);
    const Type out = type(*part);
    names_.rewind(before);
    return out;
}

Type Checker::check(const Node&, const LogicNode& node) {
    const Type left = used(*node.left, true);
    const Type right = under(node.left, node.is_and, node.right);
    // « and » gives its left side where that is false, « or » where it is true.
    const std::optional<bool> outcome = left.truth();
    if (outcome == !node.is_and) return left;
    return outcome ? right : left.when(!node.is_and) | right;
}

Type Checker::check(const Node&, const ConditionalNode& node) {
    const std::optional<bool> outcome = used(*node.condition, true).truth();
    if (outcome) report_settled(*node.condition, *outcome);
    const Type yes = under(node.condition, true, node.yes);
    // Without « else » nothing is printed.
    const Type no = node.no ? under(node.condition, false, node.no) : Type::of(Value(""));
    if (outcome) return *outcome ? yes : no;
    return yes | no;
}

}  // namespace paraphe::expression
