#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/percent.hpp"
#include "base/random.hpp"
#include "base/suggestion.hpp"
#include "base/utf8.hpp"

using namespace paraphe;

TEST_CASE("a misspelt name finds the one that was meant") {
    CHECK(nearest("mensualte", {"montant", "mensualite", "mois"}) == "mensualite");
    CHECK(nearest("Nom", {"prenom", "nom"}) == "nom");
    CHECK(!nearest("xyz", {"montant", "mensualite"}));
}

TEST_CASE("malformed UTF-8 is seen") {
    CHECK(utf8::is_valid("é€𝄞"));
    CHECK(!utf8::is_valid("\xC0\xAF"));
    CHECK(!utf8::is_valid("\xED\xA0\x80"));
    CHECK(!utf8::is_valid("\xF4\x90\x80\x80"));
    CHECK(!utf8::is_valid("caf\xC3"));
    CHECK(utf8::length("é€𝄞") == 3);
}

TEST_CASE("hexadecimal and base64 come back as they went") {
    const Bytes all = SequenceRandom(1).bytes(257);
    for (std::size_t n : {0u, 1u, 2u, 3u, 4u, 257u}) {
        CHECK(from_hex(to_hex(all.substr(0, n))) == all.substr(0, n));
        CHECK(from_base64(to_base64(all.substr(0, n))) == all.substr(0, n));
    }
    CHECK_THROWS_AS(from_base64("abc"), Error);
    CHECK_THROWS_AS(from_base64("ab=c"), Error);
    CHECK_THROWS_AS(from_hex("abc"), Error);
}

TEST_CASE("an error says place, problem and remedy") {
    const Error error(ErrorKind::malformed_input, "unknown field 'nme'",
                      {"bail.fodt", 212, 4, "content.xml"}, "did you mean 'nom'?");
    CHECK(std::string(error.what()) ==
          "bail.fodt:content.xml:212:4: unknown field 'nme'; did you mean 'nom'?");
    CHECK(error.code() == "malformed_input");
}

TEST_CASE("a file is written whole or not at all") {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("paraphe-base-" + to_hex(SystemRandom().bytes(6)));
    std::filesystem::create_directory(folder);
    write_file(folder / "a", "one");
    write_file(folder / "a", "two");
    CHECK(read_file(folder / "a") == "two");
    CHECK_THROWS_AS(write_file(folder / "missing" / "a", "x"), Error);
    CHECK_THROWS_AS(read_file(folder / "b"), Error);
    CHECK_THROWS_AS(read_file(folder), Error);
    CHECK_THROWS_AS(read_file(folder / "a", 2), Error);
    CHECK(std::distance(std::filesystem::directory_iterator(folder), {}) == 1);
    std::filesystem::remove_all(folder);
}

TEST_CASE("a written file has the rights that the umask leaves, and the umask stays") {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("paraphe-base-" + to_hex(SystemRandom().bytes(6)));
    std::filesystem::create_directory(folder);
    const mode_t before = ::umask(0027);
    write_file(folder / "a", "one");
    CHECK(::umask(before) == 0027);
    CHECK(static_cast<unsigned>(std::filesystem::status(folder / "a").permissions()) == 0640);
    std::filesystem::remove_all(folder);
}

TEST_CASE("percent-encoding leaves alone what it need not touch, both ways") {
    CHECK(percent_encoded("a-é/b ?", "/") == "a-%C3%A9/b%20%3F");
    CHECK(percent_decoded("a%c3%A9%2") == "aé%2");
    CHECK(percent_decoded("100 %zz%41") == "100 %zzA");
}

TEST_CASE("a no-break space is blank, a zero-width space is not") {
    CHECK(utf8::is_blank(" \t\r\n\u00A0\u202F"));
    CHECK(utf8::is_blank(""));
    CHECK_FALSE(utf8::is_blank("\u00A0x"));
    CHECK_FALSE(utf8::is_blank("\u200B"));
}
