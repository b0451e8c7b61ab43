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
struct Condition;
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
    static Type object_of(std::vector<Field> fields, bool open = false);
    /// Of exactly this value; a list's items are told together.
    static Type of(const Value&);

    /// One or the other; lists and maps are joined member by member.
    Type operator|(const Type&) const;

    bool is_any() const { return kinds_ == all; }
    bool may_be(Kind kind) const { return (kinds_ & bit(kind)) != 0; }
    /// At least one kind in common.
    bool overlaps(const Type& other) const { return (kinds_ & other.kinds_) != 0; }
    bool same_kinds(const Type& other) const { return kinds_ == other.kinds_; }
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

    static constexpr std::size_t unbounded = SIZE_MAX;
    /// A list of so many items.
    Type with_items_between(std::size_t least, std::size_t most) const;
    std::size_t min_items() const { return min_items_; }
    std::size_t max_items() const { return max_items_; }
    /// Its first items, as far as they are known one by one; nullptr when they are not. All of a
    /// tuple's, whose min_items() and max_items() are equal.
    const std::vector<Field>* members() const;
    Type with_members(std::vector<Field>) const;
    /// Item `index` of a list (negative: from the end), which is undefined beyond its length.
    Type item(std::int64_t index) const;
    /// The list in which that item is known to be so.
    Type with_item(std::int64_t index, const Type& now) const;

    /// Whether the value counts as true in a condition; nullopt when both may be.
    std::optional<bool> truth() const;
    /// What is left of it when it counted so.
    Type when(bool outcome) const;
    /// Of the same kinds, for a name that later receives other values; any() when what it has now
    /// is empty and so says nothing of them.
    Type widened() const;

    Type with_fields(std::vector<Field>) const;
    Type with_implications(std::vector<Implication>) const;
    /// nullptr when there are none
    const std::vector<Implication>* implications() const;
    /// The map in which that field is known to be so, and what follows for the others.
    Type with_known(std::string_view field, const Type& now) const;
    /// The one condition on another field under which this one is sure to be there; or nullptr.
    const Condition* guard_of(std::string_view field) const;
    bool impossible() const { return kinds_ == 0; }

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
    std::size_t max_items_ = unbounded;
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

/// What is asked of one field of a map.
struct Condition {
    std::string field;
    std::vector<Value> values;  ///< it has one of these, or is missing; empty: it is there
};

/// What a schema says of fields once others are known: if/then/else, the alternatives of a oneOf
/// told apart by a constant, dependencies.
struct Implication {
    std::vector<Condition> conditions;  ///< all of them
    std::vector<Field> then;            ///< met with what is known when the conditions hold
    std::vector<Field> otherwise;       ///< the same when one of them does not
};

}  // namespace paraphe::expression
