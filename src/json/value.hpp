#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.hpp"

namespace paraphe::json {

/// A number as it was written. It never passes through a double: "0.10" stays "0.10".
class Number {
public:
    Number() = default;
    Number(std::int64_t value) : value_(value) {}  // NOLINT: integers are numbers
    /// nullopt unless JSON's grammar of a number (RFC 8259 §6).
    static std::optional<Number> parse(std::string_view digits);

    /// The digits as written.
    std::string text() const;
    /// Without a fraction, however written (2, 2.0, 20e-1).
    bool is_integer() const;
    /// nullopt unless an integer that fits; "2.0" gives 2.
    std::optional<std::int64_t> to_int64() const;
    /// nullopt when it has more digits than a Decimal holds.
    std::optional<Decimal> to_decimal() const;

    /// By value: 1 == 1.0 == 10e-1, whatever the size.
    bool operator==(const Number& other) const { return (*this <=> other) == 0; }
    std::strong_ordering operator<=>(const Number& other) const;

private:
    explicit Number(std::string digits) : value_(std::move(digits)) {}
    std::variant<std::int64_t, std::string> value_ = std::int64_t{0};
};

enum class Type { null, boolean, number, string, array, object };

/// "null", "boolean", "number", …
std::string to_string(Type);

class Value;
struct Member;
using Array = std::vector<Value>;

/// Members in the order in which they were written; a key comes once.
class Object {
public:
    Object();
    Object(std::initializer_list<Member>);
    Object(const Object&);
    Object(Object&&) noexcept;
    Object& operator=(const Object&);
    Object& operator=(Object&&) noexcept;
    ~Object();

    bool empty() const;
    std::size_t size() const;
    const Member* begin() const;
    const Member* end() const;
    bool contains(std::string_view key) const { return find(key) != nullptr; }
    /// nullptr when absent.
    const Value* find(std::string_view key) const;
    Value* find(std::string_view key);
    /// Puts a new member at the end, or a new value in its place. Gives the value.
    Value& set(std::string key, Value value);
    /// False when a member has that key already; nothing is changed then.
    bool insert(std::string key, Value value);
    /// False when there was none.
    bool erase(std::string_view key);

    /// As sets of members, whatever their order.
    bool operator==(const Object&) const;

private:
    std::size_t index_of(std::string_view key) const;
    void remember(std::size_t index);
    void rebuild();

    std::vector<Member> members_;
    std::vector<std::uint32_t> slots_;  ///< open hash table over members_, once they are many
};

/// A JSON text (RFC 8259): null, boolean, number, string (UTF-8), array or object.
class Value {
public:
    Value() = default;
    Value(std::nullptr_t) {}                                       // NOLINT
    Value(bool value) : value_(value) {}                           // NOLINT
    Value(int value) : value_(Number(value)) {}                    // NOLINT
    Value(std::int64_t value) : value_(Number(value)) {}           // NOLINT
    Value(Number value) : value_(std::move(value)) {}              // NOLINT
    Value(const char* value) : value_(std::string(value)) {}       // NOLINT
    Value(std::string_view value) : value_(std::string(value)) {}  // NOLINT
    Value(std::string value) : value_(std::move(value)) {}         // NOLINT
    Value(Array value) : value_(std::move(value)) {}               // NOLINT
    Value(Object value) : value_(std::move(value)) {}              // NOLINT

    Type type() const { return static_cast<Type>(value_.index()); }
    bool is_null() const { return type() == Type::null; }
    bool is_boolean() const { return type() == Type::boolean; }
    bool is_number() const { return type() == Type::number; }
    bool is_string() const { return type() == Type::string; }
    bool is_array() const { return type() == Type::array; }
    bool is_object() const { return type() == Type::object; }

    /// Each throws Error{malformed_input, "json_type"} for a value of another type.
    bool as_boolean() const;
    const Number& as_number() const;
    std::int64_t as_int64() const;
    const std::string& as_string() const;
    const Array& as_array() const;
    Array& as_array();
    const Object& as_object() const;
    Object& as_object();

    /// nullptr for another type.
    const bool* if_boolean() const { return std::get_if<bool>(&value_); }
    const Number* if_number() const { return std::get_if<Number>(&value_); }
    const std::string* if_string() const { return std::get_if<std::string>(&value_); }
    const Array* if_array() const { return std::get_if<Array>(&value_); }
    const Object* if_object() const { return std::get_if<Object>(&value_); }

    /// The member of an object; nullptr when absent, or when this is no object.
    const Value* find(std::string_view key) const;
    /// Throws Error{malformed_input, "json_member"} when absent, or when this is no object.
    const Value& at(std::string_view key) const;
    /// Its string, else `otherwise` when the member is absent. Throws as as_string.
    std::string string_or(std::string_view key, std::string_view otherwise) const;

    bool operator==(const Value&) const = default;

private:
    std::variant<std::nullptr_t, bool, Number, std::string, Array, Object> value_;
};

struct Member {
    std::string key;
    Value value;
    bool operator==(const Member&) const = default;
};

}  // namespace paraphe::json
