#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"

/// What a household may be asked to pay for a MASP (CASF L271-4, by the scale of protected adults).
namespace paraphe::rules {

/// One bracket: income above the one before and up to `up_to` contributes `rate`.
struct Bracket {
    Money up_to;
    Decimal rate;  ///< 10 % is 1/10
};

/// A scale in force from a date on. Data of a Département, never a constant of the code.
struct ContributionScale {
    Date from;                      ///< measures that start on this day or later
    Money exempt_up_to;             ///< nothing is due up to here: the AAH of the calendar year
    std::vector<Bracket> brackets;  ///< ascending
    std::string reference;          ///< text of law or decision, for the explanation
};

/// The brackets of décret 2020-1684 from two sums over the calendar year before: 10 % from AAH to
/// gross SMIC, 23 % to 2.5 SMIC, 3 % to 6 SMIC, nothing above.
ContributionScale protected_adults_scale(Date from, Money aah_year, Money smic_year);

/// The latest scale in force on `day`. Throws Error{not_found} when none is.
const ContributionScale& scale_on(const std::vector<ContributionScale>&, Date day);

struct ContributionCap {
    Money year;                      ///< rounded down to the centime
    Money month;                     ///< a twelfth of it, rounded down
    std::vector<std::string> steps;  ///< how it was found, in French
};

/// `resources`: those of the year before the measure. Throws Error{malformed_input} when negative.
ContributionCap contribution_cap(Money resources, const ContributionScale&);

}  // namespace paraphe::rules
