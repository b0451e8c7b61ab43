#include "locale/zone.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "base/error.hpp"

namespace paraphe::locale {

namespace {

using std::chrono::days;
using std::chrono::duration_cast;
using std::chrono::floor;
using std::chrono::milliseconds;

std::unique_ptr<icu::BasicTimeZone> find_zone(std::string_view name) {
    // ICU would make a zone of its own of "GMT+3"; only names of the database are meant here.
    const icu::UnicodeString id = icu::UnicodeString::fromUTF8(
        icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
    UErrorCode status = U_ZERO_ERROR;
    UBool is_system = false;
    icu::UnicodeString canonical;
    icu::TimeZone::getCanonicalID(id, canonical, is_system, status);
    if (U_FAILURE(status) || !is_system) return nullptr;
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
    if (basic == nullptr) return nullptr;
    zone.release();
    return std::unique_ptr<icu::BasicTimeZone>(basic);
}

std::unique_ptr<icu::BasicTimeZone> zone_named(const std::string& name) {
    auto zone = find_zone(name);
    if (!zone)
        throw Error(ErrorKind::malformed_input, "unknown time zone '" + name + "'", {},
                    "name it as the IANA database does: Europe/Paris, Indian/Reunion",
                    "unknown_zone");
    return zone;
}

[[noreturn]] void fail(UErrorCode status) {
    throw Error(ErrorKind::internal, std::string("time zone: ") + u_errorName(status));
}

}  // namespace

bool is_zone(std::string_view name) {
    return find_zone(name) != nullptr;
}

std::string LocalTime::to_string() const {
    std::array<char, 8> offset{};
    const int minutes = std::abs(offset_minutes) % (24 * 60);
    std::snprintf(offset.data(), offset.size(), "%c%02d:%02d", offset_minutes < 0 ? '-' : '+',
                  minutes / 60, minutes % 60);
    return date.to_string() + "T" + time + offset.data();
}

LocalTime to_local(Instant instant, const std::string& name) {
    const auto zone = zone_named(name);
    const auto utc = floor<milliseconds>(instant.time_since_epoch());
    std::int32_t raw = 0;
    std::int32_t saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone->getOffset(static_cast<UDate>(utc.count()), false, raw, saving, status);
    if (U_FAILURE(status)) fail(status);
    const Instant local = instant + milliseconds(raw + saving);
    const auto day = floor<days>(local);
    const auto seconds = duration_cast<std::chrono::seconds>(local - day).count();
    std::array<char, 16> time{};
    std::snprintf(time.data(), time.size(), "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    return {Date(day), time.data(), (raw + saving) / 60'000};
}

Instant from_local(Date date, int hour, int minute, const std::string& name) {
    const auto zone = zone_named(name);
    const Instant wall =
        Instant(date.sys_days()) + std::chrono::hours(hour) + std::chrono::minutes(minute);
    const auto local = floor<milliseconds>(wall.time_since_epoch());
    std::int32_t raw = 0;
    std::int32_t saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone->getOffsetFromLocal(static_cast<UDate>(local.count()), UCAL_TZ_LOCAL_FORMER,
                             UCAL_TZ_LOCAL_FORMER, raw, saving, status);
    if (U_FAILURE(status)) fail(status);
    return wall - milliseconds(raw + saving);
}

Instant end_of_day(Date date, const std::string& zone) {
    return from_local(date.plus_days(1), 0, 0, zone);
}

}  // namespace paraphe::locale
