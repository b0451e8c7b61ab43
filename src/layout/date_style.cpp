#include "layout/date_style.hpp"

#include <array>

#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "locale/french.hpp"
#include "odf/odf.hpp"

namespace paraphe::layout {

namespace {

namespace n = names;

std::string two(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string short_month(unsigned month) {
    constexpr std::array names{"janv.", "févr.", "mars",  "avr.", "mai",  "juin",
                               "juil.", "août",  "sept.", "oct.", "nov.", "déc."};
    return names[month - 1];
}

/// One part of the style; nullopt for a part that is not known.
std::optional<std::string> part(const Moment& moment, const odf::Element& element) {
    const Date& date = moment.date;
    const std::string_view kind = std::string_view(element.name.str());
    const bool is_long = element.attribute_or_empty(n::number_style) == "long";
    const auto number = [&](int value) { return is_long ? two(value) : std::to_string(value); };
    if (kind == "number:text") return odf::plain_text(element);
    if (kind == "number:day") return number(static_cast<int>(date.day()));
    if (kind == "number:month") {
        if (element.attribute_or_empty(n::number_textual) != "true")
            return number(static_cast<int>(date.month()));
        return is_long ? std::string(locale::month_name(date.month())) : short_month(date.month());
    }
    if (kind == "number:year")
        return is_long ? std::to_string(date.year()) : two(date.year() % 100);
    if (kind == "number:day-of-week") {
        const std::string name(locale::weekday_name(date.weekday()));
        return is_long ? name : name.substr(0, 3) + ".";
    }
    if (kind == "number:hours") return number(moment.hour);
    if (kind == "number:minutes") return number(moment.minute);
    if (kind == "number:seconds") return number(moment.second);
    return std::nullopt;
}

bool has_names(const odf::Element& style) {
    for (const auto& node : style.children)
        if (const auto* child = std::get_if<odf::ElementPtr>(&node))
            if ((*child)->attribute_or_empty(n::number_textual) == "true" ||
                (*child)->name.str() == "number:day-of-week")
                return true;
    return false;
}

std::optional<std::string> format(const Moment& moment, const odf::Element& style) {
    const auto language = style.attribute_or_empty(n::number_language);
    if (!language.empty() && language != "fr" && has_names(style)) return std::nullopt;
    std::string out;
    for (const auto& node : style.children) {
        const auto* child = std::get_if<odf::ElementPtr>(&node);
        if (child == nullptr || !(*child)->name.str().starts_with("number:")) continue;
        const auto said = part(moment, **child);
        if (!said) return std::nullopt;
        out += *said;
    }
    return out;
}

}  // namespace

std::optional<Moment> Moment::parse(std::string_view text) {
    const auto date = Date::parse(text.substr(0, 10));
    if (!date) return std::nullopt;
    Moment out{*date};
    if (text.size() == 10) return out;
    const auto digits = [&](std::size_t at) {
        return at + 2 <= text.size() ? parse_integer(text.substr(at, 2), -1) : -1;
    };
    out.hour = digits(11);
    out.minute = digits(14);
    out.second = digits(17);
    if (text[10] != 'T' || out.hour < 0 || out.hour > 23 || out.minute < 0 || out.minute > 59 ||
        out.second < 0 || out.second > 60)
        return std::nullopt;
    return out;
}

std::optional<std::string> format_date(const Moment& moment, const odf::Element* style) {
    if (style != nullptr) return format(moment, *style);
    return locale::short_date(moment.date);
}

std::optional<std::string> format_time(const Moment& moment, const odf::Element* style) {
    if (style != nullptr) return format(moment, *style);
    return two(moment.hour) + ":" + two(moment.minute);
}

}  // namespace paraphe::layout
