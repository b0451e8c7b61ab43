#include <algorithm>

#include "expression/parser.hpp"

namespace paraphe::expression {

namespace {

/// A chain (a + b + …, a.b.c, a | f | g) makes a tree as deep as it is long.
constexpr int max_depth = 400;

}  // namespace

class Parser::Nesting {
public:
    Nesting(Parser& parser) : parser_(parser) {
        if (++parser_.nesting_ > max_nesting)
            parser_.fail(parser_.current().begin,
                         "l'expression est imbriquée sur plus de " + std::to_string(max_nesting) +
                             " niveaux",
                         "coupez-la en plusieurs « set »", "P0110");
    }
    ~Nesting() { --parser_.nesting_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

private:
    Parser& parser_;
};

template <class T>
NodePtr Parser::make_over(T content, std::size_t begin, std::size_t at, int children_depth) {
    auto node = std::make_shared<Node>();
    node->content = std::move(content);
    node->begin = begin;
    node->end = at_ == 0 ? 0 : tokens_[at_ - 1].end;
    node->at = at;
    node->depth = children_depth + 1;
    if (node->depth > max_depth)
        fail(begin, "l'expression enchaîne plus de " + std::to_string(max_depth) + " opérations",
             "coupez-la en plusieurs « set »", "P0110");
    return node;
}

template <class T>
NodePtr Parser::make(T content, std::size_t begin, std::size_t at,
                     std::initializer_list<const NodePtr*> children) {
    int depth = 0;
    for (const NodePtr* child : children)
        if (*child) depth = std::max(depth, (*child)->depth);
    return make_over(std::move(content), begin, at, depth);
}

Expression Parser::parse_filters_on(std::string name) {
    const std::size_t at = current().begin;
    return finished(filter_expr(make(NameNode{std::move(name)}, at, at)));
}

NodePtr Parser::condexpr() {
    const Nesting nesting(*this);
    NodePtr expr1 = or_();
    while (at_name("if")) {
        const std::size_t at = current().begin;
        ++at_;
        NodePtr expr2 = or_();
        NodePtr expr3;
        if (skip_name("else")) expr3 = condexpr();
        const std::size_t begin = expr1->begin;
        ConditionalNode content{expr2, expr1, expr3};
        expr1 = make(std::move(content), begin, at, {&expr1, &expr2, &expr3});
    }
    return expr1;
}

NodePtr Parser::or_() {
    NodePtr left = and_();
    while (at_name("or")) {
        const std::size_t at = current().begin;
        ++at_;
        NodePtr right = and_();
        left = make(LogicNode{false, left, right}, left->begin, at, {&left, &right});
    }
    return left;
}

NodePtr Parser::and_() {
    NodePtr left = not_();
    while (at_name("and")) {
        const std::size_t at = current().begin;
        ++at_;
        NodePtr right = not_();
        left = make(LogicNode{true, left, right}, left->begin, at, {&left, &right});
    }
    return left;
}

NodePtr Parser::not_() {
    if (!at_name("not")) return compare();
    const Nesting nesting(*this);
    const std::size_t begin = current().begin;
    ++at_;
    NodePtr operand = not_();
    return make(NotNode{operand}, begin, begin, {&operand});
}

NodePtr Parser::compare() {
    NodePtr first = math1();
    std::vector<std::pair<Comparison, NodePtr>> rest;
    const std::size_t at = current().begin;
    int depth = first->depth;
    while (true) {
        Comparison op;
        if (skip_symbol("=="))
            op = Comparison::equal;
        else if (skip_symbol("!="))
            op = Comparison::unequal;
        else if (skip_symbol("<"))
            op = Comparison::less;
        else if (skip_symbol("<="))
            op = Comparison::less_equal;
        else if (skip_symbol(">"))
            op = Comparison::greater;
        else if (skip_symbol(">="))
            op = Comparison::greater_equal;
        else if (skip_name("in"))
            op = Comparison::in;
        else if (at_name("not") && ahead().is(Token::Kind::name, "in")) {
            at_ += 2;
            op = Comparison::not_in;
        } else
            break;
        rest.emplace_back(op, math1());
        depth = std::max(depth, rest.back().second->depth);
    }
    if (rest.empty()) return first;
    const std::size_t begin = first->begin;
    return make_over(CompareNode{std::move(first), std::move(rest)}, begin, at, depth);
}

NodePtr Parser::math1() {
    NodePtr left = concat();
    while (at_symbol("+") || at_symbol("-")) {
        const auto op = at_symbol("+") ? BinaryOperator::add : BinaryOperator::subtract;
        const std::size_t at = current().begin;
        ++at_;
        NodePtr right = concat();
        left = make(BinaryNode{op, left, right}, left->begin, at, {&left, &right});
    }
    return left;
}

NodePtr Parser::concat() {
    NodePtr first = math2();
    if (!at_symbol("~")) return first;
    const std::size_t begin = first->begin;
    const std::size_t at = current().begin;
    int depth = first->depth;
    std::vector<NodePtr> parts{std::move(first)};
    while (skip_symbol("~")) {
        parts.push_back(math2());
        depth = std::max(depth, parts.back()->depth);
    }
    return make_over(ConcatNode{std::move(parts)}, begin, at, depth);
}

NodePtr Parser::math2() {
    NodePtr left = pow();
    while (true) {
        BinaryOperator op;
        if (at_symbol("*"))
            op = BinaryOperator::multiply;
        else if (at_symbol("/"))
            op = BinaryOperator::divide;
        else if (at_symbol("//"))
            op = BinaryOperator::floor_divide;
        else if (at_symbol("%"))
            op = BinaryOperator::modulo;
        else
            return left;
        const std::size_t at = current().begin;
        ++at_;
        NodePtr right = pow();
        left = make(BinaryNode{op, left, right}, left->begin, at, {&left, &right});
    }
}

NodePtr Parser::pow() {
    NodePtr left = unary();
    while (at_symbol("**")) {
        const std::size_t at = current().begin;
        ++at_;
        NodePtr right = unary();
        left =
            make(BinaryNode{BinaryOperator::power, left, right}, left->begin, at, {&left, &right});
    }
    return left;
}

NodePtr Parser::unary(bool with_filter) {
    NodePtr node;
    if (at_symbol("-") || at_symbol("+")) {
        const Nesting nesting(*this);
        const bool plus = at_symbol("+");
        const std::size_t begin = current().begin;
        ++at_;
        NodePtr operand = unary(false);
        node = make(NegateNode{operand, plus}, begin, begin, {&operand});
    } else {
        node = primary();
    }
    node = postfix(std::move(node));
    return with_filter ? filter_expr(std::move(node)) : node;
}

NodePtr Parser::primary() {
    const Token& token = current();
    const std::size_t begin = token.begin;
    switch (token.kind) {
        case Token::Kind::name: {
            std::string name = token.text;
            ++at_;
            if (name == "true" || name == "True" || name == "false" || name == "False")
                return make(LiteralNode{Value(name[0] == 't' || name[0] == 'T')}, begin, begin);
            if (name == "none" || name == "None")
                return make(LiteralNode{Value::none()}, begin, begin);
            return make(NameNode{std::move(name)}, begin, begin);
        }
        case Token::Kind::text: {
            std::string text;
            for (; current().kind == Token::Kind::text; ++at_)
                text += current().text;
            return make(LiteralNode{Value(std::move(text))}, begin, begin);
        }
        case Token::Kind::number: {
            Value value = token.value;
            ++at_;
            return make(LiteralNode{std::move(value)}, begin, begin);
        }
        case Token::Kind::symbol:
            if (token.text == "(") {
                ++at_;
                NodePtr node = tuple(true, {}, true);
                if (!at_symbol(")"))
                    fail(current().begin, "« ) » attendu, " + describe(current()) + " trouvé",
                         "fermez la parenthèse");
                ++at_;
                return node;
            }
            if (token.text == "[") return list();
            if (token.text == "{") return map();
            break;
        case Token::Kind::end:
            fail(begin,
                 tokens_.size() == 1 ? "l'expression est vide"
                                     : "l'expression s'arrête avant la fin",
                 "complétez-la");
    }
    fail(begin, describe(token) + " inattendu ici", "une valeur est attendue à cette place");
}

NodePtr Parser::tuple(bool with_conditional, std::string_view stop, bool explicit_parentheses) {
    const Nesting nesting(*this);
    const std::size_t begin = current().begin;
    std::vector<NodePtr> items;
    bool is_tuple = false;
    int depth = 0;
    while (true) {
        if (!items.empty()) expect_symbol(",");
        if (at_end() || at_symbol(")") || (!stop.empty() && at_name(stop))) break;
        items.push_back(with_conditional ? condexpr() : or_());
        depth = std::max(depth, items.back()->depth);
        if (!at_symbol(",")) break;
        is_tuple = true;
    }
    if (!is_tuple) {
        if (!items.empty()) return items[0];
        if (!explicit_parentheses)
            fail(current().begin,
                 at_end() && tokens_.size() == 1
                     ? "l'expression est vide"
                     : "une expression est attendue, " + describe(current()) + " trouvé",
                 "complétez-la");
    }
    return make_over(ListNode{std::move(items), true}, begin, begin, depth);
}

NodePtr Parser::list() {
    const std::size_t begin = current().begin;
    expect_symbol("[");
    std::vector<NodePtr> items;
    int depth = 0;
    while (!at_symbol("]")) {
        if (!items.empty()) expect_symbol(",");
        if (at_symbol("]")) break;
        items.push_back(condexpr());
        depth = std::max(depth, items.back()->depth);
    }
    expect_symbol("]");
    return make_over(ListNode{std::move(items), false}, begin, begin, depth);
}

NodePtr Parser::map() {
    const std::size_t begin = current().begin;
    expect_symbol("{");
    std::vector<std::pair<NodePtr, NodePtr>> entries;
    int depth = 0;
    while (!at_symbol("}")) {
        if (!entries.empty()) expect_symbol(",");
        if (at_symbol("}")) break;
        NodePtr key = condexpr();
        expect_symbol(":");
        NodePtr value = condexpr();
        depth = std::max({depth, key->depth, value->depth});
        entries.emplace_back(std::move(key), std::move(value));
    }
    expect_symbol("}");
    return make_over(MapNode{std::move(entries)}, begin, begin, depth);
}

NodePtr Parser::postfix(NodePtr node) {
    while (true) {
        if (at_symbol(".") || at_symbol("["))
            node = subscript(std::move(node));
        else if (at_symbol("("))
            node = call(std::move(node));
        else
            return node;
    }
}

NodePtr Parser::filter_expr(NodePtr node) {
    while (true) {
        if (at_symbol("|"))
            node = filter(std::move(node));
        else if (at_name("is"))
            node = test(std::move(node));
        else if (at_symbol("("))
            node = call(std::move(node));
        else
            return node;
    }
}

NodePtr Parser::subscript(NodePtr object) {
    const std::size_t begin = object->begin;
    if (skip_symbol(".")) {
        const Token token = current();
        ++at_;
        if (token.kind == Token::Kind::name)
            return make(AttributeNode{object, token.text}, begin, token.begin, {&object});
        if (token.kind == Token::Kind::number && token.value.is(Kind::integer)) {
            --at_;
            NodePtr index = primary();
            return make(ItemNode{object, index}, begin, token.begin, {&object, &index});
        }
        --at_;
        fail(token.begin,
             "un nom de champ est attendu après le point, " + describe(token) + " trouvé");
    }
    const std::size_t at = current().begin;
    expect_symbol("[");
    const Nesting nesting(*this);
    NodePtr bounds[3];
    bool is_slice = false;
    if (!at_symbol(":")) bounds[0] = condexpr();
    for (int i = 1; i < 3 && at_symbol(":"); ++i) {
        ++at_;
        is_slice = true;
        if (!at_symbol(":") && !at_symbol("]")) bounds[i] = condexpr();
    }
    if (!at_symbol("]"))
        fail(current().begin, "« ] » attendu, " + describe(current()) + " trouvé",
             "fermez le crochet");
    ++at_;
    if (is_slice)
        return make(SliceNode{object, bounds[0], bounds[1], bounds[2]}, begin, at,
                    {&object, &bounds[0], &bounds[1], &bounds[2]});
    return make(ItemNode{object, bounds[0]}, begin, at, {&object, &bounds[0]});
}

CallArguments Parser::call_arguments(int& depth) {
    const Nesting nesting(*this);
    expect_symbol("(");
    CallArguments out;
    bool first = true;
    while (!at_symbol(")")) {
        if (!first) expect_symbol(",");
        if (at_symbol(")")) break;
        first = false;
        if (at_symbol("*") || at_symbol("**"))
            fail(current().begin, "les arguments « * » et « ** » n'existent pas ici",
                 "écrivez les arguments un à un");
        if (current().kind == Token::Kind::name && ahead().is(Token::Kind::symbol, "=")) {
            std::string name = current().text;
            for (const auto& [given, node] : out.named)
                if (given == name)
                    fail(current().begin, "l'argument « " + name + " » est donné deux fois");
            at_ += 2;
            out.named.emplace_back(std::move(name), condexpr());
            depth = std::max(depth, out.named.back().second->depth);
        } else {
            if (!out.named.empty())
                fail(current().begin, "un argument sans nom ne suit pas un argument nommé",
                     "mettez-le avant");
            out.positional.push_back(condexpr());
            depth = std::max(depth, out.positional.back()->depth);
        }
    }
    expect_symbol(")");
    return out;
}

NodePtr Parser::call(NodePtr callee) {
    const std::size_t begin = callee->begin;
    const std::size_t at = callee->at;
    int depth = callee->depth;
    CallArguments arguments = call_arguments(depth);
    return make_over(CallNode{std::move(callee), std::move(arguments)}, begin, at, depth);
}

NodePtr Parser::filter(NodePtr input) {
    expect_symbol("|");
    const std::size_t at = current().begin;
    std::string name = expect_any_name("un nom de filtre");
    int depth = input->depth;
    CallArguments arguments;
    if (at_symbol("(")) arguments = call_arguments(depth);
    const std::size_t begin = input->begin;
    return make_over(FilterNode{std::move(input), std::move(name), std::move(arguments)}, begin, at,
                     depth);
}

NodePtr Parser::test(NodePtr input) {
    expect_name("is");
    const bool negated = skip_name("not");
    const std::size_t at = current().begin;
    std::string name = expect_any_name("un nom de test");
    int depth = input->depth;
    CallArguments arguments;
    const Token& token = current();
    if (at_symbol("(")) {
        arguments = call_arguments(depth);
    } else if ((token.kind == Token::Kind::name && token.text != "else" && token.text != "or" &&
                token.text != "and" && token.text != "if") ||
               token.kind == Token::Kind::text || token.kind == Token::Kind::number ||
               at_symbol("[") || at_symbol("{")) {
        if (at_name("is"))
            fail(token.begin, "les tests « is » ne s'enchaînent pas", "reliez-les par « and »");
        NodePtr argument = postfix(primary());
        depth = std::max(depth, argument->depth);
        arguments.positional.push_back(std::move(argument));
    }
    const std::size_t begin = input->begin;
    return make_over(TestNode{std::move(input), std::move(name), std::move(arguments), negated},
                     begin, at, depth);
}

}  // namespace paraphe::expression
