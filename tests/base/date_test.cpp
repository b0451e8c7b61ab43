#include "base/date.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;

TEST_CASE("months are counted from the day number and end on the last day of a short month") {
    CHECK(Date(2027, 1, 31).plus_months(1).to_string() == "2027-02-28");
    CHECK(Date(2028, 1, 31).plus_months(1).to_string() == "2028-02-29");
    CHECK(Date(2028, 2, 29).plus_months(12).to_string() == "2029-02-28");
    CHECK(Date(2027, 4, 30).plus_months(-2).to_string() == "2027-02-28");
}

TEST_CASE("a date that does not exist is refused") {
    CHECK(!Date::parse("2026-02-29"));
    CHECK(!Date::parse("2026-2-9"));
    CHECK(!Date::parse("2026-13-01"));
    CHECK_THROWS_AS(Date(2026, 2, 29), Error);
}

TEST_CASE("a date prints as it was read") {
    CHECK(Date::parse("2028-02-29")->to_string() == "2028-02-29");
    CHECK(*Date::parse("2026-03-01") - *Date::parse("2026-02-01") == 28);
}

TEST_CASE("instants are read with an offset and printed in UTC") {
    CHECK(to_string(*parse_instant("2026-11-25T08:10:56.5+01:00")) ==
          "2026-11-25T07:10:56.500000Z");
    CHECK(to_string(*parse_instant("2026-11-25T07:10:56Z")) == "2026-11-25T07:10:56Z");
    CHECK(to_string(*parse_instant("2026-11-25")) == "2026-11-25T00:00:00Z");
    CHECK(!parse_instant("2026-11-25T07:10"));
    CHECK(!parse_instant("2026-11-25T07:10:56"));
    CHECK(!parse_instant("2026-11-25T25:10:56Z"));
}

TEST_CASE("a date outside the years 1 to 9999 is an error") {
    CHECK_THROWS_AS(Date(9999, 12, 31).plus_days(1), Error);
}
