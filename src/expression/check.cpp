#include "expression/check.hpp"

#include <algorithm>
#include <iterator>

#include "expression/checker.hpp"

namespace paraphe::expression {

namespace {

using By = Declaration::By;

void append(Findings& to, Findings from) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

/// A new name that hides another one of the template or of the data.
void check_shadowed(const std::string& name, By by, Checker& checker, const Node& at,
                    const TypeEnvironment& names) {
    const Declaration* known = names.declaration(name);
    if (known && known->by == By::outside) return;
    if (known && by == By::set && known->by == By::set) {
        if (known->depth < names.depth())
            checker.report("P0120", at,
                           "la valeur donnée ici à « " + name +
                               " » est oubliée à la fin de ce bloc : le « " + name +
                               " » du dehors ne change pas",
                           "gardez-la dans un « namespace » : {% set ns = namespace(" + name +
                               "=…) %}, puis {% set ns." + name + " = … %}",
                           Severity::warning);
        return;
    }
    if (known)
        checker.report("P0119", at, "ce « " + name + " » cache celui qui est défini plus haut",
                       "choisissez un autre nom", Severity::warning);
    else if (names.is_data(name))
        checker.report("P0119", at,
                       "ce « " + name + " » cache le champ « " + name + " » des données",
                       "choisissez un autre nom", Severity::warning);
}

/// Each of several names takes one part of the value.
void declare_parts(const std::vector<std::string>& targets, const Type& value, DeclarationId id,
                   Checker& checker, const Node& at, TypeEnvironment& names) {
    if (targets.size() == 1) return names.declare(targets.front(), value, id);
    const std::vector<Field>* members = value.is_only(Kind::list) ? value.members() : nullptr;
    const bool counted = value.is_only(Kind::list) && value.min_items() == value.max_items();
    if (counted && value.min_items() != targets.size())
        checker.report("P0127", at,
                       "il y a " + std::to_string(targets.size()) + " noms pour " +
                           std::to_string(value.min_items()) + " valeurs",
                       "donnez autant de noms que de valeurs");
    for (std::size_t i = 0; i < targets.size(); ++i)
        names.declare(targets[i],
                      members && i < members->size() ? (*members)[i].type
                      : value.is_only(Kind::list)    ? value.element()
                                                     : Type::any(),
                      id);
}

/// {% set x %}…{% endset %}: the text between, through the filters of the tag.
Findings declare_block(const Set& set, TypeEnvironment& names, const Registry& registry) {
    Checked filtered{{}, Kind::text};
    if (set.filter) {
        const auto before = names.open_frame();
        names.declare("__block", Kind::text, names.add("__block", By::outside, {}));
        filtered = check(set.filter, names, registry);
        names.rewind(before);
    }
    // The tag has no expression that could say where, so nobody hears when nothing reads it.
    for (const std::string& target : set.targets)
        names.declare(target, filtered.type, names.add(target, By::set, {}));
    return std::move(filtered.findings);
}

/// {% set ns.x = … %}
void assign_field(const Set& set, const Type& value, Checker& checker, TypeEnvironment& names) {
    const std::string& target = set.targets.front();
    const Node& at = set.value.root();
    const std::string remedy =
        "écrivez d'abord {% set " + target + " = namespace(" + set.attribute + "=…) %}";
    const auto found = names.find(target);
    if (!found)
        return checker.report("P0101", at, "« " + target + " » n'est pas défini plus haut", remedy);
    if (!found->may_be(Kind::object))
        return checker.report(
            "P0103", at,
            "seuls les champs d'un « namespace » se modifient, pas ceux de « " + target + " »",
            remedy);
    if (!found->has_fields()) return;
    std::vector<Field> fields = found->fields();
    const auto known = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& each) { return each.name == set.attribute; });
    if (known == fields.end())
        fields.push_back({set.attribute, value.widened(), {}});
    else
        known->type = known->type | value.widened();
    names.refine(target, found->with_fields(std::move(fields)));
}

/// What `loop` has.
Type loop_type(const Type& element) {
    const Type boolean = Type(Kind::boolean).with_values({Value(true), Value(false)});
    std::vector<Field> fields;
    for (const char* name : {"index", "index0", "revindex", "revindex0", "length"})
        fields.push_back({name, Kind::integer, {}});
    fields.push_back({"first", boolean, {}});
    fields.push_back({"last", boolean, {}});
    const Type neighbour = element.is_any() ? element : element | Type(Kind::undefined);
    fields.push_back({"previtem", neighbour, {}});
    fields.push_back({"nextitem", neighbour, {}});
    if (element.is_any()) return Type::object_of(std::move(fields));
    const auto unless = [&](const char* end, const char* field) {
        return Implication{
            {{end, {Value(false)}}}, {{field, element, {}}}, {{field, Kind::undefined, {}}}};
    };
    return Type::object_of(std::move(fields))
        .with_implications({unless("first", "previtem"), unless("last", "nextitem")});
}

/// What a loop finds in this, and how often.
Type items_of(const Type& source) {
    if (source.is_only(Kind::list)) return source;
    return Type::list_of(source.is_only(Kind::map) || source.is_only(Kind::text) ? Type(Kind::text)
                                                                                 : Type::any());
}

}  // namespace

Finding never_comes(std::string message, std::string remedy) {
    Finding out;
    out.diagnostic.severity = Severity::warning;
    out.diagnostic.code = "P0117";
    out.diagnostic.message = std::move(message);
    out.diagnostic.remedy = std::move(remedy);
    return out;
}

Checked check(const Expression& expression, TypeEnvironment& names, const Registry& registry) {
    Checker checker(expression, names, registry);
    Checked out;
    out.type = checker.type(expression.root());
    out.findings = checker.take();
    return out;
}

Checked check_output(const Expression& expression, TypeEnvironment& names,
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
    if (out.type.is_only(Kind::text) && out.type.truth() == false)
        checker.report("P0125", expression.root(), "cette balise n'écrit jamais rien",
                       "retirez-la, ou écrivez ce qui doit paraître", Severity::warning);
    out.findings = checker.take();
    return out;
}

Checked check_condition(const Expression& expression, TypeEnvironment& names,
                        const Registry& registry) {
    Checker checker(expression, names, registry);
    Checked out;
    out.type = checker.used(expression.root(), true);
    out.findings = checker.take();
    return out;
}

void assume(const Expression& condition, bool outcome, TypeEnvironment& names,
            const Registry& registry) {
    Checker(condition, names, registry).assume(condition.root(), outcome);
}

OpenLoop check_and_open(const For& statement, TypeEnvironment& names, const Registry& registry) {
    Checker checker(statement.iterable, names, registry);
    const Node& root = statement.iterable.root();
    const Type source = checker.used(root);
    const bool runs = source.is_any() || source.overlaps(Type(Kind::list) | Type(Kind::map));
    if (!runs)
        checker.report("P0107", root, "on ne parcourt qu'une liste, pas " + source.description(),
                       source.may_be(Kind::text) ? "ses lettres : « | list »" : "");
    OpenLoop out;
    out.items = items_of(source);
    for (const std::string& target : statement.targets)
        check_shadowed(target, By::loop, checker, root, names);
    out.before = names.open_frame();
    if (out.items.max_items() == 0) names.set_unreachable();
    // To run through range(3) is to repeat three times.
    const bool counts = statement.iterable.called_function() == "range";
    const DeclarationId id = names.add(
        joined(statement.targets), runs && !counts && names.reachable() ? By::loop : By::outside,
        statement.iterable.where(root.begin));
    declare_parts(statement.targets, out.items.element(), id, checker, root, names);
    out.findings = checker.take();
    if (statement.condition) {
        Checker condition(statement.condition, names, registry);
        const Node& asked = statement.condition.root();
        if (const auto outcome = condition.used(asked, true).truth())
            condition.report_settled(asked, *outcome);
        append(out.findings, condition.take());
        assume(statement.condition, true, names, registry);
        out.items = out.items.with_items_between(0, out.items.max_items());
    }
    names.declare("loop", loop_type(out.items.element()), names.add("loop", By::outside));
    return out;
}

Findings open_else(OpenLoop& loop, TypeEnvironment& names) {
    names.close_frame(loop.before);
    Findings out;
    const bool always_turns = loop.items.min_items() > 0;
    if (always_turns && names.reachable()) {
        out.push_back(
            never_comes("le « else » de cette boucle n'arrive jamais : la liste n'est jamais vide",
                        "retirez-le"));
    }
    loop.before = names.open_frame();
    if (always_turns) names.set_unreachable();
    return out;
}

void close(const OpenLoop& loop, TypeEnvironment& names) {
    names.close_frame(loop.before);
}

Findings check_and_declare(const Set& set, TypeEnvironment& names, const Registry& registry) {
    if (!set.value) return declare_block(set, names, registry);
    Checker checker(set.value, names, registry);
    const Node& root = set.value.root();
    Type type = checker.type(root);
    if (!set.attribute.empty()) {
        assign_field(set, type, checker, names);
        return checker.take();
    }
    for (const std::string& target : set.targets)
        check_shadowed(target, By::set, checker, root, names);
    const DeclarationId id = names.add(joined(set.targets), By::set, set.value.where(root.begin));
    if (set.targets.size() > 1)
        declare_parts(set.targets, type, id, checker, root, names);
    else
        names.declare(set.targets.front(), type, id,
                      type.is_only(Kind::boolean) ? set.value : Expression());
    return checker.take();
}

OpenWith check_and_open(const With& with, TypeEnvironment& names, const Registry& registry) {
    OpenWith out;
    std::vector<Type> types;
    for (const auto& [name, expression] : with.bindings) {
        Checker checker(expression, names, registry);
        types.push_back(checker.type(expression.root()));
        check_shadowed(name, By::with, checker, expression.root(), names);
        append(out.findings, checker.take());
    }
    out.before = names.open_frame();
    for (std::size_t i = 0; i < types.size(); ++i) {
        const auto& [name, expression] = with.bindings[i];
        names.declare(name, types[i],
                      names.add(name, By::with, expression.where(expression.begin())));
    }
    return out;
}

OpenInclude check_and_open(const Include& include, TypeEnvironment& names,
                           const Registry& registry) {
    OpenInclude out;
    if (include.extra) {
        Checked checked = check(include.extra, names, registry);
        out.findings = std::move(checked.findings);
        out.extra = std::move(checked.type);
    }
    out.before = names.open_frame();
    if (!include.with_context) names.hide_all();
    if (out.extra && out.extra->has_fields())
        for (const Field& field : out.extra->fields())
            names.declare(field.name, field.type, names.add(field.name, By::outside));
    return out;
}

std::vector<Unread> unread(const TypeEnvironment& names) {
    std::vector<Unread> out;
    const std::vector<Declaration>& all = names.declarations();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Declaration& each = all[i];
        if (each.read || each.by == By::outside || each.where.line == 0 ||
            each.name.starts_with('_'))
            continue;
        Diagnostic made;
        made.severity = Severity::warning;
        made.where = each.where;
        const bool loop = each.by == By::loop;
        made.code = loop ? "P0121" : "P0122";
        made.message = loop ? "la boucle n'emploie jamais « " + each.name + " »"
                            : "« " + each.name + " » n'est jamais employé";
        made.remedy = loop ? "employez-le dans le passage répété, ou nommez-le « _ »"
                           : "employez-le, ou retirez cette définition";
        out.push_back({static_cast<DeclarationId>(i), std::move(made)});
    }
    return out;
}

}  // namespace paraphe::expression
