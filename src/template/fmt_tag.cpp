// One tag, told plainly.
#include <algorithm>

#include "base/utf8.hpp"
#include "expression/lexer.hpp"
#include "expression/statement.hpp"
#include "template/fmt.hpp"

namespace paraphe::tmpl {

namespace {

using expression::Token;

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// White space between two tokens: one plain space instead of what Writer put there.
void add_gap(std::string& out, std::string_view text, std::size_t from, std::size_t to,
             const std::vector<bool>& odd) {
    bool plain = true;
    for (std::size_t i = from; i < to; ++i)
        plain = plain && is_space(text[i]) && !odd[i];
    if (plain)
        out += text.substr(from, to - from);
    else
        out += ' ';
}

bool is_single(char32_t quote) {
    constexpr std::u32string_view single = U"'‘’‚‛‹›";
    return single.find(quote) != std::u32string_view::npos;
}

/// The literal between plain quotes; its content stays.
void add_literal(std::string& out, std::string_view content, const Token& token) {
    const std::string_view written = content.substr(token.begin, token.end - token.begin);
    const auto span = expression::string_literal(content, token.begin);
    if (!span || (!span->typographic && written.back() == written.front())) {
        out += written;
        return;
    }
    const std::string_view inner =
        content.substr(span->content_begin, span->content_end - span->content_begin);
    const bool single = is_single(utf8::decode(written, 0).code_point);
    const char first = single ? '\'' : '"', second = single ? '"' : '\'';
    const char quote = inner.find(first) == std::string_view::npos    ? first
                       : inner.find(second) == std::string_view::npos ? second
                                                                      : '\0';
    if (quote == '\0') {
        out += written;
        return;
    }
    out += quote;
    out += inner;
    out += quote;
}

bool same(const std::vector<Token>& a, const std::vector<Token>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Token& x, const Token& y) {
        return x.kind == y.kind && x.text == y.text;
    });
}

}  // namespace

std::string plain_tag(std::string_view tag, const std::vector<bool>& odd) {
    const auto found = expression::next_tag(tag, 0);
    if (!found || found->begin != 0 || found->end != tag.size() ||
        found->kind == expression::TagKind::comment)
        return std::string(tag);
    const std::string_view content =
        tag.substr(found->content_begin, found->content_end - found->content_begin);
    const std::vector<bool> odd_content(
        odd.begin() + static_cast<std::ptrdiff_t>(found->content_begin),
        odd.begin() + static_cast<std::ptrdiff_t>(found->content_end));
    std::string out(tag.substr(0, found->content_begin));
    try {
        const std::vector<Token> tokens = expression::tokenize(content);
        std::size_t at = 0;
        for (const Token& token : tokens) {
            if (token.kind == Token::Kind::end) break;
            add_gap(out, content, at, token.begin, odd_content);
            if (token.kind == Token::Kind::text)
                add_literal(out, content, token);
            else if (token.kind == Token::Kind::number)
                out += content.substr(token.begin, token.end - token.begin);
            else
                out += token.text;
            at = token.end;
        }
        add_gap(out, content, at, content.size(), odd_content);
        const std::string made = out.substr(found->content_begin);
        // What would be read otherwise stays as it was.
        if (!same(tokens, expression::tokenize(made))) return std::string(tag);
    } catch (const expression::SyntaxFault&) {
        return std::string(tag);
    }
    out += tag.substr(found->content_end);
    return out;
}

}  // namespace paraphe::tmpl
