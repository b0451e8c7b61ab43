#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "expression/value.hpp"

namespace paraphe::expression {

struct Field;

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

    std::uint32_t kinds_ = all;
    std::shared_ptr<const Type> element_;
    std::shared_ptr<const std::vector<Field>> fields_;
    bool open_ = true;
};

/// A member of a map. An optional one has Kind::undefined among its type's kinds.
struct Field {
    std::string name;
    Type type;
    std::string title;  ///< French label from the schema, may be empty
};

}  // namespace paraphe::expression
