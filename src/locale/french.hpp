#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"

/// How French writes numbers, amounts, dates and lists. Pure functions, no locale of the machine.
/// Sources: Académie française (traditional spelling), Lexique des règles typographiques en usage à
/// l'Imprimerie nationale. U+202F stands between thousands, U+00A0 before a unit.
namespace paraphe::locale {

inline constexpr std::string_view narrow_space = "\u202f";
inline constexpr std::string_view no_break_space = "\u00a0";

enum class Gender { masculine, feminine };

/// "quatre-vingt-un", "deux cents", "deux cent un", "mille", "deux millions"; traditional spelling:
/// hyphens below one hundred only, "vingt et un", "soixante et onze". Feminine: "vingt et une".
/// Negative: "moins trois".
std::string number_in_words(std::int64_t, Gender = Gender::masculine);

/// "douze virgule cinq", "trois virgule zéro cinq".
/// Throws Error{malformed_input} for a number that does not end or is past 18 digits.
std::string number_in_words(const Decimal&);

/// "mille deux cents euros et cinquante centimes", "un million d'euros", "un euro", "zéro euro".
/// Throws as Money::centimes().
std::string amount_in_words(const Money&);

/// "1er mars 2026", with plain spaces.
std::string long_date(const Date&);
/// "31/01/2026"
std::string short_date(const Date&);
/// "le" is not written: "premier mars deux mille vingt-six".
std::string date_in_words(const Date&);
/// "janvier" … "décembre"; 1 to 12.
std::string_view month_name(unsigned month);
/// "lundi" … "dimanche"
std::string_view weekday_name(std::chrono::weekday);

/// "1er", "1re", "2e", "21e"
std::string ordinal(std::int64_t, Gender = Gender::masculine);
/// "premier", "première", "deuxième", "vingt et unième"
std::string ordinal_in_words(std::int64_t, Gender = Gender::masculine);

/// "2 ans et 3 mois"; 18 months stay months when `years` is not asked for; "15 jours";
/// "0 jour" for nothing.
std::string duration(int months, int days, bool years = false);

/// "A", "A et B", "A, B et C"; `conjunction` may be "ou".
std::string enumeration(const std::vector<std::string>&, std::string_view conjunction = "et");

/// "1 234,5": decimal comma, thousands apart by U+202F, from 10 000 or 1 000 on alike.
/// `decimals` < 0: as many as the value has. Throws for an unending or inexact writing.
std::string format_number(const Decimal&, int decimals = -1);
/// "1 234,56 €" (U+202F, then U+00A0 before the sign); always two decimals. Throws as
/// Money::centimes().
std::string format_amount(const Money&);

/// "01 23 45 67 89" with no-break spaces; accepts 0123456789, +33…, 0033…, separators.
/// Another country's number keeps its prefix: "+44 20…" is given back as it was, trimmed.
/// Throws Error{malformed_input} (French) when it is no telephone number.
std::string format_telephone(std::string_view);

/// Groups of four with no-break spaces. Throws Error{malformed_input} (French) when the check
/// digits (ISO 13616, modulo 97) or the length for FR are wrong.
std::string format_iban(std::string_view);
bool is_valid_iban(std::string_view);

}  // namespace paraphe::locale
