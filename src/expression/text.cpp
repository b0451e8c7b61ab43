// What {{ }} writes: the printed form of every kind of value.
#include <cstdio>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/utf8.hpp"
#include "expression/content.hpp"
#include "expression/operations.hpp"
#include "expression/value.hpp"
#include "locale/french.hpp"

namespace paraphe::expression {

namespace {

/// Python's str.isprintable for what occurs in text: separators but the space, controls, formats,
/// surrogates and private use are escaped by repr.
bool printable(char32_t c) {
    if (c == 0x20) return true;
    if (c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad) return false;
    if (c == 0x1680 || (c >= 0x2000 && c <= 0x200f) || (c >= 0x2028 && c <= 0x202f)) return false;
    if ((c >= 0x205f && c <= 0x206f) || c == 0x3000 || c == 0xfeff || c == 0x061c) return false;
    return !(c >= 0xd800 && c <= 0xf8ff) && c < 0xf0000;
}

void append_repr(std::string_view text, std::string& out) {
    const bool has_single = text.find('\'') != std::string_view::npos;
    const bool has_double = text.find('"') != std::string_view::npos;
    const char quote = has_single && !has_double ? '"' : '\'';
    out += quote;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = utf8::decode(text, i);
        const auto code = static_cast<unsigned>(c);
        if (c == static_cast<char32_t>(quote) || c == U'\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c == U'\n') {
            out += "\\n";
        } else if (c == U'\r') {
            out += "\\r";
        } else if (c == U'\t') {
            out += "\\t";
        } else if (printable(c)) {
            out += text.substr(i, length);
        } else {
            char escape[16];
            std::snprintf(escape, sizeof escape,
                          code < 0x100     ? "\\x%02x"
                          : code < 0x10000 ? "\\u%04x"
                                           : "\\U%08x",
                          code);
            out += escape;
        }
        i += length;
    }
    out += quote;
}

void append_inside(const Value&, std::string& out);

void append_list(const List& list, std::string& out) {
    const bool tuple = list.form != List::Form::list;
    out += tuple ? '(' : '[';
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (i > 0) out += ", ";
        append_inside(list.items[i], out);
    }
    if (tuple && list.items.size() == 1) out += ',';
    out += tuple ? ')' : ']';
}

void append_inside(const Value& value, std::string& out) {
    if (out.size() > default_file_cap)
        throw Error(ErrorKind::malformed_input, "la liste est trop longue pour être imprimée", {},
                    "imprimez-en les éléments utiles", "P0110");
    if (value.is_text()) {
        append_repr(value.text(), out);
    } else if (value.is_none()) {
        out += "None";
    } else if (value.is_list()) {
        append_list(value.list(), out);
    } else if (value.is_map()) {
        out += '{';
        bool first = true;
        for (const Map::Entry& entry : value.map().entries()) {
            if (!first) out += ", ";
            first = false;
            append_inside(entry.key, out);
            out += ": ";
            append_inside(entry.value, out);
        }
        out += '}';
    } else {
        out += to_text(value);
    }
}

}  // namespace

std::string to_text(const Value& value) {
    switch (value.kind()) {
        case Kind::undefined:
            if (value.explanation() && value.explanation()->lenient) return {};
            throw_undefined(value);
        case Kind::none:
            throw Error(ErrorKind::malformed_input, "la valeur est vide (none) et ne s'imprime pas",
                        {}, "gardez-la par « default('…', true) » ou « if … »", "P0113");
        case Kind::boolean:
            return value.boolean() ? "oui" : "non";
        case Kind::integer:
            return std::to_string(value.integer());
        case Kind::decimal:
            if (!value.number().scale())
                throw Error(ErrorKind::malformed_input,
                            "ce quotient ne s'écrit pas avec un nombre fini de décimales", {},
                            "arrondissez-le : « | round(2) »", "P0113");
            return value.number().to_string();
        case Kind::money:
            if (!value.money().is_whole())
                throw Error(ErrorKind::malformed_input, "ce montant a une fraction de centime", {},
                            "arrondissez-le : « | round(2) »", "P0113");
            return locale::format_amount(value.money());
        case Kind::date:
            return locale::short_date(value.date());
        case Kind::duration:
            return locale::duration(value.duration().months, value.duration().days);
        case Kind::text:
            return value.text();
        case Kind::list:
        case Kind::map: {
            std::string out;
            append_inside(value, out);
            return out;
        }
        case Kind::object:
            return value.object()->text();
        case Kind::picture:
            throw Error(ErrorKind::malformed_input, "une image ne s’imprime pas seule", {},
                        "dites ce qu’elle montre : « | image(\"Logo de l’association\") »",
                        "P0261");
        case Kind::content:
            return value.content().text();
    }
    return {};
}

}  // namespace paraphe::expression
