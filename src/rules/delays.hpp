#pragma once

#include <vector>

#include "base/date.hpp"
#include "rules/calendar.hpp"

/// Terms and delays of French contracts and procedure. Civil dates only: a day ends at 24:00 in the
/// dossier's zone.
namespace paraphe::rules {

/// Last day, included, of a contract of `months` months that starts on `start`: the eve of the same
/// day number, or the last day of the month where that number does not exist there.
/// 31 January 2026 + 12 → 30 January 2027; 31 August 2026 + 6 → 28 February 2027.
/// Throws Error{malformed_input} unless 1 ≤ months ≤ 1200.
Date term(Date start, int months);

/// A delay in months, then days (CPC art. 641); `franc` adds one day before art. 642 is applied.
struct Delay {
    int months = 0;
    int days = 0;
    bool franc = false;
};

/// Last day for the act (CPC art. 640 to 642): the day of the event does not count; a month ends on
/// the same day number or the month's last day; what ends on a Saturday, Sunday or holiday is
/// carried to the next working day. Throws Error{malformed_input} for a negative delay.
Date legal_delay(Date event, Delay, Region);

/// Latest day to act at least `delay` before `limit`: backwards by months, then days, and carried
/// to the *previous* working day, so that the act is never late. `franc` takes one more day.
Date backward_delay(Date limit, Delay, Region);

/// `count` dates at anchor + k × every_months, k = 1, 2, …: each counted from the anchor, so that a
/// short month does not shift the next ones. Throws Error{malformed_input} unless 1 ≤ every_months
/// and 0 ≤ count ≤ 1200.
std::vector<Date> series(Date anchor, int every_months, int count);
/// The same, as long as the date is not after `last`.
std::vector<Date> series_until(Date anchor, int every_months, Date last);

}  // namespace paraphe::rules
