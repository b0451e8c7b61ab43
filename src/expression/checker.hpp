#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/ast.hpp"
#include "expression/check.hpp"
#include "expression/registry.hpp"

/// The walk behind check.hpp. Private to expression/.
namespace paraphe::expression {

/// "menage.conjoint", "xs[0].nom": what can be narrowed; empty for anything else.
std::string path_of(const Node& node);

/// Gives every node of one expression its type, and reports what cannot be.
class Checker {
public:
    Checker(const Expression& expression, const TypeEnvironment& names, const Registry& registry)
        : expression_(expression), names_(names), registry_(registry) {}

    Type type(const Node& node) {
        return std::visit([&](const auto& content) { return check(node, content); }, node.content);
    }
    /// The type of a value that is used: undefined and none are faults.
    Type used(const Node& node, bool none_allowed = false);
    /// The same for a type found already.
    Type defined(const Node& node, Type found, bool none_allowed = false);
    void report(std::string code, const Node& node, std::string message, std::string remedy = {},
                Severity severity = Severity::error);
    /// Narrows the names by a condition that came out so.
    void assume(const Node& node, bool outcome);
    /// What the names are known to be, after assume().
    const TypeEnvironment& names() const { return names_; }
    Findings take() { return std::move(findings_); }

private:
    // checker.cpp: data, and what is built of them
    /// What conditions proved of this path, else what was found.
    Type narrowed(const Node& node, Type found) const;
    Type check(const Node&, const LiteralNode& node);
    Type check(const Node& self, const NameNode& node);
    Type member(const Node& self, const Node& object_node, const std::string& name);
    Type check(const Node& self, const AttributeNode& node);
    Type check(const Node& self, const ItemNode& node);
    Type check(const Node& self, const SliceNode& node);
    Type check(const Node&, const ListNode& node);
    Type check(const Node&, const MapNode& node);

    // checker_calls.cpp: functions, filters, tests and methods
    Type call(const Node& self, const Entry& entry, const Node* subject,
              const CallArguments& arguments);
    void check_argument(const Entry& entry, const Parameter& parameter, bool is_subject,
                        const Node& node, const Type& found);
    /// attribute='a.b' speaks of fields of the elements.
    std::optional<Type> path_type(Type element, std::string_view path, const Node& node);
    void check_attribute_paths(const Entry& entry, const std::vector<const Node*>& nodes,
                               const Deduction& deduction, const CallArguments&);
    Type mapped(const Deduction& deduction, const CallArguments& arguments);
    void visit_arguments(const CallArguments& arguments);
    Type unknown(const Node& self, Role role, const std::string& what, const std::string& name,
                 const CallArguments& arguments);
    Type check(const Node& self, const CallNode& node);
    Type check(const Node& self, const FilterNode& node);
    Type check(const Node& self, const TestNode& node);

    // checker_operators.cpp
    Type check(const Node& self, const NegateNode& node);
    Type check(const Node&, const NotNode& node);
    Type check(const Node& self, const BinaryNode& node);
    Type check(const Node&, const ConcatNode& node);
    Type check(const Node& self, const CompareNode& node);
    /// The type of a part that is only reached when the condition came out so.
    Type under(const NodePtr& condition, bool outcome, const NodePtr& part);
    Type check(const Node&, const LogicNode& node);
    Type check(const Node&, const ConditionalNode& node);

    // checker_conditions.cpp: what a condition proves
    void assume_test(const TestNode& test, bool holds);
    void narrow(const Node& node, Kind kind, bool is_kind);
    void narrow_to(const Node& node, const Type& kinds);
    void narrow_path(const Node& node, const Type& proved);
    Type silently(const Node& node);

    const Expression& expression_;
    TypeEnvironment names_;
    const Registry& registry_;
    Findings findings_;
};

}  // namespace paraphe::expression
