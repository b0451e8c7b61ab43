// Filters on numbers, and default.
#include "expression/library.hpp"

namespace paraphe::expression::library {

namespace {

Value round(const Arguments& arguments) {
    const bool amount = arguments[0].is(Kind::money);
    const std::int64_t precision = arguments.given(1) ? arguments[1].integer() : (amount ? 2 : 0);
    if (precision < -18 || precision > 18) fail("« round » attend de -18 à 18 décimales");
    const std::string& method = arguments[2].text();
    Rounding rounding = Rounding::half_up;
    if (method == "ceil")
        rounding = Rounding::ceiling;
    else if (method == "floor")
        rounding = Rounding::floor;
    else if (method != "common")
        fail("la méthode de « round » est 'common', 'ceil' ou 'floor'", {}, "P0103");
    const int decimals = static_cast<int>(precision);
    if (amount) return arguments[0].money().round(decimals, rounding);
    if (arguments[0].is(Kind::boolean)) return arguments[0].boolean() ? 1 : 0;
    return arguments[0].number().round(decimals, rounding);
}

std::int64_t whole(const Decimal& number) {
    const auto out = number.round(0, Rounding::down).to_int64();
    if (!out) fail("le nombre entier dépasse 64 bits", "employez des nombres plus petits");
    return *out;
}

/// Python's int(text, base): surrounding blanks, a sign, a prefix that fits the base.
std::optional<std::int64_t> parse_integer(std::string text, std::int64_t base) {
    if (base != 0 && (base < 2 || base > 36)) return std::nullopt;
    bool negative = false;
    std::size_t i = 0;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) negative = text[i++] == '-';
    if (i + 1 < text.size() && text[i] == '0') {
        const char mark = static_cast<char>(text[i + 1] | 0x20);
        const std::int64_t named = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : -1;
        if (named > 0 && (base == named || base == 0)) {
            i += 2;
            base = named;
        }
    }
    if (base == 0) base = 10;
    if (i == text.size()) return std::nullopt;
    std::int64_t out = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        const int digit = c >= '0' && c <= '9'                     ? c - '0'
                          : (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? (c | 0x20) - 'a' + 10
                                                                   : 99;
        if (digit >= base) return std::nullopt;
        if (__builtin_mul_overflow(out, base, &out) ||
            __builtin_sub_overflow(out, static_cast<std::int64_t>(digit), &out))
            fail("le nombre entier dépasse 64 bits", "employez des nombres plus petits");
    }
    if (!negative && __builtin_sub_overflow(std::int64_t{0}, out, &out))
        fail("le nombre entier dépasse 64 bits", "employez des nombres plus petits");
    return out;
}

Value to_integer(const Arguments& arguments) {
    const Value& value = arguments[0];
    if (value.is(Kind::boolean)) return value.boolean() ? 1 : 0;
    if (value.is_number()) return whole(value.number());
    if (value.is_text()) {
        const std::string text = stripped(value.text(), Value(), true, true);
        if (const auto integer = parse_integer(text, arguments[2].integer())) return *integer;
        if (const auto number = Decimal::parse(text.starts_with('+') ? text.substr(1) : text))
            return whole(*number);
    }
    return arguments[1];
}

Value to_decimal(const Arguments& arguments) {
    const Value& value = arguments[0];
    if (value.is(Kind::boolean)) return value.boolean() ? 1 : 0;
    if (value.is_number()) return value.number();
    if (value.is_text())
        if (const auto number = Decimal::parse(stripped(value.text(), Value(), true, true)))
            return *number;
    return arguments[1];
}

Value standard(const Arguments& arguments) {
    if (arguments[0].is_undefined()) return arguments[1];
    return truth(arguments[2]) && !truth(arguments[0]) ? arguments[1] : arguments[0];
}

}  // namespace

void add_number_filters(Registry& registry) {
    const Type integer(Kind::integer);
    const Type money(Kind::money);
    const Type any = Type::any();
    const Type convertible = Type::number() | Type(Kind::boolean) | Type(Kind::text) |
                             Type(Kind::none) | Type(Kind::list) | Type(Kind::map);

    Entry entry = filter("abs", {needed("x", number_like() | money | Type(Kind::duration))}, any,
                         "La valeur absolue.", [](const Arguments& a) -> Value {
                             if (a[0].is(Kind::duration)) {
                                 const Duration& d = a[0].duration();
                                 return d.months < 0 || d.days < 0 ? negate(a[0]) : a[0];
                             }
                             const Value zero = a[0].is(Kind::money) ? Value(Money()) : Value(0);
                             return order(a[0], zero) < 0    ? negate(a[0])
                                    : a[0].is(Kind::boolean) ? Value(a[0].boolean() ? 1 : 0)
                                                             : a[0].with_origin(nullptr);
                         });
    entry.result = Type::number() | money;
    entry.deduce = [](const Deduction& call) {
        return call.type(0).without(Kind::undefined).widened();
    };
    registry.add(entry);

    entry = filter("round",
                   {needed("value", number_like() | money), optional("precision", integer),
                    optional("method", Type(Kind::text), "common")},
                   Type::number() | money,
                   "Arrondit à `precision` décimales (0 pour un nombre, 2 pour un montant) ; la "
                   "moitié s'éloigne de zéro ; 'ceil' vers le haut, 'floor' vers le bas.",
                   round);
    entry.deduce = [](const Deduction& call) {
        if (call.type(0).is_only(Kind::money)) return Type(Kind::money);
        return call.type(0).may_be(Kind::money) ? Type::number() | Type(Kind::money)
                                                : Type::number();
    };
    registry.add(entry);
    registry.add(filter(
        "int",
        {needed("value", convertible), optional("default", any, 0), optional("base", integer, 10)},
        integer, "Un nombre entier, sans ses décimales ; `default` si impossible.", to_integer));
    registry.add(filter("float", {needed("value", convertible), optional("default", any, 0)},
                        Type::number(), "Un nombre exact ; `default` si impossible.", to_decimal));

    entry = filter("default",
                   {needed("value", any), optional("default_value", any, ""),
                    optional("boolean", Type(Kind::boolean), false)},
                   any,
                   "La valeur, ou `default_value` quand elle n'existe pas (avec `true` : aussi "
                   "quand elle est vide).",
                   standard);
    entry.accepts_undefined = true;
    entry.deduce = [](const Deduction& call) {
        const bool replaces_empty =
            call.literals.size() > 2 && call.literals[2] && truth(*call.literals[2]);
        Type given = call.type(0);
        if (!given.is_any())
            given = replaces_empty ? given.when(true) : given.without(Kind::undefined);
        const bool told = call.types.size() > 1 && !call.types[1].is_only(Kind::undefined);
        return given | (told ? call.types[1] : Type::of(Value("")));
    };
    registry.add(entry);
    registry.alias(Role::filter, "default", "d");
}

}  // namespace paraphe::expression::library
