#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>

#include "base/error.hpp"
#include "base/random.hpp"
#include "zip/zip.hpp"

using namespace paraphe;
using zip::Archive;
using zip::Method;

namespace {

struct Refusal {
    std::string code;
    std::string message;
    bool operator==(const Refusal&) const = default;
};

doctest::String toString(const Refusal& refusal) {
    return (refusal.code + " | " + refusal.message).c_str();
}

Refusal refusal(Bytes bytes, const zip::Caps& caps = {}) {
    try {
        Archive::open(std::move(bytes), "pack.zip", caps);
    } catch (const Error& error) {
        return {error.code(), error.what()};
    }
    return {"accepted", {}};
}

/// The same archive with a name of equal length put for another, in both of its headers.
Bytes renamed(Bytes bytes, std::string_view from, std::string_view to) {
    REQUIRE(from.size() == to.size());
    for (std::size_t at = bytes.find(from); at != Bytes::npos; at = bytes.find(from, at + 1))
        bytes.replace(at, from.size(), to);
    return bytes;
}

/// Sets octets of the n-th record that begins with `signature`.
Bytes patched(Bytes bytes, std::string_view signature, std::size_t offset, std::string_view with) {
    const std::size_t at = bytes.find(signature);
    REQUIRE(at != Bytes::npos);
    return bytes.replace(at + offset, with.size(), with);
}

const std::string local_header("PK\3\4", 4);
const std::string central_header("PK\1\2", 4);

}  // namespace

TEST_CASE("an archive comes back as it was written") {
    const Bytes random = SequenceRandom(7).bytes(200'000);
    const Archive archive = Archive::open(
        zip::write({{"mimetype", "application/vnd.oasis.opendocument.text", Method::stored},
                    {"content.xml", std::string(5000, 'x')},
                    {"Pictures/", ""},
                    {"Pictures/é.png", random},
                    {"empty", ""}}),
        "a.odt");
    REQUIRE(archive.entries().size() == 5);
    CHECK(archive.entries()[0].name == "mimetype");
    CHECK(archive.entries()[0].method == Method::stored);
    CHECK(!archive.entries()[0].extra_field);
    CHECK(archive.entries()[1].method == Method::deflated);
    CHECK(archive.entries()[1].packed_size < 100);
    CHECK(archive.entries()[2].is_directory());
    CHECK(archive.read("mimetype") == "application/vnd.oasis.opendocument.text");
    CHECK(archive.read("content.xml") == std::string(5000, 'x'));
    CHECK(archive.read("Pictures/é.png") == random);
    CHECK(archive.read("empty").empty());
    CHECK(!archive.read_if_present("styles.xml"));
    CHECK_THROWS_WITH_AS(archive.read("styles.xml"), "a.odt: the archive has no entry 'styles.xml'",
                         Error);
    std::size_t pieces = 0;
    archive.read("Pictures/é.png", [&](ByteView bytes) {
        CHECK(bytes.size() <= 65536);
        ++pieces;
    });
    CHECK(pieces == 4);
}

TEST_CASE("the mimetype of a package stands at octet 38, where ODF wants it") {
    const Bytes bytes = zip::write({{"mimetype", "a/b", Method::stored}});
    CHECK(bytes.substr(30, 11) == "mimetypea/b");
}

TEST_CASE("the same items make the same octets in every time zone") {
    const std::vector<zip::Item> items{{"a", "1", Method::stored}, {"b", std::string(999, 'b')}};
    const Bytes first = zip::write(items);
    const char* zone = std::getenv("TZ");
    const std::string before = zone == nullptr ? "" : zone;
    setenv("TZ", "Pacific/Noumea", 1);
    tzset();
    CHECK(zip::write(items) == first);
    zone == nullptr ? unsetenv("TZ") : setenv("TZ", before.c_str(), 1);
    tzset();
    CHECK(first.substr(10, 4) == std::string("\1\0\x21\0", 4));
    CHECK(first.substr(28, 2) == std::string(2, '\0'));
}

TEST_CASE("an archive of nothing is an archive") {
    CHECK(Archive::open(zip::write({}), "e.zip").entries().empty());
}

TEST_CASE("the writer refuses names that the reader would refuse") {
    CHECK_THROWS_WITH_AS(zip::write({{"../a", ""}}),
                         "zip entry '../a': not a name that the reader accepts", Error);
    CHECK_THROWS_WITH_AS(zip::write({{"a", ""}, {"a", ""}}), "zip entry 'a': comes twice", Error);
}

TEST_CASE("what is no archive is refused") {
    const std::string remedy = "; the file may be cut short or damaged; save or send it again";
    CHECK(refusal("") == Refusal{"not_a_zip", "pack.zip: not a ZIP archive: it is empty" + remedy});
    CHECK(refusal("PK") ==
          Refusal{"not_a_zip", "pack.zip: not a ZIP archive: not a zip archive" + remedy});
    CHECK(refusal("%PDF-1.7").code == "not_a_zip");
    const Bytes whole = zip::write({{"a", std::string(1000, 'a')}, {"b", "b"}});
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK(refusal(whole.substr(0, length)).code != "accepted");
}

TEST_CASE("paths that leave their folder are refused") {
    const Bytes good = zip::write({{"aa/bb/c.txt", "x"}});
    const auto named = [&](std::string_view name) {
        return refusal(renamed(good, "aa/bb/c.txt", name));
    };
    const std::string out = ": an entry's path leads out of its folder";
    CHECK(named("../../c.txt") == Refusal{"path_traversal", "pack.zip:../../c.txt" + out});
    CHECK(named("aa/../c.txt") == Refusal{"path_traversal", "pack.zip:aa/../c.txt" + out});
    CHECK(named("..\\..\\c.txt").code == "path_traversal");
    CHECK(named("/a/bb/c.txt") ==
          Refusal{"absolute_path", "pack.zip:/a/bb/c.txt: an entry has an absolute path"});
    CHECK(named("C:/bb/c.txt").code == "absolute_path");
    const Bytes folder = zip::write({{"aa/bb/c.tx/", ""}});
    CHECK(zip::Archive::open(renamed(folder, "aa/bb/c.tx/", "/aa/bb/c.x/"), "pack.zip")
              .entries()
              .front()
              .name == "aa/bb/c.x/");  // as OpenOffice.org 3 wrote it; nothing is in it
    CHECK(refusal(renamed(folder, "aa/bb/c.tx/", "/../bb/c.x/")).code == "path_traversal");
    CHECK(named("aa\\bb\\c.txt").code == "bad_name");
    CHECK(named("aa/./bb.txt").code == "bad_name");
    CHECK(named("aa//bbc.txt").code == "bad_name");
    CHECK(named(std::string_view("aa/\nb/c.txt")) ==
          Refusal{"bad_name", "pack.zip: an entry has a name that no file can have"});
    CHECK(named(std::string_view("aa/bb/c.tx\0", 11)).code == "bad_name");
}

TEST_CASE("two entries of one name are refused") {
    const Bytes bytes = zip::write({{"a1", "x"}, {"a2", "y"}});
    CHECK(refusal(renamed(bytes, "a2", "a1")) ==
          Refusal{"duplicate_name", "pack.zip:a1: two entries have the same name"});
}

TEST_CASE("two archives in one file are refused, since readers would choose apart") {
    const Bytes both = zip::write({{"a", "1"}}) + zip::write({{"a", "2"}});
    CHECK(refusal(both) ==
          Refusal{"two_archives",
                  "pack.zip: the file holds more than one archive, and readers would choose apart; "
                  "the file may be cut short or damaged; save or send it again"});
}

TEST_CASE("an entry that other readers would call otherwise is refused") {
    // Info-ZIP's Unicode path (0x7075): version 1, CRC-32 of the name "a", the other name "b".
    const std::string extra(
        "up\x06\0\x01\x43\xbe\xb7\xe8"
        "b",
        10);
    Bytes bytes = zip::write({{"a", "x"}});
    bytes = patched(bytes, local_header, 28, std::string("\x0a\0", 2));
    bytes = patched(bytes, central_header, 30, std::string("\x0a\0", 2));
    bytes.insert(bytes.find(central_header) + 46 + 1, extra);
    bytes.insert(bytes.find(local_header) + 30 + 1, extra);
    const std::size_t end = bytes.find("PK\5\6");
    bytes[end + 12] = static_cast<char>(bytes[end + 12] + 10);
    bytes[end + 16] = static_cast<char>(bytes[end + 16] + 10);
    CHECK(refusal(bytes).code == "two_names");
}

TEST_CASE("a symbolic link is refused") {
    const Bytes bytes = zip::write({{"a", "/etc/passwd"}});
    // External file attributes, the upper half: S_IFLNK | 0777.
    CHECK(refusal(patched(bytes, central_header, 40, std::string("\xFF\xA1", 2))) ==
          Refusal{"symbolic_link", "pack.zip:a: an entry is a symbolic link"});
}

TEST_CASE("an encrypted entry is refused") {
    Bytes bytes = zip::write({{"a", "x"}});
    bytes = patched(bytes, local_header, 6, "\x01");
    bytes = patched(bytes, central_header, 8, "\x01");
    CHECK(refusal(bytes) ==
          Refusal{"encrypted",
                  "pack.zip:a: an entry is encrypted; save the file without a password"});
}

TEST_CASE("a method that is neither stored nor deflated is refused") {
    Bytes bytes = zip::write({{"a", "x"}});
    bytes = patched(bytes, local_header, 8, "\x0E");
    bytes = patched(bytes, central_header, 10, "\x0E");
    CHECK(refusal(bytes) == Refusal{"unsupported_method",
                                    "pack.zip:a: an entry is compressed by method 14, only stored "
                                    "and deflated are read"});
}

TEST_CASE("a zip bomb is refused before anything is unpacked") {
    CHECK(refusal(zip::write({{"a", Bytes(10u << 20, '\0')}})) ==
          Refusal{"zip_bomb", "pack.zip:a: an entry expands more than 100 times"});
    CHECK(refusal(zip::write({{"a", SequenceRandom(1).bytes(1001)}}), {.expanded = 1000}) ==
          Refusal{"too_large", "pack.zip: the archive expands to more than 1000 octets"});
    CHECK(refusal(zip::write({{"a", "1"}, {"b", "2"}, {"c", "3"}}), {.entries = 2}) ==
          Refusal{"too_many_entries", "pack.zip: the archive has more than 2 entries"});
}

TEST_CASE("an entry that lies about its size or content is refused") {
    const Bytes good = zip::write({{"a", std::string(1000, 'a') + "b"}});
    const auto reading = [](Bytes bytes) {
        try {
            Archive::open(std::move(bytes), "pack.zip").read("a");
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    Bytes shorter = patched(good, local_header, 22, std::string("\x10\0\0\0", 4));
    shorter = patched(shorter, central_header, 24, std::string("\x10\0\0\0", 4));
    CHECK(reading(shorter) != "accepted");
    Bytes crc = patched(good, local_header, 14, "abcd");
    crc = patched(crc, central_header, 16, "abcd");
    CHECK(reading(crc) == "pack.zip:a: an entry is damaged: CRC error");
}

TEST_CASE("only Error escapes from a damaged archive") {
    const Bytes good = zip::write({{"mimetype", "a/b", Method::stored},
                                   {"content.xml", std::string(300, 'x') + "é"},
                                   {"d/", ""}});
    SequenceRandom random(3);
    for (std::size_t at = 0; at < good.size(); ++at)
        for (int turn = 0; turn < 3; ++turn) {
            Bytes bytes = good;
            bytes[at] = random.bytes(1)[0];
            try {
                const Archive archive = Archive::open(bytes, "x.zip");
                for (const zip::Entry& entry : archive.entries()) {
                    const std::size_t size = archive.read(entry.name).size();
                    CHECK(size == entry.size);
                }
            } catch (const Error&) {
            }
        }
}
