#include "base/decimal.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;

TEST_CASE("one third times three is one") {
    CHECK(Decimal(1) / Decimal(3) * Decimal(3) == Decimal(1));
}

TEST_CASE("a tenth and two tenths are three tenths") {
    CHECK(*Decimal::parse("0.1") + *Decimal::parse("0.2") == *Decimal::parse("0.3"));
}

TEST_CASE("a decimal prints its shortest writing") {
    CHECK(Decimal::parse("12.50")->to_string() == "12.5");
    CHECK(Decimal::parse("-0.050")->to_string() == "-0.05");
    CHECK(Decimal::parse("1e-3")->to_string() == "0.001");
    CHECK(Decimal::parse("3e2")->to_string() == "300");
    CHECK(Decimal(7).to_string(2) == "7.00");
}

TEST_CASE("what is not a decimal is not read") {
    for (const char* text : {"", "-", ".", "1.", "1e", "1e+", "abc", "1 ", "0x10", "1e999", "--1"})
        CHECK_MESSAGE(!Decimal::parse(text), text);
}

TEST_CASE("printing a quotient that does not end names round") {
    CHECK_THROWS_WITH_AS((Decimal(1) / Decimal(3)).to_string(),
                         "the decimals of this quotient do not end; round it first, for example "
                         "with round(2)",
                         Error);
}

TEST_CASE("rounding follows the mode, on both sides of zero") {
    const Decimal x = *Decimal::parse("2.5");
    CHECK(x.round(0) == Decimal(3));
    CHECK((-x).round(0) == Decimal(-3));
    CHECK(x.round(0, Rounding::half_even) == Decimal(2));
    CHECK((-x).round(0, Rounding::floor) == Decimal(-3));
    CHECK((-x).round(0, Rounding::down) == Decimal(-2));
    CHECK((-x).round(0, Rounding::up) == Decimal(-3));
    CHECK(x.round(0, Rounding::ceiling) == Decimal(3));
    CHECK(Decimal(1250).round(-2) == Decimal(1300));
}

TEST_CASE("floor division follows Python") {
    CHECK(Decimal(-7).floor_divide(Decimal(2)) == Decimal(-4));
    CHECK(Decimal(7).floor_divide(Decimal(-2)) == Decimal(-4));
    CHECK(Decimal(7).floor_divide(Decimal(2)) == Decimal(3));
}

TEST_CASE("a number that does not fit is an error, not a wrong number") {
    Decimal huge = *Decimal::parse("9999999999999999999999999999999999999");
    CHECK_THROWS_AS(huge * huge, Error);
}

TEST_CASE("dividing by zero is an error") {
    CHECK_THROWS_AS(Decimal(1) / Decimal(0), Error);
}

TEST_CASE("a part of a centime must be rounded before it is stored") {
    const Money third = Money::from_centimes(10000) / Decimal(3);
    CHECK_THROWS_AS(third.centimes(), Error);
    CHECK(third.round().centimes() == 3333);
    CHECK((third * Decimal(3)).centimes() == 10000);
}

TEST_CASE("the ratio of two amounts is a number") {
    CHECK(Money::from_centimes(31150) / Money::from_centimes(124600) == *Decimal::parse("0.25"));
}
