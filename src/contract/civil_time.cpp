#include "contract/civil_time.hpp"

#include "base/error.hpp"

namespace paraphe::contract {

namespace {

using std::chrono::hours;
using std::chrono::Sunday;

struct Zone {
    const char* name;
    int offset;  ///< hours east of UTC in winter
    enum class Saving { none, europe, america } saving = Saving::none;
};

constexpr Zone zones[] = {
    {"Europe/Paris", 1, Zone::Saving::europe},
    {"America/Guadeloupe", -4},
    {"America/Martinique", -4},
    {"America/St_Barthelemy", -4},
    {"America/Marigot", -4},
    {"America/Cayenne", -3},
    {"America/Miquelon", -3, Zone::Saving::america},
    {"Indian/Reunion", 4},
    {"Indian/Mayotte", 3},
    {"Pacific/Noumea", 11},
    {"Pacific/Tahiti", -10},
    {"Pacific/Wallis", 12},
    {"UTC", 0},
};

const Zone& find(const std::string& name) {
    for (const Zone& zone : zones)
        if (name == zone.name) return zone;
    throw Error(ErrorKind::malformed_input, "the time zone '" + name + "' is not a French one", {},
                "use Europe/Paris, or the zone of an overseas territory", "unknown_zone");
}

Instant sunday(std::chrono::year year, unsigned month, unsigned index) {
    const auto in = year / std::chrono::month(month);
    return index == 0 ? std::chrono::sys_days(in / Sunday[std::chrono::last])
                      : std::chrono::sys_days(in / Sunday[index]);
}

hours offset(const Zone& zone, Instant at) {
    const hours winter(zone.offset);
    const auto year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at)).year();
    bool summer = false;
    if (zone.saving == Zone::Saving::europe)
        summer = at >= sunday(year, 3, 0) + hours(1) && at < sunday(year, 10, 0) + hours(1);
    if (zone.saving == Zone::Saving::america)  // 02:00 local, standard and then summer time
        summer = at >= sunday(year, 3, 2) + hours(2) - winter &&
                 at < sunday(year, 11, 1) + hours(1) - winter;
    return summer ? winter + hours(1) : winter;
}

}  // namespace

void require_zone(const std::string& zone) {
    find(zone);
}

Date civil_date(Instant at, const std::string& zone) {
    return Date(std::chrono::floor<std::chrono::days>(at + offset(find(zone), at)));
}

Instant end_of_day(Date day, const std::string& name) {
    const Zone& zone = find(name);
    const Instant midnight = day.plus_days(1).sys_days();
    // No zone here changes its clock at midnight, so that a guess by winter time settles it.
    const Instant guess = midnight - hours(zone.offset);
    return midnight - offset(zone, guess - hours(1));
}

}  // namespace paraphe::contract
