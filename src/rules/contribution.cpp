#include "rules/contribution.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace paraphe::rules {

namespace {

/// "12 348,03 €" with no-break spaces; a part of a centime is written out ("205,197 €").
std::string in_euros(const Money& amount) {
    std::string digits = (amount.exact_centimes() / Decimal(100)).to_string();
    std::size_t point = digits.find('.');
    if (point == std::string::npos) {
        point = digits.size();
        digits += ".";
    }
    while (digits.size() < point + 3)
        digits += '0';
    digits[point] = ',';
    const std::size_t first = digits[0] == '-' ? 1 : 0;
    for (std::size_t at = point; at > first + 3;) {
        at -= 3;
        digits.insert(at, "\u202f");
    }
    return digits + "\u00a0€";
}

std::string percent(const Decimal& rate) {
    std::string out = (rate * Decimal(100)).to_string();
    std::replace(out.begin(), out.end(), '.', ',');
    return out + "\u00a0%";
}

}  // namespace

ContributionScale protected_adults_scale(Date from, Money aah_year, Money smic_year) {
    return {from,
            aah_year,
            {{smic_year, Decimal::fraction(10, 100)},
             {smic_year * Decimal::fraction(5, 2), Decimal::fraction(23, 100)},
             {smic_year * Decimal(6), Decimal::fraction(3, 100)}},
            "CASF L271-4, barème des majeurs protégés"};
}

const ContributionScale& scale_on(const std::vector<ContributionScale>& scales, Date day) {
    const ContributionScale* found = nullptr;
    for (const ContributionScale& scale : scales)
        if (scale.from <= day && (!found || scale.from > found->from)) found = &scale;
    if (!found)
        throw Error(ErrorKind::not_found, "aucun barème n'est en vigueur au " + day.to_string(), {},
                    "ajouter le barème de cette année aux paramètres du département");
    return *found;
}

ContributionCap contribution_cap(Money resources, const ContributionScale& scale) {
    if (resources < Money())
        throw Error(ErrorKind::malformed_input, "des ressources ne peuvent pas être négatives");
    ContributionCap cap;
    if (resources <= scale.exempt_up_to) {
        cap.steps.push_back("Ressources de " + in_euros(resources) + " : pas plus de " +
                            in_euros(scale.exempt_up_to) + ", aucune participation.");
        return cap;
    }
    Money sum;
    Money floor = scale.exempt_up_to;
    for (const Bracket& bracket : scale.brackets) {
        const Money top = std::min(resources, bracket.up_to);
        if (top > floor) {
            const Money share = (top - floor) * bracket.rate;
            cap.steps.push_back("De " + in_euros(floor) + " à " + in_euros(top) + " : " +
                                percent(bracket.rate) + " = " + in_euros(share) + ".");
            sum = sum + share;
        }
        floor = std::max(floor, bracket.up_to);
    }
    cap.year = sum.round(2, Rounding::down);
    cap.month = (cap.year / Decimal(12)).round(2, Rounding::down);
    cap.steps.push_back("Plafond annuel " + in_euros(cap.year) + ", soit " + in_euros(cap.month) +
                        " par mois (arrondis au centime inférieur).");
    return cap;
}

}  // namespace paraphe::rules
