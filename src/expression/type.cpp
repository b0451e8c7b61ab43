#include "expression/type.hpp"

#include <algorithm>

namespace paraphe::expression {

struct Type::Details {
    std::shared_ptr<const std::vector<Value>> values, universe;
    std::shared_ptr<const std::vector<Field>> members;
    std::shared_ptr<const std::vector<Implication>> implications;
};

namespace {

using Values = std::shared_ptr<const std::vector<Value>>;

Values joined(const Values& a, const Values& b) {
    if (a == b) return a;
    std::vector<Value> out = *a;
    for (const Value& each : *b)
        if (!is_among(each, out)) out.push_back(each);
    return std::make_shared<const std::vector<Value>>(std::move(out));
}

}  // namespace

Type::Details Type::details() const {
    return details_ ? *details_ : Details{};
}

Type Type::list_of(Type element) {
    Type out(Kind::list);
    if (!element.is_any()) out.element_ = std::make_shared<const Type>(std::move(element));
    return out;
}

Type Type::map_of(std::vector<Field> fields, bool open) {
    Type out(Kind::map);
    out.fields_ = std::make_shared<const std::vector<Field>>(std::move(fields));
    out.open_ = open;
    return out;
}

Type Type::tuple_of(std::vector<Field> members) {
    Type element = Type(Kind::none).without(Kind::none);
    for (const Field& each : members)
        element = element | each.type;
    const std::size_t count = members.size();
    return list_of(element.impossible() ? Type::any() : element)
        .with_items_between(count, count)
        .with_members(std::move(members));
}

Type Type::object_of(std::vector<Field> fields, bool open) {
    Type out = map_of(std::move(fields), open);
    out.kinds_ = bit(Kind::object);
    return out;
}

Type Type::of(const Value& value) {
    if (value.is_list()) {
        Type element = Type(Kind::none).without(Kind::none);
        for (const Value& each : value.items())
            element = element | of(each);
        return list_of(element.impossible() ? Type::any() : element)
            .with_items_between(value.items().size(), value.items().size());
    }
    Type out(value.kind());
    if (!value.is_text() && !value.is(Kind::integer) && !value.is(Kind::boolean)) return out;
    Details more;
    more.values = std::make_shared<const std::vector<Value>>(1, value);
    out.details_ = std::make_shared<const Details>(std::move(more));
    return out;
}

Type Type::operator|(const Type& other) const {
    if (impossible()) return other;
    if (other.impossible()) return *this;
    Type out;
    out.kinds_ = kinds_ | other.kinds_;
    // A value that is missing or none says nothing against what is known of the rest.
    const std::uint32_t absent = bit(Kind::undefined) | bit(Kind::none);
    if ((other.kinds_ & ~absent) == 0 || (kinds_ & ~absent) == 0) {
        out = (other.kinds_ & ~absent) == 0 ? *this : other;
        out.kinds_ = kinds_ | other.kinds_;
        return out;
    }
    const Type& left = may_be(Kind::list) ? *this : other;
    const Type& right = other.may_be(Kind::list) ? other : *this;
    out.min_items_ = std::min(left.min_items_, right.min_items_);
    out.max_items_ = std::max(left.max_items_, right.max_items_);
    if (details_ && other.details_) {
        Details more;
        if (details_->values && other.details_->values)
            more.values = joined(details_->values, other.details_->values);
        if (details_->universe && other.details_->universe)
            more.universe = joined(details_->universe, other.details_->universe);
        if (details_->members == other.details_->members) more.members = details_->members;
        if (details_->implications == other.details_->implications)
            more.implications = details_->implications;
        out.details_ = std::make_shared<const Details>(std::move(more));
    }
    if (may_be(Kind::list) && other.may_be(Kind::list)) {
        if (element_ && other.element_)
            out.element_ = std::make_shared<const Type>(*element_ | *other.element_);
    } else {
        out.element_ = may_be(Kind::list) ? element_ : other.element_;
    }
    const bool has_members = may_be(Kind::map) || may_be(Kind::object);
    const bool so_has_other = other.may_be(Kind::map) || other.may_be(Kind::object);
    if (has_members && so_has_other) {
        if (fields_ == other.fields_) {
            out.fields_ = fields_;
            out.open_ = open_ || other.open_;
        } else if (fields_ && other.fields_) {
            std::vector<Field> joined;
            for (const Field& field : *fields_) {
                const std::size_t at = joined.size();
                const Field* theirs =
                    at < other.fields_->size() && (*other.fields_)[at].name == field.name
                        ? &(*other.fields_)[at]
                        : other.field(field.name);
                joined.push_back(field);
                joined.back().type = field.type | (theirs ? theirs->type : Type(Kind::undefined));
            }
            for (const Field& theirs : *other.fields_) {
                if (field(theirs.name)) continue;
                joined.push_back(theirs);
                joined.back().type = theirs.type | Type(Kind::undefined);
            }
            out.fields_ = std::make_shared<const std::vector<Field>>(std::move(joined));
            out.open_ = open_ || other.open_;
        }
    } else if (has_members) {
        out.fields_ = fields_;
        out.open_ = open_;
    } else {
        out.fields_ = other.fields_;
        out.open_ = other.open_;
    }
    return out;
}

Type Type::widened() const {
    const bool empty_text = is_only(Kind::text) && truth() == false;
    if (is_only(Kind::none) || is_only(Kind::undefined) || empty_text) return any();
    Type out = *this;
    out.details_ = nullptr;
    out.min_items_ = 0;
    if (max_items_ == 0) out.element_ = nullptr;
    out.max_items_ = unbounded;
    if (out.element_) out.element_ = std::make_shared<const Type>(out.element_->widened());
    return out;
}

Type Type::without(Kind kind) const {
    Type out = *this;
    out.kinds_ &= ~bit(kind);
    return out;
}

Type Type::only(const Type& kinds) const {
    Type out = *this;
    out.kinds_ &= kinds.kinds_;
    return out;
}

Type Type::meet(const Type& other) const {
    if (is_any() && min_items_ == 0 && !details_) return other;
    if (other.is_any() && other.min_items_ == 0 && !other.details_) return *this;
    Type out = *this;
    if (other.values() && values())
        out = among(*other.values());
    else if (other.values())
        out = other;
    out.kinds_ = kinds_ & other.kinds_;
    if (out.values() && out.values()->empty()) out.kinds_ &= bit(Kind::undefined) | bit(Kind::none);
    out.min_items_ = std::max(min_items_, other.min_items_);
    out.max_items_ = std::min(max_items_, other.max_items_);
    out.element_ = element_ ? element_ : other.element_;
    if (fields_ == other.fields_ || !other.fields_) {
        out.fields_ = fields_;
        out.open_ = fields_ ? open_ : other.open_;
    } else if (!fields_) {
        out.fields_ = other.fields_;
        out.open_ = other.open_;
    } else {
        std::vector<Field> met = *fields_;
        for (Field& mine : met)
            if (const Field* theirs = other.field(mine.name))
                mine.type = mine.type.meet(theirs->type);
        for (const Field& theirs : *other.fields_)
            if (!field(theirs.name)) met.push_back(theirs);
        out.fields_ = std::make_shared<const std::vector<Field>>(std::move(met));
        out.open_ = open_ && other.open_;
    }
    return out;
}

Type Type::with_values(std::vector<Value> values) const {
    Type out = *this;
    Details more = details();
    more.values = std::make_shared<const std::vector<Value>>(std::move(values));
    if (!more.universe) more.universe = more.values;
    out.details_ = std::make_shared<const Details>(std::move(more));
    return out;
}

const std::vector<Value>* Type::values() const {
    return details_ ? details_->values.get() : nullptr;
}

const std::vector<Value>* Type::universe() const {
    return details_ ? details_->universe.get() : nullptr;
}

Type Type::among(const std::vector<Value>& wanted, bool kept) const {
    if (!values()) return *this;
    std::vector<Value> left;
    for (const Value& each : *values())
        if (is_among(each, wanted) == kept) left.push_back(each);
    Type out = with_values(std::move(left));
    if (out.values()->empty()) out.kinds_ &= bit(Kind::undefined) | bit(Kind::none);
    return out;
}

Type Type::with_items_between(std::size_t least, std::size_t most) const {
    Type out = *this;
    out.min_items_ = least;
    out.max_items_ = most;
    return out;
}

const std::vector<Field>* Type::members() const {
    return details_ ? details_->members.get() : nullptr;
}

Type Type::with_members(std::vector<Field> members) const {
    Type out = *this;
    Details more = details();
    more.members = std::make_shared<const std::vector<Field>>(std::move(members));
    out.details_ = std::make_shared<const Details>(std::move(more));
    return out;
}

Type Type::with_fields(std::vector<Field> fields) const {
    Type out = *this;
    out.fields_ = std::make_shared<const std::vector<Field>>(std::move(fields));
    return out;
}

Type Type::with_implications(std::vector<Implication> implications) const {
    Type out = *this;
    Details more = details();
    more.implications = std::make_shared<const std::vector<Implication>>(std::move(implications));
    out.details_ = std::make_shared<const Details>(std::move(more));
    return out;
}

const std::vector<Implication>* Type::implications() const {
    return details_ ? details_->implications.get() : nullptr;
}

Type Type::element() const {
    return element_ ? *element_ : Type::any();
}

const Field* Type::field(std::string_view name) const {
    if (!fields_) return nullptr;
    for (const Field& each : *fields_)
        if (each.name == name) return &each;
    return nullptr;
}

std::string Type::description() const {
    if (is_any()) return "une valeur";
    std::vector<std::string> names;
    for (unsigned k = 0; k < 14; ++k) {
        const Kind kind = static_cast<Kind>(k);
        if (!may_be(kind)) continue;
        if (kind == Kind::undefined && kinds_ != bit(kind)) continue;
        // An integer is a number too: name both once.
        if (kind == Kind::integer && may_be(Kind::decimal)) continue;
        names.emplace_back(name(kind));
    }
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) out += i + 1 == names.size() ? " ou " : ", ";
        out += names[i];
    }
    return out;
}

}  // namespace paraphe::expression
