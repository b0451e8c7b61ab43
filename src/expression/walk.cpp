#include "expression/walk.hpp"

#include <set>

namespace paraphe::expression {

namespace {

using Visit = std::function<void(const Node&)>;

void visit_all(const CallArguments& arguments, const Visit& visit) {
    for (const NodePtr& each : arguments.positional)
        visit(*each);
    for (const auto& [keyword, each] : arguments.named)
        visit(*each);
}

struct Children {
    const Visit& visit;

    void operator()(const LiteralNode&) const {}
    void operator()(const NameNode&) const {}
    void operator()(const AttributeNode& node) const { visit(*node.object); }
    void operator()(const ItemNode& node) const {
        visit(*node.object);
        visit(*node.index);
    }
    void operator()(const SliceNode& node) const {
        visit(*node.object);
        for (const NodePtr* each : {&node.start, &node.stop, &node.step})
            if (*each) visit(**each);
    }
    void operator()(const CallNode& node) const {
        if (!std::holds_alternative<NameNode>(node.callee->content)) visit(*node.callee);
        visit_all(node.arguments, visit);
    }
    void operator()(const FilterNode& node) const {
        visit(*node.input);
        visit_all(node.arguments, visit);
    }
    void operator()(const TestNode& node) const {
        visit(*node.input);
        visit_all(node.arguments, visit);
    }
    void operator()(const NegateNode& node) const { visit(*node.operand); }
    void operator()(const NotNode& node) const { visit(*node.operand); }
    void operator()(const BinaryNode& node) const {
        visit(*node.left);
        visit(*node.right);
    }
    void operator()(const ConcatNode& node) const {
        for (const NodePtr& each : node.parts)
            visit(*each);
    }
    void operator()(const CompareNode& node) const {
        visit(*node.first);
        for (const auto& [op, each] : node.rest)
            visit(*each);
    }
    void operator()(const LogicNode& node) const {
        visit(*node.left);
        visit(*node.right);
    }
    void operator()(const ConditionalNode& node) const {
        visit(*node.condition);
        visit(*node.yes);
        if (node.no) visit(*node.no);
    }
    void operator()(const ListNode& node) const {
        for (const NodePtr& each : node.items)
            visit(*each);
    }
    void operator()(const MapNode& node) const {
        for (const auto& [key, value] : node.entries) {
            visit(*key);
            visit(*value);
        }
    }
};

}  // namespace

void each_child(const Node& node, const Visit& visit) {
    std::visit(Children{visit}, node.content);
}

void each_name(const Node& node, const std::function<void(const std::string&)>& visit) {
    if (const auto* name = std::get_if<NameNode>(&node.content)) visit(name->name);
    each_child(node, [&](const Node& child) { each_name(child, visit); });
}

std::optional<std::string> data_path(const Node& node, const StandsFor& stands_for) {
    if (const auto* name = std::get_if<NameNode>(&node.content)) return stands_for(name->name);
    if (const auto* attribute = std::get_if<AttributeNode>(&node.content)) {
        const auto object = data_path(*attribute->object, stands_for);
        return object ? std::optional(*object + "." + attribute->name) : std::nullopt;
    }
    if (const auto* item = std::get_if<ItemNode>(&node.content)) {
        const auto object = data_path(*item->object, stands_for);
        if (!object) return std::nullopt;
        if (const auto* key = std::get_if<LiteralNode>(&item->index->content);
            key != nullptr && key->value.is_text())
            return *object + "." + key->value.text();
        return *object + "[]";
    }
    if (const auto* filter = std::get_if<FilterNode>(&node.content)) {
        static const std::set<std::string, std::less<>> same_items{
            "sort", "selectattr", "rejectattr", "select", "reject", "reverse", "list", "unique"};
        const bool same = same_items.contains(filter->name);
        if (!same && filter->name != "first" && filter->name != "last") return std::nullopt;
        const auto input = data_path(*filter->input, stands_for);
        return input && !same ? std::optional(*input + "[]") : input;
    }
    return std::nullopt;
}

}  // namespace paraphe::expression
