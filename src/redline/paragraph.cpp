#include "redline/paragraph.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "expression/statement.hpp"
#include "odf/odf.hpp"
#include "redline/tags.hpp"

namespace paraphe::redline {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;

bool holds_own_text(Name name) {
    static const Name note("text:note"), frame("draw:frame"), shape("draw:custom-shape"),
        group("draw:g");
    return name == note || name == frame || name == shape || name == group;
}

/// What a reader calls a field.
std::string field_words(const Element& field) {
    const std::string& name = field.name.str();
    if (name == "text:page-number") return "⟨numéro de page⟩";
    if (name == "text:page-count") return "⟨nombre de pages⟩";
    if (name.ends_with("date")) return "⟨date⟩";
    if (name.ends_with("time")) return "⟨heure⟩";
    const std::string shown = odf::plain_text(field);
    return shown.empty() ? "⟨champ⟩" : "⟨" + shown + "⟩";
}

class Reader {
public:
    explicit Reader(Paragraph& out) : out_(out) {}

    void read(const Element& element) {
        static const Name space("text:s"), tab("text:tab"), line_break("text:line-break"),
            span("text:span"), style("text:style-name");
        for (const odf::Node& node : element.children) {
            if (const auto* text = std::get_if<odf::Text>(&node)) {
                characters(*text);
                continue;
            }
            const ElementPtr& child = std::get<ElementPtr>(node);
            const Name name = child->name;
            if (name == space || name == tab || name == line_break) {
                open_run(child->provenance);
                out_.text += odf::plain_text(*child);
                after_space_ = false;
            } else if (is_silent(name)) {
                continue;
            } else if (is_transparent(name)) {
                const bool styled = name == span && child->attribute(style) != nullptr;
                if (styled) styles_.push_back(*child->attribute(style));
                changed_ = changed_ || styled;
                read(*child);
                if (styled) styles_.pop_back();
                changed_ = changed_ || styled;
            } else {
                object(child);
            }
        }
    }

private:
    void open_run(const odf::ProvenancePtr& provenance) {
        if (!changed_ && !out_.runs.empty()) return;
        out_.runs.push_back({out_.text.size(), styles_, provenance});
        changed_ = false;
    }

    void characters(const odf::Text& text) {
        if (text.text.empty()) return;
        open_run(text.provenance);
        for (const char c : text.text) {
            const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (blank && after_space_) continue;
            after_space_ = blank;
            out_.text += blank ? ' ' : c;
        }
    }

    void object(const ElementPtr& element) {
        open_run(element->provenance);
        Object made{out_.text.size(), element, {}, {}, holds_own_text(element->name)};
        static const Name note("text:note");
        if (element->name == note) {
            made.key = "note";
            made.words = "⟨note⟩";
        } else if (made.own_text) {
            made.key = "cadre";
            made.words = "⟨cadre⟩";
        } else {
            static const Name name("text:name"), ref("text:ref-name"),
                format("text:reference-format");
            made.key = "champ " + element->name.str();
            for (const Name each : {name, ref, format})
                made.key += " " + std::string(element->attribute_or_empty(each));
            made.words = field_words(*element);
        }
        out_.objects.push_back(std::move(made));
        out_.text += object_mark;
        after_space_ = false;
    }

    Paragraph& out_;
    std::vector<std::string> styles_;
    bool changed_ = false, after_space_ = true;
};

bool is_space(char32_t c) {
    return c == U' ' || c == 0xA0 || c == 0x202F || c == 0x2009;
}

bool is_ignored(char32_t c) {
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

bool is_apostrophe(char32_t c) {
    return c == U'\'' || c == 0x2019;
}

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

/// Letters and digits of all scripts: whatever is no ASCII sign and no mark of punctuation.
bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || is_digit(c);
    if (c < 0xC0) return c == 0xAA || c == 0xB2 || c == 0xB3 || c == 0xB5 || c == 0xB9 || c == 0xBA;
    if (c == 0xD7 || c == 0xF7 || c == 0xFFFC) return false;
    return !(c >= 0x2000 && c <= 0x206F) && !(c >= 0x2190 && c <= 0x2BFF) &&
           !(c >= 0x3000 && c <= 0x303F) && c != 0x20AC;
}

class Tokenizer {
public:
    Tokenizer(Paragraph& paragraph, Numbering& numbering)
        : paragraph_(paragraph), text_(paragraph.text), numbering_(numbering) {}

    void run() {
        std::size_t from = 0;
        for (const TagPlace& tag : tags_in(text_)) {
            words(from, tag.begin);
            add(Token::Kind::tag, tag.begin, tag.end, "{" + tag.canonical);
            paragraph_.tokens.back().canonical = tag.canonical;
            from = tag.end;
        }
        words(from, text_.size());
    }

private:
    void add(Token::Kind kind, std::size_t begin, std::size_t end, std::string_view key) {
        paragraph_.tokens.push_back({kind, begin, end, numbering_.of(key), {}});
    }

    void words(std::size_t at, std::size_t end) {
        while (at < end) {
            const auto [c, length] = utf8::decode(text_, at);
            const std::size_t begin = at;
            if (c == 0xFFFC) {
                at += length;
                const Object* object = paragraph_.object_at(begin);
                add(Token::Kind::object, begin, at, "\uFFFC" + (object ? object->key : ""));
            } else if (is_space(c)) {
                while (at < end && is_space(utf8::decode(text_, at).code_point))
                    at += utf8::decode(text_, at).length;
                add(Token::Kind::space, begin, at, " ");
            } else if (is_letter(c) || is_ignored(c)) {
                word(begin, at, end);
            } else {
                at += length;
                const auto key = text_.substr(begin, length);
                add(c == U'\t' || c == U'\n' ? Token::Kind::space : Token::Kind::punctuation, begin,
                    at, is_apostrophe(c) ? "’" : key);
            }
        }
    }

    /// « l’ » ends with its apostrophe, « 1,50 » keeps its comma.
    void word(std::size_t begin, std::size_t& at, std::size_t end) {
        std::string key;
        bool digits = true;
        while (at < end) {
            const auto [c, length] = utf8::decode(text_, at);
            if (is_apostrophe(c) && !key.empty() && !digits) {
                key += "’";
                at += length;
                break;
            }
            if ((c == U',' || c == U'.') && digits && !key.empty() && at + 1 < end &&
                is_digit(utf8::decode(text_, at + 1).code_point)) {
                key += static_cast<char>(c);
                at += length;
                continue;
            }
            if (!is_letter(c) && !is_ignored(c)) break;
            digits = digits && is_digit(c);
            if (!is_ignored(c)) key += text_.substr(at, length);
            at += length;
        }
        add(Token::Kind::word, begin, at, key);
    }

    Paragraph& paragraph_;
    std::string_view text_;
    Numbering& numbering_;
};

/// A blank or a comma alone between two changes reads worse than one longer change.
bool is_thin(const Paragraph& paragraph, std::size_t first, std::size_t last) {
    return last - first <= 2 &&
           std::all_of(paragraph.tokens.begin() + static_cast<std::ptrdiff_t>(first),
                       paragraph.tokens.begin() + static_cast<std::ptrdiff_t>(last),
                       [](const Token& token) {
                           return token.kind == Token::Kind::space ||
                                  token.kind == Token::Kind::punctuation;
                       });
}

}  // namespace

bool is_silent(Name name) {
    static const Name page_break("text:soft-page-break"), bookmark("text:bookmark"),
        bookmark_start("text:bookmark-start"), bookmark_end("text:bookmark-end"),
        mark("text:reference-mark"), mark_start("text:reference-mark-start"),
        mark_end("text:reference-mark-end"), change("text:change"), start("text:change-start"),
        end("text:change-end"), annotation("office:annotation"),
        annotation_end("office:annotation-end"), index_mark("text:alphabetical-index-mark"),
        index_start("text:alphabetical-index-mark-start"),
        index_end("text:alphabetical-index-mark-end"), toc_mark("text:toc-mark"),
        toc_start("text:toc-mark-start"), toc_end("text:toc-mark-end");
    for (const Name each : {page_break, bookmark, bookmark_start, bookmark_end, mark, mark_start,
                            mark_end, change, start, end, annotation, annotation_end, index_mark,
                            index_start, index_end, toc_mark, toc_start, toc_end})
        if (name == each) return true;
    return false;
}

bool is_transparent(Name name) {
    static const Name span("text:span"), link("text:a"), meta("text:meta"),
        placeholder("text:placeholder"), input("text:text-input"),
        user_field("text:user-field-get"), conditional("text:conditional-text"),
        dropdown("text:drop-down"), ruby("text:ruby"), ruby_base("text:ruby-base");
    for (const Name each :
         {span, link, meta, placeholder, input, user_field, conditional, dropdown, ruby, ruby_base})
        if (name == each) return true;
    return false;
}

std::string Paragraph::words(std::size_t first, std::size_t last) const {
    if (first >= last) return {};
    std::string out;
    for (std::size_t i = first; i < last; ++i) {
        const Token& token = tokens[i];
        const Object* object = token.kind == Token::Kind::object ? object_at(token.begin) : nullptr;
        out += object ? object->words : text.substr(token.begin, token.end - token.begin);
    }
    return out;
}

const Object* Paragraph::object_at(std::size_t offset) const {
    const auto found =
        std::lower_bound(objects.begin(), objects.end(), offset,
                         [](const Object& each, std::size_t at) { return each.at < at; });
    return found != objects.end() && found->at == offset ? &*found : nullptr;
}

const Run& Paragraph::run_at(std::size_t offset) const {
    const auto after =
        std::upper_bound(runs.begin(), runs.end(), offset,
                         [](std::size_t at, const Run& each) { return at < each.begin; });
    return after == runs.begin() ? runs.front() : *(after - 1);
}

Paragraph read_paragraph(const ElementPtr& element, Numbering& numbering) {
    Paragraph out;
    out.element = element;
    Reader(out).read(*element);
    Tokenizer(out, numbering).run();
    return out;
}

std::vector<Edit> edits(const Paragraph& before, const Paragraph& after, Precision precision) {
    Sequence a, b;
    for (const Token& token : before.tokens)
        a.push_back(token.number);
    for (const Token& token : after.tokens)
        b.push_back(token.number);
    Matches matches = match_words(a, b);
    // An island of blanks between two changes goes.
    if (!matches.empty()) {
        Matches kept;
        std::size_t from_a = 0, from_b = 0;
        for (std::size_t i = 0; i < matches.size();) {
            std::size_t end = i + 1;
            while (end < matches.size() && matches[end].first == matches[end - 1].first + 1 &&
                   matches[end].second == matches[end - 1].second + 1)
                ++end;
            const auto [first_a, first_b] = matches[i];
            const std::size_t next_a = end < matches.size() ? matches[end].first : a.size(),
                              next_b = end < matches.size() ? matches[end].second : b.size();
            const std::size_t last_a = matches[end - 1].first + 1,
                              last_b = matches[end - 1].second + 1;
            const bool replaced_before = first_a > from_a && first_b > from_b;
            const bool replaced_after = next_a > last_a && next_b > last_b;
            if (!(replaced_before && replaced_after && is_thin(before, first_a, last_a)))
                kept.insert(kept.end(), matches.begin() + static_cast<std::ptrdiff_t>(i),
                            matches.begin() + static_cast<std::ptrdiff_t>(end));
            from_a = last_a;
            from_b = last_b;
            i = end;
        }
        matches = std::move(kept);
    }
    if (precision == Precision::characters)
        std::erase_if(matches, [&](const auto& match) {
            const Token &x = before.tokens[match.first], &y = after.tokens[match.second];
            return x.kind != Token::Kind::object &&
                   before.text.compare(x.begin, x.end - x.begin, after.text, y.begin,
                                       y.end - y.begin) != 0;
        });
    std::vector<Edit> out;
    std::size_t from_a = 0, from_b = 0;
    const auto gap = [&](std::size_t to_a, std::size_t to_b) {
        if (to_a > from_a) out.push_back({Edit::Kind::removed, from_a, to_a, from_b, from_b});
        if (to_b > from_b) out.push_back({Edit::Kind::added, to_a, to_a, from_b, to_b});
    };
    for (const auto& [i, j] : matches) {
        gap(i, j);
        if (!out.empty() && out.back().kind == Edit::Kind::same && out.back().before_end == i &&
            out.back().after_end == j) {
            ++out.back().before_end;
            ++out.back().after_end;
        } else {
            out.push_back({Edit::Kind::same, i, i + 1, j, j + 1});
        }
        from_a = i + 1;
        from_b = j + 1;
    }
    gap(a.size(), b.size());
    return out;
}

}  // namespace paraphe::redline
