#pragma once

#include <string>

#include "base/date.hpp"

/// Civil dates of a dossier: metropolitan France (Europe/Paris, daylight saving by directive
/// 2000/84/EC) and the overseas territories, whose offsets are fixed but for Saint-Pierre-et-
/// Miquelon (rules of the United States since 2007). A table of its own, so that a dossier's
/// deadlines do not move when a machine's time zone files do.
namespace paraphe::contract {

/// Throws Error{malformed_input, "unknown_zone"} for any other zone.
void require_zone(const std::string& zone);

/// The day it is there at that instant.
Date civil_date(Instant, const std::string& zone);

/// When that day ends there: the first instant of the next day. A deadline on day D falls then.
Instant end_of_day(Date, const std::string& zone);

}  // namespace paraphe::contract
