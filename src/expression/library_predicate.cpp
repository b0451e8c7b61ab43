// Tests: what stands after `is`.
#include <algorithm>

#include "base/utf8.hpp"
#include "expression/library.hpp"
#include "locale/letter_case.hpp"

namespace paraphe::expression::library {

namespace {

Entry test(std::string name, std::vector<Parameter> parameters, std::string documentation,
           Function implementation, bool accepts_undefined = false) {
    Entry out;
    out.role = Role::test;
    out.name = std::move(name);
    out.parameters = std::move(parameters);
    out.result = Type(Kind::boolean);
    out.documentation = std::move(documentation);
    out.implementation = std::move(implementation);
    out.accepts_undefined = accepts_undefined;
    return out;
}

bool remainder_is(const Value& value, std::int64_t divisor, std::int64_t rest, Scope& scope) {
    return equal(apply(BinaryOperator::modulo, value, Value(divisor), scope), Value(rest));
}

/// str.islower and str.isupper: at least one cased letter, and none of the other case.
bool all_cased(std::string_view text, bool upper) {
    bool some = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, octets] = utf8::decode(text, i);
        if (upper ? locale::is_lower(c) : locale::is_upper(c)) return false;
        some = some || (upper ? locale::is_upper(c) : locale::is_lower(c));
        i += octets;
    }
    return some;
}

/// Whether the value is of one of these kinds; a missing value is of none.
void add_kind(Registry& registry, std::string name, Type kinds, std::string documentation) {
    registry.add(test(
        std::move(name), {needed("value", Type::any())}, std::move(documentation),
        [kinds](const Arguments& a) { return !a[0].is_undefined() && kinds.may_be(a[0].kind()); },
        true));
}

void add_comparison(Registry& registry, Comparison op, std::string_view name,
                    std::initializer_list<std::string_view> others, std::string documentation) {
    registry.add(test(std::string(name), {needed("a", Type::any()), needed("b", Type::any())},
                      std::move(documentation),
                      [op](const Arguments& a) { return compare(op, a[0], a[1]); }));
    for (const std::string_view other : others)
        registry.alias(Role::test, name, std::string(other));
}

}  // namespace

void add_tests(Registry& registry) {
    const Type any = Type::any();
    const Type number = number_like();
    registry.add(test(
        "defined", {needed("value", any)}, "La valeur existe.",
        [](const Arguments& a) { return !a[0].is_undefined(); }, true));
    registry.add(test(
        "undefined", {needed("value", any)}, "La valeur n'existe pas.",
        [](const Arguments& a) { return a[0].is_undefined(); }, true));
    add_kind(registry, "none", Type(Kind::none), "La valeur est vide (none).");
    add_kind(registry, "string", Type(Kind::text), "C'est un texte.");
    add_kind(registry, "number", number_like(), "C'est un nombre.");
    add_kind(registry, "integer", Type(Kind::integer), "C'est un nombre entier.");
    add_kind(registry, "float", Type(Kind::decimal), "C'est un nombre qui a des décimales.");
    add_kind(registry, "boolean", Type(Kind::boolean), "C'est un oui/non.");
    add_kind(registry, "mapping", Type(Kind::map), "C'est un groupe de champs.");
    add_kind(registry, "sequence", sequence(), "C'est une liste, un groupe de champs ou un texte.");
    // Alone among its like it looks into the value, so that a missing one is an error, as in
    // Jinja2.
    registry.add(test("iterable", {needed("value", any)}, "Peut être parcouru.",
                      [](const Arguments& a) { return sequence().may_be(a[0].kind()); }));
    add_kind(registry, "montant", Type(Kind::money), "C'est un montant.");
    add_kind(registry, "date", Type(Kind::date), "C'est une date.");
    registry.add(test(
        "true", {needed("value", any)}, "C'est vrai (oui).",
        [](const Arguments& a) { return a[0].is(Kind::boolean) && a[0].boolean(); }, true));
    registry.add(test(
        "false", {needed("value", any)}, "C'est faux (non).",
        [](const Arguments& a) { return a[0].is(Kind::boolean) && !a[0].boolean(); }, true));
    registry.add(test("odd", {needed("value", number)}, "Nombre impair.",
                      [](const Arguments& a) { return remainder_is(a[0], 2, 1, a.scope()); }));
    registry.add(test("even", {needed("value", number)}, "Nombre pair.",
                      [](const Arguments& a) { return remainder_is(a[0], 2, 0, a.scope()); }));
    registry.add(test("divisibleby", {needed("value", number), needed("num", number)},
                      "Divisible par `num`.", [](const Arguments& a) {
                          return equal(apply(BinaryOperator::modulo, a[0], a[1], a.scope()),
                                       Value(0));
                      }));
    registry.add(test("lower", {needed("value", printable())}, "Texte en minuscules.",
                      [](const Arguments& a) { return all_cased(to_text(a[0]), false); }));
    registry.add(test("upper", {needed("value", printable())}, "Texte en majuscules.",
                      [](const Arguments& a) { return all_cased(to_text(a[0]), true); }));
    add_comparison(registry, Comparison::equal, "eq", {"==", "equalto"}, "Égal.");
    add_comparison(registry, Comparison::unequal, "ne", {"!="}, "Différent.");
    add_comparison(registry, Comparison::less, "lt", {"<", "lessthan"}, "Plus petit.");
    add_comparison(registry, Comparison::less_equal, "le", {"<="}, "Plus petit ou égal.");
    add_comparison(registry, Comparison::greater, "gt", {">", "greaterthan"}, "Plus grand.");
    add_comparison(registry, Comparison::greater_equal, "ge", {">="}, "Plus grand ou égal.");
    registry.add(test("in", {needed("value", any), needed("seq", sequence())},
                      "Se trouve dans la liste, le texte ou les clés.",
                      [](const Arguments& a) { return contains(a[1], a[0]); }));
}

}  // namespace paraphe::expression::library
