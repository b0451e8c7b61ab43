#pragma once

#include <optional>
#include <string>

#include "base/date.hpp"
#include "odf/document.hpp"

/// Dates and times as their data styles write them. Private to layout/.
namespace paraphe::layout {

/// A civil date and time.
struct Moment {
    Date date;
    int hour = 0, minute = 0, second = 0;

    /// Reads "2026-03-01" and "2026-03-01T08:10:56", a fraction dropped; nullopt for anything else.
    static std::optional<Moment> parse(std::string_view);
};

/// By a number:date-style or number:time-style (ODF 1.3 part 3 §16.29.10, §16.29.19); without one,
/// 31/01/2026 and 08:10. nullopt for a language other than French where names are asked for, and
/// for parts that French contracts have no use for (eras, quarters, weeks).
std::optional<std::string> format_date(const Moment&, const odf::Element* style);
std::optional<std::string> format_time(const Moment&, const odf::Element* style);

}  // namespace paraphe::layout
