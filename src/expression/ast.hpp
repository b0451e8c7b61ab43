#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "expression/operations.hpp"
#include "expression/value.hpp"

/// The syntax tree: what the parser makes, the checker and the evaluator read.
namespace paraphe::expression {

struct Node;
using NodePtr = std::shared_ptr<const Node>;

struct CallArguments {
    std::vector<NodePtr> positional;
    std::vector<std::pair<std::string, NodePtr>> named;
};

struct LiteralNode {
    Value value;
};
struct NameNode {
    std::string name;
};
struct AttributeNode {
    NodePtr object;
    std::string name;
};
struct ItemNode {
    NodePtr object;
    NodePtr index;
};
struct SliceNode {
    NodePtr object;
    NodePtr start, stop, step;  ///< null when left out
};
struct CallNode {
    NodePtr callee;  ///< a NameNode (function) or an AttributeNode (method)
    CallArguments arguments;
};
struct FilterNode {
    NodePtr input;
    std::string name;
    CallArguments arguments;
};
struct TestNode {
    NodePtr input;
    std::string name;
    CallArguments arguments;
    bool negated = false;
};
struct NegateNode {
    NodePtr operand;
    bool plus = false;
};
struct NotNode {
    NodePtr operand;
};
struct BinaryNode {
    BinaryOperator op;
    NodePtr left, right;
};
struct ConcatNode {
    std::vector<NodePtr> parts;
};
/// a < b <= c
struct CompareNode {
    NodePtr first;
    std::vector<std::pair<Comparison, NodePtr>> rest;
};
struct LogicNode {
    bool is_and = false;
    NodePtr left, right;
};
struct ConditionalNode {
    NodePtr condition, yes, no;  ///< `no` null when left out
};
struct ListNode {
    std::vector<NodePtr> items;
    bool tuple = false;
};
struct MapNode {
    std::vector<std::pair<NodePtr, NodePtr>> entries;
};

struct Node {
    std::variant<LiteralNode, NameNode, AttributeNode, ItemNode, SliceNode, CallNode, FilterNode,
                 TestNode, NegateNode, NotNode, BinaryNode, ConcatNode, CompareNode, LogicNode,
                 ConditionalNode, ListNode, MapNode>
        content;
    std::size_t begin = 0;  ///< octets of the text
    std::size_t end = 0;
    std::size_t at = 0;  ///< where a message points: the operator's operand, the field's name
    int depth = 1;
};

}  // namespace paraphe::expression
