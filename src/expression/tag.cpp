// Tags in running text: where they begin and end, and a plain template in pieces.
#include <algorithm>

#include "base/utf8.hpp"
#include "expression/lexer.hpp"
#include "expression/statement.hpp"

namespace paraphe::expression {

namespace {

/// The closer outside literals and, for `}}`, outside braces, as Jinja2's lexer balances them.
std::size_t content_end(std::string_view text, std::size_t from, std::string_view closer) {
    const std::string_view window =
        text.substr(0, std::min(text.size(), from + max_expression_length));
    int depth = 0;
    for (std::size_t i = from; i < window.size();) {
        if (depth == 0 && window.substr(i).starts_with(closer)) return i;
        const auto [c, octets] = utf8::decode(window, i);
        if (is_quote(c)) {
            if (const auto literal = string_literal(window, i)) {
                i = literal->end;
                continue;
            }
        } else if (c == U'{' || c == U'(' || c == U'[') {
            ++depth;
        } else if ((c == U'}' || c == U')' || c == U']') && depth > 0) {
            --depth;
        }
        i += octets;
    }
    // A quote that never closes, or braces out of balance: the parser will say so.
    return text.find(closer, from);
}

std::string_view closer_of(TagKind kind) {
    return kind == TagKind::output ? "}}" : kind == TagKind::statement ? "%}" : "#}";
}

Error unclosed(std::string_view text, const Tag& tag, const LocationMapper& mapper) {
    return Error(ErrorKind::malformed_input,
                 "la balise « " + std::string(text.substr(tag.begin, 2)) + " » n'est pas refermée",
                 mapper ? mapper(tag.begin) : plain_location({}, text)(tag.begin),
                 "fermez-la par « " + std::string(closer_of(tag.kind)) + " »", "P0100");
}

/// As next_tag(); a tag that is never closed has no end (npos).
std::optional<Tag> find_tag(std::string_view text, std::size_t from) {
    for (std::size_t at = text.find('{', from); at != std::string_view::npos;
         at = text.find('{', at + 1)) {
        if (at + 1 == text.size()) return std::nullopt;
        const char mark = text[at + 1];
        if (mark != '{' && mark != '%' && mark != '#') continue;
        Tag out;
        out.kind = mark == '{'   ? TagKind::output
                   : mark == '%' ? TagKind::statement
                                 : TagKind::comment;
        out.begin = at;
        out.content_begin = at + 2;
        if (out.content_begin < text.size() &&
            (text[out.content_begin] == '-' || text[out.content_begin] == '+')) {
            out.trim_before = text[out.content_begin] == '-';
            ++out.content_begin;
        }
        const std::string_view closer = closer_of(out.kind);
        const std::size_t end = out.kind == TagKind::comment
                                    ? text.find(closer, out.content_begin)
                                    : content_end(text, out.content_begin, closer);
        out.content_end = out.end = end;
        if (end == std::string_view::npos) return out;
        out.end = end + 2;
        if (out.content_end > out.content_begin &&
            (text[end - 1] == '-' || (text[end - 1] == '+' && mark != '{'))) {
            out.trim_after = text[end - 1] == '-';
            --out.content_end;
        }
        return out;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Tag> next_tag(std::string_view text, std::size_t from, const LocationMapper& mapper) {
    const auto tag = find_tag(text, from);
    if (tag && tag->end == std::string_view::npos) throw unclosed(text, *tag, mapper);
    return tag;
}

namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

std::string_view trimmed_word(std::string_view content) {
    const auto first = content.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return content.substr(first, content.find_last_not_of(blanks) + 1 - first);
}

/// Looking for the end of each costs up to the whole text.
constexpr std::size_t most_unclosed = 100;

/// The next opener in a tag's content, outside of its literals. Longer contents are refused anyway.
std::size_t opener_within(std::string_view content) {
    if (content.size() > max_expression_length || (content.find("{%") == std::string_view::npos &&
                                                   content.find("{{") == std::string_view::npos))
        return std::string_view::npos;
    for (std::size_t i = 0; i < content.size();) {
        const std::string_view rest = content.substr(i);
        if (rest.starts_with("{%") || rest.starts_with("{{")) return i;
        const auto [c, octets] = utf8::decode(content, i);
        const auto literal = is_quote(c) ? string_literal(content, i) : std::nullopt;
        i = literal ? literal->end : i + octets;
    }
    return std::string_view::npos;
}

class Splitter {
public:
    Splitter(std::string_view text, const LocationMapper& mapper, std::vector<Error>* unclosed)
        : text_(text), mapper_(mapper), unclosed_(unclosed) {}

    std::vector<Piece> run() {
        std::size_t at = 0;
        // Jinja2 drops one newline at the very end of a template.
        if (text_.ends_with("\r\n"))
            text_.remove_suffix(2);
        else if (text_.ends_with('\n'))
            text_.remove_suffix(1);
        while (const auto tag = next(at)) {
            literal(at, tag->begin, tag->trim_before);
            trim_next_ = tag->trim_after;
            at = tag->end;
            const std::string_view content =
                text_.substr(tag->content_begin, tag->content_end - tag->content_begin);
            if (tag->kind == TagKind::comment) continue;
            if (tag->kind == TagKind::statement && trimmed_word(content) == "raw") {
                at = raw(*tag);
                continue;
            }
            pieces_.push_back(
                {tag->kind == TagKind::output ? Piece::Kind::output : Piece::Kind::statement,
                 std::string(content), tag->content_begin, tag->end > tag->content_end});
        }
        literal(at, text_.size(), false);
        return std::move(pieces_);
    }

private:
    /// Where mistakes are collected, a tag that is never closed ends with its line, or where
    /// another begins.
    std::optional<Tag> next(std::size_t from) {
        if (unclosed_ == nullptr) return next_tag(text_, from, mapper_);
        if (unclosed_->size() == most_unclosed) return std::nullopt;
        std::optional<Tag> tag = find_tag(text_, from);
        if (!tag || (tag->kind == TagKind::comment && tag->end != std::string_view::npos))
            return tag;
        const std::string_view content =
            text_.substr(tag->content_begin, tag->content_end - tag->content_begin);
        const std::size_t another = opener_within(content);
        if (tag->end != std::string_view::npos && another == std::string_view::npos) return tag;
        unclosed_->push_back(unclosed(text_, *tag, mapper_));
        tag->content_end = tag->end =
            tag->content_begin + std::min({content.find('\n'), another, content.size()});
        tag->trim_after = false;
        return tag;
    }

    void literal(std::size_t from, std::size_t to, bool trim_end) {
        std::string_view part = text_.substr(from, to - from);
        std::size_t offset = from;
        if (trim_next_) {
            const auto first = std::min(part.find_first_not_of(blanks), part.size());
            part.remove_prefix(first);
            offset += first;
        }
        if (trim_end) {
            const auto last = part.find_last_not_of(blanks);
            part = part.substr(0, last == std::string_view::npos ? 0 : last + 1);
        }
        trim_next_ = false;
        if (!part.empty()) pieces_.push_back({Piece::Kind::text, std::string(part), offset});
    }

    /// Everything up to {% endraw %} is text.
    std::size_t raw(const Tag& opener) {
        for (std::size_t at = text_.find("{%", opener.end); at != std::string_view::npos;
             at = text_.find("{%", at + 2)) {
            const std::size_t end = text_.find("%}", at + 2);
            if (end == std::string_view::npos) break;
            std::string_view content = text_.substr(at + 2, end - at - 2);
            const bool before = content.starts_with('-');
            if (before || content.starts_with('+')) content.remove_prefix(1);
            const bool after = content.ends_with('-');
            if (after || content.ends_with('+')) content.remove_suffix(1);
            if (trimmed_word(content) != "endraw") continue;
            literal(opener.end, at, before);
            trim_next_ = after;
            return end + 2;
        }
        const Error error(ErrorKind::malformed_input, "« raw » n'est pas refermé",
                          mapper_ ? mapper_(opener.begin) : plain_location({}, text_)(opener.begin),
                          "fermez-le par « {% endraw %} »", "P0100");
        if (unclosed_ == nullptr) throw error;
        unclosed_->push_back(error);
        literal(opener.end, text_.size(), false);
        return text_.size();
    }

    std::string_view text_;
    const LocationMapper& mapper_;
    std::vector<Error>* unclosed_;
    std::vector<Piece> pieces_;
    bool trim_next_ = false;
};

}  // namespace

std::vector<Piece> split_template(std::string_view text, const LocationMapper& mapper,
                                  std::vector<Error>* unclosed) {
    return Splitter(text, mapper, unclosed).run();
}

}  // namespace paraphe::expression
