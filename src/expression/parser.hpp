#pragma once

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/ast.hpp"
#include "expression/expression.hpp"
#include "expression/lexer.hpp"

namespace paraphe::expression {

/// The grammar of Jinja2 3.1 (jinja2/parser.py), by recursive descent with its procedure names.
/// Faults leave as located Error; construct, parse, then expect_end().
class Parser {
public:
    /// Throws Error for a text that is too long, not UTF-8, or no sequence of tokens.
    Parser(std::string_view text, LocationMapper mapper);

    Expression parse_expression(bool with_conditional = true);
    /// An expression, or several between commas, which make a tuple. A name of `stop` ends it.
    Expression parse_tuple(bool with_conditional = true, std::string_view stop = {});

    /// `| f | g(1)` applied to a name, for the block form of set.
    Expression parse_filters_on(std::string name);

    const Token& current() const { return tokens_[at_]; }
    const Token& ahead() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
    bool at_name(std::string_view word) const { return current().is(Token::Kind::name, word); }
    bool at_symbol(std::string_view text) const { return current().is(Token::Kind::symbol, text); }
    bool at_end() const { return current().kind == Token::Kind::end; }
    bool skip_name(std::string_view word);
    bool skip_symbol(std::string_view text);
    void expect_symbol(std::string_view text);
    void expect_name(std::string_view word);
    std::string expect_any_name(std::string_view what);
    void expect_end();
    [[noreturn]] void fail(std::size_t offset, std::string_view problem,
                           std::string_view remedy = {}, std::string_view code = "P0100") const;
    std::string describe(const Token&) const;

private:
    template <class T>
    NodePtr make(T content, std::size_t begin, std::size_t at,
                 std::initializer_list<const NodePtr*> children = {});
    template <class T>
    NodePtr make_over(T content, std::size_t begin, std::size_t at, int children_depth);

    NodePtr condexpr();
    NodePtr or_();
    NodePtr and_();
    NodePtr not_();
    NodePtr compare();
    NodePtr math1();
    NodePtr concat();
    NodePtr math2();
    NodePtr pow();
    NodePtr unary(bool with_filter = true);
    NodePtr primary();
    NodePtr postfix(NodePtr);
    NodePtr filter_expr(NodePtr);
    NodePtr subscript(NodePtr);
    NodePtr call(NodePtr);
    NodePtr filter(NodePtr);
    NodePtr test(NodePtr);
    NodePtr tuple(bool with_conditional, std::string_view stop, bool explicit_parentheses);
    NodePtr list();
    NodePtr map();
    CallArguments call_arguments(int& depth);
    Expression finished(NodePtr) const;

    /// Counts how deep the descent is, so that no text overflows the stack.
    class Nesting;
    friend class Nesting;

    std::shared_ptr<const std::string> text_;
    std::shared_ptr<const LocationMapper> mapper_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int nesting_ = 0;
};

}  // namespace paraphe::expression
