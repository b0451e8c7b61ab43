#include "rules/calendar.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace paraphe::rules {

Date easter(int year) {
    if (year < 1583 || year > 9999)
        throw Error(ErrorKind::malformed_input,
                    "Pâques ne se calcule que de 1583 à 9999, pas en " + std::to_string(year));
    // The "anonymous Gregorian" computus (Nature, 1876), in Meeus's letters: Astronomical
    // Algorithms, chapter 8.
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int d = b / 4;
    const int e = b % 4;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4;
    const int k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int sum = h + l - 7 * m + 114;
    return Date(year, static_cast<unsigned>(sum / 31), static_cast<unsigned>(sum % 31 + 1));
}

std::vector<Holiday> holidays(int year, Region region) {
    const Date sunday = easter(year);
    std::vector<Holiday> out = {
        {Date(year, 1, 1), "Jour de l'an"},    {sunday.plus_days(1), "Lundi de Pâques"},
        {Date(year, 5, 1), "Fête du travail"}, {Date(year, 5, 8), "Victoire 1945"},
        {sunday.plus_days(39), "Ascension"},   {sunday.plus_days(50), "Lundi de Pentecôte"},
        {Date(year, 7, 14), "Fête nationale"}, {Date(year, 8, 15), "Assomption"},
        {Date(year, 11, 1), "Toussaint"},      {Date(year, 11, 11), "Armistice 1918"},
        {Date(year, 12, 25), "Noël"},
    };
    if (region == Region::alsace_moselle) {
        out.push_back({sunday.plus_days(-2), "Vendredi saint"});
        out.push_back({Date(year, 12, 26), "Saint-Étienne"});
    }
    std::stable_sort(out.begin(), out.end(), [](const Holiday& left, const Holiday& right) {
        return left.day < right.day;
    });
    return out;
}

bool is_holiday(Date day, Region region) {
    const std::vector<Holiday> all = holidays(day.year(), region);
    return std::any_of(all.begin(), all.end(),
                       [&](const Holiday& holiday) { return holiday.day == day; });
}

bool is_working_day(Date day, Region region) {
    const std::chrono::weekday weekday = day.weekday();
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday &&
           !is_holiday(day, region);
}

Date next_working_day(Date day, Region region) {
    while (!is_working_day(day, region))
        day = day.plus_days(1);
    return day;
}

Date previous_working_day(Date day, Region region) {
    while (!is_working_day(day, region))
        day = day.plus_days(-1);
    return day;
}

}  // namespace paraphe::rules
