// Members of values: attributes, items, slices, iteration.
#include <algorithm>

#include "base/utf8.hpp"
#include "expression/operations.hpp"

namespace paraphe::expression {

namespace {

Value missing(const Value& from, std::string_view wanted) {
    Undefined why;
    why.name = wanted;
    if (from.is_map()) {
        why.siblings = from.shared_map();
        const std::string pointer = from.pointer();
        why.message = "le champ « " + why.name + " » n'existe pas" +
                      (pointer.empty() ? std::string() : " dans " + pointer);
    } else {
        why.message = std::string(name(from.kind())) + " n'a pas de champ « " + why.name + " »";
        why.remedy = from.is_none() ? "testez d'abord : « if … is not none »" : std::string();
    }
    return Value::undefined(std::move(why));
}

/// A part of a value keeps the place in the data.
Value part(const Value& whole, const Value& value, std::size_t index) {
    if (value.origin() || !whole.origin()) return value;
    return value.with_origin(
        std::make_shared<const Origin>(Origin{whole.origin(), {}, index, true}));
}

Value part(const Value& whole, const Value& value, std::string_view key) {
    if (value.origin() || !whole.origin()) return value;
    return value.with_origin(
        std::make_shared<const Origin>(Origin{whole.origin(), std::string(key), 0, false}));
}

Value at_index(const Value& value, std::int64_t index) {
    const auto size = static_cast<std::int64_t>(length(value));
    const std::int64_t i = index < 0 ? index + size : index;
    if (i < 0 || i >= size)
        return Value::undefined("il n'y a pas d'élément n° " + std::to_string(index) + " parmi " +
                                std::to_string(size));
    if (value.is_list())
        return part(value, value.items()[static_cast<std::size_t>(i)], static_cast<std::size_t>(i));
    std::size_t at = 0;
    for (std::int64_t passed = 0; passed < i; ++passed)
        at += utf8::decode(value.text(), at).length;
    return value.text().substr(at, utf8::decode(value.text(), at).length);
}

/// Python's slice.indices for one bound.
std::int64_t bound(const Value& given, std::int64_t size, std::int64_t standard, bool backwards) {
    if (given.is_undefined() || given.is_none()) return standard;
    if (!given.is(Kind::integer))
        fail("une borne de tranche est un nombre entier, pas " + std::string(name(given.kind())),
             {}, "P0102");
    std::int64_t i = given.integer();
    if (i < 0) {
        i = i < -size ? (backwards ? -1 : 0) : i + size;
    } else if (i >= size) {
        i = backwards ? size - 1 : size;
    }
    return i;
}

/// JSON itself may nest 256 deep.
constexpr int max_value_depth = 300;

void walk(const Value& value, int depth, std::size_t& parts, Scope& scope) {
    scope.charge();
    check_list(++parts, scope);
    if (depth > max_value_depth)
        fail("la valeur est imbriquée sur plus de " + std::to_string(max_value_depth) + " niveaux",
             "construisez une liste plate", "P0110");
    if (value.is_list())
        for (const Value& each : value.items())
            walk(each, depth + 1, parts, scope);
    if (value.is_map())
        for (const Map::Entry& entry : value.map().entries())
            walk(entry.value, depth + 1, parts, scope);
}

void refuse_objects(const Value& value) {
    if (value.is(Kind::object))
        fail("un namespace ne peut pas contenir " + value.object()->name(),
             "gardez-le sous un nom à part");
    if (value.is_list())
        for (const Value& each : value.items())
            refuse_objects(each);
    if (value.is_map())
        for (const Map::Entry& entry : value.map().entries())
            refuse_objects(entry.value);
}

}  // namespace

void check_shape(const Value& value, Scope& scope) {
    std::size_t parts = 0;
    walk(value, 0, parts, scope);
}

void check_field(const Value& value, Scope& scope) {
    check_shape(value, scope);
    refuse_objects(value);
}

Value attribute(const Value& value, std::string_view attribute_name) {
    switch (value.kind()) {
        case Kind::undefined:
            throw_undefined(value);
        case Kind::map:
            if (const Value* found = value.map().find(attribute_name))
                return part(value, *found, attribute_name);
            break;
        case Kind::object:
            return value.object()->attribute(attribute_name);
        case Kind::list:
            if (value.list().form == List::Form::group) {
                if (attribute_name == "grouper") return value.items()[0];
                if (attribute_name == "list") return value.items()[1];
            }
            break;
        case Kind::date:
            if (attribute_name == "annee") return value.date().year();
            if (attribute_name == "mois") return static_cast<int>(value.date().month());
            if (attribute_name == "jour") return static_cast<int>(value.date().day());
            break;
        default:
            break;
    }
    return missing(value, attribute_name);
}

Value item(const Value& value, const Value& index) {
    require(value);
    require(index);
    if (value.is_map()) {
        if (const Value* found = value.map().find(index))
            return index.is_text() ? part(value, *found, index.text()) : *found;
        return missing(value, index.is_none() ? "none" : to_text(index));
    }
    if (index.is_text()) return attribute(value, index.text());
    if ((value.is_list() || value.is_text()) && index.is(Kind::integer))
        return at_index(value, index.integer());
    if (value.is_list() || value.is_text())
        fail("un indice est un nombre entier, pas " + std::string(name(index.kind())), {}, "P0102");
    return missing(value, to_text(index));
}

Value slice(const Value& value, const Value& start, const Value& stop, const Value& step,
            Scope& scope) {
    require(value);
    if (!value.is_list() && !value.is_text())
        fail("on ne prend une tranche que d'une liste ou d'un texte, pas d'" +
                 std::string(name(value.kind())),
             {}, "P0102");
    const std::u32string text = value.is_text() ? utf8::to_utf32(value.text()) : std::u32string();
    const auto size =
        static_cast<std::int64_t>(value.is_text() ? text.size() : value.items().size());
    std::int64_t by = 1;
    if (!step.is_undefined() && !step.is_none()) {
        if (!step.is(Kind::integer) || step.integer() == 0)
            fail("le pas d'une tranche est un nombre entier autre que zéro", {}, "P0102");
        by = std::clamp<std::int64_t>(step.integer(), -size - 1, size + 1);
    }
    const bool backwards = by < 0;
    const std::int64_t from = bound(start, size, backwards ? size - 1 : 0, backwards);
    const std::int64_t to = bound(stop, size, backwards ? -1 : size, backwards);
    scope.charge(static_cast<std::uint64_t>(size) / 8);
    if (value.is_text()) {
        std::u32string out;
        for (std::int64_t i = from; backwards ? i > to : i < to; i += by)
            out += text[static_cast<std::size_t>(i)];
        return utf8::from_utf32(out);
    }
    List out{{},
             value.list().form == List::Form::list ? List::Form::list : List::Form::tuple,
             value.list().element};
    for (std::int64_t i = from; backwards ? i > to : i < to; i += by)
        out.items.push_back(
            part(value, value.items()[static_cast<std::size_t>(i)], static_cast<std::size_t>(i)));
    return out;
}

Value path(const Value& value, const Value& attribute_path) {
    if (attribute_path.is(Kind::integer)) return item(value, attribute_path);
    std::string_view rest = attribute_path.text();
    Value at = value;
    while (true) {
        const std::size_t dot = rest.find('.');
        const std::string_view step = rest.substr(0, dot);
        const bool digits = !step.empty() && step.size() < 10 &&
                            step.find_first_not_of("0123456789") == std::string_view::npos;
        at = digits ? item(at, Value(std::int64_t{std::stoll(std::string(step))}))
                    : item(at, Value(step));
        if (dot == std::string_view::npos) return at;
        rest.remove_prefix(dot + 1);
    }
}

std::vector<Value> iterate(const Value& value, Scope& scope) {
    require(value);
    std::vector<Value> out;
    if (value.is_list()) {
        scope.charge(value.items().size());
        out.reserve(value.items().size());
        for (std::size_t i = 0; i < value.items().size(); ++i)
            out.push_back(part(value, value.items()[i], i));
        return out;
    }
    if (value.is_map()) {
        scope.charge(value.map().size());
        for (const Map::Entry& entry : value.map().entries())
            out.push_back(entry.key);
        return out;
    }
    if (value.is_text()) {
        const std::string& text = value.text();
        scope.charge(text.size());
        for (std::size_t i = 0; i < text.size();) {
            const std::size_t octets = utf8::decode(text, i).length;
            out.emplace_back(text.substr(i, octets));
            i += octets;
        }
        return out;
    }
    fail("on ne parcourt qu'une liste, pas " + std::string(name(value.kind())), {}, "P0107");
}

std::size_t length(const Value& value) {
    require(value);
    if (value.is_list()) return value.items().size();
    if (value.is_map()) return value.map().size();
    if (value.is_text()) return utf8::length(value.text());
    fail(std::string(name(value.kind())) + " n'a pas de longueur", {}, "P0102");
}

}  // namespace paraphe::expression
