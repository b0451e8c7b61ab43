// Filters on text, as jinja2/filters.py has them, and the string operations they share with
// methods.
#include <algorithm>

#include "base/utf8.hpp"
#include "expression/library.hpp"
#include "locale/letter_case.hpp"

namespace paraphe::expression::library {

Type printable() {
    return Type(Kind::text) | Type::number() | Type(Kind::boolean) | Type(Kind::money) |
           Type(Kind::date) | Type(Kind::duration) | Type(Kind::object);
}

Type sequence() {
    return Type(Kind::list) | Type(Kind::map) | Type(Kind::text);
}
Type number_like() {
    return Type::number() | Type(Kind::boolean);
}

Entry filter(std::string name, std::vector<Parameter> parameters, Type result,
             std::string documentation, Function implementation) {
    Entry out;
    out.role = Role::filter;
    out.name = std::move(name);
    out.parameters = std::move(parameters);
    out.result = std::move(result);
    out.documentation = std::move(documentation);
    out.implementation = std::move(implementation);
    return out;
}

Value ignore_case(const Value& value) {
    return value.is_text() ? Value(locale::to_lower(value.text())) : value;
}

std::string capitalized(std::string_view text) {
    if (text.empty()) return {};
    const std::size_t first = utf8::decode(text, 0).length;
    return locale::to_upper(text.substr(0, first)) + locale::to_lower(text.substr(first));
}

/// Each run of characters for which `in_word` holds gets its first letter capitalized.
template <class InWord>
std::string titled(std::string_view text, InWord in_word) {
    std::string out;
    std::string word;
    const auto flush = [&] {
        out += capitalized(word);
        word.clear();
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, octets] = utf8::decode(text, i);
        if (in_word(c)) {
            word += text.substr(i, octets);
        } else {
            flush();
            out += text.substr(i, octets);
        }
        i += octets;
    }
    flush();
    return out;
}

/// str.title(): words are runs of letters that have a case.
std::string python_title(std::string_view text) {
    return titled(text, [](char32_t c) { return locale::is_cased(c); });
}

std::string stripped(std::string_view text, const Value& characters, bool left, bool right) {
    const std::u32string set =
        characters.is_text() ? utf8::to_utf32(characters.text()) : std::u32string();
    const auto drops = [&](char32_t c) {
        return characters.is_text() ? set.find(c) != std::u32string::npos : locale::is_space(c);
    };
    while (left && !text.empty()) {
        const auto [c, octets] = utf8::decode(text, 0);
        if (!drops(c)) break;
        text.remove_prefix(octets);
    }
    while (right && !text.empty()) {
        std::size_t at = text.size() - 1;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
            --at;
        if (!drops(utf8::decode(text, at).code_point)) break;
        text = text.substr(0, at);
    }
    return std::string(text);
}

std::string replaced(std::string_view text, std::string_view old, std::string_view by,
                     std::int64_t count, Scope& scope) {
    std::string out;
    std::size_t at = 0;
    while (count != 0 && at <= text.size()) {
        if (old.empty()) {
            out += by;
            --count;
            if (at == text.size()) return out;
            const std::size_t octets = utf8::decode(text, at).length;
            out += text.substr(at, octets);
            at += octets;
        } else {
            const std::size_t found = text.find(old, at);
            if (found == std::string_view::npos) break;
            out += text.substr(at, found - at);
            out += by;
            at = found + old.size();
            --count;
        }
        check_text(out.size(), scope);
    }
    out += text.substr(at);
    check_text(out.size(), scope);
    scope.charge(out.size() / 64);
    return out;
}

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> out;
    std::string line;
    bool open = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, octets] = utf8::decode(text, i);
        i += octets;
        open = true;
        if (c == U'\r' && i < text.size() && text[i] == '\n') ++i;
        if ((c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 ||
            c == 0x2029) {
            out.push_back(std::move(line));
            line.clear();
            open = false;
        } else {
            utf8::append(line, c);
        }
    }
    if (open) out.push_back(std::move(line));
    return out;
}

namespace {

/// do_title: words begin after white space, hyphens and opening brackets.
std::string jinja_title(std::string_view text) {
    return titled(text, [](char32_t c) {
        return c != U'-' && c != U'(' && c != U'{' && c != U'[' && c != U'<' &&
               !locale::is_space(c);
    });
}

Value truncate(const Arguments& arguments) {
    const std::u32string text = utf8::to_utf32(to_text(arguments[0]));
    const std::int64_t length = arguments[1].integer();
    const bool kill_words = truth(arguments[2]);
    const std::u32string end = utf8::to_utf32(to_text(arguments[3]));
    const std::int64_t leeway = arguments[4].integer();
    const auto end_length = static_cast<std::int64_t>(end.size());
    if (length < end_length)
        fail("« truncate » attend une longueur d'au moins " + std::to_string(end_length));
    if (leeway < 0) fail("« truncate » attend une tolérance positive");
    if (static_cast<std::int64_t>(text.size()) <= length + leeway) return utf8::from_utf32(text);
    std::u32string kept = text.substr(0, static_cast<std::size_t>(length - end_length));
    if (!kill_words)
        if (const auto space = kept.rfind(U' '); space != std::u32string::npos) kept.resize(space);
    return utf8::from_utf32(kept + end);
}

Value indent(const Arguments& arguments) {
    std::string text = to_text(arguments[0]);
    std::string margin;
    if (arguments[1].is_text()) {
        margin = arguments[1].text();
    } else {
        const auto width =
            static_cast<std::size_t>(std::max<std::int64_t>(arguments[1].integer(), 0));
        check_text(width, arguments.scope());
        margin.assign(width, ' ');
    }
    const bool first = truth(arguments[2]);
    const bool blank = truth(arguments[3]);
    text += '\n';
    const std::vector<std::string> lines = split_lines(text);
    check_text(text.size() + lines.size() * margin.size(), arguments.scope());
    std::string out = first ? margin : std::string();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) out += '\n';
        if (i > 0 && (blank || !lines[i].empty())) out += margin;
        out += lines[i];
    }
    return out;
}

Value wordcount(const Arguments& arguments) {
    const std::string text = to_text(arguments[0]);
    std::int64_t count = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, octets] = utf8::decode(text, i);
        const bool word = c == U'_' || locale::is_alphanumeric(c);
        if (word && !inside) ++count;
        inside = word;
        i += octets;
    }
    return count;
}

}  // namespace

void add_text_filters(Registry& registry) {
    const Type text(Kind::text);
    const Type integer(Kind::integer);
    const Type boolean(Kind::boolean);
    registry.add(filter("upper", {needed("s", printable())}, text, "Met en majuscules.",
                        [](const Arguments& a) { return locale::to_upper(to_text(a[0])); }));
    registry.add(filter("lower", {needed("s", printable())}, text, "Met en minuscules.",
                        [](const Arguments& a) { return locale::to_lower(to_text(a[0])); }));
    registry.add(filter("capitalize", {needed("s", printable())}, text,
                        "Met la première lettre en majuscule, le reste en minuscules.",
                        [](const Arguments& a) { return capitalized(to_text(a[0])); }));
    registry.add(filter("title", {needed("s", printable())}, text,
                        "Met une majuscule à chaque mot, le reste en minuscules.",
                        [](const Arguments& a) { return jinja_title(to_text(a[0])); }));
    registry.add(
        filter("trim", {needed("value", printable()), optional("chars", text)}, text,
               "Retire les blancs (ou ces caractères) des deux bouts.",
               [](const Arguments& a) { return stripped(to_text(a[0]), a[1], true, true); }));
    registry.add(filter("replace",
                        {needed("s", printable()), needed("old", printable()),
                         needed("new", printable()), optional("count", integer)},
                        text,
                        "Remplace un texte par un autre, partout ou les `count` premières fois.",
                        [](const Arguments& a) {
                            return replaced(to_text(a[0]), to_text(a[1]), to_text(a[2]),
                                            a.given(3) ? a[3].integer() : -1, a.scope());
                        }));
    registry.add(filter("truncate",
                        {needed("s", printable()), optional("length", integer, 255),
                         optional("killwords", boolean, false), optional("end", printable(), "..."),
                         optional("leeway", integer, 5)},
                        text, "Coupe à la longueur dite, en fin de mot si possible.", truncate));
    registry.add(filter("indent",
                        {needed("s", printable()), optional("width", integer | text, 4),
                         optional("first", boolean, false), optional("blank", boolean, false)},
                        text, "Met les lignes en retrait, sauf la première.", indent));
    registry.add(
        filter("wordcount", {needed("s", printable())}, integer, "Compte les mots.", wordcount));
    registry.add(filter("string", {needed("value", printable() | sequence())}, text,
                        "Le texte qui serait imprimé.", [](const Arguments& a) -> Value {
                            if (a[0].is_text()) return a[0];
                            return to_text(a[0]);
                        }));
}

}  // namespace paraphe::expression::library
