#include "expression/expression.hpp"

#include <algorithm>
#include <memory>

#include "base/utf8.hpp"
#include "expression/ast.hpp"
#include "expression/parser.hpp"

namespace paraphe::expression {

LocationMapper plain_location(std::string source, std::string_view octets, int first_line) {
    // Every expression of a template keeps its mapper: they share one text.
    return [source = std::move(source), shared = std::make_shared<const std::string>(octets),
            first_line](std::size_t offset) -> Location {
        const std::string& text = *shared;
        int line = first_line;
        int column = 1;
        for (std::size_t i = 0; i < std::min(offset, text.size());) {
            const auto [c, length] = utf8::decode(text, i);
            if (c == U'\n') {
                ++line;
                column = 1;
            } else {
                ++column;
            }
            i += length;
        }
        return {source, line, column, {}};
    };
}

Expression parse(std::string_view text, LocationMapper mapper) {
    Parser parser(text, std::move(mapper));
    Expression out = parser.parse_expression();
    parser.expect_end();
    return out;
}

Location Expression::where(std::size_t offset) const {
    if (mapper_) return (*mapper_)(offset);
    return plain_location({}, *text_)(offset);
}

std::optional<Value> Expression::literal() const {
    if (const auto* node = std::get_if<LiteralNode>(&root_->content)) return node->value;
    return std::nullopt;
}

std::optional<std::string> Expression::first_name() const {
    const Node* node = root_.get();
    while (true) {
        if (const auto* name = std::get_if<NameNode>(&node->content)) return name->name;
        if (const auto* attribute = std::get_if<AttributeNode>(&node->content))
            node = attribute->object.get();
        else if (const auto* item = std::get_if<ItemNode>(&node->content))
            node = item->object.get();
        else
            return std::nullopt;
    }
}

std::optional<std::string> Expression::called_function() const {
    const auto* call = std::get_if<CallNode>(&root_->content);
    if (!call) return std::nullopt;
    if (const auto* name = std::get_if<NameNode>(&call->callee->content)) return name->name;
    return std::nullopt;
}

std::vector<Expression> Expression::call_arguments() const {
    std::vector<Expression> out;
    if (const auto* call = std::get_if<CallNode>(&root_->content))
        for (const NodePtr& argument : call->arguments.positional)
            out.emplace_back(argument, text_, mapper_);
    return out;
}

std::size_t Expression::begin() const {
    return root_->begin;
}
std::size_t Expression::end() const {
    return root_->end;
}

}  // namespace paraphe::expression
