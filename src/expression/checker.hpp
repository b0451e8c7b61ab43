#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "expression/ast.hpp"
#include "expression/check.hpp"
#include "expression/registry.hpp"

/// The walk behind check.hpp. Private to expression/.
namespace paraphe::expression {

/// "menage.conjoint", "xs[0].nom": what can be narrowed; empty for anything else.
std::string path_of(const Node& node);
/// The number that is written as an index, -1 too.
std::optional<std::int64_t> literal_index(const Node& node);
/// "« a », « b » ou « c »", as written in templates.
std::string alternatives(const std::vector<Value>& values);

/// Gives every node of one expression its type, and reports what cannot be. A boolean whose outcome
/// is settled has that one value in its type.
class Checker {
public:
    Checker(const Expression& expression, TypeEnvironment& names, const Registry& registry)
        : expression_(expression), names_(names), registry_(registry) {}

    Type type(const Node& node) {
        return std::visit([&](const auto& content) { return check(node, content); }, node.content);
    }
    /// The same without reports.
    Type silently(const Node& node);
    /// The type of a value that is used: undefined and none are faults.
    Type used(const Node& node, bool none_allowed = false);
    /// The same for a type found already.
    Type defined(const Node& node, Type found, bool none_allowed = false);
    void report(std::string code, const Node& node, std::string message, std::string remedy = {},
                Severity severity = Severity::error);
    /// "toujours vraie": a condition that decides nothing.
    void report_settled(const Node& condition, bool outcome);
    /// Narrows the names by a condition that came out so.
    void assume(const Node& node, bool outcome);
    Findings take() { return std::move(findings_); }

private:
    // checker.cpp: data, and what is built of them
    Type check(const Node&, const LiteralNode& node);
    Type check(const Node& self, const NameNode& node);
    Type member(const Node& self, const Node& object_node, const std::string& name);
    Type object_member(const Node& self, const Type& object, const std::string& name);
    Type check(const Node& self, const AttributeNode& node);
    Type check(const Node& self, const ItemNode& node);
    Type check(const Node& self, const SliceNode& node);
    Type check(const Node&, const ListNode& node);
    Type check(const Node&, const MapNode& node);

    // checker_missing.cpp: what may be missing, and the guard to write
    struct Missing {
        std::string problem, remedy;
    };
    Missing missing(const Node& node);
    std::optional<Missing> known_guard(const Node& node, const std::string& path);

    // checker_calls.cpp: functions, filters, tests and methods
    Type call(const Node& self, const Entry& entry, const Node* subject,
              const CallArguments& arguments);
    void check_argument(const Entry& entry, const Parameter& parameter, bool is_subject,
                        const Node& node, const Type& found);
    /// attribute='a.b' speaks of fields of the elements.
    std::optional<Type> path_type(Type element, std::string_view path, const Node& node);
    void check_attribute_paths(const Entry& entry, const std::vector<const Node*>& nodes,
                               const Deduction& deduction);
    Type mapped(const Deduction& deduction, const CallArguments& arguments);
    /// selectattr('x', 'eq', 'v'): v must be a value of x; what is left has it.
    Type selected(const Entry& entry, const std::vector<const Node*>& nodes,
                  const Deduction& deduction, Type result);
    void visit_arguments(const CallArguments& arguments);
    Type unknown(const Node& self, Role role, const std::string& what, const std::string& name,
                 const CallArguments& arguments);
    Type check(const Node& self, const CallNode& node);
    Type check(const Node& self, const FilterNode& node);
    /// What the test gives for all values of the input's type.
    std::optional<bool> tested(const Node& self, const TestNode& node);
    Type check(const Node& self, const TestNode& node);

    // checker_operators.cpp
    Type check(const Node& self, const NegateNode& node);
    Type check(const Node&, const NotNode& node);
    Type check(const Node& self, const BinaryNode& node);
    Type check(const Node&, const ConcatNode& node);
    /// The type of a part that is only reached when the condition came out so.
    Type under(const NodePtr& condition, bool outcome, const NodePtr& part);
    Type check(const Node&, const LogicNode& node);
    Type check(const Node&, const ConditionalNode& node);

    // checker_comparisons.cpp
    Type check(const Node& self, const CompareNode& node);
    /// Equality or membership: reports values that the schema does not list, and kinds that are
    /// never equal; gives the outcome if it is settled.
    std::optional<bool> compared(const Node& self, bool membership, const Type& left,
                                 const Node& left_node, const Type& right, const Node& right_node);
    /// False when a literal (or a literal list's item) is not among the values that the schema
    /// lists; reports it.
    bool check_listed(const Type& subject, const std::string& path, const Node& literal);

    // checker_conditions.cpp: what a condition proves
    void assume_logic(const LogicNode& node, bool outcome);
    void assume_comparison(const CompareNode& node, bool outcome);
    void assume_test(const TestNode& test, bool holds);
    /// The node equals (or does not equal) one of these values.
    void assume_among(const Node& node, const std::vector<Value>& values, bool holds);
    void narrow(const Node& node, Kind kind, bool is_kind);
    void narrow_to(const Node& node, const Type& kinds);
    void refine(const Node& node, const Type& now);

    const Expression& expression_;
    TypeEnvironment& names_;
    const Registry& registry_;
    Findings findings_;
    std::set<std::tuple<std::size_t, std::size_t, std::string>> reported_;
    int silent_ = 0;
    int work_ = 0;  ///< of assume(), which could branch without end
};

/// P0117, without a place.
Finding never_comes(std::string message, std::string remedy);
/// The comparison that a test of this name makes: eq, ne, in; nullopt for the others.
std::optional<Comparison> comparison_of(std::string_view test);
/// The scalar literals that a node writes: one, or those of a list; nullopt for anything else.
std::optional<std::vector<Value>> literals_of(const Node& node);

}  // namespace paraphe::expression
