// What French contracts need: amounts, words, dates, lists. The rules stand in locale/french.hpp.
#include "expression/library.hpp"
#include "locale/french.hpp"

namespace paraphe::expression::library {

namespace {

locale::Gender gender(const Value& value) {
    const std::string& text = value.text();
    if (text == "m" || text == "masculin") return locale::Gender::masculine;
    if (text == "f" || text == "féminin") return locale::Gender::feminine;
    fail("le genre est 'm' ou 'f'", {}, "P0103");
}

/// Without a schema dates are text; an ISO date cannot be mistaken.
Date date_of(const Value& value) {
    if (value.is(Kind::date)) return value.date();
    if (const auto out = Date::parse(value.text())) return *out;
    fail("« " + value.text() + " » n'est pas une date",
         "une date s'écrit AAAA-MM-JJ dans les données");
}

Value in_words(const Arguments& arguments) {
    const Value& value = arguments[0];
    switch (value.kind()) {
        case Kind::money:
            if (!value.money().is_whole())
                fail("ce montant a une fraction de centime", "arrondissez-le : « | round(2) »",
                     "P0113");
            return locale::amount_in_words(value.money());
        case Kind::date:
            return locale::date_in_words(value.date());
        case Kind::integer:
            return locale::number_in_words(value.integer(), gender(arguments[1]));
        default:
            if (!value.number().scale())
                fail("ce quotient ne s'écrit pas avec un nombre fini de décimales",
                     "arrondissez-le : « | round(2) »", "P0113");
            return locale::number_in_words(value.number());
    }
}

/// ISO 8601 "P1Y6M15D", as schemas write durations.
std::optional<Duration> parse_duration(std::string_view text) {
    if (text.size() < 3 || text[0] != 'P') return std::nullopt;
    Duration out;
    std::int64_t number = -1;
    for (const char c : text.substr(1)) {
        if (c >= '0' && c <= '9') {
            number = (number < 0 ? 0 : number) * 10 + (c - '0');
            if (number > 120'000) return std::nullopt;
            continue;
        }
        if (number < 0) return std::nullopt;
        const int n = static_cast<int>(number);
        number = -1;
        if (c == 'Y')
            out.months += 12 * n;
        else if (c == 'M')
            out.months += n;
        else if (c == 'W')
            out.days += 7 * n;
        else if (c == 'D')
            out.days += n;
        else
            return std::nullopt;
    }
    return number < 0 ? std::optional(out) : std::nullopt;
}

Value duration(const Arguments& arguments) {
    const bool years = truth(arguments[1]);
    const Value& value = arguments[0];
    if (value.is(Kind::duration))
        return locale::duration(value.duration().months, value.duration().days, years);
    if (value.is(Kind::integer)) {
        if (value.integer() < 0 || value.integer() > 120'000) fail("cette durée ne se peut pas");
        return locale::duration(static_cast<int>(value.integer()), 0, years);
    }
    const auto parsed = parse_duration(value.text());
    if (!parsed)
        fail("« " + value.text() + " » n'est pas une durée", "une durée s'écrit P6M ou P15D");
    return locale::duration(parsed->months, parsed->days, years);
}

Value enumeration(const Arguments& arguments) {
    std::vector<std::string> parts;
    for (const Value& each : iterate(arguments[0], arguments.scope())) {
        if (each.is(Kind::content))
            fail("une énumération perdrait la mise en forme de ses éléments",
                 "mettez-la en forme entière : « | enumeration | gras »", "P0265");
        parts.push_back(to_text(arguments.given(2) ? path(each, arguments[2]) : each));
    }
    std::string out = locale::enumeration(parts, to_text(arguments[1]));
    check_text(out.size(), arguments.scope());
    return out;
}

Value number(const Arguments& arguments) {
    const Decimal value = arguments[0].number();
    if (!arguments.given(1)) {
        if (!value.scale())
            fail("ce quotient ne s'écrit pas avec un nombre fini de décimales",
                 "arrondissez-le : « | round(2) »", "P0113");
        return locale::format_number(value);
    }
    const std::int64_t decimals = arguments[1].integer();
    if (decimals < 0 || decimals > 18) fail("« nombre » attend de 0 à 18 décimales");
    const int places = static_cast<int>(decimals);
    if (value.round(places) != value)
        fail("ce nombre a plus de " + std::to_string(places) + " décimales",
             "arrondissez-le : « | round(" + std::to_string(places) + ") »", "P0113");
    return locale::format_number(value, places);
}

}  // namespace

void add_french_filters(Registry& registry) {
    const Type text(Kind::text);
    const Type integer(Kind::integer);
    const Type money(Kind::money);
    const Type date_like = Type(Kind::date) | text;
    registry.add(filter("euros", {needed("montant", money)}, text,
                        "« 1 234,56 € », espaces insécables.", [](const Arguments& a) {
                            if (!a[0].money().is_whole())
                                fail("ce montant a une fraction de centime",
                                     "arrondissez-le : « | round(2) »", "P0113");
                            return locale::format_amount(a[0].money());
                        }));
    registry.add(filter(
        "en_lettres",
        {needed("valeur", Type::number() | money | Type(Kind::date)), optional("genre", text, "m")},
        text,
        "Le nombre, le montant ou la date en toutes lettres, orthographe "
        "traditionnelle : « quatre-vingt-un », « deux cents euros ».",
        in_words));
    registry.add(filter("nombre",
                        {needed("nombre", Type::number()), optional("decimales", integer)}, text,
                        "Le nombre à la française : « 1 234,5 ».", number));
    registry.add(filter("date_courte", {needed("date", date_like)}, text, "« 31/01/2026 ».",
                        [](const Arguments& a) { return locale::short_date(date_of(a[0])); }));
    registry.add(filter("date_longue",
                        {needed("date", date_like), optional("jour", Type(Kind::boolean), false)},
                        text, "« 1er mars 2026 » ; avec `jour=true` « dimanche 1er mars 2026 ».",
                        [](const Arguments& a) {
                            const Date date = date_of(a[0]);
                            std::string out;
                            if (truth(a[1]))
                                out = std::string(locale::weekday_name(date.weekday())) + " ";
                            return out + locale::long_date(date);
                        }));
    registry.add(filter("duree",
                        {needed("duree", Type(Kind::duration) | integer | text),
                         optional("en_annees", Type(Kind::boolean), false)},
                        text,
                        "« 18 mois », « 15 jours » ; un nombre compte des mois ; avec "
                        "`en_annees=true` « 1 an et 6 mois ».",
                        duration));
    registry.add(filter("ordinal", {needed("nombre", integer), optional("genre", text, "m")}, text,
                        "« 1er », « 1re », « 2e ».", [](const Arguments& a) {
                            return locale::ordinal(a[0].integer(), gender(a[1]));
                        }));
    registry.add(filter(
        "ordinal_en_lettres", {needed("nombre", integer), optional("genre", text, "m")}, text,
        "« premier », « vingt et unième ».",
        [](const Arguments& a) { return locale::ordinal_in_words(a[0].integer(), gender(a[1])); }));
    registry.add(filter("enumeration",
                        {needed("liste", sequence()), optional("conjonction", printable(), "et"),
                         optional("attribute", text | integer)},
                        text, "« A, B et C ».", enumeration));
    registry.add(filter("telephone", {needed("numero", text)}, text, "« 01 23 45 67 89 ».",
                        [](const Arguments& a) { return locale::format_telephone(a[0].text()); }));
    registry.add(filter("iban", {needed("numero", text)}, text,
                        "Par groupes de quatre, clé de contrôle vérifiée.",
                        [](const Arguments& a) { return locale::format_iban(a[0].text()); }));
}

}  // namespace paraphe::expression::library
