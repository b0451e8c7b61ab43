#include "locale/zone.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;

namespace {

std::string local(const char* instant, const char* zone) {
    return locale::to_local(*parse_instant(instant), zone).to_string();
}

}  // namespace

TEST_CASE("an instant is another time and day in each zone") {
    CHECK(local("2026-01-15T23:30:00Z", "Europe/Paris") == "2026-01-16T00:30:00+01:00");
    CHECK(local("2026-07-15T22:30:59.9Z", "Europe/Paris") == "2026-07-16T00:30:59+02:00");
    CHECK(local("2026-01-15T23:30:00Z", "America/Cayenne") == "2026-01-15T20:30:00-03:00");
    CHECK(local("2026-01-15T13:30:00Z", "Pacific/Noumea") == "2026-01-16T00:30:00+11:00");
    CHECK(local("2026-01-15T09:29:00Z", "Pacific/Marquesas") == "2026-01-14T23:59:00-09:30");
    CHECK(local("1969-12-31T23:59:59.5Z", "Etc/UTC") == "1969-12-31T23:59:59+00:00");
}

TEST_CASE("a day ends where the next one begins, also when clocks change") {
    const auto end = [](const char* day, const char* zone) {
        return to_string(locale::end_of_day(*Date::parse(day), zone));
    };
    CHECK(end("2026-03-28", "Europe/Paris") == "2026-03-28T23:00:00Z");
    CHECK(end("2026-03-29", "Europe/Paris") == "2026-03-29T22:00:00Z");
    CHECK(end("2026-10-25", "Europe/Paris") == "2026-10-25T23:00:00Z");
    CHECK(end("2026-12-31", "Indian/Reunion") == "2026-12-31T20:00:00Z");
    // There clocks went from 23:59 on to 01:00.
    CHECK(end("2024-03-30", "Asia/Beirut") == "2024-03-30T22:00:00Z");
}

TEST_CASE("a time that clocks skip or show twice has one instant") {
    const auto at = [](const char* day, int hour, int minute) {
        return to_string(locale::from_local(*Date::parse(day), hour, minute, "Europe/Paris"));
    };
    CHECK(at("2026-03-02", 8, 0) == "2026-03-02T07:00:00Z");
    CHECK(at("2026-03-29", 2, 30) == "2026-03-29T01:30:00Z");
    CHECK(at("2026-10-25", 2, 30) == "2026-10-25T00:30:00Z");
}

TEST_CASE("an unknown zone is refused") {
    CHECK(locale::is_zone("Europe/Paris"));
    CHECK(!locale::is_zone("Europe/Pari"));
    CHECK(!locale::is_zone("GMT+3"));
    CHECK(!locale::is_zone(""));
    CHECK_THROWS_WITH_AS(locale::to_local({}, "Paris"),
                         "unknown time zone 'Paris'; name it as the IANA database does: "
                         "Europe/Paris, Indian/Reunion",
                         Error);
}
