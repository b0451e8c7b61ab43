#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"

/// Days on which France does not work (Code du travail, L3133-1 and L3134-13).
namespace paraphe::rules {

/// Where the holidays are those of: `alsace_moselle` adds Good Friday and 26 December.
enum class Region { metropole, alsace_moselle };

struct Holiday {
    Date day;
    std::string name;  ///< French: "Lundi de Pâques"

    bool operator==(const Holiday&) const = default;
};

/// Easter Sunday of the Gregorian calendar, years 1583 to 9999.
/// Throws Error{malformed_input} for another year.
Date easter(int year);

/// All holidays of `year` in order.
std::vector<Holiday> holidays(int year, Region);

bool is_holiday(Date, Region);
/// Neither Saturday, nor Sunday, nor a holiday (CPC art. 642).
bool is_working_day(Date, Region);
/// `day` itself when it is worked.
Date next_working_day(Date day, Region);
Date previous_working_day(Date day, Region);

}  // namespace paraphe::rules
