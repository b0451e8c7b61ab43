#include "expression/checker.hpp"
#include "expression/operator_types.hpp"

namespace paraphe::expression {

namespace {

bool is_zero(const Node& node) {
    const auto* literal = std::get_if<LiteralNode>(&node.content);
    return literal && literal->value.is_number() && literal->value.number().is_zero();
}

}  // namespace

Type Checker::check(const Node& self, const NegateNode& node) {
    const Type operand = used(*node.operand);
    const Type wanted =
        Type::number() | Type(Kind::boolean) | Type(Kind::money) | Type(Kind::duration);
    if (!operand.overlaps(wanted))
        report("P0102", self, "« - » ne s'applique pas à " + operand.description());
    if (operand.is_any()) return operand;
    return operand.is_only(Kind::boolean) ? Type(Kind::integer) : operand;
}

Type Checker::check(const Node&, const NotNode& node) {
    used(*node.operand, true);
    return Kind::boolean;
}

Type Checker::check(const Node& self, const BinaryNode& node) {
    const Type left = used(*node.left);
    const Type right = used(*node.right);
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

Type Checker::check(const Node& self, const CompareNode& node) {
    const Node* left_node = node.first.get();
    const auto loose = [](Comparison op) {
        return op == Comparison::equal || op == Comparison::unequal || op == Comparison::in ||
               op == Comparison::not_in;
    };
    Type left = used(*left_node, loose(node.rest.front().first));
    for (const auto& [op, right_node] : node.rest) {
        const Type right = used(*right_node, op == Comparison::equal || op == Comparison::unequal);
        if (!comparable(op, left, right, is_zero(*left_node) || is_zero(*right_node))) {
            if (op == Comparison::in || op == Comparison::not_in) {
                report("P0102", self,
                       "« in » attend une liste, un texte ou un groupe de champs, pas " +
                           right.description());
            } else {
                const TypeFault fault = operator_fault(symbol(op), left, right, true);
                report(fault.code, self, fault.problem, fault.remedy);
            }
        }
        left = right;
        left_node = right_node.get();
    }
    return Kind::boolean;
}

Type Checker::under(const NodePtr& condition, bool outcome, const NodePtr& part) {
    names_.push();
    assume(*condition, outcome);
    const Type out = type(*part);
    names_.pop();
    return out;
}

Type Checker::check(const Node&, const LogicNode& node) {
    const Type left = used(*node.left, true);
    const Type right = under(node.left, node.is_and, node.right);
    // The left side is the value only where it decides: what « and » gives then is not true.
    return left | right;
}

Type Checker::check(const Node&, const ConditionalNode& node) {
    used(*node.condition, true);
    const Type yes = under(node.condition, true, node.yes);
    // Without « else » nothing is printed.
    if (!node.no) return yes | Type(Kind::text);
    const Type no = under(node.condition, false, node.no);
    return yes | no;
}

}  // namespace paraphe::expression
