#include "expression/lexer.hpp"

#include <array>
#include <cstdio>

#include "base/utf8.hpp"
#include "locale/letter_case.hpp"

namespace paraphe::expression {

namespace {

enum class Quote {
    none,
    ascii_double,
    ascii_single,
    typographic_double,
    typographic_single,
    angle
};

Quote quote_kind(char32_t c) {
    switch (c) {
        case U'"':
            return Quote::ascii_double;
        case U'\'':
            return Quote::ascii_single;
        case U'“':
        case U'”':
        case U'„':
        case U'‟':
            return Quote::typographic_double;
        case U'‘':
        case U'’':
        case U'‚':
        case U'‛':
        case U'‹':
        case U'›':
            return Quote::typographic_single;
        case U'«':
        case U'»':
            return Quote::angle;
        default:
            return Quote::none;
    }
}

bool word_at(std::string_view text, std::size_t at) {
    return at < text.size() && locale::is_alphanumeric(utf8::decode(text, at).code_point);
}

/// First octet of the closing quote from `from` on, for one way of closing.
std::optional<std::size_t> closing(std::string_view text, std::size_t from, Quote opened,
                                   bool exact) {
    char32_t before = 0;
    for (std::size_t i = from; i < text.size();) {
        const auto [c, octets] = utf8::decode(text, i);
        if (c == U'\\' && i + 1 < text.size()) {
            i += 1 + utf8::decode(text, i + 1).length;
            before = U'\\';
            continue;
        }
        const Quote kind = quote_kind(c);
        bool closes = false;
        if (exact) {
            closes = kind == opened && (opened != Quote::angle || c == U'»');
            // An apostrophe between two letters is not the end: ‘l’été’.
            if (closes && opened == Quote::typographic_single && locale::is_alphanumeric(before) &&
                word_at(text, i + octets))
                closes = false;
        } else {
            // Writer changed one quote of the pair and not the other.
            const bool twofold = opened == Quote::ascii_double || opened == Quote::angle ||
                                 opened == Quote::typographic_double;
            const bool closes_twofold = kind == Quote::ascii_double || kind == Quote::angle ||
                                        kind == Quote::typographic_double;
            closes = kind != Quote::none && twofold == closes_twofold &&
                     !(locale::is_alphanumeric(before) && word_at(text, i + octets));
        }
        if (closes) return i;
        before = c;
        i += octets;
    }
    return std::nullopt;
}

bool is_blank(char32_t c) {
    return locale::is_space(c) || c == 0xfeff || c == 0x200b;
}

/// Python's escapes in string literals.
std::string unescape(std::string_view raw, std::size_t offset) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size();) {
        if (raw[i] != '\\' || i + 1 == raw.size()) {
            out += raw[i++];
            continue;
        }
        const char c = raw[i + 1];
        const auto hexadecimal = [&](std::size_t digits) {
            char32_t value = 0;
            for (std::size_t k = 0; k < digits; ++k) {
                const std::size_t at = i + 2 + k;
                const char d = at < raw.size() ? raw[at] : '?';
                const int digit = d >= '0' && d <= '9'   ? d - '0'
                                  : d >= 'a' && d <= 'f' ? d - 'a' + 10
                                  : d >= 'A' && d <= 'F' ? d - 'A' + 10
                                                         : -1;
                if (digit < 0)
                    throw SyntaxFault{offset + i, "séquence d'échappement incomplète",
                                      "écrivez \\u suivi de quatre chiffres hexadécimaux"};
                value = value * 16 + static_cast<char32_t>(digit);
            }
            if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
                throw SyntaxFault{
                    offset + i, "cette séquence d'échappement n'est pas un caractère", {}};
            utf8::append(out, value);
            i += 2 + digits;
        };
        static constexpr std::string_view plain = "\\'\"abfnrtv";
        static constexpr std::string_view meant = "\\'\"\a\b\f\n\r\t\v";
        if (const auto at = plain.find(c); at != std::string_view::npos) {
            out += meant[at];
            i += 2;
        } else if (c == '\n') {
            i += 2;
        } else if (c == 'x') {
            hexadecimal(2);
        } else if (c == 'u') {
            hexadecimal(4);
        } else if (c == 'U') {
            hexadecimal(8);
        } else if (c >= '0' && c <= '7') {
            char32_t value = 0;
            std::size_t k = 0;
            for (;
                 k < 3 && i + 1 + k < raw.size() && raw[i + 1 + k] >= '0' && raw[i + 1 + k] <= '7';
                 ++k)
                value = value * 8 + static_cast<char32_t>(raw[i + 1 + k] - '0');
            utf8::append(out, value);
            i += 1 + k;
        } else {
            out += '\\';
            ++i;
        }
    }
    return out;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        while (true) {
            skip_blanks();
            if (at_ == text_.size()) break;
            one();
        }
        push(Token::Kind::end, at_, "");
        return std::move(tokens_);
    }

private:
    void skip_blanks() {
        while (at_ < text_.size()) {
            const auto [c, octets] = utf8::decode(text_, at_);
            if (!is_blank(c)) return;
            at_ += octets;
        }
    }

    void push(Token::Kind kind, std::size_t begin, std::string written) {
        Token token;
        token.kind = kind;
        token.text = std::move(written);
        token.begin = begin;
        token.end = at_;
        tokens_.push_back(std::move(token));
    }

    void one() {
        const auto [c, octets] = utf8::decode(text_, at_);
        if (c >= U'0' && c <= U'9') return number();
        if (c == U'_' || locale::is_letter(c)) return name();
        if (quote_kind(c) != Quote::none) return literal(c);
        symbol(c, octets);
    }

    void name() {
        const std::size_t begin = at_;
        while (at_ < text_.size()) {
            const auto [c, octets] = utf8::decode(text_, at_);
            // Combining accents belong to the letter before; composed below.
            const bool accent = c >= 0x300 && c < 0x370;
            if (c != U'_' && !accent && !locale::is_alphanumeric(c)) break;
            at_ += octets;
        }
        push(Token::Kind::name, begin, locale::compose(text_.substr(begin, at_ - begin)));
    }

    bool digit(std::size_t at) const {
        return at < text_.size() && text_[at] >= '0' && text_[at] <= '9';
    }

    /// Digits with single underscores between them.
    void digits(std::string& into) {
        while (digit(at_) || (at_ < text_.size() && text_[at_] == '_' && digit(at_ + 1))) {
            if (text_[at_] != '_') into += text_[at_];
            ++at_;
        }
    }

    void number() {
        const std::size_t begin = at_;
        // After a point a number is a position: xs.0.1
        const bool position = !tokens_.empty() && tokens_.back().is(Token::Kind::symbol, ".");
        std::string written;
        if (!position && text_[at_] == '0' && at_ + 1 < text_.size()) {
            const char mark = static_cast<char>(text_[at_ + 1] | 0x20);
            if (mark == 'x' || mark == 'o' || mark == 'b') return based(mark);
        }
        digits(written);
        if (!position && at_ < text_.size() && text_[at_] == '.' && digit(at_ + 1)) {
            written += '.';
            ++at_;
            digits(written);
        }
        if (!position && at_ < text_.size() && (text_[at_] | 0x20) == 'e') {
            const std::size_t sign =
                at_ + 1 < text_.size() && (text_[at_ + 1] == '-' || text_[at_ + 1] == '+') ? 1 : 0;
            if (digit(at_ + 1 + sign)) {
                written += 'e';
                if (sign) written += text_[at_ + 1];
                at_ += 1 + sign;
                digits(written);
            }
        }
        const bool integer = written.find_first_of(".e") == std::string::npos;
        if (integer && written.size() > 1 && written[0] == '0' &&
            written.find_first_not_of('0') != std::string::npos)
            throw SyntaxFault{begin, "un nombre ne commence pas par zéro", "écrivez-le sans le 0"};
        const auto value = Decimal::parse(written);
        if (!value || (integer && !value->to_int64()))
            throw SyntaxFault{begin, "le nombre « " + written + " » est trop grand",
                              "un nombre entier tient sur 64 bits, un décimal sur 37 chiffres"};
        if (at_ < text_.size()) {
            const char32_t next = utf8::decode(text_, at_).code_point;
            if (locale::is_letter(next))
                throw SyntaxFault{begin, "un nom ne commence pas par un chiffre",
                                  "séparez le nombre de ce qui suit"};
        }
        push(Token::Kind::number, begin, std::string(text_.substr(begin, at_ - begin)));
        tokens_.back().value = Value(*value);
    }

    void based(char mark) {
        const std::size_t begin = at_;
        at_ += 2;
        const std::int64_t base = mark == 'x' ? 16 : mark == 'o' ? 8 : 2;
        std::int64_t value = 0;
        int count = 0;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '_') continue;
            const int digit = c >= '0' && c <= '9'                     ? c - '0'
                              : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                                       : 99;
            if (digit >= base) break;
            ++count;
            if (__builtin_mul_overflow(value, base, &value) ||
                __builtin_add_overflow(value, static_cast<std::int64_t>(digit), &value))
                throw SyntaxFault{begin, "le nombre est trop grand", "64 bits au plus"};
        }
        if (count == 0)
            throw SyntaxFault{begin, "il manque les chiffres après 0" + std::string(1, mark), {}};
        push(Token::Kind::number, begin, std::string(text_.substr(begin, at_ - begin)));
        tokens_.back().value = Value(value);
    }

    void literal(char32_t opener) {
        const std::size_t begin = at_;
        const auto span = string_literal(text_, at_);
        if (!span)
            throw SyntaxFault{begin,
                              "le guillemet « " + utf8::encode(opener) + " » n'est pas refermé",
                              "fermez le texte par le même guillemet"};
        at_ = span->end;
        push(Token::Kind::text, begin,
             unescape(text_.substr(span->content_begin, span->content_end - span->content_begin),
                      span->content_begin));
    }

    void symbol(char32_t c, std::size_t octets) {
        static constexpr std::array<std::string_view, 23> symbols = {
            "**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~",
            "[",  "]",  "(",  ")",  "{",  "}",  ">", "<", "=", "|", ","};
        const std::size_t begin = at_;
        for (const std::string_view each : symbols) {
            if (text_.substr(at_).substr(0, each.size()) != each) continue;
            at_ += each.size();
            return push(Token::Kind::symbol, begin, std::string(each));
        }
        if (c == U'.' || c == U':') {
            at_ += 1;
            return push(Token::Kind::symbol, begin, std::string(1, static_cast<char>(c)));
        }
        const std::string_view plain = c == U'≥'   ? ">="
                                       : c == U'≤' ? "<="
                                       : c == U'≠' ? "!="
                                       : c == U'−' ? "-"
                                       : c == U'×' ? "*"
                                                   : "";
        if (!plain.empty()) {
            at_ += octets;
            return push(Token::Kind::symbol, begin, std::string(plain));
        }
        // Writer turns a hyphen that follows a space into a dash.
        if ((c == U'–' || c == U'—') && spaced_before(begin)) {
            at_ += octets;
            return push(Token::Kind::symbol, begin, "-");
        }
        char code[16];
        std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(c));
        if (c == U'–' || c == U'—')
            throw SyntaxFault{
                begin,
                "le tiret « " + utf8::encode(c) + " » (" + code + ") n'est pas un signe moins",
                "écrivez « - » entre deux espaces"};
        const std::string shown = c < 0x20 ? std::string() : "« " + utf8::encode(c) + " » ";
        throw SyntaxFault{begin,
                          "caractère " + shown + "(" + code + ") inattendu dans une expression",
                          "retirez-le"};
    }

    bool spaced_before(std::size_t begin) const {
        return tokens_.empty() || tokens_.back().end < begin || tokens_.back().text == "(" ||
               tokens_.back().text == "[" || tokens_.back().text == ",";
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

bool is_quote(char32_t c) {
    return quote_kind(c) != Quote::none;
}

std::optional<LiteralSpan> string_literal(std::string_view text, std::size_t from) {
    if (from >= text.size()) return std::nullopt;
    const auto [opener, octets] = utf8::decode(text, from);
    const Quote opened = quote_kind(opener);
    if (opened == Quote::none) return std::nullopt;
    std::size_t begin = from + octets;
    auto end = closing(text, begin, opened, true);
    if (!end) end = closing(text, begin, opened, false);
    if (!end) return std::nullopt;
    LiteralSpan out{begin, *end, *end + utf8::decode(text, *end).length,
                    opened != Quote::ascii_double && opened != Quote::ascii_single};
    if (opened == Quote::angle) {
        // French typography puts a no-break space inside the guillemets; it is not content.
        const auto blank = [&](std::size_t at) {
            const char32_t c = utf8::decode(text, at).code_point;
            return c == U' ' || c == 0xa0 || c == 0x202f;
        };
        if (out.content_begin < out.content_end && blank(out.content_begin))
            out.content_begin += utf8::decode(text, out.content_begin).length;
        for (const std::string_view space : {" ", "\u00a0", "\u202f"}) {
            const auto content =
                text.substr(out.content_begin, out.content_end - out.content_begin);
            if (!content.ends_with(space)) continue;
            out.content_end -= space.size();
            break;
        }
    }
    return out;
}

std::vector<Token> tokenize(std::string_view text) {
    return Lexer(text).run();
}

}  // namespace paraphe::expression
