#include <algorithm>

#include "base/suggestion.hpp"
#include "expression/checker.hpp"

namespace paraphe::expression {

namespace {

std::string noun(Role role) {
    return role == Role::function ? "la fonction"
           : role == Role::filter ? "le filtre"
           : role == Role::test   ? "le test"
                                  : "la méthode";
}

std::string genitive(Role role) {
    return role == Role::function ? "de la fonction"
           : role == Role::filter ? "du filtre"
           : role == Role::test   ? "du test"
                                  : "de la méthode";
}

}  // namespace

Type Checker::call(const Node& self, const Entry& entry, const Node* subject,
                   const CallArguments& arguments) {
    const std::size_t count = entry.parameters.size();
    std::vector<const Node*> nodes;
    if (subject) nodes.push_back(subject);
    for (const NodePtr& each : arguments.positional)
        nodes.push_back(each.get());
    const std::string quoted = " « " + entry.name + " »";
    const std::size_t before = subject ? 1 : 0;
    if (nodes.size() > count && !entry.variadic) {
        report("P0104", self,
               noun(entry.role) + quoted +
                   (count == before ? std::string(" ne prend aucun argument")
                                    : " prend au plus " + std::to_string(count - before) +
                                          (count - before == 1 ? " argument" : " arguments")) +
                   ", pas " + std::to_string(nodes.size() - before));
        nodes.resize(count);
    }
    Deduction deduction{{}, {}, {}, registry_};
    if (nodes.size() < count) nodes.resize(count, nullptr);
    for (const auto& [keyword, node] : arguments.named) {
        const auto parameter = std::find_if(
            entry.parameters.begin() + static_cast<std::ptrdiff_t>(before), entry.parameters.end(),
            [&wanted = keyword](const Parameter& each) { return each.name == wanted; });
        if (parameter == entry.parameters.end()) {
            deduction.named.push_back({keyword, used(*node, true), {}});
            if (!entry.open_keywords) {
                std::vector<std::string> known;
                for (std::size_t i = before; i < count; ++i)
                    known.push_back(entry.parameters[i].name);
                report("P0104", *node,
                       "l'argument « " + keyword + " » " + genitive(entry.role) + quoted +
                           " n'existe pas",
                       did_you_mean(keyword, known));
            }
            continue;
        }
        const auto i = static_cast<std::size_t>(parameter - entry.parameters.begin());
        if (nodes[i]) report("P0104", *node, "l'argument « " + keyword + " » est donné deux fois");
        nodes[i] = node.get();
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Parameter& parameter = entry.parameters[std::min(i, count - 1)];
        if (!nodes[i]) {
            if (!parameter.optional)
                report("P0104", self,
                       "il manque l'argument « " + parameter.name + " » " + genitive(entry.role) +
                           quoted);
            deduction.types.push_back(Kind::undefined);
            deduction.literals.emplace_back();
            continue;
        }
        const bool free = i == 0 && entry.accepts_undefined;
        Type found = type(*nodes[i]);
        if (!free)
            found =
                defined(*nodes[i], found, parameter.type.may_be(Kind::none) || parameter.optional);
        check_argument(entry, parameter, i < before, *nodes[i], found);
        const auto* literal = std::get_if<LiteralNode>(&nodes[i]->content);
        deduction.literals.push_back(literal ? std::optional(literal->value) : std::nullopt);
        deduction.types.push_back(std::move(found));
    }
    check_attribute_paths(entry, nodes, deduction);
    if (entry.role == Role::filter && entry.name == "map") return mapped(deduction, arguments);
    const Type out = entry.deduce ? entry.deduce(deduction) : entry.result;
    const bool selects = entry.name == "selectattr" || entry.name == "rejectattr";
    return entry.role == Role::filter && selects ? selected(entry, nodes, deduction, out) : out;
}

void Checker::check_argument(const Entry& entry, const Parameter& parameter, bool is_subject,
                             const Node& node, const Type& found) {
    if (found.is_any() || parameter.type.overlaps(found)) return;
    if (found.without(Kind::undefined).without(Kind::none).impossible()) return;
    const bool bare = parameter.type.may_be(Kind::money) && found.overlaps(Type::number());
    const std::string expected = parameter.type.description() + ", pas " + found.description();
    const std::string quoted = " « " + entry.name + " »";
    report(bare ? "P0108" : "P0103", node,
           is_subject ? noun(entry.role) + quoted + " attend " + expected
                      : "l'argument « " + parameter.name + " » " + genitive(entry.role) + quoted +
                            " est " + expected,
           bare ? "écrivez le montant par « montant(12.50) », ou donnez au champ le format "
                  "« centimes »"
                : "");
}

std::optional<Type> Checker::path_type(Type element, std::string_view path, const Node& node) {
    while (true) {
        const auto dot = path.find('.');
        const std::string step(path.substr(0, dot));
        const Type inside = element.without(Kind::undefined).without(Kind::none);
        if (!inside.is_only(Kind::map) || !inside.has_fields()) return std::nullopt;
        const Field* field = inside.field(step);
        if (!field) {
            if (inside.is_open()) return std::nullopt;
            std::vector<std::string> candidates;
            for (const Field& each : inside.fields())
                candidates.push_back(each.name);
            report("P0101", node, "le champ « " + step + " » n'existe pas dans les éléments",
                   did_you_mean(step, candidates));
            return std::nullopt;
        }
        element = field->type;
        if (dot == std::string_view::npos) return element;
        path.remove_prefix(dot + 1);
    }
}

void Checker::check_attribute_paths(const Entry& entry, const std::vector<const Node*>& nodes,
                                    const Deduction& deduction) {
    if (entry.role != Role::filter || nodes.empty()) return;
    for (std::size_t i = 1; i < entry.parameters.size(); ++i) {
        if (entry.parameters[i].name != "attribute" || !nodes[i]) continue;
        const std::string paths = deduction.text(i);
        for (std::size_t at = 0; !paths.empty() && at <= paths.size();) {
            const auto comma = std::min(paths.find(',', at), paths.size());
            const auto found =
                path_type(deduction.type(0).element(), paths.substr(at, comma - at), *nodes[i]);
            // Tests of selectattr may ask whether the field is there; the others need it.
            const bool tolerant =
                entry.name == "selectattr" || entry.name == "rejectattr" || entry.name == "groupby";
            if (found && !tolerant && !found->is_any() && found->may_be(Kind::undefined))
                report("P0106", *nodes[i],
                       "le champ « " + paths.substr(at, comma - at) +
                           " » est facultatif et peut manquer à un élément",
                       "choisissez d'abord par « | selectattr('" + paths.substr(at, comma - at) +
                           "', 'defined') »");
            at = comma + 1;
        }
    }
}

Type Checker::mapped(const Deduction& deduction, const CallArguments& arguments) {
    for (const auto& [keyword, node] : arguments.named) {
        const auto* literal = std::get_if<LiteralNode>(&node->content);
        if (keyword != "attribute" || !literal || !literal->value.is_text()) continue;
        const auto found = path_type(deduction.type(0).element(), literal->value.text(), *node);
        if (!found) return Type::list_of(Type::any());
        const Type inside = found->without(Kind::undefined);
        return Type::list_of(found->is_any() || inside.impossible() ? Type::any() : inside);
    }
    const std::string name = deduction.text(1);
    if (name.empty()) return Kind::list;
    const Entry* entry = registry_.find(Role::filter, name);
    return Type::list_of(entry && !entry->deduce ? entry->result : Type::any());
}

void Checker::visit_arguments(const CallArguments& arguments) {
    for (const NodePtr& each : arguments.positional)
        used(*each, true);
    for (const auto& [keyword, node] : arguments.named)
        used(*node, true);
}

Type Checker::unknown(const Node& self, Role role, const std::string& what, const std::string& name,
                      const CallArguments& arguments) {
    visit_arguments(arguments);
    std::string remedy = did_you_mean(name, registry_.names(role));
    if (remedy.empty() && role == Role::function && registry_.find(Role::filter, name))
        remedy = "c'est un filtre : « … | " + name + " »";
    report("P0105", self,
           what + " « " + name + " » " + (role == Role::function ? "inconnue" : "inconnu"), remedy);
    return Type::any();
}

Type Checker::check(const Node& self, const CallNode& node) {
    if (const auto* name = std::get_if<NameNode>(&node.callee->content)) {
        const Entry* entry = registry_.find(Role::function, name->name);
        if (!entry) return unknown(self, Role::function, "fonction", name->name, node.arguments);
        return call(self, *entry, nullptr, node.arguments);
    }
    const auto* method = std::get_if<AttributeNode>(&node.callee->content);
    if (!method) {
        visit_arguments(node.arguments);
        report("P0105", self, "seules les fonctions et les méthodes s'appellent");
        return Type::any();
    }
    const Type receiver = used(*method->object);
    if (receiver.is_any() || receiver.may_be(Kind::object)) {
        Type out = Type(Kind::none).without(Kind::none);
        for (const NodePtr& each : node.arguments.positional)
            out = out | used(*each, true);
        for (const auto& [keyword, each] : node.arguments.named)
            used(*each, true);
        if (method->name == "cycle" && !out.impossible()) return out;
        return method->name == "changed" ? Type(Kind::boolean) : Type::any();
    }
    for (unsigned k = 0; k < 14; ++k) {
        const auto kind = static_cast<Kind>(k);
        if (!receiver.may_be(kind)) continue;
        if (const Entry* entry = registry_.method(kind, method->name))
            return call(self, *entry, method->object.get(), node.arguments);
    }
    visit_arguments(node.arguments);
    report("P0105", self, receiver.description() + " n'a pas de méthode « " + method->name + " »",
           did_you_mean(method->name, registry_.names(Role::method)));
    return Type::any();
}

Type Checker::check(const Node& self, const FilterNode& node) {
    const Entry* entry = registry_.find(Role::filter, node.name);
    if (entry) return call(self, *entry, node.input.get(), node.arguments);
    type(*node.input);
    return unknown(self, Role::filter, "filtre", node.name, node.arguments);
}

std::optional<bool> Checker::tested(const Node& self, const TestNode& node) {
    const Type found = silently(*node.input);
    const bool may_miss = found.may_be(Kind::undefined);
    if (node.name == "defined" || node.name == "undefined") {
        if (found.is_any() || (may_miss && !found.is_only(Kind::undefined))) return std::nullopt;
        return may_miss == (node.name == "undefined");
    }
    const bool equality = node.name == "eq" || node.name == "equalto" || node.name == "==";
    const bool difference = node.name == "ne" || node.name == "!=";
    if ((equality || difference || node.name == "in") && node.arguments.positional.size() == 1) {
        const Node& other = *node.arguments.positional.front();
        const auto outcome = compared(self, node.name == "in", found.without(Kind::undefined),
                                      *node.input, silently(other).without(Kind::undefined), other);
        return outcome && difference ? std::optional(!*outcome) : outcome;
    }
    const Type kinds = node.name == "none"      ? Type(Kind::none)
                       : node.name == "string"  ? Type(Kind::text)
                       : node.name == "mapping" ? Type(Kind::map)
                       : node.name == "montant" ? Type(Kind::money)
                       : node.name == "date"    ? Type(Kind::date)
                       : node.name == "boolean" ? Type(Kind::boolean)
                                                : Type::any();
    if (found.is_any() || kinds.is_any()) return std::nullopt;
    if (!found.overlaps(kinds)) return false;
    return found.only(kinds).same_kinds(found) ? std::optional(true) : std::nullopt;
}

Type Checker::selected(const Entry& entry, const std::vector<const Node*>& nodes,
                       const Deduction& deduction, Type result) {
    const std::string path = deduction.text(1), test = deduction.text(2);
    const Type element = result.element();
    if (path.empty() || element.is_any()) return result;
    const auto field = path_type(element, path, *nodes[1]);
    if (!field || field->is_any()) return result;
    const bool keeps = entry.name == "selectattr";
    Type now = *field;
    if (test.empty()) {
        now = keeps ? now.when(true) : now.when(false);
    } else if (test == "defined" || test == "undefined") {
        now =
            keeps == (test == "defined") ? now.without(Kind::undefined) : now.only(Kind::undefined);
    } else if (test == "none") {
        now = keeps ? now.only(Kind::none) : now.without(Kind::none);
    } else {
        const auto op = comparison_of(test);
        if (!op || nodes.size() < 4 || !nodes[3]) return result;
        if (op != Comparison::in && !std::holds_alternative<LiteralNode>(nodes[3]->content))
            return result;
        if (!check_listed(now, path, *nodes[3])) return result;
        if (const auto values = literals_of(*nodes[3]))
            now = now.among(*values, (op != Comparison::unequal) == keeps);
    }
    const auto known = [](auto& again, const Type& whole, std::string_view way,
                          const Type& last) -> Type {
        const std::size_t dot = way.find('.');
        const std::string_view step = way.substr(0, dot);
        const Field* found = whole.field(step);
        if (!found) return whole;
        return whole.with_known(step, dot == std::string_view::npos
                                          ? last
                                          : again(again, found->type, way.substr(dot + 1), last));
    };
    if (now.impossible()) return result.with_items_between(0, 0);
    return Type::list_of(known(known, element, path, now))
        .with_items_between(result.min_items(), result.max_items());
}

Type Checker::check(const Node& self, const TestNode& node) {
    const Entry* entry = registry_.find(Role::test, node.name);
    if (entry) {
        call(self, *entry, node.input.get(), node.arguments);
        const std::optional<bool> outcome = tested(self, node);
        return outcome ? Type::of(Value(*outcome != node.negated)) : Type(Kind::boolean);
    }
    type(*node.input);
    unknown(self, Role::test, "test", node.name, node.arguments);
    return Kind::boolean;
}

}  // namespace paraphe::expression
