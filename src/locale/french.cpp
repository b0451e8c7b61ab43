#include "locale/french.hpp"

#include <array>

#include "base/error.hpp"

namespace paraphe::locale {

namespace {

constexpr std::array<std::string_view, 17> small = {
    "zéro", "un",  "deux", "trois", "quatre", "cinq",     "six",    "sept", "huit",
    "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"};

constexpr std::array<std::string_view, 10> tens = {
    "", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "", "quatre-vingt", ""};

constexpr std::array<std::string_view, 12> months = {
    "janvier", "février", "mars",      "avril",   "mai",      "juin",
    "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};

constexpr std::array<std::string_view, 7> weekdays = {"dimanche", "lundi",    "mardi", "mercredi",
                                                      "jeudi",    "vendredi", "samedi"};

std::string one(Gender gender) {
    return gender == Gender::feminine ? "une" : "un";
}

/// 1 to 99. `final`: nothing but a noun follows, so that "quatre-vingts" takes its s.
std::string below_hundred(unsigned n, Gender gender, bool final) {
    if (n == 1) return one(gender);
    if (n <= 16) return std::string(small[n]);
    if (n < 20) return "dix-" + std::string(small[n - 10]);
    const unsigned ten = n / 10;
    const unsigned unit = n % 10;
    if (ten == 7 || ten == 9) {
        const std::string base(tens[ten - 1]);
        if (n == 71) return base + " et onze";
        const unsigned rest = n - (ten - 1) * 10;
        return base + "-" + below_hundred(rest, gender, final);
    }
    const std::string base(tens[ten]);
    if (unit == 0) return ten == 8 && final ? base + "s" : base;
    if (unit == 1) return ten == 8 ? base + "-" + one(gender) : base + " et " + one(gender);
    return base + "-" + std::string(small[unit]);
}

/// 1 to 999
std::string below_thousand(unsigned n, Gender gender, bool final) {
    if (n < 100) return below_hundred(n, gender, final);
    const unsigned hundreds = n / 100;
    const unsigned rest = n % 100;
    std::string out = hundreds == 1 ? "cent" : std::string(small[hundreds]) + " cent";
    if (rest == 0) return hundreds > 1 && final ? out + "s" : out;
    return out + " " + below_hundred(rest, gender, final);
}

std::string in_words(std::uint64_t n, Gender gender) {
    if (n == 0) return "zéro";
    struct Scale {
        std::uint64_t value;
        std::string_view name;
    };
    // Long scale: mille milliards is a billion. int64 ends at nine trillions.
    static constexpr std::array<Scale, 5> scales = {{{1'000'000'000'000'000'000u, "trillion"},
                                                     {1'000'000'000'000'000u, "billiard"},
                                                     {1'000'000'000'000u, "billion"},
                                                     {1'000'000'000u, "milliard"},
                                                     {1'000'000u, "million"}}};
    std::string out;
    const auto add = [&](const std::string& part) {
        if (!out.empty()) out += ' ';
        out += part;
    };
    for (const Scale& scale : scales) {
        const auto count = static_cast<unsigned>(n / scale.value);
        n %= scale.value;
        if (count == 0) continue;
        // million and its like are nouns: "deux cents millions".
        add(below_thousand(count, Gender::masculine, true) + " " + std::string(scale.name) +
            (count > 1 ? "s" : ""));
    }
    const auto thousands = static_cast<unsigned>(n / 1000);
    const auto rest = static_cast<unsigned>(n % 1000);
    // mille is an invariable numeral: "deux cent mille", "quatre-vingt mille".
    if (thousands == 1)
        add("mille");
    else if (thousands > 1)
        add(below_thousand(thousands, gender, false) + " mille");
    if (rest > 0) add(below_thousand(rest, gender, true));
    return out;
}

std::uint64_t magnitude(std::int64_t n) {
    return n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
}

/// "d'euros" after a bare million, milliard…
std::string counted(std::uint64_t n, std::string_view singular, std::string_view plural) {
    const bool noun_last = n >= 1'000'000 && n % 1'000'000 == 0;
    const std::string words = in_words(n, Gender::masculine);
    if (noun_last) return words + " d'" + std::string(plural);
    return words + " " + std::string(n < 2 ? singular : plural);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string grouped(std::string_view digits) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += narrow_space;
        out += digits[i];
    }
    return out;
}

/// Drops the separators that people write between digits.
std::string compact(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        if (rest.starts_with(no_break_space)) {
            i += no_break_space.size() - 1;
        } else if (rest.starts_with(narrow_space)) {
            i += narrow_space.size() - 1;
        } else if (text[i] != ' ' && text[i] != '.' && text[i] != '-' && text[i] != '/') {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

std::string number_in_words(std::int64_t n, Gender gender) {
    return (n < 0 ? "moins " : "") + in_words(magnitude(n), gender);
}

std::string number_in_words(const Decimal& number) {
    const std::string written = number.to_string();
    const auto point = written.find('.');
    const std::string whole = written.substr(0, point);
    const std::string decimals = point == std::string::npos ? "" : written.substr(point + 1);
    if (whole.size() > 18 || decimals.size() > 18)
        throw Error(ErrorKind::malformed_input,
                    "ce nombre est trop long pour être écrit en lettres", {}, "arrondissez-le");
    std::string out = number.sign() < 0 ? "moins " : "";
    out += in_words(magnitude(std::stoll(whole)), Gender::masculine);
    if (decimals.empty()) return out;
    out += " virgule";
    std::size_t zeros = 0;
    for (; decimals[zeros] == '0'; ++zeros)
        out += " zéro";
    return out + " " + in_words(std::stoull(decimals.substr(zeros)), Gender::masculine);
}

std::string amount_in_words(const Money& amount) {
    const std::int64_t centimes = amount.centimes();
    const std::uint64_t all = magnitude(centimes);
    const std::uint64_t euros = all / 100;
    const std::uint64_t rest = all % 100;
    std::string out = centimes < 0 ? "moins " : "";
    if (euros > 0 || rest == 0) out += counted(euros, "euro", "euros");
    if (rest == 0) return out;
    if (euros > 0) out += " et ";
    return out + counted(rest, "centime", "centimes");
}

std::string_view month_name(unsigned month) {
    return months.at(month - 1);
}

std::string_view weekday_name(std::chrono::weekday day) {
    return weekdays.at(day.c_encoding());
}

std::string long_date(const Date& date) {
    return (date.day() == 1 ? "1er" : std::to_string(date.day())) + " " +
           std::string(month_name(date.month())) + " " + std::to_string(date.year());
}

std::string short_date(const Date& date) {
    const std::string iso = date.to_string();
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string date_in_words(const Date& date) {
    const std::string day =
        date.day() == 1 ? "premier" : number_in_words(static_cast<std::int64_t>(date.day()));
    return day + " " + std::string(month_name(date.month())) + " " +
           number_in_words(static_cast<std::int64_t>(date.year()));
}

std::string ordinal(std::int64_t n, Gender gender) {
    const std::string digits = std::to_string(n);
    if (n == 1) return digits + (gender == Gender::feminine ? "re" : "er");
    return digits + "e";
}

std::string ordinal_in_words(std::int64_t n, Gender gender) {
    if (n == 1) return gender == Gender::feminine ? "première" : "premier";
    std::string words = number_in_words(n);
    const auto ends = [&](std::string_view tail) { return words.ends_with(tail); };
    // The s of quatre-vingts, cents and millions belongs to the cardinal alone.
    if (ends("vingts") || ends("cents") || ends("ions") || ends("iards")) words.pop_back();
    if (ends("neuf")) {
        words.back() = 'v';
    } else if (ends("cinq")) {
        words += 'u';
    } else if (ends("e")) {
        words.pop_back();
    }
    return words + "ième";
}

std::string duration(int months_count, int days, bool years) {
    std::vector<std::string> parts;
    const auto add = [&](int count, std::string_view singular, std::string_view plural) {
        if (count == 0) return;
        const bool single = count == 1 || count == -1;
        parts.push_back(std::to_string(count) + std::string(no_break_space) +
                        std::string(single ? singular : plural));
    };
    if (years) {
        add(months_count / 12, "an", "ans");
        months_count %= 12;
    }
    add(months_count, "mois", "mois");
    add(days, "jour", "jours");
    if (parts.empty()) return "0" + std::string(no_break_space) + "jour";
    return enumeration(parts);
}

std::string enumeration(const std::vector<std::string>& parts, std::string_view conjunction) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            out += i + 1 == parts.size() ? " " + std::string(conjunction) + " " : std::string(", ");
        out += parts[i];
    }
    return out;
}

std::string format_number(const Decimal& number, int decimals) {
    std::string written = decimals < 0 ? number.to_string() : number.to_string(decimals);
    std::string out;
    if (written.starts_with('-')) {
        out = "-";
        written.erase(0, 1);
    }
    const auto point = written.find('.');
    out += grouped(std::string_view(written).substr(0, point));
    if (point != std::string::npos) out += "," + written.substr(point + 1);
    return out;
}

std::string format_amount(const Money& amount) {
    return format_number(Decimal(amount.centimes()) / Decimal(100), 2) +
           std::string(no_break_space) + "€";
}

std::string format_telephone(std::string_view text) {
    std::string digits = compact(text);
    if (const auto national = digits.find("(0)"); national != std::string::npos)
        digits.erase(national, 3);
    if (digits.starts_with("0033"))
        digits = "0" + digits.substr(4);
    else if (digits.starts_with("+33"))
        digits = "0" + digits.substr(3);
    std::size_t first = digits.starts_with('+') ? 1 : 0;
    for (std::size_t i = first; i < digits.size(); ++i)
        if (!is_digit(digits[i])) first = digits.size();
    const bool foreign = digits.starts_with('+') || digits.starts_with("00");
    const std::size_t count = digits.size() - (digits.starts_with('+') ? 1 : 0);
    const bool plausible = first < digits.size() &&
                           (foreign ? count >= 6 && count <= 17
                                    : digits.size() == 10 && digits[0] == '0' && digits[1] != '0');
    if (!plausible)
        throw Error(ErrorKind::malformed_input,
                    "« " + std::string(text) + " » n'est pas un numéro de téléphone", {},
                    "dix chiffres qui commencent par 0, ou +33…");
    if (foreign) {
        const auto begin = text.find_first_not_of(' ');
        return std::string(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
    }
    std::string out;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        if (i > 0) out += no_break_space;
        out += digits.substr(i, 2);
    }
    return out;
}

bool is_valid_iban(std::string_view text) {
    std::string iban = compact(text);
    if (iban.size() < 15 || iban.size() > 34) return false;
    for (char& c : iban) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (!is_digit(c) && !(c >= 'A' && c <= 'Z')) return false;
    }
    if (is_digit(iban[0]) || is_digit(iban[1]) || !is_digit(iban[2]) || !is_digit(iban[3]))
        return false;
    if ((iban.starts_with("FR") || iban.starts_with("MC")) && iban.size() != 27) return false;
    // ISO 7064 mod 97-10 over the number with its head moved to the end.
    unsigned rest = 0;
    for (const char c : iban.substr(4) + iban.substr(0, 4))
        rest = is_digit(c) ? (rest * 10 + static_cast<unsigned>(c - '0')) % 97
                           : (rest * 100 + static_cast<unsigned>(c - 'A' + 10)) % 97;
    return rest == 1;
}

std::string format_iban(std::string_view text) {
    if (!is_valid_iban(text))
        throw Error(ErrorKind::malformed_input,
                    "« " + std::string(text) + " » n'est pas un IBAN valable", {},
                    "vérifiez la clé de contrôle et le nombre de caractères");
    std::string iban = compact(text);
    std::string out;
    for (std::size_t i = 0; i < iban.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += no_break_space;
        out += iban[i] >= 'a' && iban[i] <= 'z' ? static_cast<char>(iban[i] - 'a' + 'A') : iban[i];
    }
    return out;
}

}  // namespace paraphe::locale
