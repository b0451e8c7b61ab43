#pragma once

#include <string>
#include <string_view>

#include "base/date.hpp"

/// Time zones of the IANA database, as ICU carries them: instants to civil time and back.
/// Every function throws Error{malformed_input, "unknown_zone"} for a zone that it does not know.
namespace paraphe::locale {

/// True for a name such as "Europe/Paris" or "Pacific/Noumea".
bool is_zone(std::string_view name);

struct LocalTime {
    Date date;
    std::string time;        ///< "08:10:56"
    int offset_minutes = 0;  ///< east of UTC

    /// "2026-03-01T08:10:56+01:00" (RFC 3339)
    std::string to_string() const;
};

LocalTime to_local(Instant, const std::string& zone);

/// The instant at which clocks there show that time. One that they skip in spring is taken as much
/// later as they skip; of one that comes twice in autumn, the first.
Instant from_local(Date, int hour, int minute, const std::string& zone);

/// The first instant of the next day there: when a deadline on that day falls.
Instant end_of_day(Date, const std::string& zone);

}  // namespace paraphe::locale
