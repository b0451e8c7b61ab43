#include "base/date.hpp"

#include <cstdio>

#include "base/error.hpp"

namespace paraphe {

namespace chrono = std::chrono;

namespace {

std::optional<int> read_digits(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count) return std::nullopt;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

chrono::sys_days checked(chrono::sys_days days) {
    const int year = static_cast<int>(chrono::year_month_day(days).year());
    if (year < 1 || year > 9999)
        throw Error(ErrorKind::malformed_input, "date outside the years 1 to 9999", {}, {},
                    "overflow");
    return days;
}

}  // namespace

Date::Date(int year, unsigned month, unsigned day) {
    const chrono::year_month_day ymd{chrono::year(year), chrono::month(month), chrono::day(day)};
    if (!ymd.ok() || year < 1 || year > 9999)
        throw Error(ErrorKind::malformed_input, "no such day: " + std::to_string(year) + "-" +
                                                    std::to_string(month) + "-" +
                                                    std::to_string(day));
    days_ = ymd;
}

std::optional<Date> Date::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = read_digits(text, 0, 4);
    const auto month = read_digits(text, 5, 2);
    const auto day = read_digits(text, 8, 2);
    if (!year || !month || !day || *year < 1) return std::nullopt;
    const chrono::year_month_day ymd{chrono::year(*year), chrono::month(unsigned(*month)),
                                     chrono::day(unsigned(*day))};
    if (!ymd.ok()) return std::nullopt;
    return Date(chrono::sys_days(ymd));
}

Date Date::plus_days(int days) const {
    return Date(checked(days_ + chrono::days(days)));
}

Date Date::plus_months(int months) const {
    if (months > 12 * 9999 || months < -12 * 9999)
        throw Error(ErrorKind::malformed_input, "too many months", {}, {}, "overflow");
    const auto start = ymd();
    chrono::year_month_day moved = start + chrono::months(months);
    if (!moved.ok()) moved = moved.year() / moved.month() / chrono::last;
    return Date(checked(chrono::sys_days(moved)));
}

std::string Date::to_string() const {
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", year(), month(), day());
    return buffer;
}

std::string to_string(Instant instant) {
    const auto days = chrono::floor<chrono::days>(instant);
    const chrono::hh_mm_ss time(chrono::floor<chrono::microseconds>(instant - days));
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d", int(time.hours().count()),
                  int(time.minutes().count()), int(time.seconds().count()));
    std::string out = Date(days).to_string() + buffer;
    if (const auto micros = time.subseconds().count(); micros != 0) {
        std::snprintf(buffer, sizeof buffer, ".%06lld", static_cast<long long>(micros));
        out += buffer;
    }
    return out + "Z";
}

std::optional<Instant> parse_instant(std::string_view text) {
    const auto date = Date::parse(text.substr(0, 10));
    if (!date) return std::nullopt;
    Instant out = date->sys_days();
    if (text.size() == 10) return out;
    const auto hour = read_digits(text, 11, 2);
    const auto minute = read_digits(text, 14, 2);
    const auto second = read_digits(text, 17, 2);
    if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' ||
        text[16] != ':' || !hour || !minute || !second || *hour > 23 || *minute > 59 ||
        *second > 60)
        return std::nullopt;
    out += chrono::hours(*hour) + chrono::minutes(*minute) + chrono::seconds(*second);
    std::size_t at = 19;
    if (text[at] == '.') {
        long micros = 0;
        long unit = 100000;
        const std::size_t first = ++at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
            micros += unit * (text[at] - '0');
        if (at == first) return std::nullopt;
        out += chrono::microseconds(micros);
    }
    if (at == text.size()) return std::nullopt;
    if (text[at] == 'Z' || text[at] == 'z') {
        if (at + 1 != text.size()) return std::nullopt;
        return out;
    }
    const auto offset_hour = read_digits(text, at + 1, 2);
    const auto offset_minute = read_digits(text, at + 4, 2);
    if ((text[at] != '+' && text[at] != '-') || text.size() != at + 6 || text[at + 3] != ':' ||
        !offset_hour || !offset_minute || *offset_hour > 23 || *offset_minute > 59)
        return std::nullopt;
    const auto offset = chrono::hours(*offset_hour) + chrono::minutes(*offset_minute);
    return text[at] == '+' ? out - offset : out + offset;
}

Instant SystemClock::now() const {
    return chrono::time_point_cast<chrono::microseconds>(chrono::system_clock::now());
}

}  // namespace paraphe
