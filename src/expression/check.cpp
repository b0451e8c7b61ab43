#include "expression/check.hpp"

#include <iterator>

#include "expression/checker.hpp"

namespace paraphe::expression {

namespace {

void append(Findings& to, Findings from) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
}

}  // namespace

Checked check(const Expression& expression, const TypeEnvironment& names,
              const Registry& registry) {
    Checker checker(expression, names, registry);
    Checked out;
    out.type = checker.type(expression.root());
    out.findings = checker.take();
    return out;
}

Checked check_output(const Expression& expression, const TypeEnvironment& names,
                     const Registry& registry) {
    Checker checker(expression, names, registry);
    Checked out;
    out.type = checker.used(expression.root());
    if (out.type.is_only(Kind::picture))
        checker.report("P0261", expression.root(), "une image ne s’imprime pas seule",
                       "dites ce qu’elle montre : « " + expression.text() +
                           " | image(\"Logo de l’association\") »");
    if (!out.type.is_any() && !out.type.overlaps(Type(Kind::object)) &&
        out.type.without(Kind::list).without(Kind::map).impossible())
        checker.report("P0113", expression.root(),
                       out.type.description() + " ne s'imprime pas bien",
                       "parcourez-la par « {% for … %} », ou « | enumeration », « | join(', ') »",
                       Severity::warning);
    out.findings = checker.take();
    return out;
}

Checked check_condition(const Expression& expression, const TypeEnvironment& names,
                        const Registry& registry) {
    Checker checker(expression, names, registry);
    Checked out;
    out.type = checker.used(expression.root(), true);
    out.findings = checker.take();
    return out;
}

void assume(const Expression& condition, bool outcome, TypeEnvironment& names,
            const Registry& registry) {
    Checker checker(condition, names, registry);
    checker.assume(condition.root(), outcome);
    names = checker.names();
}

Findings check_and_open(const For& statement, TypeEnvironment& names, const Registry& registry) {
    Checker checker(statement.iterable, names, registry);
    const Node& root = statement.iterable.root();
    const Type source = checker.used(root);
    const Type runnable = Type(Kind::list) | Type(Kind::map);
    if (!source.is_any() && !source.overlaps(runnable))
        checker.report("P0107", root, "on ne parcourt qu'une liste, pas " + source.description(),
                       source.may_be(Kind::text) ? "ses lettres : « | list »" : "");
    Findings out = checker.take();
    Type element = source.is_any()              ? Type::any()
                   : source.is_only(Kind::map)  ? Type(Kind::text)
                   : source.is_only(Kind::list) ? source.element()
                                                : Type::any();
    names.push();
    for (const std::string& target : statement.targets) {
        const bool whole = statement.targets.size() == 1;
        names.declare(target, whole ? element : Type::any());
    }
    if (statement.condition) {
        Checker condition(statement.condition, names, registry);
        condition.used(statement.condition.root(), true);
        append(out, condition.take());
        assume(statement.condition, true, names, registry);
    }
    names.declare("loop", Kind::object);
    return out;
}

Findings check_and_declare(const Set& set, TypeEnvironment& names, const Registry& registry) {
    if (!set.value) {
        if (set.targets.size() == 1) names.declare(set.targets[0], Kind::text);
        return {};
    }
    Checked checked = check(set.value, names, registry);
    if (set.attribute.empty())
        for (const std::string& target : set.targets)
            names.declare(target, set.targets.size() == 1 ? checked.type : Type::any());
    return std::move(checked.findings);
}

Findings check_and_open(const With& with, TypeEnvironment& names, const Registry& registry) {
    Findings out;
    std::vector<Type> types;
    for (const auto& [name, expression] : with.bindings) {
        Checked checked = check(expression, names, registry);
        append(out, std::move(checked.findings));
        types.push_back(checked.type);
    }
    names.push();
    for (std::size_t i = 0; i < types.size(); ++i)
        names.declare(with.bindings[i].first, types[i]);
    return out;
}

}  // namespace paraphe::expression
