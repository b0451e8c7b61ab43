// Methods that users of Jinja2 know from Python: of text, maps and lists.
#include <algorithm>

#include "base/utf8.hpp"
#include "expression/library.hpp"
#include "expression/library_types.hpp"
#include "locale/letter_case.hpp"

namespace paraphe::expression::library {

namespace {

Entry method(std::string name, std::vector<Parameter> parameters, Type result,
             std::string documentation, Function implementation) {
    Entry out = filter(std::move(name), std::move(parameters), std::move(result),
                       std::move(documentation), std::move(implementation));
    out.role = Role::method;
    return out;
}

Value split(const Arguments& arguments) {
    const std::string& text = arguments[0].text();
    std::int64_t left = arguments.given(2) ? arguments[2].integer() : -1;
    std::vector<Value> out;
    if (arguments.given(1)) {
        const std::string& separator = arguments[1].text();
        if (separator.empty()) fail("« split » attend un séparateur qui n'est pas vide");
        std::size_t at = 0;
        for (; left != 0; --left) {
            const auto found = text.find(separator, at);
            if (found == std::string::npos) break;
            out.emplace_back(text.substr(at, found - at));
            at = found + separator.size();
        }
        out.emplace_back(text.substr(at));
    } else {
        std::string_view rest = text;
        const auto blank = [&](std::size_t at) {
            return locale::is_space(utf8::decode(rest, at).code_point);
        };
        while (true) {
            while (!rest.empty() && blank(0))
                rest.remove_prefix(utf8::decode(rest, 0).length);
            if (rest.empty()) break;
            if (left-- == 0) {
                out.emplace_back(rest);
                break;
            }
            std::size_t end = 0;
            while (end < rest.size() && !blank(end))
                end += utf8::decode(rest, end).length;
            out.emplace_back(rest.substr(0, end));
            rest.remove_prefix(end);
        }
    }
    arguments.scope().charge(out.size() + text.size() / 64);
    return out;
}

/// startswith and endswith take one text or several.
bool any_affix(const Value& affixes, const std::function<bool(const std::string&)>& fits) {
    if (affixes.is_text()) return fits(affixes.text());
    return std::any_of(affixes.items().begin(), affixes.items().end(), [&](const Value& each) {
        if (!each.is_text()) fail("un préfixe ou un suffixe est un texte");
        return fits(each.text());
    });
}

std::vector<Value> column(const Arguments& arguments, bool keys) {
    std::vector<Value> out;
    arguments.scope().charge(arguments[0].map().size());
    for (const Map::Entry& entry : arguments[0].map().entries())
        out.push_back(keys ? entry.key : item(arguments[0], entry.key));
    return out;
}

Value items(const Arguments& arguments) {
    std::vector<Value> out;
    arguments.scope().charge(arguments[0].map().size());
    for (const Map::Entry& entry : arguments[0].map().entries())
        out.emplace_back(
            List{{entry.key, item(arguments[0], entry.key)}, List::Form::tuple, nullptr});
    return out;
}

std::int64_t occurrences(const Value& where, const Value& what) {
    if (where.is_list())
        return std::count_if(where.items().begin(), where.items().end(),
                             [&](const Value& each) { return equal(each, what); });
    if (!what.is_text()) fail("« count » attend un texte");
    const std::string& text = where.text();
    const std::string& wanted = what.text();
    if (wanted.empty()) return static_cast<std::int64_t>(utf8::length(text)) + 1;
    std::int64_t out = 0;
    for (auto at = text.find(wanted); at != std::string::npos;
         at = text.find(wanted, at + wanted.size()))
        ++out;
    return out;
}

bool all_of(std::string_view text, bool (*property)(char32_t)) {
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, octets] = utf8::decode(text, i);
        if (!property(c)) return false;
        i += octets;
    }
    return !text.empty();
}

}  // namespace

void add_methods(Registry& registry) {
    const Type text(Kind::text);
    const Type integer(Kind::integer);
    const Type boolean(Kind::boolean);
    const Type list(Kind::list);
    const Type map(Kind::map);
    const Type any = Type::any();
    const auto self = needed("texte", text);
    const auto chars = optional("chars", text);

    registry.add(method("upper", {self}, text, "En majuscules.",
                        [](const Arguments& a) { return locale::to_upper(a[0].text()); }));
    registry.add(method("lower", {self}, text, "En minuscules.",
                        [](const Arguments& a) { return locale::to_lower(a[0].text()); }));
    registry.add(method("title", {self}, text, "Une majuscule à chaque suite de lettres.",
                        [](const Arguments& a) { return python_title(a[0].text()); }));
    registry.add(method("capitalize", {self}, text, "La première lettre en majuscule.",
                        [](const Arguments& a) { return capitalized(a[0].text()); }));
    registry.add(
        method("strip", {self, chars}, text, "Sans blancs aux deux bouts.",
               [](const Arguments& a) { return stripped(a[0].text(), a[1], true, true); }));
    registry.add(
        method("lstrip", {self, chars}, text, "Sans blancs au début.",
               [](const Arguments& a) { return stripped(a[0].text(), a[1], true, false); }));
    registry.add(
        method("rstrip", {self, chars}, text, "Sans blancs à la fin.",
               [](const Arguments& a) { return stripped(a[0].text(), a[1], false, true); }));
    registry.add(method("split", {self, optional("sep", text), optional("maxsplit", integer, -1)},
                        list, "Les morceaux entre les séparateurs (ou les blancs).", split));
    registry.add(method("splitlines", {self}, list, "Les lignes.", [](const Arguments& a) -> Value {
        std::vector<Value> out;
        for (std::string& line : split_lines(a[0].text()))
            out.emplace_back(std::move(line));
        return out;
    }));
    registry.add(method("startswith", {self, needed("prefix", text | list)}, boolean,
                        "Commence par ce texte.", [](const Arguments& a) {
                            return any_affix(a[1], [&](const std::string& affix) {
                                return a[0].text().starts_with(affix);
                            });
                        }));
    registry.add(method("endswith", {self, needed("suffix", text | list)}, boolean,
                        "Finit par ce texte.", [](const Arguments& a) {
                            return any_affix(a[1], [&](const std::string& affix) {
                                return a[0].text().ends_with(affix);
                            });
                        }));
    registry.add(method(
        "replace", {self, needed("old", text), needed("new", text), optional("count", integer, -1)},
        text, "Remplace un texte par un autre.", [](const Arguments& a) {
            return replaced(a[0].text(), a[1].text(), a[2].text(), a[3].integer(), a.scope());
        }));
    registry.add(method("join", {self, needed("iterable", sequence())}, text,
                        "Les textes de la liste, séparés par ce texte.",
                        [](const Arguments& a) -> Value {
                            std::string out;
                            bool first = true;
                            for (const Value& each : iterate(a[1], a.scope())) {
                                if (!each.is_text()) fail("« join » attend une liste de textes");
                                if (!first) out += a[0].text();
                                first = false;
                                out += each.text();
                                check_text(out.size(), a.scope());
                            }
                            return out;
                        }));
    registry.add(method("count", {needed("valeur", text | list), needed("sub", any)}, integer,
                        "Nombre d'occurrences.",
                        [](const Arguments& a) { return occurrences(a[0], a[1]); }));
    registry.add(method("find", {self, needed("sub", text)}, integer,
                        "Position de la première occurrence, -1 s'il n'y en a pas.",
                        [](const Arguments& a) -> std::int64_t {
                            const auto at = a[0].text().find(a[1].text());
                            if (at == std::string::npos) return -1;
                            return static_cast<std::int64_t>(
                                utf8::length(std::string_view(a[0].text()).substr(0, at)));
                        }));
    registry.add(
        method("isdigit", {self}, boolean, "Rien que des chiffres.", [](const Arguments& a) {
            return all_of(a[0].text(), [](char32_t c) {
                return locale::is_alphanumeric(c) && !locale::is_letter(c);
            });
        }));
    registry.add(method("isalpha", {self}, boolean, "Rien que des lettres.",
                        [](const Arguments& a) { return all_of(a[0].text(), locale::is_letter); }));

    const auto group = needed("champs", map);
    const auto add = [&](Entry entry, std::function<Type(const Deduction&)> deduce) {
        entry.deduce = std::move(deduce);
        registry.add(std::move(entry));
    };
    add(method("items", {group}, list, "Les paires (clé, valeur).", items), pairs_type);
    add(method("keys", {group}, list, "Les clés.",
               [](const Arguments& a) { return column(a, true); }),
        [](const Deduction&) { return Type::list_of(Kind::text); });
    add(method("values", {group}, list, "Les valeurs.",
               [](const Arguments& a) { return column(a, false); }),
        [](const Deduction& call) { return Type::list_of(values_type(call.type(0))); });
    add(method("get", {group, needed("key", any), optional("default", any, Value::none())}, any,
               "La valeur de la clé, ou `default`.",
               [](const Arguments& a) {
                   const Value found = item(a[0], a[1]);
                   return found.is_undefined() ? a[2] : found;
               }),
        [](const Deduction& call) {
            const Field* field = call.type(0).field(call.text(1));
            if (!field || field->type.is_any()) return Type::any();
            const bool given = call.types.size() > 2 && !call.types[2].is_only(Kind::undefined);
            const Type standard = given ? call.types[2] : Type(Kind::none);
            return field->type.may_be(Kind::undefined)
                       ? field->type.without(Kind::undefined) | standard
                       : field->type;
        });
    registry.add(method("index", {needed("liste", list), needed("valeur", any)}, integer,
                        "Position de la valeur.", [](const Arguments& a) -> std::int64_t {
                            const auto& values = a[0].items();
                            const auto found =
                                std::find_if(values.begin(), values.end(),
                                             [&](const Value& each) { return equal(each, a[1]); });
                            if (found == values.end()) fail("la valeur n'est pas dans la liste");
                            return found - values.begin();
                        }));
}

}  // namespace paraphe::expression::library
