#include "rules/delays.hpp"

#include "base/error.hpp"

namespace paraphe::rules {

namespace {

constexpr int most_months = 1200;

void refuse_negative(const Delay& delay) {
    if (delay.months < 0 || delay.days < 0)
        throw Error(ErrorKind::malformed_input, "un délai ne peut pas être négatif", {},
                    "pour compter à rebours, employer echeance_avant");
}

void refuse_bad_period(int every_months) {
    if (every_months < 1 || every_months > most_months)
        throw Error(ErrorKind::malformed_input,
                    "une périodicité va de 1 à 1200 mois, pas " + std::to_string(every_months));
}

}  // namespace

Date term(Date start, int months) {
    if (months < 1 || months > most_months)
        throw Error(ErrorKind::malformed_input,
                    "une durée va de 1 à 1200 mois, pas " + std::to_string(months));
    const Date same_number = start.plus_months(months);
    return same_number.day() == start.day() ? same_number.plus_days(-1) : same_number;
}

Date legal_delay(Date event, Delay delay, Region region) {
    refuse_negative(delay);
    const Date last = event.plus_months(delay.months).plus_days(delay.days + (delay.franc ? 1 : 0));
    return next_working_day(last, region);
}

Date backward_delay(Date limit, Delay delay, Region region) {
    refuse_negative(delay);
    const Date last =
        limit.plus_months(-delay.months).plus_days(-(delay.days + (delay.franc ? 1 : 0)));
    return previous_working_day(last, region);
}

std::vector<Date> series(Date anchor, int every_months, int count) {
    refuse_bad_period(every_months);
    if (count < 0 || count > most_months)
        throw Error(ErrorKind::malformed_input,
                    "une série a de 0 à 1200 dates, pas " + std::to_string(count));
    std::vector<Date> out;
    for (int k = 1; k <= count; ++k)
        out.push_back(anchor.plus_months(every_months * k));
    return out;
}

std::vector<Date> series_until(Date anchor, int every_months, Date last) {
    refuse_bad_period(every_months);
    std::vector<Date> out;
    for (int k = 1; k <= most_months; ++k) {
        const Date next = anchor.plus_months(every_months * k);
        if (next > last) break;
        out.push_back(next);
    }
    return out;
}

}  // namespace paraphe::rules
