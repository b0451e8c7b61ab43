#include "expression/type.hpp"

#include <algorithm>

namespace paraphe::expression {

struct Type::Details {
    std::shared_ptr<const std::vector<Value>> values, universe;
    std::shared_ptr<const std::vector<Field>> members;
    std::shared_ptr<const std::vector<Implication>> implications;
};

namespace {

bool has(const std::vector<Value>& values, const Value& wanted) {
    return std::any_of(values.begin(), values.end(),
                       [&](const Value& each) { return equal(each, wanted); });
}

using Values = std::shared_ptr<const std::vector<Value>>;

Values joined(const Values& a, const Values& b) {
    if (a == b) return a;
    std::vector<Value> out = *a;
    for (const Value& each : *b)
        if (!has(out, each)) out.push_back(each);
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
    Type out = list_of(element.impossible() ? Type::any() : element);
    out.min_items_ = members.size();
    Details more;
    more.members = std::make_shared<const std::vector<Field>>(std::move(members));
    out.details_ = std::make_shared<const Details>(std::move(more));
    return out;
}

Type Type::object_of(std::vector<Field> fields) {
    Type out = map_of(std::move(fields));
    out.kinds_ = bit(Kind::object);
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
    out.min_items_ = std::min(may_be(Kind::list) ? min_items_ : other.min_items_,
                              other.may_be(Kind::list) ? other.min_items_ : min_items_);
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
                const Field* theirs = other.field(field.name);
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
        if (has(wanted, each) == kept) left.push_back(each);
    Type out = with_values(std::move(left));
    if (out.values()->empty()) out.kinds_ &= bit(Kind::undefined) | bit(Kind::none);
    return out;
}

Type Type::with_min_items(std::size_t count) const {
    Type out = *this;
    out.min_items_ = count;
    return out;
}

const std::vector<Field>* Type::members() const {
    return details_ ? details_->members.get() : nullptr;
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

bool Type::has_implications() const {
    return details_ && details_->implications;
}

Type Type::with_known(std::string_view name, const Type& now) const {
    if (!fields_) return *this;
    std::vector<Field> known = *fields_;
    const auto find = [&](const std::string& wanted) {
        return std::find_if(known.begin(), known.end(),
                            [&](const Field& each) { return each.name == wanted; });
    };
    for (Field& each : known)
        if (each.name == name) each.type = now;
    const auto holds = [&](const Implication::Condition& condition) -> std::optional<bool> {
        const auto field = find(condition.field);
        if (field == known.end()) return std::nullopt;
        const Type& type = field->type;
        if (type.is_any()) return std::nullopt;
        if (condition.values.empty()) {
            if (!type.may_be(Kind::undefined)) return true;
            return type.is_only(Kind::undefined) ? std::optional(false) : std::nullopt;
        }
        if (!type.values() || type.may_be(Kind::none)) return std::nullopt;
        std::size_t among = 0;
        for (const Value& each : *type.values())
            among += has(condition.values, each) ? 1 : 0;
        if (among == type.values()->size()) return true;
        return among == 0 && !type.may_be(Kind::undefined) ? std::optional(false) : std::nullopt;
    };
    if (has_implications())
        for (const Implication& each : *details_->implications) {
            bool every = true, some_not = false;
            for (const Implication::Condition& condition : each.conditions) {
                const std::optional<bool> is = holds(condition);
                every = every && is.value_or(false);
                some_not = some_not || !is.value_or(true);
            }
            if (!every && !some_not) continue;
            for (const Field& follows : every ? each.then : each.otherwise) {
                const auto field = find(follows.name);
                if (field == known.end()) continue;
                const Type met = field->type.meet(follows.type);
                if (!met.impossible()) field->type = met;
            }
        }
    return with_fields(std::move(known));
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
