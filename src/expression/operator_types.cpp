#include "expression/operator_types.hpp"

namespace paraphe::expression {

namespace {

const Type nothing = Type(Kind::none).without(Kind::none);

bool numeric(Kind kind) {
    return kind == Kind::integer || kind == Kind::decimal || kind == Kind::boolean;
}

bool integral(Kind kind) {
    return kind == Kind::integer || kind == Kind::boolean;
}

Type numbers(BinaryOperator op, Kind a, Kind b) {
    const bool whole = integral(a) && integral(b);
    switch (op) {
        case BinaryOperator::add:
        case BinaryOperator::subtract:
        case BinaryOperator::multiply:
        case BinaryOperator::modulo:
            return whole ? Type(Kind::integer) : Type::number();
        case BinaryOperator::floor_divide:
            return whole ? Type(Kind::integer) : Type::number();
        case BinaryOperator::divide:
        case BinaryOperator::power:
            return Type::number();
    }
    return nothing;
}

Type pair_type(BinaryOperator op, Kind a, Kind b) {
    const bool sum = op == BinaryOperator::add || op == BinaryOperator::subtract;
    if (numeric(a) && numeric(b)) return numbers(op, a, b);
    if (a == Kind::money && b == Kind::money) {
        if (sum || op == BinaryOperator::modulo) return Kind::money;
        if (op == BinaryOperator::divide || op == BinaryOperator::floor_divide)
            return Type::number();
        return nothing;
    }
    if (a == Kind::money && numeric(b))
        return op == BinaryOperator::multiply || op == BinaryOperator::divide ? Type(Kind::money)
                                                                              : nothing;
    if (numeric(a) && b == Kind::money)
        return op == BinaryOperator::multiply ? Type(Kind::money) : nothing;
    if (a == Kind::date && b == Kind::duration) return sum ? Type(Kind::date) : nothing;
    if (a == Kind::duration && b == Kind::date)
        return op == BinaryOperator::add ? Type(Kind::date) : nothing;
    if (a == Kind::date && b == Kind::date)
        return op == BinaryOperator::subtract ? Type(Kind::integer) : nothing;
    if (a == Kind::duration && b == Kind::duration) return sum ? Type(Kind::duration) : nothing;
    if ((a == Kind::duration && integral(b)) || (integral(a) && b == Kind::duration))
        return op == BinaryOperator::multiply ? Type(Kind::duration) : nothing;
    if (a == b && (a == Kind::text || a == Kind::list))
        return op == BinaryOperator::add ? Type(a) : nothing;
    if (op == BinaryOperator::multiply) {
        if ((a == Kind::text || a == Kind::list) && integral(b)) return a;
        if ((b == Kind::text || b == Kind::list) && integral(a)) return b;
    }
    return nothing;
}

template <class Visit>
void each_pair(const Type& a, const Type& b, Visit visit) {
    for (unsigned i = 0; i < 14; ++i)
        for (unsigned k = 0; k < 14; ++k) {
            const auto left = static_cast<Kind>(i);
            const auto right = static_cast<Kind>(k);
            if (a.may_be(left) && b.may_be(right)) visit(left, right);
        }
}

}  // namespace

Type binary_type(BinaryOperator op, const Type& a, const Type& b) {
    if (a.is_any() && b.is_any()) return Type::any();
    Type out = nothing;
    each_pair(a, b, [&](Kind left, Kind right) {
        const Type result = pair_type(op, left, right);
        if (!result.impossible()) out = out | result;
    });
    if (out.is_only(Kind::list) && !a.is_any() && !b.is_any() && op == BinaryOperator::add)
        return Type::list_of(a.element() | b.element());
    return out;
}

bool comparable(Comparison op, const Type& a, const Type& b, bool literal_zero) {
    bool out = false;
    each_pair(a, b, [&](Kind left, Kind right) {
        switch (op) {
            case Comparison::in:
            case Comparison::not_in:
                out = out || right == Kind::list || right == Kind::map ||
                      (right == Kind::text && left == Kind::text);
                break;
            case Comparison::equal:
            case Comparison::unequal: {
                const auto clash = [&](Kind x, Kind y) {
                    return (x == Kind::money && numeric(y) && !literal_zero) ||
                           (x == Kind::date && y == Kind::text);
                };
                out = out || (!clash(left, right) && !clash(right, left));
                break;
            }
            default:
                out = out || (numeric(left) && numeric(right)) ||
                      (left == right &&
                       (left == Kind::money || left == Kind::date || left == Kind::duration ||
                        left == Kind::text || left == Kind::list)) ||
                      (literal_zero && ((left == Kind::money && numeric(right)) ||
                                        (numeric(left) && right == Kind::money)));
        }
    });
    return out;
}

TypeFault operator_fault(std::string_view symbol, const Type& a, const Type& b, bool comparison) {
    TypeFault out;
    out.code = "P0102";
    out.problem = comparison ? a.description() + " et " + b.description() + " ne se comparent pas"
                             : "« " + std::string(symbol) + " » ne s'applique pas à " +
                                   a.description() + " et " + b.description();
    const auto either = [&](const Type& x, const Type& y) {
        return (a.overlaps(x) && b.overlaps(y)) || (a.overlaps(y) && b.overlaps(x));
    };
    const Type number = Type::number() | Type(Kind::boolean);
    if (either(Kind::money, number)) {
        out.code = "P0108";
        out.remedy = "écrivez le montant par « montant(12.50) »";
    } else if (comparison && either(Kind::date, Kind::text)) {
        out.code = "P0109";
        out.remedy = "écrivez la date par « date('2026-01-31') »";
    } else if (!comparison && either(Kind::date, number)) {
        out.remedy = "dites l'unité : « jours(15) » ou « mois(6) »";
    } else if (symbol == "+" && (a.may_be(Kind::text) || b.may_be(Kind::text))) {
        out.remedy = "pour accoler des textes, écrivez « ~ »";
    }
    return out;
}

}  // namespace paraphe::expression
