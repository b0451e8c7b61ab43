#include "rules/contribution.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;
using namespace paraphe::rules;

namespace {

Money centimes(std::int64_t value) {
    return Money::from_centimes(value);
}

/// AAH 2025 = 3 × 1,016.05 + 9 × 1,033.32; gross SMIC 2025 = 12 × 1,801.80.
const Money aah_2025 = centimes(3 * 101605 + 9 * 103332);
const Money smic_2025 = centimes(12 * 180180);
const ContributionScale scale_2026 = protected_adults_scale(Date(2026, 1, 1), aah_2025, smic_2025);

}  // namespace

TEST_CASE("the sums of 2025 are those of the domain file") {
    CHECK(aah_2025 == centimes(1234803));
    CHECK(smic_2025 == centimes(2162160));
}

TEST_CASE("the cap of the MASP contribution is exact to the centime") {
    CHECK(contribution_cap(centimes(1200000), scale_2026).year == Money());
    const ContributionCap low = contribution_cap(centimes(1440000), scale_2026);
    CHECK(low.year == centimes(20519));
    CHECK(low.month == centimes(1709));
    const ContributionCap middle = contribution_cap(centimes(2300000), scale_2026);
    CHECK(middle.year == centimes(124438));
    CHECK(middle.month == centimes(10369));
}

TEST_CASE("the published maxima of 2024 come out of the sums of 2024") {
    // The fiche F1336 shows 921.42, 7,339.11 and 2,233.64 as the most that each bracket can give.
    const ContributionScale scale =
        protected_adults_scale(Date(2025, 1, 1), centimes(1205856), centimes(2127280));
    const Money first = contribution_cap(centimes(2127280), scale).year;
    CHECK(first == centimes(92142));
    const Money smic = centimes(2127280);
    CHECK(((smic * Decimal::fraction(5, 2) - smic) * Decimal::fraction(23, 100))
              .round(2, Rounding::down) == centimes(733911));
    CHECK(((smic * Decimal(6) - smic * Decimal::fraction(5, 2)) * Decimal::fraction(3, 100))
              .round(2, Rounding::down) == centimes(223364));
    CHECK(contribution_cap(smic * Decimal(6), scale).year ==
          contribution_cap(smic * Decimal(9), scale).year);
}

TEST_CASE("the cap explains itself") {
    CHECK(contribution_cap(centimes(1440000), scale_2026).steps ==
          std::vector<std::string>{
              "De 12\u202f348,03\u00a0€ à 14\u202f400,00\u00a0€ : 10\u00a0% = 205,197\u00a0€.",
              "Plafond annuel 205,19\u00a0€, soit 17,09\u00a0€ par mois (arrondis au centime "
              "inférieur)."});
}

TEST_CASE("the scale is the one in force on the first day of the measure") {
    const std::vector<ContributionScale> scales = {
        protected_adults_scale(Date(2025, 1, 1), centimes(1205856), centimes(2127280)), scale_2026};
    CHECK(scale_on(scales, Date(2025, 12, 31)).exempt_up_to == centimes(1205856));
    CHECK(scale_on(scales, Date(2026, 1, 1)).exempt_up_to == aah_2025);
    CHECK_THROWS_WITH_AS(scale_on(scales, Date(2024, 12, 31)),
                         "aucun barème n'est en vigueur au 2024-12-31; ajouter le barème de cette "
                         "année aux paramètres du département",
                         Error);
}
