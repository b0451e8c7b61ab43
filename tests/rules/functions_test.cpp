#include "rules/functions.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "expression/expression.hpp"

using namespace paraphe;

namespace {

expression::Value value(std::string_view text) {
    expression::Scope scope;
    return expression::evaluate(expression::parse(text), scope, rules::registry());
}

std::string printed(std::string_view text) {
    return expression::to_text(value(text));
}

}  // namespace

TEST_CASE("an expression computes the term of a contract") {
    CHECK(value("terme(date('2026-01-31'), 12)").date() == Date(2027, 1, 30));
    CHECK(value("terme(date('2026-08-31'), 6)").date() == Date(2027, 2, 28));
}

TEST_CASE("an expression computes legal delays, forwards and backwards") {
    CHECK(value("delai_legal(date('2026-11-02'), jours(8))").date() == Date(2026, 11, 10));
    CHECK(value("delai_legal(date('2026-11-02'), jours(8), franc=true)").date() ==
          Date(2026, 11, 12));
    CHECK(value("delai_legal(date('2026-08-31'), mois(6))").date() == Date(2027, 3, 1));
    CHECK(value("echeance_avant(date('2027-04-30'), mois(2))").date() == Date(2027, 2, 26));
}

TEST_CASE("an expression knows the working days of Alsace-Moselle") {
    CHECK(value("ferie(date('2027-03-26'), 'alsace-moselle')").boolean());
    CHECK_FALSE(value("ferie(date('2027-03-26'))").boolean());
    CHECK(value("jour_ouvre_suivant(date('2027-03-26'), region='alsace-moselle')").date() ==
          Date(2027, 3, 30));
    CHECK_THROWS_AS(value("ferie(date('2027-03-26'), 'mars')"), Error);
}

TEST_CASE("a series of reviews is a list of dates") {
    CHECK(printed("serie(date('2028-02-29'), 6, 3) | map('date_courte') | join(' ')") ==
          "29/08/2028 28/02/2029 29/08/2029");
}

TEST_CASE("the contribution cap takes and gives amounts") {
    CHECK(value("plafond_participation_mensuel(montant(14400), montant(12348.03), "
                "montant(21621.60))")
              .money() == Money::from_centimes(1709));
}

TEST_CASE("every function of the law is documented") {
    const std::string table = rules::registry().markdown(expression::Role::function);
    for (const char* name :
         {"terme", "delai_legal", "echeance_avant", "ferie", "ouvre", "serie", "jour_ouvre_suivant",
          "jour_ouvre_precedent", "paques", "plafond_participation_annuel",
          "plafond_participation_mensuel", "plafond_participation_explique"})
        CHECK_MESSAGE(table.find(name) != std::string::npos, name);
}
