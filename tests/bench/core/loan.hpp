#pragma once

#include <string>

#include "json/value.hpp"

namespace paraphe::bench {

/// JSON schema of the loan contract's data: what is money and what is a date.
extern const char* const loan_schema;

/// A loan of 36 months; every field and every row differs from one variant to the next.
json::Value loan(int variant);

}  // namespace paraphe::bench
