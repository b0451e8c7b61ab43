#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "json/value.hpp"

/// JSON (RFC 8259).
/// In: foreign bytes. Out: a Value whose numbers are the digits that were written, or one
/// Error{malformed_input} with line and column. Schemas: json/schema.hpp.
namespace paraphe::json {

struct Caps {
    std::size_t bytes = 64u << 20;
    std::size_t depth = 256;
    std::size_t values = 5'000'000;
    std::size_t digits = 1000;  ///< of one number
};

/// `source` names the bytes in messages. Refuses duplicate keys ("duplicate_key"), lone
/// surrogates, malformed UTF-8, NUL outside an escape, text after the value, and what outgrows the
/// caps ("too_large", "too_deep").
Value parse(ByteView, const std::string& source, const Caps& = {});

/// One line, members in their order, nothing escaped but what must be.
std::string write(const Value&);
/// Two spaces of indentation, members in their order, a line feed at the end.
std::string write_pretty(const Value&);

/// The JSON Canonicalization Scheme (RFC 8785): what is hashed. Members by UTF-16 order of keys,
/// numbers as ECMAScript writes them. Throws Error{malformed_input, "not_canonical"} for a number
/// that a double may not hold (over 15 digits and no integer up to 2^53; such a one belongs into a
/// string, RFC 8785 appendix D), and for malformed UTF-8.
std::string canonical(const Value&);

/// A string with its quotes, as `write` puts it.
std::string quote(std::string_view);

// --- JSON Pointer (RFC 6901) --------------------------------------------------------------------

/// "/menage/0/nom" → {"menage", "0", "nom"}; "" is the whole document. Throws
/// Error{malformed_input, "json_pointer"} unless empty or begun with "/", or for a bad "~".
std::vector<std::string> split_pointer(std::string_view pointer);
/// The pointer of a member of the value at `parent`: escapes "~" and "/".
std::string append_pointer(std::string_view parent, std::string_view key);
std::string append_pointer(std::string_view parent, std::size_t index);
/// nullptr when nothing is there.
const Value* resolve(const Value& document, std::string_view pointer);

}  // namespace paraphe::json
