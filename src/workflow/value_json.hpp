#pragma once

#include "expression/value.hpp"
#include "json/value.hpp"

/// Private to workflow/: values of the datamodel in a snapshot. JSON's own types stand as they are;
/// a date is {"$date": "2026-11-25"}, an amount {"$centimes": "12345"}, a decimal {"$decimal":
/// "1/3"}, a duration {"$duration": [months, days]}; a map with a key that begins with "$" is
/// {"$map": {…}}.
namespace paraphe::workflow {

/// Throws Error{malformed_input} for an object of the language (a loop, a slot).
json::Value to_json(const expression::Value&);
/// Throws Error{malformed_input}.
expression::Value value_from_json(const json::Value&);

}  // namespace paraphe::workflow
