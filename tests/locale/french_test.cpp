#include "locale/french.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;
using namespace paraphe::locale;

TEST_CASE("numbers are written in words by the traditional spelling") {
    const std::pair<std::int64_t, const char*> words[] = {
        {0, "zéro"},
        {1, "un"},
        {16, "seize"},
        {17, "dix-sept"},
        {20, "vingt"},
        {21, "vingt et un"},
        {22, "vingt-deux"},
        {70, "soixante-dix"},
        {71, "soixante et onze"},
        {72, "soixante-douze"},
        {77, "soixante-dix-sept"},
        {80, "quatre-vingts"},
        {81, "quatre-vingt-un"},
        {90, "quatre-vingt-dix"},
        {91, "quatre-vingt-onze"},
        {99, "quatre-vingt-dix-neuf"},
        {100, "cent"},
        {101, "cent un"},
        {180, "cent quatre-vingts"},
        {200, "deux cents"},
        {201, "deux cent un"},
        {999, "neuf cent quatre-vingt-dix-neuf"},
        {1000, "mille"},
        {1001, "mille un"},
        {2000, "deux mille"},
        {2026, "deux mille vingt-six"},
        {80'000, "quatre-vingt mille"},
        {200'000, "deux cent mille"},
        {1'000'000, "un million"},
        {80'000'000, "quatre-vingts millions"},
        {200'000'000, "deux cents millions"},
        {1'234'567, "un million deux cent trente-quatre mille cinq cent soixante-sept"},
        {-3, "moins trois"},
    };
    for (const auto& [number, expected] : words)
        CHECK(number_in_words(number) == expected);
    CHECK(number_in_words(21, Gender::feminine) == "vingt et une");
    CHECK(number_in_words(1, Gender::feminine) == "une");
    CHECK(number_in_words(INT64_MIN).starts_with("moins neuf trillions"));
    CHECK(number_in_words(*Decimal::parse("12.5")) == "douze virgule cinq");
    CHECK(number_in_words(*Decimal::parse("-3.05")) == "moins trois virgule zéro cinq");
}

TEST_CASE("amounts are written in words") {
    const auto words = [](std::int64_t centimes) {
        return amount_in_words(Money::from_centimes(centimes));
    };
    CHECK(words(0) == "zéro euro");
    CHECK(words(1) == "un centime");
    CHECK(words(50) == "cinquante centimes");
    CHECK(words(100) == "un euro");
    CHECK(words(8000) == "quatre-vingts euros");
    CHECK(words(120050) == "mille deux cents euros et cinquante centimes");
    CHECK(words(100'000'000) == "un million d'euros");
    CHECK(words(200'000'000) == "deux millions d'euros");
    CHECK(words(100'000'100) == "un million un euros");
    CHECK(words(-1500) == "moins quinze euros");
}

TEST_CASE("dates, ordinals, durations and lists") {
    CHECK(long_date(Date(2026, 3, 1)) == "1er mars 2026");
    CHECK(long_date(Date(2026, 8, 31)) == "31 août 2026");
    CHECK(short_date(Date(2026, 1, 31)) == "31/01/2026");
    CHECK(date_in_words(Date(2026, 1, 1)) == "premier janvier deux mille vingt-six");
    CHECK(weekday_name(Date(2026, 3, 1).weekday()) == "dimanche");
    CHECK(ordinal(1) == "1er");
    CHECK(ordinal(1, Gender::feminine) == "1re");
    CHECK(ordinal(21) == "21e");
    CHECK(ordinal_in_words(1, Gender::feminine) == "première");
    CHECK(ordinal_in_words(4) == "quatrième");
    CHECK(ordinal_in_words(5) == "cinquième");
    CHECK(ordinal_in_words(9) == "neuvième");
    CHECK(ordinal_in_words(21) == "vingt et unième");
    CHECK(ordinal_in_words(80) == "quatre-vingtième");
    CHECK(ordinal_in_words(200) == "deux centième");
    CHECK(ordinal_in_words(1000) == "millième");
    CHECK(duration(18, 0) == "18\u00a0mois");
    CHECK(duration(18, 0, true) == "1\u00a0an et 6\u00a0mois");
    CHECK(duration(0, 1) == "1\u00a0jour");
    CHECK(duration(0, 0) == "0\u00a0jour");
    CHECK(enumeration({}) == "");
    CHECK(enumeration({"A"}) == "A");
    CHECK(enumeration({"A", "B"}) == "A et B");
    CHECK(enumeration({"A", "B", "C"}, "ou") == "A, B ou C");
}

TEST_CASE("numbers and amounts are grouped by narrow no-break spaces") {
    CHECK(format_number(*Decimal::parse("1234567.5")) == "1\u202f234\u202f567,5");
    CHECK(format_number(Decimal(-1000), 2) == "-1\u202f000,00");
    CHECK(format_number(Decimal(999)) == "999");
    CHECK(format_amount(Money::from_centimes(123456)) == "1\u202f234,56\u00a0€");
    CHECK(format_amount(Money::from_centimes(-5)) == "-0,05\u00a0€");
}

TEST_CASE("telephone numbers and IBANs are checked and grouped") {
    CHECK(format_telephone("+33639980011") == "06\u00a039\u00a098\u00a000\u00a011");
    CHECK(format_telephone("01.99.00.12.34") == "01\u00a099\u00a000\u00a012\u00a034");
    CHECK(format_telephone("0033 (0)1 99 00 12 34") == "01\u00a099\u00a000\u00a012\u00a034");
    CHECK(format_telephone(" +44 20 7946 0000 ") == "+44 20 7946 0000");
    CHECK_THROWS_WITH(format_telephone("12"),
                      "« 12 » n'est pas un numéro de téléphone; dix chiffres qui commencent par 0, "
                      "ou +33…");
    CHECK(format_iban("fr7630006000011234567890189") ==
          "FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189");
    CHECK(!is_valid_iban("FR7630006000011234567890188"));
    CHECK(!is_valid_iban("FR76"));
    CHECK_THROWS_AS(format_iban("FR7630006000011234567890188"), Error);
}
