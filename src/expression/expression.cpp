#include "expression/expression.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "expression/ast.hpp"
#include "expression/parser.hpp"

namespace paraphe::expression {

namespace {

/// A text with a mark every few octets: finding a place takes the same time everywhere in it.
class MarkedText {
public:
    MarkedText(std::string_view text, int first_line) : text_(text), marks_{{0, first_line, 1}} {
        for (Mark at = marks_[0]; at.offset < text_.size(); step(at))
            if (at.offset >= marks_.back().offset + distance) marks_.push_back(at);
    }

    std::pair<int, int> line_and_column(std::size_t offset) const {
        Mark at = *std::prev(std::upper_bound(
            marks_.begin(), marks_.end(), offset,
            [](std::size_t wanted, const Mark& mark) { return wanted < mark.offset; }));
        while (at.offset < std::min(offset, text_.size()))
            step(at);
        return {at.line, at.column};
    }

private:
    static constexpr std::size_t distance = 1024;
    struct Mark {
        std::size_t offset;
        int line, column;
    };

    void step(Mark& at) const {
        const auto [c, length] = utf8::decode(text_, at.offset);
        at = c == U'\n' ? Mark{at.offset + length, at.line + 1, 1}
                        : Mark{at.offset + length, at.line, at.column + 1};
    }

    std::string text_;
    std::vector<Mark> marks_;
};

}  // namespace

LocationMapper plain_location(std::string source, std::string_view octets, int first_line) {
    // Every expression of a template keeps its mapper: they share one text.
    return [source = std::move(source), text = std::make_shared<const MarkedText>(
                                            octets, first_line)](std::size_t offset) -> Location {
        const auto [line, column] = text->line_and_column(offset);
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
