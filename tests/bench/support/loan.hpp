#pragma once

#include <string>

#include "json/value.hpp"

namespace paraphe::bench {

/// JSON schema of the loan contract's data: what is money and what is a date.
extern const char* const loan_schema;

/// A loan, a row a month; every field and every row differs from one variant to the next.
json::Value loan(int variant, int months = 36);

/// The same as the peers want it: amounts in euros, and the one that stands in words ready-made.
json::Value peer_loan(int variant);

}  // namespace paraphe::bench
