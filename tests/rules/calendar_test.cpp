#include "rules/calendar.hpp"

#include <doctest/doctest.h>

using namespace paraphe;
using namespace paraphe::rules;

TEST_CASE("Easter falls where the almanacs say") {
    CHECK(easter(2000) == Date(2000, 4, 23));
    CHECK(easter(2024) == Date(2024, 3, 31));
    CHECK(easter(2026) == Date(2026, 4, 5));
    CHECK(easter(2027) == Date(2027, 3, 28));
    CHECK(easter(2028) == Date(2028, 4, 16));
    CHECK(easter(2038) == Date(2038, 4, 25));  // as late as it can be
    CHECK(easter(2285) == Date(2285, 3, 22));  // as early
}

TEST_CASE("the movable holidays of 2027 and 2028 are those of the domain file") {
    CHECK(is_holiday(Date(2027, 3, 29), Region::metropole));
    CHECK(is_holiday(Date(2028, 4, 17), Region::metropole));
    CHECK(is_holiday(Date(2027, 5, 6), Region::metropole));
    CHECK(is_holiday(Date(2027, 5, 17), Region::metropole));
}

TEST_CASE("metropolitan France has eleven holidays, Alsace-Moselle two more") {
    CHECK(holidays(2026, Region::metropole).size() == 11);
    const auto alsace = holidays(2026, Region::alsace_moselle);
    CHECK(alsace.size() == 13);
    CHECK(alsace[1] == Holiday{Date(2026, 4, 3), "Vendredi saint"});
    CHECK(alsace.back() == Holiday{Date(2026, 12, 26), "Saint-Étienne"});
    CHECK_FALSE(is_holiday(Date(2026, 4, 3), Region::metropole));
    CHECK_FALSE(is_holiday(Date(2026, 12, 26), Region::metropole));
}

TEST_CASE("a long weekend is skipped in both directions") {
    // Good Friday to Easter Monday 2027 in Alsace; Saturday to Monday elsewhere.
    CHECK(next_working_day(Date(2027, 3, 26), Region::alsace_moselle) == Date(2027, 3, 30));
    CHECK(next_working_day(Date(2027, 3, 26), Region::metropole) == Date(2027, 3, 26));
    CHECK(previous_working_day(Date(2027, 3, 29), Region::metropole) == Date(2027, 3, 26));
    CHECK(previous_working_day(Date(2027, 3, 29), Region::alsace_moselle) == Date(2027, 3, 25));
}

TEST_CASE("a report due on Saturday 5 December 2026 is announced for Friday 4") {
    CHECK(previous_working_day(Date(2026, 10, 5).plus_months(2), Region::metropole) ==
          Date(2026, 12, 4));
}
