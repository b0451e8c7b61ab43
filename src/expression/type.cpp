#include "expression/type.hpp"

namespace paraphe::expression {

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

Type Type::operator|(const Type& other) const {
    if (impossible()) return other;
    if (other.impossible()) return *this;
    Type out;
    out.kinds_ = kinds_ | other.kinds_;
    if (may_be(Kind::list) && other.may_be(Kind::list)) {
        if (element_ && other.element_)
            out.element_ = std::make_shared<const Type>(*element_ | *other.element_);
    } else {
        out.element_ = may_be(Kind::list) ? element_ : other.element_;
    }
    if (may_be(Kind::map) && other.may_be(Kind::map)) {
        if (fields_ == other.fields_) {
            out.fields_ = fields_;
            out.open_ = open_ || other.open_;
        } else if (fields_ && other.fields_) {
            std::vector<Field> joined;
            for (const Field& mine : *fields_) {
                const Field* theirs = other.field(mine.name);
                joined.push_back(mine);
                joined.back().type = mine.type | (theirs ? theirs->type : Type(Kind::undefined));
            }
            for (const Field& theirs : *other.fields_) {
                if (field(theirs.name)) continue;
                joined.push_back(theirs);
                joined.back().type = theirs.type | Type(Kind::undefined);
            }
            out.fields_ = std::make_shared<const std::vector<Field>>(std::move(joined));
            out.open_ = open_ || other.open_;
        }
    } else if (may_be(Kind::map)) {
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
