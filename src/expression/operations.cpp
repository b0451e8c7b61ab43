#include "expression/operations.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "expression/content.hpp"

namespace paraphe::expression {

std::string_view symbol(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::add:
            return "+";
        case BinaryOperator::subtract:
            return "-";
        case BinaryOperator::multiply:
            return "*";
        case BinaryOperator::divide:
            return "/";
        case BinaryOperator::floor_divide:
            return "//";
        case BinaryOperator::modulo:
            return "%";
        case BinaryOperator::power:
            return "**";
    }
    return "?";
}

std::string_view symbol(Comparison op) {
    switch (op) {
        case Comparison::equal:
            return "==";
        case Comparison::unequal:
            return "!=";
        case Comparison::less:
            return "<";
        case Comparison::less_equal:
            return "<=";
        case Comparison::greater:
            return ">";
        case Comparison::greater_equal:
            return ">=";
        case Comparison::in:
            return "in";
        case Comparison::not_in:
            return "not in";
    }
    return "?";
}

void fail(std::string_view problem, std::string_view remedy, std::string_view code) {
    throw Error(ErrorKind::malformed_input, std::string(problem), {}, std::string(remedy),
                std::string(code));
}

void check_text(std::size_t octets, const Scope& scope) {
    if (octets > scope.limits().text)
        fail("le texte produit dépasse " + std::to_string(scope.limits().text) + " octets",
             "produisez un texte plus court", "P0110");
}

void check_list(std::size_t items, const Scope& scope) {
    if (items > scope.limits().list)
        fail("la liste produite dépasse " + std::to_string(scope.limits().list) + " éléments",
             "produisez une liste plus courte", "P0110");
}

namespace {

/// In arithmetic a boolean counts as 0 or 1, as in Python.
bool numeric(const Value& value) {
    return value.is_number() || value.is(Kind::boolean);
}

Decimal number_of(const Value& value) {
    return value.is(Kind::boolean) ? Decimal(value.boolean() ? 1 : 0) : value.number();
}

bool integral(const Value& value) {
    return value.is(Kind::integer) || value.is(Kind::boolean);
}

std::int64_t integer_of(const Value& value) {
    return value.is(Kind::boolean) ? (value.boolean() ? 1 : 0) : value.integer();
}

[[noreturn]] void too_large() {
    fail("le nombre entier dépasse 64 bits", "employez des nombres plus petits", "P0111");
}

[[noreturn]] void wrong_operands(BinaryOperator op, const Value& a, const Value& b) {
    std::string problem = "« " + std::string(symbol(op)) + " » ne s'applique pas à " +
                          std::string(name(a.kind())) + " et " + std::string(name(b.kind()));
    if ((a.is(Kind::money) && numeric(b)) || (b.is(Kind::money) && numeric(a)))
        fail(problem, "écrivez le montant par « montant(12.50) »", "P0108");
    if ((a.is(Kind::date) && numeric(b)) || (b.is(Kind::date) && numeric(a)))
        fail(problem, "dites l'unité : « jours(15) » ou « mois(6) »", "P0102");
    if (op == BinaryOperator::add && (a.is_text() || b.is_text()))
        fail(problem, "pour accoler des textes, écrivez « ~ »", "P0102");
    fail(problem, {}, "P0102");
}

Value integers(BinaryOperator op, std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    switch (op) {
        case BinaryOperator::add:
            if (__builtin_add_overflow(a, b, &out)) too_large();
            return out;
        case BinaryOperator::subtract:
            if (__builtin_sub_overflow(a, b, &out)) too_large();
            return out;
        case BinaryOperator::multiply:
            if (__builtin_mul_overflow(a, b, &out)) too_large();
            return out;
        case BinaryOperator::floor_divide:
        case BinaryOperator::modulo: {
            if (b == 0) fail("division par zéro", "testez d'abord le diviseur");
            if (b == -1) {
                if (op == BinaryOperator::modulo) return 0;
                if (__builtin_sub_overflow(std::int64_t{0}, a, &out)) too_large();
                return out;
            }
            std::int64_t quotient = a / b;
            std::int64_t rest = a % b;
            if (rest != 0 && (rest < 0) != (b < 0)) {
                --quotient;
                rest += b;
            }
            return op == BinaryOperator::modulo ? rest : quotient;
        }
        case BinaryOperator::power: {
            // b >= 0 here. Squaring keeps it logarithmic.
            std::int64_t base = a;
            std::int64_t result = 1;
            for (std::int64_t exponent = b; exponent > 0;) {
                if (exponent & 1)
                    if (__builtin_mul_overflow(result, base, &result)) too_large();
                exponent >>= 1;
                if (exponent > 0 && base != 0 && base != 1)
                    if (__builtin_mul_overflow(base, base, &base)) too_large();
            }
            return result;
        }
        case BinaryOperator::divide:
            break;
    }
    if (b == 0) fail("division par zéro", "testez d'abord le diviseur");
    return Value(Decimal(a) / Decimal(b));
}

Value decimals(BinaryOperator op, const Decimal& a, const Decimal& b) {
    switch (op) {
        case BinaryOperator::add:
            return a + b;
        case BinaryOperator::subtract:
            return a - b;
        case BinaryOperator::multiply:
            return a * b;
        case BinaryOperator::divide:
        case BinaryOperator::floor_divide:
        case BinaryOperator::modulo:
            if (b.is_zero()) fail("division par zéro", "testez d'abord le diviseur");
            if (op == BinaryOperator::divide) return a / b;
            if (op == BinaryOperator::floor_divide) return a.floor_divide(b);
            return a - b * a.floor_divide(b);
        case BinaryOperator::power:
            break;
    }
    const auto exponent = b.to_int64();
    if (!exponent) fail("l'exposant doit être un nombre entier", "il n'y a pas de racines exactes");
    if (*exponent < 0 && a.is_zero()) fail("division par zéro", "testez d'abord le diviseur");
    if (a == Decimal(1) || (a.is_zero() && *exponent != 0)) return a;
    if (*exponent > 1000 || *exponent < -1000) too_large();
    Decimal result(1);
    for (std::int64_t i = 0; i < (*exponent < 0 ? -*exponent : *exponent); ++i)
        result = result * a;
    return *exponent < 0 ? Decimal(1) / result : result;
}

Value with_money(BinaryOperator op, const Value& a, const Value& b) {
    const bool both = a.is(Kind::money) && b.is(Kind::money);
    switch (op) {
        case BinaryOperator::add:
            if (both) return a.money() + b.money();
            break;
        case BinaryOperator::subtract:
            if (both) return a.money() - b.money();
            break;
        case BinaryOperator::multiply:
            if (both) break;
            if (a.is(Kind::money) && numeric(b)) return a.money() * number_of(b);
            if (numeric(a)) return b.money() * number_of(a);
            break;
        case BinaryOperator::divide:
        case BinaryOperator::floor_divide:
        case BinaryOperator::modulo: {
            const Decimal divisor = b.is(Kind::money) ? b.money().exact_centimes()
                                    : numeric(b)      ? number_of(b)
                                                      : Decimal(1);
            if (divisor.is_zero()) fail("division par zéro", "testez d'abord le diviseur");
            if (op == BinaryOperator::divide) {
                if (both) return a.money() / b.money();
                if (a.is(Kind::money) && numeric(b)) return a.money() / number_of(b);
            } else if (both) {
                const Decimal& x = a.money().exact_centimes();
                const Decimal quotient = x.floor_divide(divisor);
                if (op == BinaryOperator::floor_divide) return quotient;
                return Money::from_exact_centimes(x - divisor * quotient);
            }
            break;
        }
        case BinaryOperator::power:
            break;
    }
    wrong_operands(op, a, b);
}

int times(std::int64_t value) {
    if (value > 120'000 || value < -120'000) fail("la durée est trop longue");
    return static_cast<int>(value);
}

Date shifted(const Date& date, const Duration& by, int sign) {
    const Date out = date.plus_months(sign * by.months).plus_days(sign * by.days);
    if (out.year() < 1 || out.year() > 9999) fail("la date sort du calendrier (années 1 à 9999)");
    return out;
}

Value with_time(BinaryOperator op, const Value& a, const Value& b) {
    if (a.is(Kind::date) && b.is(Kind::duration)) {
        if (op == BinaryOperator::add) return shifted(a.date(), b.duration(), 1);
        if (op == BinaryOperator::subtract) return shifted(a.date(), b.duration(), -1);
    } else if (a.is(Kind::duration) && b.is(Kind::date)) {
        if (op == BinaryOperator::add) return shifted(b.date(), a.duration(), 1);
    } else if (a.is(Kind::date) && b.is(Kind::date)) {
        if (op == BinaryOperator::subtract) return a.date() - b.date();
    } else if (a.is(Kind::duration) && b.is(Kind::duration)) {
        const Duration& x = a.duration();
        const Duration& y = b.duration();
        const int sign = op == BinaryOperator::subtract ? -1 : 1;
        if (op == BinaryOperator::add || op == BinaryOperator::subtract)
            return Duration{times(std::int64_t{x.months} + sign * y.months),
                            times(std::int64_t{x.days} + sign * y.days)};
    } else if (op == BinaryOperator::multiply && (integral(a) || integral(b)) &&
               (a.is(Kind::duration) || b.is(Kind::duration))) {
        const Duration& x = a.is(Kind::duration) ? a.duration() : b.duration();
        const std::int64_t factor = times(integral(a) ? integer_of(a) : integer_of(b));
        return Duration{times(x.months * factor), times(x.days * factor)};
    }
    wrong_operands(op, a, b);
}

Value repeated(const Value& what, std::int64_t count, Scope& scope) {
    const auto n = static_cast<std::size_t>(std::max<std::int64_t>(count, 0));
    if (what.is_text()) {
        const std::string& text = what.text();
        if (text.empty()) return text;
        if (n > scope.limits().text / text.size()) check_text(scope.limits().text + 1, scope);
        std::string out;
        out.reserve(text.size() * n);
        for (std::size_t i = 0; i < n; ++i)
            out += text;
        scope.charge(out.size() / 64);
        return out;
    }
    const List& list = what.list();
    List out{{}, list.form, list.element};
    if (list.items.empty()) return out;
    if (n > scope.limits().list / list.items.size()) check_list(scope.limits().list + 1, scope);
    for (std::size_t i = 0; i < n; ++i)
        out.items.insert(out.items.end(), list.items.begin(), list.items.end());
    scope.charge(out.items.size());
    return out;
}

}  // namespace

Value apply(BinaryOperator op, const Value& a, const Value& b, Scope& scope) {
    require(a);
    require(b);
    if (integral(a) && integral(b) && (op != BinaryOperator::power || integer_of(b) >= 0))
        return integers(op, integer_of(a), integer_of(b));
    if (numeric(a) && numeric(b)) return decimals(op, number_of(a), number_of(b));
    if (a.is(Kind::money) || b.is(Kind::money)) return with_money(op, a, b);
    if (a.is(Kind::date) || b.is(Kind::date) || a.is(Kind::duration) || b.is(Kind::duration))
        return with_time(op, a, b);
    if (op == BinaryOperator::add && a.is_text() && b.is_text()) {
        check_text(a.text().size() + b.text().size(), scope);
        scope.charge((a.text().size() + b.text().size()) / 64);
        return a.text() + b.text();
    }
    if (op == BinaryOperator::add && a.is_list() && b.is_list() &&
        (a.list().form == List::Form::list) == (b.list().form == List::Form::list)) {
        check_list(a.items().size() + b.items().size(), scope);
        scope.charge(a.items().size() + b.items().size());
        List out{a.items(),
                 a.list().form == List::Form::list ? List::Form::list : List::Form::tuple,
                 a.list().element};
        out.items.insert(out.items.end(), b.items().begin(), b.items().end());
        return out;
    }
    if (op == BinaryOperator::multiply) {
        if ((a.is_text() || a.is_list()) && integral(b)) return repeated(a, integer_of(b), scope);
        if ((b.is_text() || b.is_list()) && integral(a)) return repeated(b, integer_of(a), scope);
    }
    wrong_operands(op, a, b);
}

Value negate(const Value& value) {
    require(value);
    if (integral(value)) return integers(BinaryOperator::subtract, 0, integer_of(value));
    if (value.is_number()) return -value.number();
    if (value.is(Kind::money)) return -value.money();
    if (value.is(Kind::duration)) return Duration{-value.duration().months, -value.duration().days};
    fail("« - » ne s'applique pas à " + std::string(name(value.kind())), {}, "P0102");
}

bool equal(const Value& a, const Value& b) {
    if (numeric(a) && numeric(b)) return number_of(a) == number_of(b);
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::undefined:
        case Kind::none:
            return true;
        case Kind::money:
            return a.money() == b.money();
        case Kind::date:
            return a.date() == b.date();
        case Kind::duration:
            return a.duration() == b.duration();
        case Kind::text:
            return a.text() == b.text();
        case Kind::list: {
            if ((a.list().form == List::Form::list) != (b.list().form == List::Form::list))
                return false;
            return std::equal(a.items().begin(), a.items().end(), b.items().begin(),
                              b.items().end(), equal);
        }
        case Kind::map: {
            if (a.map().size() != b.map().size()) return false;
            for (const Map::Entry& entry : a.map().entries()) {
                const Value* other = b.map().find(entry.key);
                if (!other || !equal(entry.value, *other)) return false;
            }
            return true;
        }
        case Kind::object:
            return a.object() == b.object();
        case Kind::picture:
            return a.picture() == b.picture();
        case Kind::content:
            return a.content() == b.content();
        default:
            return false;
    }
}

std::strong_ordering order(const Value& a, const Value& b) {
    require(a);
    require(b);
    if (numeric(a) && numeric(b)) return number_of(a) <=> number_of(b);
    if (a.kind() == b.kind()) {
        switch (a.kind()) {
            case Kind::money:
                return a.money() <=> b.money();
            case Kind::date:
                return a.date() <=> b.date();
            case Kind::text:
                return a.text() <=> b.text();
            case Kind::duration:
                if (a.duration().months == b.duration().months)
                    return a.duration().days <=> b.duration().days;
                if (a.duration().days == b.duration().days)
                    return a.duration().months <=> b.duration().months;
                break;
            case Kind::list:
                if ((a.list().form == List::Form::list) != (b.list().form == List::Form::list))
                    fail("une liste [1, 2] et une suite (1, 2) ne se comparent pas", {}, "P0102");
                for (std::size_t i = 0; i < std::min(a.items().size(), b.items().size()); ++i)
                    if (!equal(a.items()[i], b.items()[i]))
                        return order(a.items()[i], b.items()[i]);
                return a.items().size() <=> b.items().size();
            default:
                break;
        }
    }
    // Nothing is nothing in every unit: « reste > 0 » needs no montant(0).
    if (a.is(Kind::money) && numeric(b) && number_of(b).is_zero())
        return a.money().exact_centimes() <=> Decimal();
    if (b.is(Kind::money) && numeric(a) && number_of(a).is_zero())
        return Decimal() <=> b.money().exact_centimes();
    const std::string problem =
        std::string(name(a.kind())) + " et " + std::string(name(b.kind())) + " ne se comparent pas";
    if ((a.is(Kind::money) && numeric(b)) || (b.is(Kind::money) && numeric(a)))
        fail(problem, "écrivez le montant par « montant(12.50) »", "P0108");
    if ((a.is(Kind::date) && b.is_text()) || (b.is(Kind::date) && a.is_text()))
        fail(problem, "écrivez la date par « date('2026-01-31') »", "P0109");
    fail(problem, {}, "P0102");
}

bool contains(const Value& container, const Value& wanted) {
    require(container);
    require(wanted);
    if (container.is_text()) {
        if (!wanted.is_text())
            fail("un texte ne contient que du texte, pas " + std::string(name(wanted.kind())), {},
                 "P0102");
        return container.text().find(wanted.text()) != std::string::npos;
    }
    if (container.is_list())
        return std::any_of(container.items().begin(), container.items().end(),
                           [&](const Value& value) { return equal(value, wanted); });
    if (container.is_map()) return container.map().find(wanted) != nullptr;
    fail("« in » attend une liste, un texte ou un groupe de champs, pas " +
             std::string(name(container.kind())),
         {}, "P0102");
}

bool compare(Comparison op, const Value& a, const Value& b) {
    switch (op) {
        case Comparison::in:
            return contains(b, a);
        case Comparison::not_in:
            return !contains(b, a);
        case Comparison::equal:
        case Comparison::unequal: {
            require(a);
            require(b);
            // Silently unequal would hide a mistake of the author.
            const bool unlike =
                (a.is(Kind::money) && numeric(b)) || (b.is(Kind::money) && numeric(a)) ||
                (a.is(Kind::date) && b.is_text()) || (b.is(Kind::date) && a.is_text());
            const bool same = unlike ? order(a, b) == 0 : equal(a, b);
            return same == (op == Comparison::equal);
        }
        case Comparison::less:
            return order(a, b) < 0;
        case Comparison::less_equal:
            return order(a, b) <= 0;
        case Comparison::greater:
            return order(a, b) > 0;
        case Comparison::greater_equal:
            return order(a, b) >= 0;
    }
    return false;
}

}  // namespace paraphe::expression
