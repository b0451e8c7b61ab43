#pragma once

#include <string_view>

/// The formats that a schema may ask of a text. Groups may be set apart by spaces where people
/// write them so (IBAN, SIREN, SIRET).
namespace paraphe::json {

/// RFC 3339 full-date, of a day that exists.
bool is_date(std::string_view);
/// RFC 3339 date-time, with its offset.
bool is_date_time(std::string_view);
/// An addr-spec of RFC 5321 in ASCII, without quotes or comments.
bool is_email(std::string_view);
/// RFC 3986, with a scheme.
bool is_uri(std::string_view);
/// ISO 13616: check digits right, and 27 characters if French.
bool is_iban(std::string_view);
/// Nine digits, the last by Luhn.
bool is_siren(std::string_view);
/// Fourteen digits, the last by Luhn; La Poste's own rule for its own.
bool is_siret(std::string_view);
/// "-12", "12.50": digits with at most one point, no exponent.
bool is_decimal(std::string_view);

}  // namespace paraphe::json
