// Filters on lists and maps, as jinja2/filters.py has them; those that give generators there give
// lists here.
#include <algorithm>

#include "expression/content.hpp"
#include "expression/library.hpp"
#include "expression/library_types.hpp"

namespace paraphe::expression::library {

namespace {

/// make_attrgetter: attribute path, or the item itself.
Value member(const Value& value, const Value& attribute_path) {
    if (attribute_path.is_undefined()) return value;
    Value out = path(value, attribute_path);
    require(out);
    return out;
}

Value key_of(const Value& value, const Value& attribute_path, bool case_sensitive) {
    Value key = member(value, attribute_path);
    return case_sensitive ? key : ignore_case(key);
}

Value same_list(const Value& source, std::vector<Value> items) {
    return List{std::move(items), List::Form::list,
                source.is_list() ? source.list().element : nullptr};
}

std::uint64_t sorting_steps(std::size_t n) {
    std::uint64_t log = 1;
    for (std::size_t m = n; m > 1; m /= 2)
        ++log;
    return n * log / 4;
}

struct Keyed {
    std::vector<Value> keys;
    Value value;
};

void sort_keyed(std::vector<Keyed>& items, bool reverse) {
    std::stable_sort(items.begin(), items.end(), [&](const Keyed& a, const Keyed& b) {
        for (std::size_t i = 0; i < a.keys.size(); ++i) {
            if (equal(a.keys[i], b.keys[i])) continue;
            const auto relation = order(a.keys[i], b.keys[i]);
            return reverse ? relation > 0 : relation < 0;
        }
        return false;
    });
}

Value sort(const Arguments& arguments) {
    const bool reverse = truth(arguments[1]);
    const bool case_sensitive = truth(arguments[2]);
    // "age,name" sorts by several.
    std::vector<Value> attributes;
    if (arguments[3].is_text()) {
        std::string_view rest = arguments[3].text();
        while (true) {
            const auto comma = rest.find(',');
            attributes.emplace_back(rest.substr(0, comma));
            if (comma == std::string_view::npos) break;
            rest.remove_prefix(comma + 1);
        }
    } else {
        attributes.push_back(arguments[3]);
    }
    std::vector<Keyed> keyed;
    for (Value& value : iterate(arguments[0], arguments.scope())) {
        Keyed each;
        for (const Value& attribute_path : attributes)
            each.keys.push_back(key_of(value, attribute_path, case_sensitive));
        each.value = std::move(value);
        keyed.push_back(std::move(each));
    }
    arguments.scope().charge(sorting_steps(keyed.size()));
    sort_keyed(keyed, reverse);
    std::vector<Value> out;
    out.reserve(keyed.size());
    for (Keyed& each : keyed)
        out.push_back(std::move(each.value));
    return same_list(arguments[0], std::move(out));
}

Value unique(const Arguments& arguments) {
    const bool case_sensitive = truth(arguments[1]);
    Map seen;
    std::vector<Value> out;
    for (Value& value : iterate(arguments[0], arguments.scope())) {
        Value key = key_of(value, arguments[2], case_sensitive);
        if (seen.find(key)) continue;
        seen.set(std::move(key), true);
        out.push_back(std::move(value));
    }
    return same_list(arguments[0], std::move(out));
}

Value extreme(const Arguments& arguments, bool greatest) {
    const bool case_sensitive = truth(arguments[1]);
    const std::vector<Value> items = iterate(arguments[0], arguments.scope());
    if (items.empty())
        return Value::undefined("une liste vide n'a pas de plus grande ni de plus petite valeur");
    std::size_t best = 0;
    Value best_key = key_of(items[0], arguments[2], case_sensitive);
    for (std::size_t i = 1; i < items.size(); ++i) {
        Value key = key_of(items[i], arguments[2], case_sensitive);
        const auto relation = order(key, best_key);
        if (greatest ? relation > 0 : relation < 0) {
            best = i;
            best_key = std::move(key);
        }
    }
    return items[best];
}

Value sum(const Arguments& arguments) {
    const std::vector<Value> items = iterate(arguments[0], arguments.scope());
    Value total = arguments[2];
    const bool started = arguments.given(2);
    if (!started) {
        total = 0;
        // The schema knows what an empty list would have held.
        if (items.empty() && arguments[0].is_list() && arguments[0].list().element) {
            Type element = *arguments[0].list().element;
            if (arguments[1].is_text()) {
                std::string_view rest = arguments[1].text();
                while (true) {
                    const auto dot = rest.find('.');
                    const Field* field = element.field(rest.substr(0, dot));
                    element = field ? field->type : Type::any();
                    if (dot == std::string_view::npos) break;
                    rest.remove_prefix(dot + 1);
                }
            }
            if (element.without(Kind::undefined).without(Kind::none).is_only(Kind::money))
                return Money();
        }
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Value value = member(items[i], arguments[1]);
        if (i == 0 && !started && (value.is(Kind::money) || value.is(Kind::duration))) {
            total = value;
            continue;
        }
        total = apply(BinaryOperator::add, total, value, arguments.scope());
    }
    return total.with_origin(nullptr);
}

Value batch(const Arguments& arguments) {
    const std::int64_t size = arguments[1].integer();
    if (size < 1) fail("« batch » attend une taille d'au moins 1");
    std::vector<Value> out;
    std::vector<Value> row;
    for (Value& value : iterate(arguments[0], arguments.scope())) {
        if (row.size() == static_cast<std::size_t>(size)) {
            out.emplace_back(std::move(row));
            row.clear();
        }
        row.push_back(std::move(value));
    }
    if (!row.empty()) {
        if (arguments.given(2) && !arguments[2].is_none()) {
            check_list(static_cast<std::size_t>(size), arguments.scope());
            row.resize(static_cast<std::size_t>(size), arguments[2]);
        }
        out.emplace_back(std::move(row));
    }
    return out;
}

Value groupby(const Arguments& arguments) {
    const bool case_sensitive = truth(arguments[3]);
    std::vector<Keyed> keyed;
    for (Value& value : iterate(arguments[0], arguments.scope())) {
        Value found = path(value, arguments[1]);
        if (found.is_undefined()) {
            if (!arguments.given(2)) throw_undefined(found);
            found = arguments[2];
        }
        Keyed each;
        each.keys.push_back(case_sensitive ? found : ignore_case(found));
        each.keys.push_back(found);
        each.value = std::move(value);
        keyed.push_back(std::move(each));
    }
    arguments.scope().charge(sorting_steps(keyed.size()));
    std::stable_sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
        return !equal(a.keys[0], b.keys[0]) && order(a.keys[0], b.keys[0]) < 0;
    });
    std::vector<Value> out;
    for (std::size_t i = 0; i < keyed.size();) {
        std::vector<Value> members;
        const std::size_t first = i;
        for (; i < keyed.size() && equal(keyed[i].keys[0], keyed[first].keys[0]); ++i)
            members.push_back(keyed[i].value);
        List group;
        group.form = List::Form::group;
        group.items = {keyed[first].keys[1], same_list(arguments[0], std::move(members))};
        out.emplace_back(std::move(group));
    }
    return out;
}

Value dictsort(const Arguments& arguments) {
    const bool case_sensitive = truth(arguments[1]);
    const std::string& by = arguments[2].text();
    if (by != "key" && by != "value") fail("« dictsort » trie par 'key' ou par 'value'");
    std::vector<Keyed> keyed;
    for (const Map::Entry& entry : arguments[0].map().entries()) {
        const Value value = item(arguments[0], entry.key);
        const Value& key = by == "key" ? entry.key : value;
        List pair{{entry.key, value}, List::Form::tuple, nullptr};
        Keyed each;
        each.keys.push_back(case_sensitive ? key : ignore_case(key));
        each.value = std::move(pair);
        keyed.push_back(std::move(each));
    }
    arguments.scope().charge(sorting_steps(keyed.size()));
    sort_keyed(keyed, truth(arguments[3]));
    std::vector<Value> out;
    for (Keyed& each : keyed)
        out.push_back(std::move(each.value));
    return out;
}

/// Applies a filter or test by its name, as map('upper') and select('gt', 3) do.
Value apply_named(Role role, const std::string& wanted, const Value& value,
                  const Arguments& arguments, std::size_t from) {
    const Entry* entry = arguments.registry().find(role, wanted);
    if (!entry)
        fail(std::string(role == Role::filter ? "filtre" : "test") + " « " + wanted + " » inconnu",
             {}, "P0105");
    std::vector<Value> positional{value};
    for (std::size_t i = from; i < arguments.size(); ++i)
        if (arguments.given(i)) positional.push_back(arguments[i]);
    arguments.scope().charge();
    return arguments.registry().call(*entry, std::move(positional), arguments.named(),
                                     arguments.scope());
}

Value map(const Arguments& arguments) {
    std::vector<Value> out;
    if (arguments.given(1)) {
        if (!arguments[1].is_text()) fail("« map » attend le nom d'un filtre, entre guillemets");
        for (const Value& value : iterate(arguments[0], arguments.scope())) {
            out.push_back(apply_named(Role::filter, arguments[1].text(), value, arguments, 2));
            require(out.back());
        }
        return out;
    }
    Value attribute_path;
    Value standard;
    for (const auto& [name, value] : arguments.named()) {
        if (name == "attribute")
            attribute_path = value;
        else if (name == "default")
            standard = value;
        else
            fail("l'argument « " + name + " » du filtre « map » n'existe pas", {}, "P0104");
    }
    if (attribute_path.is_undefined())
        fail("« map » attend le nom d'un filtre ou attribute='…'", {}, "P0104");
    List list;
    for (const Value& value : iterate(arguments[0], arguments.scope())) {
        Value found = path(value, attribute_path);
        if (found.is_undefined()) {
            if (standard.is_undefined()) throw_undefined(found);
            found = standard;
        }
        list.items.push_back(std::move(found));
    }
    if (arguments[0].is_list() && arguments[0].list().element && attribute_path.is_text())
        if (const Field* field = arguments[0].list().element->field(attribute_path.text()))
            list.element = std::make_shared<const Type>(field->type);
    return list;
}

Function chooser(bool keep, bool by_attribute) {
    return [keep, by_attribute](const Arguments& arguments) -> Value {
        const std::size_t test = by_attribute ? 2 : 1;
        if (arguments.given(test) && !arguments[test].is_text())
            fail("le nom d'un test s'écrit entre guillemets", {}, "P0103");
        std::vector<Value> out;
        for (Value& value : iterate(arguments[0], arguments.scope())) {
            const Value tested = by_attribute ? path(value, arguments[1]) : value;
            const bool passes = arguments.given(test)
                                    ? truth(apply_named(Role::test, arguments[test].text(), tested,
                                                        arguments, test + 1))
                                    : truth(tested);
            if (passes == keep) out.push_back(std::move(value));
        }
        return same_list(arguments[0], std::move(out));
    };
}

Value join(const Arguments& arguments) {
    const std::string separator = to_text(arguments[1]);
    std::string out;
    Content styled;
    bool first = true, any_styled = false;
    for (const Value& value : iterate(arguments[0], arguments.scope())) {
        const Value each = member(value, arguments[2]);
        if (each.is(Kind::content) && !any_styled) {
            any_styled = true;
            styled.append(out);
        }
        if (!first) out += separator;
        if (!first && any_styled) styled.append(separator);
        first = false;
        out += to_text(each);
        if (any_styled) styled.append(each);
        check_text(out.size(), arguments.scope());
    }
    arguments.scope().charge(out.size() / 64);
    if (any_styled) return styled;
    return out;
}

Value reverse(const Arguments& arguments) {
    std::vector<Value> items = iterate(arguments[0], arguments.scope());
    std::reverse(items.begin(), items.end());
    if (!arguments[0].is_text()) return same_list(arguments[0], std::move(items));
    std::string out;
    for (const Value& value : items)
        out += value.text();
    return out;
}

Value items(const Arguments& arguments) {
    std::vector<Value> out;
    if (!arguments.given(0)) return out;
    arguments.scope().charge(arguments[0].map().size());
    for (const Map::Entry& entry : arguments[0].map().entries())
        out.emplace_back(
            List{{entry.key, item(arguments[0], entry.key)}, List::Form::tuple, nullptr});
    return out;
}

Entry with_deduction(Entry entry, std::function<Type(const Deduction&)> deduce) {
    entry.deduce = std::move(deduce);
    return entry;
}

}  // namespace

void add_list_filters(Registry& registry) {
    const Type any = Type::any();
    const Type text(Kind::text);
    const Type boolean(Kind::boolean);
    const Type integer(Kind::integer);
    const Type list(Kind::list);
    const Type attribute_path = text | integer;
    const auto case_sensitive = optional("case_sensitive", boolean, false);
    const auto by = optional("attribute", attribute_path);

    registry.add(filter("length", {needed("value", sequence())}, integer,
                        "Nombre d'éléments, de champs ou de caractères.", [](const Arguments& a) {
                            return static_cast<std::int64_t>(length(a[0]));
                        }));
    registry.alias(Role::filter, "length", "count");
    registry.add(with_deduction(
        filter("first", {needed("value", sequence())}, any, "Le premier élément.",
               [](const Arguments& a) -> Value {
                   if (length(a[0]) == 0)
                       return Value::undefined("une liste vide n'a pas de premier élément");
                   return a[0].is_map() ? iterate(a[0], a.scope()).front() : item(a[0], 0);
               }),
        element_or_missing));
    registry.add(with_deduction(
        filter("last", {needed("value", sequence())}, any, "Le dernier élément.",
               [](const Arguments& a) -> Value {
                   if (length(a[0]) == 0)
                       return Value::undefined("une liste vide n'a pas de dernier élément");
                   return a[0].is_map() ? iterate(a[0], a.scope()).back() : item(a[0], -1);
               }),
        last_or_missing));
    registry.add(with_deduction(
        filter("join", {needed("value", sequence()), optional("d", printable(), ""), by}, text,
               "Les éléments mis bout à bout, séparés par `d`.", join),
        [](const Deduction& call) {
            const Type element = call.type(0).is_any() ? Type::any() : call.type(0).element();
            return element.is_only(Kind::content) ? Type(Kind::content) : Type(Kind::text);
        }));
    registry.add(with_deduction(
        filter("list", {needed("value", sequence())}, list,
               "Une liste : les éléments, les clés ou les caractères.",
               [](const Arguments& a) { return same_list(a[0], iterate(a[0], a.scope())); }),
        same_as_input));
    registry.add(with_deduction(
        filter("reverse", {needed("value", sequence())}, list | text, "À l'envers.", reverse),
        [](const Deduction& call) {
            return call.type(0).is_only(Kind::text) ? Type(Kind::text) : same_as_input(call);
        }));
    registry.add(with_deduction(
        filter(
            "sort",
            {needed("value", sequence()), optional("reverse", boolean, false), case_sensitive, by},
            list, "Trie, par un champ si `attribute` est donné ; sans égard aux majuscules.", sort),
        same_as_input));
    registry.add(with_deduction(filter("unique", {needed("value", sequence()), case_sensitive, by},
                                       list, "Chaque valeur une seule fois.", unique),
                                unique_of_input));
    registry.add(with_deduction(
        filter("min", {needed("value", sequence()), case_sensitive, by}, any,
               "Le plus petit élément.", [](const Arguments& a) { return extreme(a, false); }),
        extreme_or_missing));
    registry.add(with_deduction(
        filter("max", {needed("value", sequence()), case_sensitive, by}, any,
               "Le plus grand élément.", [](const Arguments& a) { return extreme(a, true); }),
        extreme_or_missing));
    const Type addable = Type::number() | Type(Kind::money) | Type(Kind::duration) | list;
    registry.add(with_deduction(
        filter("sum", {needed("iterable", sequence()), by, optional("start", addable)}, addable,
               "La somme ; celle d'une liste vide de montants est 0,00 €.", sum),
        [](const Deduction& call) {
            const Type each = member_type(call.type(0).element(), call.text(1))
                                  .without(Kind::undefined)
                                  .without(Kind::none);
            if (each.is_only(Kind::money)) return Type(Kind::money);
            if (each.is_only(Kind::integer)) return Type(Kind::integer);
            return Type::any();
        }));
    registry.add(
        with_deduction(filter("batch",
                              {needed("value", sequence()), needed("linecount", integer),
                               optional("fill_with", any.without(Kind::undefined))},
                              list, "Groupe les éléments par rangées de `linecount`.", batch),
                       [](const Deduction& call) { return Type::list_of(part_of_input(call)); }));
    Entry group =
        filter("groupby",
               {needed("value", sequence()), needed("attribute", attribute_path),
                optional("default", any), case_sensitive},
               list, "Groupe par un champ : des paires (grouper, list), triées.", groupby);
    group.deduce = groups_type;
    registry.add(std::move(group));
    registry.add(
        with_deduction(filter("dictsort",
                              {needed("value", Type(Kind::map)), case_sensitive,
                               optional("by", text, "key"), optional("reverse", boolean, false)},
                              list, "Les paires (clé, valeur), triées.", dictsort),
                       pairs_type));
    Entry mapping = filter("map", {needed("value", sequence()), optional("filter", text)}, list,
                           "Un champ (attribute='…') ou un filtre appliqué à chaque élément.", map);
    mapping.variadic = true;
    mapping.open_keywords = true;
    mapping.parameters.push_back(optional("arguments", any));
    registry.add(std::move(mapping));
    for (const bool keep : {true, false}) {
        Entry entry = filter(
            keep ? "select" : "reject",
            {needed("value", sequence()), optional("test", text), optional("arguments", any)}, list,
            keep ? "Les éléments qui passent le test (ou qui sont vrais)."
                 : "Les éléments qui ne passent pas le test.",
            chooser(keep, false));
        entry.variadic = true;
        entry.deduce = part_of_input;
        registry.add(std::move(entry));
        entry = filter(keep ? "selectattr" : "rejectattr",
                       {needed("value", sequence()), needed("attribute", attribute_path),
                        optional("test", text), optional("arguments", any)},
                       list,
                       keep ? "Les éléments dont le champ passe le test (ou est vrai)."
                            : "Les éléments dont le champ ne passe pas le test.",
                       chooser(keep, true));
        entry.variadic = true;
        entry.deduce = part_of_input;
        registry.add(std::move(entry));
    }
    Entry pairs = filter("items", {needed("value", Type(Kind::map))}, list,
                         "Les paires (clé, valeur) d'un groupe de champs.", items);
    pairs.accepts_undefined = true;
    pairs.deduce = pairs_type;
    registry.add(std::move(pairs));
}

}  // namespace paraphe::expression::library
