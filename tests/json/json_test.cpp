#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "json/json.hpp"
#include "json/number.hpp"

using namespace paraphe;
using json::Number;
using json::Value;

namespace {

std::string refusal(ByteView bytes, const json::Caps& caps = {}) {
    try {
        json::parse(bytes, "menage.json", caps);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

std::string again(std::string_view text) {
    return json::write(json::parse(text, "x"));
}

}  // namespace

TEST_CASE("a text is read with the order of its members and the digits of its numbers") {
    const std::string text =
        R"({"b":1,"a":[true,false,null],"n":[0.10,-3,1.0,1E-3,12345678901234567890,9223372036854775807],"é":"\"\\\n\u0001𝄞"})";
    CHECK(again(text) == text);
    CHECK(again(" [ 1 , { } , [ ] ] ") == "[1,{},[]]");
    CHECK(again(R"("\u00e9\ud834\udd1e\/")") == "\"é𝄞/\"");
    CHECK(again("\xEF\xBB\xBF 1") == "1");
}

TEST_CASE("members are found, few or many, and keep their order") {
    json::Object object;
    for (int i = 0; i < 500; ++i)
        object.set("k" + std::to_string(i), i);
    CHECK(object.size() == 500);
    CHECK(object.find("k499")->as_int64() == 499);
    CHECK(!object.contains("k500"));
    CHECK(object.erase("k250"));
    CHECK(!object.erase("k250"));
    CHECK(object.find("k251")->as_int64() == 251);
    CHECK((object.begin() + 250)->key == "k251");
    CHECK(!object.insert("k0", 7));
    object.set("k0", 7);
    CHECK(object.begin()->value == Value(7));
    const json::Object copy = object;
    CHECK(copy == object);
    CHECK(json::parse(R"({"a":1,"b":2})", "x") == json::parse(R"({"b":2.0,"a":1e0})", "x"));
}

TEST_CASE("values say what they are, and refuse to be taken for another thing") {
    const Value value = json::parse(R"({"nom":"Exemple","age":40})", "x");
    CHECK(value.at("nom").as_string() == "Exemple");
    CHECK(value.string_or("prenom", "?") == "?");
    CHECK_THROWS_WITH_AS(value.at("prenom"), "JSON member 'prenom' is missing", Error);
    CHECK_THROWS_WITH_AS(value.at("age").as_string(), "JSON string expected, number found", Error);
    CHECK_THROWS_WITH_AS(Value(*Number::parse("1.5")).as_int64(),
                         "JSON integer of 64 bits expected, 1.5 found", Error);
}

TEST_CASE("numbers compare by value, whatever their writing and size") {
    const auto number = [](const char* text) { return *Number::parse(text); };
    CHECK(number("1") == number("1.000"));
    CHECK(number("100") == number("1e2"));
    CHECK(number("-0") == number("0"));
    CHECK(number("0.1") < number("0.10000000000000000000000000000000000000000001"));
    CHECK(number("-2") < number("-1.5"));
    CHECK(number("98765432109876543210") > number("9223372036854775807"));
    CHECK(number("1e3").to_int64() == 1000);
    CHECK(number("2.0").is_integer());
    CHECK(!number("2.5").is_integer());
    CHECK(number("1e400").is_integer());
    CHECK(!number("1e400").to_int64());
    CHECK(number("12.50").to_decimal() == Decimal::parse("12.5"));
    CHECK(number("-0").text() == "-0");
    for (const char* bad : {"", "-", "01", "1.", ".5", "1e", "+1", "1 ", "0x1", "NaN"})
        CHECK(!Number::parse(bad));
}

TEST_CASE("multiples are exact") {
    const auto multiple = [](const char* a, const char* b) {
        return json::is_multiple(*Number::parse(a), *Number::parse(b));
    };
    CHECK(multiple("0.3", "0.1"));
    CHECK(multiple("0.0075", "0.0001"));
    CHECK(!multiple("0.00751", "0.0001"));
    CHECK(multiple("1e300", "0.5"));
    CHECK(multiple("1e1000000", "8"));
    CHECK(!multiple("1e1000000", "3"));
    CHECK(multiple("15", "5e0"));
    CHECK(multiple("50", "0.5e1"));
    CHECK(!multiple("5", "1e1"));
    CHECK(multiple("0", "7"));
    CHECK(!multiple("1", "1e500000"));
}

TEST_CASE("malformed JSON is refused with line and column") {
    CHECK(refusal("") == "menage.json:1:1: the JSON text is empty");
    CHECK(refusal("{\n  \"a\": 1,\n}") ==
          "menage.json:3:1: not JSON: object key - unexpected '}'; expected string literal");
    CHECK(refusal("[1, 2") ==
          "menage.json:1:6: not JSON: array - unexpected end of input; expected ']'");
    CHECK(refusal("{\"é\" 1}") ==
          "menage.json:1:6: not JSON: object separator - unexpected number literal; expected ':'");
    CHECK(refusal("1 2") ==
          "menage.json:1:3: not JSON: value - unexpected number literal; expected end of input");
    CHECK(refusal("[nul]") == "menage.json:1:5: not JSON: value - invalid literal");
    CHECK(refusal("[01]").starts_with("menage.json:1:3: not JSON: "));
    CHECK(refusal("[1e400]").find("number overflow") != std::string::npos);
    for (const char* bad : {"[1.]", "['a']", "[a]", "{a:1}", "[1,]", "// x\n1", "NaN", "\"\t\"",
                            "\"\\x\"", "\"\\u12\"", "\"a", "]"})
        CHECK(refusal(bad) != "accepted");
}

TEST_CASE("characters that no text can hold are refused") {
    using namespace std::string_view_literals;
    CHECK(refusal(R"(["\ud834"])")
              .starts_with("menage.json:1:9: not JSON: value - invalid string: surrogate"));
    CHECK(refusal(R"(["\udd1e"])") != "accepted");
    CHECK(refusal("[\"\xED\xA0\xB4\"]") == "menage.json:1:3: malformed UTF-8");
    CHECK(refusal("[\"caf\xE9\"]") == "menage.json:1:6: malformed UTF-8");
    CHECK(refusal("[1]\0 garbage"sv) == "menage.json:1:4: NUL is not a character of JSON");
    CHECK(refusal("[\"a\0\"]"sv) == "menage.json:1:4: NUL is not a character of JSON");
    CHECK(json::parse(R"("\u0000")", "x").as_string() == "\0"sv);
}

TEST_CASE("a key that comes twice is refused where it comes again") {
    CHECK(refusal("{\"a\": 1,\n \"a\": 2}") ==
          "menage.json:2:4: the key \"a\" comes twice in one object");
    CHECK(refusal("{\"a\": {\"a\": 1}, \"b\": {\"a\": 1}}") == "accepted");
}

TEST_CASE("a text that outgrows its caps is refused") {
    CHECK(refusal(std::string(1'000'000, '[')) == "menage.json:1:257: nested more than 256 deep");
    std::string objects;
    for (int i = 0; i < 1'000'000; ++i)
        objects += "{\"a\":";
    CHECK(refusal(objects).ends_with("nested more than 256 deep"));
    CHECK(refusal("[1,2,3]", {.values = 3}) == "menage.json:1:7: more than 3 values");
    CHECK(refusal("[1]", {.bytes = 2}) ==
          "menage.json: the JSON text has 3 octets, at most 2 are accepted");
    CHECK(refusal("[0." + std::string(2000, '1') + "]") ==
          "menage.json:1:2004: a number of more than 1000 digits");
}

TEST_CASE("a pretty text is indented by two") {
    CHECK(json::write_pretty(json::parse(R"({"a":[1,{"b":[]}],"c":{}})", "x")) ==
          "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}\n");
}

TEST_CASE("what is written is JSON even when a string is not UTF-8") {
    CHECK(json::write(Value("caf\xE9")) == "\"caf\uFFFD\"");
}

// The example of RFC 8785 §3.2.2 with the one number of it that a decimal keeps, and §3.2.3.
TEST_CASE("the canonical form is that of RFC 8785") {
    CHECK(
        json::canonical(json::parse(R"({"numbers":[1E30,4.50,2e-3,0.000000000000000000000000001],)"
                                    R"("string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",)"
                                    R"("literals":[null,true,false]})",
                                    "x")) ==
        R"({"literals":[null,true,false],"numbers":[1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"})");
    CHECK(
        json::canonical(json::parse(
            R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",)"
            R"("1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})",
            "x")) ==
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small "
        "Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\","
        "\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST_CASE("canonical keys stand in the order of their UTF-16 units") {
    CHECK(json::canonical(json::parse(
              R"({"\uffff":1,"😁":2,"😀":3,"\ue000":4,"\ud7ff":5,"ab":6,"a":7,"":8,"é":9})", "x")) ==
          "{\"\":8,\"a\":7,\"ab\":6,\"é\":9,\"\uD7FF\":5,\"😀\":3,\"😁\":2,\"\uE000\":4,"
          "\"\uFFFF\":1}");
}

TEST_CASE("canonical numbers are written as ECMAScript writes them") {
    const auto canonical = [](const char* text) { return json::canonical(json::parse(text, "x")); };
    CHECK(canonical("-0") == "0");
    CHECK(canonical("-0.0") == "0");
    CHECK(canonical("1.0") == "1");
    CHECK(canonical("9007199254740992") == "9007199254740992");
    CHECK(canonical("-12.50") == "-12.5");
    CHECK(canonical("0.000001") == "0.000001");
    CHECK(canonical("0.0000001") == "1e-7");
    CHECK(canonical("1e20") == "100000000000000000000");
    CHECK(canonical("1e21") == "1e+21");
    CHECK(canonical("123e-9") == "1.23e-7");
    CHECK_THROWS_WITH_AS(
        canonical("9007199254740993"),
        "the number 9007199254740993 has no canonical form in JSON; write it as a string", Error);
    CHECK_THROWS_AS(canonical("0.1234567890123456"), Error);
    CHECK_THROWS_WITH_AS(json::canonical(Value("\xE9")), "malformed UTF-8 in a JSON string", Error);
}

// RFC 6901 §5.
TEST_CASE("pointers find what RFC 6901 says") {
    const Value document = json::parse(
        R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})",
        "x");
    CHECK(json::resolve(document, "") == &document);
    CHECK(json::resolve(document, "/foo/0")->as_string() == "bar");
    CHECK(json::resolve(document, "/")->as_int64() == 0);
    CHECK(json::resolve(document, "/a~1b")->as_int64() == 1);
    CHECK(json::resolve(document, "/ ")->as_int64() == 7);
    CHECK(json::resolve(document, "/m~0n")->as_int64() == 8);
    for (const char* nothing :
         {"/foo/2", "/foo/-", "/foo/00", "/foo/0/x", "/bar", "/foo/18446744073709551616"})
        CHECK(json::resolve(document, nothing) == nullptr);
    CHECK(json::append_pointer("/a", "b/c~d") == "/a/b~1c~0d");
    CHECK(json::append_pointer("", 3u) == "/3");
    CHECK(json::split_pointer("/menage/0/nom") == std::vector<std::string>{"menage", "0", "nom"});
    CHECK_THROWS_WITH_AS(
        json::split_pointer("a"),
        "'a' is not a JSON Pointer; write \"\" or \"/name/0\", with ~0 for ~ and ~1 for /", Error);
    CHECK_THROWS_AS(json::split_pointer("/~2"), Error);
}

TEST_CASE("only Error escapes from damaged JSON") {
    const std::string good =
        R"({"nom":"É\u00e9\ud834\udd1e","n":[0.10,-3,1e5,true,false,null,{}],"a":{"b":[[]]}})";
    SequenceRandom random(5);
    int read = 0;
    for (std::size_t at = 0; at < good.size(); ++at)
        for (int turn = 0; turn < 12; ++turn) {
            std::string bytes = good;
            if (turn % 3 == 0) bytes.resize(at);
            if (turn % 3 == 1) bytes[at] = random.bytes(1)[0];
            if (turn % 3 == 2) bytes.insert(at, good.substr(random.bytes(1)[0] & 63, 5));
            try {
                const Value value = json::parse(bytes, "x");
                // What was accepted is JSON: it reads again as the same value.
                const Value second = json::parse(json::write(value), "x");
                const Value third = json::parse(json::write_pretty(value), "x");
                CHECK(second == value);
                CHECK(third == value);
                ++read;
            } catch (const Error&) {
            }
        }
    CHECK(read > 30);
}
