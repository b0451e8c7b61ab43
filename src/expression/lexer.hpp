#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/value.hpp"

namespace paraphe::expression {

struct Token {
    enum class Kind { name, text, number, symbol, end };

    Kind kind = Kind::end;
    std::string text;  ///< of a name (NFC), the plain form of a symbol, the content of a text
    Value value;       ///< of a number
    std::size_t begin = 0;
    std::size_t end = 0;

    bool is(Kind kind_wanted, std::string_view wanted) const {
        return kind == kind_wanted && text == wanted;
    }
};

/// A fault at an octet of the text; the parser gives it a place.
struct SyntaxFault {
    std::size_t offset;
    std::string problem;
    std::string remedy;
    std::string code = "P0100";
};

/// All tokens, the last of kind `end`. Throws SyntaxFault (caught by the parser).
std::vector<Token> tokenize(std::string_view text);

/// A string literal that begins at `from` (which is at a quote): where its content and itself end.
struct LiteralSpan {
    std::size_t content_begin;
    std::size_t content_end;
    std::size_t end;
    bool typographic;  ///< then its backslashes are escapes all the same
};
/// nullopt when `from` is not at a quote, or the literal never ends.
std::optional<LiteralSpan> string_literal(std::string_view text, std::size_t from);
bool is_quote(char32_t);

}  // namespace paraphe::expression
