#include "rules/functions.hpp"

#include <limits>

#include "base/error.hpp"
#include "rules/calendar.hpp"
#include "rules/contribution.hpp"
#include "rules/delays.hpp"

namespace paraphe::rules {

namespace {

using expression::Arguments;
using expression::Entry;
using expression::Kind;
using expression::Parameter;
using expression::Type;
using expression::Value;

int to_int(const Value& value) {
    const std::int64_t number = value.integer();
    if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max())
        throw Error(ErrorKind::malformed_input,
                    "le nombre " + std::to_string(number) + " est trop grand");
    return static_cast<int>(number);
}

Region region(const Arguments& arguments, std::size_t place) {
    if (!arguments.given(place)) return Region::metropole;
    const std::string& name = arguments[place].text();
    if (name == "metropole") return Region::metropole;
    if (name == "alsace-moselle") return Region::alsace_moselle;
    throw Error(ErrorKind::malformed_input, "région inconnue « " + name + " »", {},
                "écrire 'metropole' ou 'alsace-moselle'");
}

Delay delay(const Arguments& arguments) {
    const expression::Duration& duration = arguments[1].duration();
    const bool franc = arguments.given(2) && arguments[2].boolean();
    return {duration.months, duration.days, franc};
}

ContributionScale scale(const Arguments& arguments) {
    return protected_adults_scale({}, arguments[1].money(), arguments[2].money());
}

const Parameter region_parameter = {"region", Kind::text, true, Value("metropole")};
const Parameter franc_parameter = {"franc", Kind::boolean, true, Value(false)};
const Parameter day_parameter = {"jour", Kind::date, false, {}};

void add(expression::Registry& registry, std::string name, std::vector<Parameter> parameters,
         Type result, std::string documentation, expression::Function implementation) {
    Entry entry;
    entry.name = std::move(name);
    entry.parameters = std::move(parameters);
    entry.result = std::move(result);
    entry.documentation = std::move(documentation);
    entry.implementation = std::move(implementation);
    registry.add(std::move(entry));
}

void add_dates(expression::Registry& registry) {
    add(registry, "terme", {{"debut", Kind::date, false, {}}, {"mois", Kind::integer, false, {}}},
        Kind::date,
        "Dernier jour, compris, d'un contrat de tant de mois : la veille du même quantième, ou le "
        "dernier jour du mois si ce quantième n'y existe pas.",
        [](const Arguments& a) { return Value(term(a[0].date(), to_int(a[1]))); });
    add(registry, "delai_legal",
        {{"depuis", Kind::date, false, {}},
         {"duree", Kind::duration, false, {}},
         franc_parameter,
         region_parameter},
        Kind::date,
        "Dernier jour d'un délai légal (CPC 640 à 642), reporté au premier jour ouvrable suivant ; "
        "« franc » ajoute un jour.",
        [](const Arguments& a) { return Value(legal_delay(a[0].date(), delay(a), region(a, 3))); });
    add(registry, "echeance_avant",
        {{"limite", Kind::date, false, {}},
         {"duree", Kind::duration, false, {}},
         franc_parameter,
         region_parameter},
        Kind::date,
        "Dernier jour pour agir au moins cette durée avant une date, avancé au jour ouvrable "
        "précédent.",
        [](const Arguments& a) {
            return Value(backward_delay(a[0].date(), delay(a), region(a, 3)));
        });
    add(registry, "serie",
        {{"ancre", Kind::date, false, {}},
         {"tous_les", Kind::integer, false, {}},
         {"nombre", Kind::integer, false, {}}},
        Type::list_of(Kind::date),
        "Dates tous les tant de mois, chacune comptée depuis la première pour ne jamais dériver.",
        [](const Arguments& a) {
            std::vector<Value> out;
            for (const Date& date : series(a[0].date(), to_int(a[1]), to_int(a[2])))
                out.emplace_back(date);
            return Value(std::move(out));
        });
}

void add_calendar(expression::Registry& registry) {
    add(registry, "paques", {{"annee", Kind::integer, false, {}}}, Kind::date,
        "Dimanche de Pâques de l'année.",
        [](const Arguments& a) { return Value(easter(to_int(a[0]))); });
    add(registry, "ferie", {day_parameter, region_parameter}, Kind::boolean,
        "Vrai si le jour est férié (L3133-1 ; 'alsace-moselle' : deux de plus).",
        [](const Arguments& a) { return Value(is_holiday(a[0].date(), region(a, 1))); });
    add(registry, "ouvre", {day_parameter, region_parameter}, Kind::boolean,
        "Vrai si le jour n'est ni samedi, ni dimanche, ni férié.",
        [](const Arguments& a) { return Value(is_working_day(a[0].date(), region(a, 1))); });
    add(registry, "jour_ouvre_suivant", {day_parameter, region_parameter}, Kind::date,
        "Le jour lui-même s'il est ouvré, sinon le premier jour ouvré qui suit.",
        [](const Arguments& a) { return Value(next_working_day(a[0].date(), region(a, 1))); });
    add(registry, "jour_ouvre_precedent", {day_parameter, region_parameter}, Kind::date,
        "Le jour lui-même s'il est ouvré, sinon le dernier jour ouvré qui précède.",
        [](const Arguments& a) { return Value(previous_working_day(a[0].date(), region(a, 1))); });
}

void add_contribution(expression::Registry& registry) {
    const std::vector<Parameter> parameters = {{"ressources", Kind::money, false, {}},
                                               {"aah_annuelle", Kind::money, false, {}},
                                               {"smic_annuel", Kind::money, false, {}}};
    add(registry, "plafond_participation_annuel", parameters, Kind::money,
        "Plafond annuel de la participation à une MASP (CASF L271-4), selon les ressources de "
        "l'année précédente, l'AAH et le SMIC brut sommés sur cette année.",
        [](const Arguments& a) { return Value(contribution_cap(a[0].money(), scale(a)).year); });
    add(registry, "plafond_participation_mensuel", parameters, Kind::money,
        "Un douzième du plafond annuel, arrondi au centime inférieur.",
        [](const Arguments& a) { return Value(contribution_cap(a[0].money(), scale(a)).month); });
    add(registry, "plafond_participation_explique", parameters, Type::list_of(Kind::text),
        "Le calcul du plafond de participation, étape par étape.", [](const Arguments& a) {
            std::vector<Value> out;
            for (const std::string& step : contribution_cap(a[0].money(), scale(a)).steps)
                out.emplace_back(step);
            return Value(std::move(out));
        });
}

}  // namespace

void add_functions(expression::Registry& registry) {
    add_dates(registry);
    add_calendar(registry);
    add_contribution(registry);
}

const expression::Registry& registry() {
    static const expression::Registry made = [] {
        expression::Registry out = expression::standard_registry();
        add_functions(out);
        return out;
    }();
    return made;
}

}  // namespace paraphe::rules
