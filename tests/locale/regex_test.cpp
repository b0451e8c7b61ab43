#include "locale/regex.hpp"

#include <doctest/doctest.h>

#include <chrono>

#include "base/error.hpp"

using namespace paraphe;
using locale::compile_regex;

TEST_CASE("a pattern is found anywhere in a text, unless it is anchored") {
    CHECK(compile_regex("b+")("abbc"));
    CHECK(!compile_regex("^b+$")("abbc"));
    CHECK(compile_regex("^[0-9]{5}$")("75011"));
    CHECK(!compile_regex("^[0-9]{5}$")("75011\n"));
    CHECK(compile_regex("[$]")("12 $"));
    CHECK(compile_regex("\\$$")("12 $"));
    CHECK(compile_regex("")(""));
}

TEST_CASE("letters with accents are letters") {
    CHECK(compile_regex("^\\w+$")("Élodie"));
    CHECK(compile_regex("^\\p{Lu}\\p{Ll}+$")("Élodie"));
    CHECK(compile_regex("^.$")("é"));
    CHECK(compile_regex("^.$")("𝄞"));
}

TEST_CASE("a wrong pattern is refused where it is wrong") {
    CHECK_THROWS_WITH_AS(compile_regex("a(b"),
                         "not a regular expression near its character 3 (U_REGEX_MISMATCHED_PAREN)",
                         Error);
    CHECK_THROWS_WITH_AS(compile_regex(std::string(10'001, 'a')), "the pattern is too long", Error);
}

TEST_CASE("a pattern that explodes is stopped in time") {
    const auto start = std::chrono::steady_clock::now();
    const std::string text = std::string(5000, 'a') + "!";
    CHECK_THROWS_WITH_AS(compile_regex("^(a+)+$")(text),
                         "the pattern \"^(a+)+$\" takes too long on a text of 5001 octets; "
                         "simplify the pattern, or limit the text by maxLength",
                         Error);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("a long text does not overflow the stack") {
    CHECK(compile_regex("^(?:a|b)*$")(std::string(20'000, 'a')));
}

TEST_CASE("a schema takes its patterns from here") {
    const auto schema = json::Schema::compile(
        json::parse(R"({"title": "Code postal", "pattern": "^[0-9]{5}$"})", "s.json"), "s.json",
        locale::pattern_compiler());
    CHECK(schema.validate(json::Value("75011")).empty());
    REQUIRE(schema.validate(json::Value("7501")).size() == 1);
    CHECK(schema.validate(json::Value("7501"))[0].message ==
          "« Code postal » : « 7501 » n'a pas la forme attendue (^[0-9]{5}$)");
    try {
        json::Schema::compile(json::parse(R"({"items": {"pattern": "["}})", "s.json"), "s.json",
                              locale::pattern_compiler());
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(std::string(error.what()) ==
              "s.json:/items/pattern: the pattern \"[\" is wrong: not a regular expression near "
              "its character 1 (U_REGEX_MISSING_CLOSE_BRACKET)");
    }
}
