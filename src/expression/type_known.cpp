// What a condition that has been proved leaves of a type.
#include <algorithm>

#include "expression/type.hpp"

namespace paraphe::expression {

namespace {

/// Whether the condition holds for a map with these fields; nullopt when it may or may not.
std::optional<bool> holds(const Condition& condition, const std::vector<Field>& fields) {
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const Field& each) {
        return each.name == condition.field;
    });
    if (field == fields.end() || field->type.is_any()) return std::nullopt;
    const Type& type = field->type;
    if (condition.values.empty()) {
        if (!type.may_be(Kind::undefined)) return true;
        return type.is_only(Kind::undefined) ? std::optional(false) : std::nullopt;
    }
    if (!type.values() || type.may_be(Kind::none)) return std::nullopt;
    const auto among =
        std::count_if(type.values()->begin(), type.values()->end(),
                      [&](const Value& each) { return is_among(each, condition.values); });
    if (among == std::ssize(*type.values())) return true;
    return among == 0 && !type.may_be(Kind::undefined) ? std::optional(false) : std::nullopt;
}

/// The fields that follow, if the conditions are settled.
const std::vector<Field>* consequence(const Implication& implication,
                                      const std::vector<Field>& fields) {
    bool every = true;
    for (const Condition& condition : implication.conditions) {
        const std::optional<bool> is = holds(condition, fields);
        if (is == false) return &implication.otherwise;
        every = every && is == true;
    }
    return every ? &implication.then : nullptr;
}

bool always_true(Kind kind, const Type& type) {
    switch (kind) {
        case Kind::date:
        case Kind::object:
        case Kind::picture:
            return true;
        case Kind::list:
            return type.min_items() > 0;
        case Kind::map:
            return type.has_fields() &&
                   std::any_of(type.fields().begin(), type.fields().end(), [](const Field& each) {
                       return !each.type.may_be(Kind::undefined);
                   });
        default:
            return false;
    }
}

bool always_false(Kind kind, const Type& type) {
    switch (kind) {
        case Kind::undefined:
        case Kind::none:
            return true;
        case Kind::list:
            return type.max_items() == 0;
        case Kind::map:
            return type.has_fields() && type.fields().empty() && !type.is_open();
        default:
            return false;
    }
}

}  // namespace

Type Type::with_known(std::string_view name, const Type& now) const {
    if (!fields_) return *this;
    std::vector<Field> known = *fields_;
    const auto find = [&](std::string_view wanted) {
        return std::find_if(known.begin(), known.end(),
                            [&](const Field& each) { return each.name == wanted; });
    };
    if (const auto field = find(name); field != known.end())
        field->type = now;
    else if (open_ && !name.empty())
        known.push_back({std::string(name), now, {}});
    // What follows may settle further conditions; each is met once.
    std::vector<const std::vector<Field>*> met;
    for (bool changed = implications() != nullptr; changed;) {
        changed = false;
        for (const Implication& each : *implications()) {
            const std::vector<Field>* follows = consequence(each, known);
            if (!follows || std::find(met.begin(), met.end(), follows) != met.end()) continue;
            met.push_back(follows);
            changed = true;
            for (const Field& one : *follows) {
                const auto field = find(one.name);
                if (field == known.end()) continue;
                const Type both = field->type.meet(one.type);
                if (!both.impossible()) field->type = both;
            }
        }
    }
    return with_fields(std::move(known));
}

const Condition* Type::guard_of(std::string_view wanted) const {
    if (!implications()) return nullptr;
    for (const Implication& each : *implications()) {
        if (each.conditions.size() != 1) continue;
        for (const Field& follows : each.then)
            if (follows.name == wanted && !follows.type.may_be(Kind::undefined))
                return &each.conditions.front();
    }
    return nullptr;
}

Type Type::item(std::int64_t index) const {
    const auto at = static_cast<std::size_t>(index < 0 ? -(index + 1) : index);
    if (at >= max_items_) return Kind::undefined;
    const bool whole = min_items_ == max_items_;
    Type out = element();
    if (const std::vector<Field>* known = members()) {
        if (index >= 0 && at < known->size()) out = (*known)[at].type;
        if (index < 0 && whole && at < known->size()) out = (*known)[known->size() - 1 - at].type;
    }
    return at < min_items_ || out.is_any() ? out : out | Type(Kind::undefined);
}

Type Type::with_item(std::int64_t index, const Type& now) const {
    const auto at = static_cast<std::size_t>(index < 0 ? -(index + 1) : index);
    // One item is remembered apart only near the beginning of the list.
    if (at >= 16) return *this;
    if (now.is_only(Kind::undefined))
        return with_items_between(min_items_, std::min(max_items_, at));
    const Type counted = now.may_be(Kind::undefined)
                             ? *this
                             : with_items_between(std::max(min_items_, at + 1), max_items_);
    if (index < 0) return counted;
    std::vector<Field> known = members() ? *members() : std::vector<Field>();
    while (known.size() <= at)
        known.push_back({{}, element(), {}});
    known[at].type = now.without(Kind::undefined);
    return counted.with_members(std::move(known));
}

std::optional<bool> Type::truth() const {
    bool yes = false, no = false;
    for (unsigned k = 0; k < 14; ++k) {
        const auto kind = static_cast<Kind>(k);
        if (!may_be(kind)) continue;
        if (values() && (kind == Kind::text || kind == Kind::integer || kind == Kind::boolean)) {
            for (const Value& each : *values())
                if (each.kind() == kind) (expression::truth(each) ? yes : no) = true;
            continue;
        }
        yes = yes || !always_false(kind, *this);
        no = no || !always_true(kind, *this);
    }
    return yes == no ? std::nullopt : std::optional(yes);
}

Type Type::when(bool outcome) const {
    Type out = *this;
    for (unsigned k = 0; k < 14; ++k) {
        const auto kind = static_cast<Kind>(k);
        if (outcome ? always_false(kind, *this) : always_true(kind, *this)) out = out.without(kind);
    }
    if (out.is_only(Kind::boolean)) return of(Value(outcome));
    if (out.values()) {
        std::vector<Value> wanted;
        for (const Value& each : *out.values())
            if (expression::truth(each) == outcome) wanted.push_back(each);
        out = out.among(wanted);
    }
    if (!out.may_be(Kind::list)) return out;
    return outcome
               ? out.with_items_between(std::max<std::size_t>(out.min_items_, 1), out.max_items_)
               : out.with_items_between(0, 0);
}

}  // namespace paraphe::expression
