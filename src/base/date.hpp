#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace paraphe {

/// A civil date (proleptic Gregorian), without time or zone; years 1 to 9999.
class Date {
public:
    Date() = default;
    explicit Date(std::chrono::sys_days days) : days_(days) {}
    /// Throws Error{malformed_input} when there is no such day.
    Date(int year, unsigned month, unsigned day);
    /// Reads YYYY-MM-DD; nullopt for anything else, and for a day that does not exist.
    static std::optional<Date> parse(std::string_view);

    int year() const { return static_cast<int>(ymd().year()); }
    unsigned month() const { return static_cast<unsigned>(ymd().month()); }
    unsigned day() const { return static_cast<unsigned>(ymd().day()); }
    std::chrono::weekday weekday() const { return std::chrono::weekday(days_); }
    std::chrono::sys_days sys_days() const { return days_; }

    Date plus_days(int days) const;
    /// Same day number, or the last day of the month where it does not exist (CPC art. 641).
    Date plus_months(int months) const;
    /// Days from `other` to this date.
    int operator-(const Date& other) const {
        return static_cast<int>((days_ - other.days_).count());
    }

    auto operator<=>(const Date&) const = default;

    /// YYYY-MM-DD
    std::string to_string() const;

private:
    std::chrono::year_month_day ymd() const { return std::chrono::year_month_day(days_); }
    std::chrono::sys_days days_{};
};

/// An instant of the journal: UTC, microseconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// RFC 3339 in UTC, "2026-11-25T07:10:56.123456Z"; the fraction is left out when zero.
std::string to_string(Instant);
/// Reads RFC 3339 with "Z" or a numeric offset, or a bare YYYY-MM-DD (midnight UTC).
std::optional<Instant> parse_instant(std::string_view);

/// The wall clock, passed in: nothing below contract/ asks the system for the time.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
};

/// A clock that stands still until it is moved.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant now) : now_(now) {}
    Instant now() const override { return now_; }
    void set(Instant now) { now_ = now; }

private:
    Instant now_;
};

}  // namespace paraphe
