#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/value.hpp"

namespace paraphe::expression {

struct Field;
struct Implication;

/// What is known of a value before there is data: the kinds it may have, and for lists and maps
/// what is inside. A map with no `fields` may hold anything.
class Type {
public:
    Type() = default;  ///< anything
    Type(Kind kind) : kinds_(bit(kind)) {}

    static Type any() { return {}; }
    static Type number() { return Type(Kind::integer) | Type(Kind::decimal); }
    static Type list_of(Type element);
    /// `open`: other keys may exist besides these.
    static Type map_of(std::vector<Field> fields, bool open = false);
    /// A list of a fixed length whose items differ: a pair of items(), a group of groupby. The
    /// names are what its members are also called ("grouper"), or empty.
    static Type tuple_of(std::vector<Field> members);
    /// A Kind::object (`loop`, a namespace) whose attributes are known.
    static Type object_of(std::vector<Field> fields);

    /// One or the other; lists and maps are joined member by member.
    Type operator|(const Type&) const;

    bool is_any() const { return kinds_ == all; }
    bool may_be(Kind kind) const { return (kinds_ & bit(kind)) != 0; }
    /// At least one kind in common.
    bool overlaps(const Type& other) const { return (kinds_ & other.kinds_) != 0; }
    bool is_only(Kind kind) const { return kinds_ == bit(kind); }
    /// The same without these kinds; may become impossible().
    Type without(Kind) const;
    /// Only these kinds.
    Type only(const Type& kinds) const;
    /// What is true of both: kinds and possible values in common, fields met one by one.
    Type meet(const Type& other) const;

    /// The same, which has no other values than these (texts, integers, booleans; beside none and
    /// undefined, if it may be those).
    Type with_values(std::vector<Value>) const;
    /// The values that it may have here; nullptr when they are not counted.
    const std::vector<Value>* values() const;
    /// The values that the schema lists, whatever conditions have proved since; or nullptr.
    const std::vector<Value>* universe() const;
    /// Of values(), those that are (or are not) among these; nothing changes when not counted.
    Type among(const std::vector<Value>&, bool kept = true) const;

    /// A list of at least so many items.
    Type with_min_items(std::size_t) const;
    std::size_t min_items() const { return min_items_; }
    /// Of a tuple; nullptr for other lists
    const std::vector<Field>* members() const;

    Type with_fields(std::vector<Field>) const;
    Type with_implications(std::vector<Implication>) const;
    bool has_implications() const;
    /// The map in which that field is known to be so, and what follows for the others.
    Type with_known(std::string_view field, const Type& now) const;
    bool impossible() const { return kinds_ == 0; }
    bool is_optional() const { return !is_any() && may_be(Kind::undefined); }

    /// any() when unknown
    Type element() const;
    bool has_fields() const { return fields_ != nullptr; }
    bool is_open() const { return open_; }
    /// Precondition: has_fields()
    const std::vector<Field>& fields() const { return *fields_; }
    /// nullptr when there is none of this name, or nothing is known
    const Field* field(std::string_view name) const;

    /// French: "un montant", "un nombre ou un texte"
    std::string description() const;

private:
    static constexpr std::uint32_t bit(Kind kind) { return 1u << static_cast<unsigned>(kind); }
    static constexpr std::uint32_t all = (1u << 14) - 1;

    /// What few types have.
    struct Details;
    Details details() const;

    std::uint32_t kinds_ = all;
    bool open_ = true;
    std::size_t min_items_ = 0;
    std::shared_ptr<const Type> element_;
    std::shared_ptr<const std::vector<Field>> fields_;
    std::shared_ptr<const Details> details_;
};

/// A member of a map. An optional one has Kind::undefined among its type's kinds.
struct Field {
    std::string name;
    Type type;
    std::string title;  ///< French label from the schema, may be empty
};

/// What a schema says of fields once others are known: if/then/else, the alternatives of a oneOf
/// told apart by a constant, dependencies.
struct Implication {
    struct Condition {
        std::string field;
        std::vector<Value> values;  ///< it has one of these, or is missing; empty: it is there
    };
    std::vector<Condition> conditions;  ///< all of them
    std::vector<Field> then;            ///< met with what is known when the conditions hold
    std::vector<Field> otherwise;       ///< the same when one of them does not
};

}  // namespace paraphe::expression
