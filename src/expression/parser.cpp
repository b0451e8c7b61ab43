#include "expression/parser.hpp"

#include <algorithm>

#include "base/suggestion.hpp"
#include "base/utf8.hpp"

namespace paraphe::expression {

namespace {

const std::vector<std::string> keywords = {"and", "or",   "not",  "in",    "is",
                                           "if",  "else", "true", "false", "none"};

}  // namespace

Parser::Parser(std::string_view text, LocationMapper mapper)
    : text_(std::make_shared<const std::string>(text)),
      mapper_(mapper ? std::make_shared<const LocationMapper>(std::move(mapper)) : nullptr) {
    if (text.size() > max_expression_length)
        fail(0, "l'expression dépasse " + std::to_string(max_expression_length) + " octets",
             "coupez-la en plusieurs « set »", "P0110");
    if (!utf8::is_valid(text))
        fail(0, "l'expression n'est pas en UTF-8", "réenregistrez-la en UTF-8");
    try {
        tokens_ = tokenize(*text_);
    } catch (const SyntaxFault& fault) {
        fail(fault.offset, fault.problem, fault.remedy, fault.code);
    }
}

void Parser::fail(std::size_t offset, std::string_view problem, std::string_view remedy,
                  std::string_view code) const {
    const Location where =
        mapper_ ? (*mapper_)(offset) : plain_location({}, *text_)(std::min(offset, text_->size()));
    throw Error(ErrorKind::malformed_input, std::string(problem), where, std::string(remedy),
                std::string(code));
}

std::string Parser::describe(const Token& token) const {
    if (token.kind == Token::Kind::end) return "la fin de l'expression";
    return "« " + text_->substr(token.begin, token.end - token.begin) + " »";
}

bool Parser::skip_name(std::string_view word) {
    if (!at_name(word)) return false;
    ++at_;
    return true;
}

bool Parser::skip_symbol(std::string_view text) {
    if (!at_symbol(text)) return false;
    ++at_;
    return true;
}

void Parser::expect_symbol(std::string_view text) {
    if (!skip_symbol(text))
        fail(current().begin,
             "« " + std::string(text) + " » attendu, " + describe(current()) + " trouvé");
}

void Parser::expect_name(std::string_view word) {
    if (!skip_name(word))
        fail(current().begin,
             "« " + std::string(word) + " » attendu, " + describe(current()) + " trouvé");
}

std::string Parser::expect_any_name(std::string_view what) {
    if (current().kind != Token::Kind::name)
        fail(current().begin, std::string(what) + " attendu, " + describe(current()) + " trouvé");
    return tokens_[at_++].text;
}

void Parser::expect_end() {
    if (at_end()) return;
    std::string remedy;
    if (current().kind == Token::Kind::name)
        if (const auto near = nearest(current().text, keywords); near && *near != current().text)
            remedy = "vouliez-vous « " + *near + " » ?";
    if (at_symbol("=")) remedy = "pour comparer, écrivez « == »";
    fail(current().begin, describe(current()) + " inattendu ici", remedy);
}

Expression Parser::finished(NodePtr root) const {
    return Expression(std::move(root), text_, mapper_);
}

Expression Parser::parse_expression(bool with_conditional) {
    return finished(with_conditional ? condexpr() : or_());
}

Expression Parser::parse_tuple(bool with_conditional, std::string_view stop) {
    return finished(tuple(with_conditional, stop, false));
}
}  // namespace paraphe::expression
