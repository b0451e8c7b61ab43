#pragma once

#include <memory>
#include <string>

#include "expression/type.hpp"
#include "expression/value.hpp"
#include "json/json.hpp"
#include "json/schema.hpp"

/// From JSON and its schema to typed values: `"format": "centimes"` makes money, `"date"` a date,
/// `"decimal"` (a string or a number) a number; other JSON numbers are taken by their digits.
/// A property with a `default` that the data leave out is there with that default.
namespace paraphe::expression {

/// What a schema says of data, worked out once; immutable, cheap to copy.
class Typing {
public:
    Typing();  ///< no schema: only what JSON itself has
    explicit Typing(const json::SchemaView&);
    explicit Typing(const json::Schema& schema) : Typing(schema.root()) {}

    /// The whole's type for the checker; any() without a schema. An object is closed (unknown
    /// fields are mistakes) when it lists properties, unless it says additionalProperties.
    const Type& type() const;
    /// The values, with their origin. Throws Error{malformed_input} (French, where().part is the
    /// JSON pointer) for an integer past 64 bits, a date that is none, centimes with a fraction;
    /// all else that violates the schema passes (json::Schema::validate lists it).
    Value value(const json::Value&) const;

    struct Shape;

private:
    std::shared_ptr<const Shape> shape_;
};

/// Typing(…).value(…); keep a Typing where it is needed often. `schema` may be null.
Value from_json(const json::Value&, const json::Schema* schema = nullptr);
/// Typing(schema).type()
Type type_from_schema(const json::Schema&);

}  // namespace paraphe::expression
