#include "rules/delays.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;
using namespace paraphe::rules;

TEST_CASE("a contract ends on the eve of its anniversary, or on the last day of a short month") {
    CHECK(term(Date(2026, 1, 31), 12) == Date(2027, 1, 30));
    CHECK(term(Date(2026, 8, 31), 6) == Date(2027, 2, 28));
    CHECK(term(Date(2028, 2, 29), 12) == Date(2029, 2, 28));
    CHECK(term(Date(2026, 1, 31), 1) == Date(2026, 2, 28));
    CHECK(term(Date(2028, 1, 31), 1) == Date(2028, 2, 29));
    CHECK(term(Date(2026, 1, 1), 24) == Date(2027, 12, 31));
    CHECK(term(Date(2027, 3, 31), 6) == Date(2027, 9, 30));
}

TEST_CASE("two renewals in a row leave no gap and no overlap") {
    const Date first_end = term(Date(2026, 1, 31), 6);
    CHECK(first_end == Date(2026, 7, 30));
    CHECK(term(first_end.plus_days(1), 6) == Date(2027, 1, 30));
}

TEST_CASE("a contract of no month is refused") {
    CHECK_THROWS_WITH_AS(term(Date(2026, 1, 1), 0), "une durée va de 1 à 1200 mois, pas 0", Error);
}

TEST_CASE("legal delays run by articles 640 to 642") {
    CHECK(legal_delay(Date(2026, 8, 31), {6, 0, false}, Region::metropole) == Date(2027, 3, 1));
    CHECK(legal_delay(Date(2026, 11, 2), {0, 8, false}, Region::metropole) == Date(2026, 11, 10));
    CHECK(legal_delay(Date(2026, 11, 2), {0, 8, true}, Region::metropole) == Date(2026, 11, 12));
}

TEST_CASE("months are counted before days") {
    // 30 January + 1 month stops at Sunday 28 February; the day comes after.
    CHECK(legal_delay(Date(2027, 1, 30), {1, 1, false}, Region::metropole) == Date(2027, 3, 1));
    CHECK(legal_delay(Date(2026, 6, 29), {2, 2, false}, Region::metropole) == Date(2026, 8, 31));
}

TEST_CASE("a deadline before a date is carried back, never forward") {
    CHECK(backward_delay(Date(2027, 9, 14), {2, 0, false}, Region::metropole) == Date(2027, 7, 13));
    CHECK(backward_delay(Date(2027, 4, 30), {2, 0, false}, Region::metropole) == Date(2027, 2, 26));
    CHECK_THROWS_WITH_AS(backward_delay(Date(2027, 4, 30), {-2, 0, false}, Region::metropole),
                         "un délai ne peut pas être négatif; pour compter à rebours, employer "
                         "echeance_avant",
                         Error);
}

TEST_CASE("reviews are counted from the anchor, so that February shifts nothing") {
    CHECK(series(Date(2028, 2, 29), 6, 3) ==
          std::vector<Date>{Date(2028, 8, 29), Date(2029, 2, 28), Date(2029, 8, 29)});
    CHECK(series_until(Date(2028, 2, 29), 6, Date(2029, 2, 28)) ==
          std::vector<Date>{Date(2028, 8, 29), Date(2029, 2, 28)});
}

TEST_CASE("no date of a long series ever drifts") {
    for (const Date& date : series(Date(2026, 1, 31), 1, 600))
        CHECK((date.day() == 31 || date.plus_days(1).day() == 1));
}
