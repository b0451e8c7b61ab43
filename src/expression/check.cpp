#include "expression/check.hpp"

#include <algorithm>

#include "base/suggestion.hpp"
#include "expression/ast.hpp"
#include "expression/operator_types.hpp"

namespace paraphe::expression {

namespace {

const Type nothing = Type(Kind::none).without(Kind::none);

/// "menage.conjoint", "xs[0].nom": what can be narrowed; empty for anything else.
std::string path_of(const Node& node) {
    if (const auto* name = std::get_if<NameNode>(&node.content)) return name->name;
    if (const auto* attribute = std::get_if<AttributeNode>(&node.content)) {
        const std::string object = path_of(*attribute->object);
        return object.empty() ? object : object + "." + attribute->name;
    }
    if (const auto* item = std::get_if<ItemNode>(&node.content)) {
        const std::string object = path_of(*item->object);
        const auto* index = std::get_if<LiteralNode>(&item->index->content);
        if (object.empty() || !index) return {};
        if (index->value.is_text()) return object + "." + index->value.text();
        if (index->value.is(Kind::integer))
            return object + "[" + std::to_string(index->value.integer()) + "]";
    }
    return {};
}

Type type_of_value(const Value& value) {
    if (!value.is_list()) return Type(value.kind());
    Type element = nothing;
    for (const Value& each : value.items())
        element = element | type_of_value(each);
    return Type::list_of(element.impossible() ? Type::any() : element);
}

class Checker {
public:
    Checker(const Expression& expression, const TypeEnvironment& names, const Registry& registry)
        : expression_(expression), names_(names), registry_(registry) {}

    Type type(const Node& node) {
        return std::visit([&](const auto& content) { return check(node, content); }, node.content);
    }

    /// The type of a value that is used: undefined and none are faults.
    Type used(const Node& node, bool none_allowed = false) {
        return defined(node, type(node), none_allowed);
    }

    Type defined(const Node& node, Type found, bool none_allowed = false) {
        if (found.is_any()) return found;
        if (found.may_be(Kind::undefined)) {
            const std::string path = path_of(node);
            if (path.empty())
                report("P0106", node, "la valeur peut manquer",
                       "gardez-la par « | default(…) » ou un « else »");
            else
                report("P0106", node, "« " + path + " » est facultatif et peut manquer",
                       "écrivez « {% if " + path + " is defined %} » ou « " + path +
                           " | default(…) »");
        } else if (!none_allowed && found.may_be(Kind::none)) {
            const std::string path = path_of(node);
            report("P0106", node,
                   path.empty() ? "la valeur peut être vide (none)"
                                : "« " + path + " » peut être vide (none)",
                   "testez d'abord : « is not none », ou « | default(…, true) »");
        }
        found = found.without(Kind::undefined);
        if (!none_allowed) found = found.without(Kind::none);
        return found.impossible() ? Type::any() : found;
    }

    void report(std::string code, const Node& node, std::string message, std::string remedy = {},
                Severity severity = Severity::error) {
        for (const Finding& known : findings_)
            if (known.begin == node.begin && known.end == node.end && known.diagnostic.code == code)
                return;
        Finding out;
        out.begin = node.begin;
        out.end = node.end;
        out.diagnostic.severity = severity;
        out.diagnostic.code = std::move(code);
        out.diagnostic.message = std::move(message);
        out.diagnostic.remedy = std::move(remedy);
        out.diagnostic.where = expression_.where(node.at);
        out.diagnostic.quote = expression_.text().substr(node.begin, node.end - node.begin);
        findings_.push_back(std::move(out));
    }

    Findings take() { return std::move(findings_); }

private:
    /// What conditions proved of this path, else what was found.
    Type narrowed(const Node& node, Type found) const {
        const std::string path = path_of(node);
        if (path.empty()) return found;
        return names_.narrowed(path).value_or(std::move(found));
    }

    Type check(const Node&, const LiteralNode& node) { return type_of_value(node.value); }

    Type check(const Node& self, const NameNode& node) {
        const auto found = names_.find(node.name);
        if (found) return narrowed(self, *found);
        std::string remedy;
        if (const auto near = nearest(node.name, names_.names()))
            remedy = "vouliez-vous « " + *near + " » ?";
        report("P0101", self, "« " + node.name + " » n'existe pas dans les données", remedy);
        return Type::any();
    }

    Type member(const Node& self, const Node& object_node, const std::string& name) {
        // A proof of the whole path is also one of its beginning.
        if (const auto proved = names_.narrowed(path_of(self)); proved && !path_of(self).empty())
            return *proved;
        const Type object = used(object_node);
        if (object.is_any() || object.may_be(Kind::object)) return Type::any();
        if (object.may_be(Kind::map)) {
            if (const Field* field = object.field(name)) return field->type;
            if (!object.has_fields() || object.is_open()) return Type::any();
            std::vector<std::string> candidates;
            for (const Field& field : object.fields())
                candidates.push_back(field.name);
            std::string remedy;
            if (const auto near = nearest(name, candidates))
                remedy = "vouliez-vous « " + *near + " » ?";
            const std::string path = path_of(object_node);
            report("P0101", self,
                   "le champ « " + name + " » n'existe pas" +
                       (path.empty() ? std::string() : " dans « " + path + " »"),
                   remedy);
            return Type::any();
        }
        if (object.may_be(Kind::date) && (name == "annee" || name == "mois" || name == "jour"))
            return Kind::integer;
        if (object.may_be(Kind::list) && (name == "grouper" || name == "list"))
            return name == "list" ? Type(Kind::list) : Type::any();
        std::string remedy;
        if (object.may_be(Kind::list))
            remedy = "c'est une liste : parcourez-la par « {% for … %} », ou prenez [0]";
        report("P0101", self, object.description() + " n'a pas de champ « " + name + " »", remedy);
        return Type::any();
    }

    Type check(const Node& self, const AttributeNode& node) {
        return member(self, *node.object, node.name);
    }

    Type check(const Node& self, const ItemNode& node) {
        const auto* literal = std::get_if<LiteralNode>(&node.index->content);
        if (literal && literal->value.is_text())
            return member(self, *node.object, literal->value.text());
        const Type object = used(*node.object);
        const Type index = used(*node.index);
        if (object.is_any()) return Type::any();
        if (object.may_be(Kind::map) || object.may_be(Kind::object)) return Type::any();
        if (!object.may_be(Kind::list) && !object.may_be(Kind::text)) {
            report("P0102", self, object.description() + " n'a pas d'éléments");
            return Type::any();
        }
        if (!index.may_be(Kind::integer))
            report("P0102", *node.index,
                   "un indice est un nombre entier, pas " + index.description());
        return narrowed(self, object.may_be(Kind::list) ? object.element() : Type(Kind::text));
    }

    Type check(const Node& self, const SliceNode& node) {
        const Type object = used(*node.object);
        for (const NodePtr* bound : {&node.start, &node.stop, &node.step})
            if (*bound)
                if (const Type found = used(**bound, true);
                    !found.may_be(Kind::integer) && !found.may_be(Kind::none))
                    report("P0102", **bound,
                           "une borne de tranche est un nombre entier, pas " + found.description());
        if (!object.may_be(Kind::list) && !object.may_be(Kind::text))
            report("P0102", self, "on ne prend une tranche que d'une liste ou d'un texte");
        return object;
    }

    // ---- calls ----

    struct Bound {
        std::vector<const Node*> nodes;
        std::vector<Type> types;
    };

    static std::string noun(Role role) {
        return role == Role::function ? "la fonction"
               : role == Role::filter ? "le filtre"
               : role == Role::test   ? "le test"
                                      : "la méthode";
    }
    static std::string genitive(Role role) {
        return role == Role::function ? "de la fonction"
               : role == Role::filter ? "du filtre"
               : role == Role::test   ? "du test"
                                      : "de la méthode";
    }

    Type call(const Node& self, const Entry& entry, const Node* subject,
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
        if (nodes.size() < count) nodes.resize(count, nullptr);
        for (const auto& [keyword, node] : arguments.named) {
            const auto parameter =
                std::find_if(entry.parameters.begin() + static_cast<std::ptrdiff_t>(before),
                             entry.parameters.end(),
                             [&](const Parameter& each) { return each.name == keyword; });
            if (parameter == entry.parameters.end()) {
                used(*node, true);
                if (!entry.open_keywords) {
                    std::vector<std::string> known;
                    for (std::size_t i = before; i < count; ++i)
                        known.push_back(entry.parameters[i].name);
                    const auto near = nearest(keyword, known);
                    report("P0104", *node,
                           "l'argument « " + keyword + " » " + genitive(entry.role) + quoted +
                               " n'existe pas",
                           near ? "vouliez-vous « " + *near + " » ?" : std::string());
                }
                continue;
            }
            const auto i = static_cast<std::size_t>(parameter - entry.parameters.begin());
            if (nodes[i])
                report("P0104", *node, "l'argument « " + keyword + " » est donné deux fois");
            nodes[i] = node.get();
        }
        Deduction deduction{{}, {}, registry_};
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const Parameter& parameter = entry.parameters[std::min(i, count - 1)];
            if (!nodes[i]) {
                if (!parameter.optional)
                    report("P0104", self,
                           "il manque l'argument « " + parameter.name + " » " +
                               genitive(entry.role) + quoted);
                deduction.types.push_back(Kind::undefined);
                deduction.literals.emplace_back();
                continue;
            }
            const bool free = i == 0 && entry.accepts_undefined;
            Type found = type(*nodes[i]);
            if (!free)
                found = defined(*nodes[i], found,
                                parameter.type.may_be(Kind::none) || parameter.optional);
            check_argument(entry, parameter, i < before, *nodes[i], found);
            const auto* literal = std::get_if<LiteralNode>(&nodes[i]->content);
            deduction.literals.push_back(literal ? std::optional(literal->value) : std::nullopt);
            deduction.types.push_back(std::move(found));
        }
        check_attribute_paths(entry, nodes, deduction, arguments);
        if (entry.role == Role::filter && entry.name == "map") return mapped(deduction, arguments);
        return entry.deduce ? entry.deduce(deduction) : entry.result;
    }

    void check_argument(const Entry& entry, const Parameter& parameter, bool is_subject,
                        const Node& node, const Type& found) {
        if (found.is_any() || parameter.type.overlaps(found)) return;
        if (found.without(Kind::undefined).without(Kind::none).impossible()) return;
        const bool bare = parameter.type.may_be(Kind::money) && found.overlaps(Type::number());
        const std::string expected = parameter.type.description() + ", pas " + found.description();
        const std::string quoted = " « " + entry.name + " »";
        report(bare ? "P0108" : "P0103", node,
               is_subject ? noun(entry.role) + quoted + " attend " + expected
                          : "l'argument « " + parameter.name + " » " + genitive(entry.role) +
                                quoted + " est " + expected,
               bare ? "écrivez le montant par « montant(12.50) », ou donnez au champ le format "
                      "« centimes »"
                    : "");
    }

    /// attribute='a.b' speaks of fields of the elements.
    std::optional<Type> path_type(Type element, std::string_view path, const Node& node) {
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
                const auto near = nearest(step, candidates);
                report("P0101", node, "le champ « " + step + " » n'existe pas dans les éléments",
                       near ? "vouliez-vous « " + *near + " » ?" : std::string());
                return std::nullopt;
            }
            element = field->type;
            if (dot == std::string_view::npos) return element;
            path.remove_prefix(dot + 1);
        }
    }

    void check_attribute_paths(const Entry& entry, const std::vector<const Node*>& nodes,
                               const Deduction& deduction, const CallArguments&) {
        if (entry.role != Role::filter || nodes.empty()) return;
        for (std::size_t i = 1; i < entry.parameters.size(); ++i) {
            if (entry.parameters[i].name != "attribute" || !nodes[i]) continue;
            const std::string paths = deduction.text(i);
            for (std::size_t at = 0; !paths.empty() && at <= paths.size();) {
                const auto comma = std::min(paths.find(',', at), paths.size());
                const auto found =
                    path_type(deduction.type(0).element(), paths.substr(at, comma - at), *nodes[i]);
                // Tests of selectattr may ask whether the field is there; the others need it.
                const bool tolerant = entry.name == "selectattr" || entry.name == "rejectattr" ||
                                      entry.name == "groupby";
                if (found && !tolerant && !found->is_any() && found->may_be(Kind::undefined))
                    report("P0106", *nodes[i],
                           "le champ « " + paths.substr(at, comma - at) +
                               " » est facultatif et peut manquer à un élément",
                           "choisissez d'abord par « | selectattr('" +
                               paths.substr(at, comma - at) + "', 'defined') »");
                at = comma + 1;
            }
        }
    }

    Type mapped(const Deduction& deduction, const CallArguments& arguments) {
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

    void visit_arguments(const CallArguments& arguments) {
        for (const NodePtr& each : arguments.positional)
            used(*each, true);
        for (const auto& [keyword, node] : arguments.named)
            used(*node, true);
    }

    Type unknown(const Node& self, Role role, const std::string& what, const std::string& name,
                 const CallArguments& arguments) {
        visit_arguments(arguments);
        std::string remedy;
        if (const auto near = nearest(name, registry_.names(role)))
            remedy = "vouliez-vous « " + *near + " » ?";
        else if (role == Role::function && registry_.find(Role::filter, name))
            remedy = "c'est un filtre : « … | " + name + " »";
        report("P0105", self,
               what + " « " + name + " » " + (role == Role::function ? "inconnue" : "inconnu"),
               remedy);
        return Type::any();
    }

    Type check(const Node& self, const CallNode& node) {
        if (const auto* name = std::get_if<NameNode>(&node.callee->content)) {
            const Entry* entry = registry_.find(Role::function, name->name);
            if (!entry)
                return unknown(self, Role::function, "fonction", name->name, node.arguments);
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
            visit_arguments(node.arguments);
            return Type::any();
        }
        for (unsigned k = 0; k < 12; ++k) {
            const auto kind = static_cast<Kind>(k);
            if (!receiver.may_be(kind)) continue;
            if (const Entry* entry = registry_.method(kind, method->name))
                return call(self, *entry, method->object.get(), node.arguments);
        }
        visit_arguments(node.arguments);
        const auto near = nearest(method->name, registry_.names(Role::method));
        report("P0105", self,
               receiver.description() + " n'a pas de méthode « " + method->name + " »",
               near ? "vouliez-vous « " + *near + " » ?" : std::string());
        return Type::any();
    }

    Type check(const Node& self, const FilterNode& node) {
        const Entry* entry = registry_.find(Role::filter, node.name);
        if (entry) return call(self, *entry, node.input.get(), node.arguments);
        type(*node.input);
        return unknown(self, Role::filter, "filtre", node.name, node.arguments);
    }

    Type check(const Node& self, const TestNode& node) {
        const Entry* entry = registry_.find(Role::test, node.name);
        if (entry) {
            call(self, *entry, node.input.get(), node.arguments);
            return Kind::boolean;
        }
        type(*node.input);
        unknown(self, Role::test, "test", node.name, node.arguments);
        return Kind::boolean;
    }

    // ---- operators ----

    Type check(const Node& self, const NegateNode& node) {
        const Type operand = used(*node.operand);
        const Type wanted =
            Type::number() | Type(Kind::boolean) | Type(Kind::money) | Type(Kind::duration);
        if (!operand.overlaps(wanted))
            report("P0102", self, "« - » ne s'applique pas à " + operand.description());
        if (operand.is_any()) return operand;
        return operand.is_only(Kind::boolean) ? Type(Kind::integer) : operand;
    }

    Type check(const Node&, const NotNode& node) {
        used(*node.operand, true);
        return Kind::boolean;
    }

    Type check(const Node& self, const BinaryNode& node) {
        const Type left = used(*node.left);
        const Type right = used(*node.right);
        const Type out = binary_type(node.op, left, right);
        if (!out.impossible()) return out;
        const TypeFault fault = operator_fault(symbol(node.op), left, right, false);
        report(fault.code, self, fault.problem, fault.remedy);
        return Type::any();
    }

    Type check(const Node&, const ConcatNode& node) {
        for (const NodePtr& part : node.parts)
            used(*part);
        return Kind::text;
    }

    static bool is_zero(const Node& node) {
        const auto* literal = std::get_if<LiteralNode>(&node.content);
        return literal && literal->value.is_number() && literal->value.number().is_zero();
    }

    Type check(const Node& self, const CompareNode& node) {
        const Node* left_node = node.first.get();
        const auto loose = [](Comparison op) {
            return op == Comparison::equal || op == Comparison::unequal || op == Comparison::in ||
                   op == Comparison::not_in;
        };
        Type left = used(*left_node, loose(node.rest.front().first));
        for (const auto& [op, right_node] : node.rest) {
            const Type right =
                used(*right_node, op == Comparison::equal || op == Comparison::unequal);
            if (!comparable(op, left, right, is_zero(*left_node) || is_zero(*right_node))) {
                if (op == Comparison::in || op == Comparison::not_in) {
                    report("P0102", self,
                           "« in » attend une liste, un texte ou un groupe de champs, pas " +
                               right.description());
                } else {
                    const TypeFault fault = operator_fault(symbol(op), left, right, true);
                    report(fault.code, self, fault.problem, fault.remedy);
                }
            }
            left = right;
            left_node = right_node.get();
        }
        return Kind::boolean;
    }

    /// The type of a part that is only reached when the condition came out so.
    Type under(const NodePtr& condition, bool outcome, const NodePtr& part) {
        names_.push();
        assume(*condition, outcome);
        const Type out = type(*part);
        names_.pop();
        return out;
    }

    Type check(const Node&, const LogicNode& node) {
        const Type left = used(*node.left, true);
        const Type right = under(node.left, node.is_and, node.right);
        // The left side is the value only where it decides: what « and » gives then is not true.
        return left | right;
    }

    Type check(const Node&, const ConditionalNode& node) {
        used(*node.condition, true);
        const Type yes = under(node.condition, true, node.yes);
        // Without « else » nothing is printed.
        if (!node.no) return yes | Type(Kind::text);
        const Type no = under(node.condition, false, node.no);
        return yes | no;
    }

    Type check(const Node&, const ListNode& node) {
        Type element = nothing;
        for (const NodePtr& each : node.items)
            element = element | used(*each, true);
        return Type::list_of(element.impossible() || node.tuple ? Type::any() : element);
    }

    Type check(const Node&, const MapNode& node) {
        std::vector<Field> fields;
        bool known = true;
        for (const auto& [key, value] : node.entries) {
            used(*key);
            Type found = used(*value, true);
            const auto* literal = std::get_if<LiteralNode>(&key->content);
            if (literal && literal->value.is_text())
                fields.push_back({literal->value.text(), std::move(found), {}});
            else
                known = false;
        }
        return known ? Type::map_of(std::move(fields)) : Type(Kind::map);
    }

public:
    void assume(const Node& node, bool outcome) {
        if (const auto* negation = std::get_if<NotNode>(&node.content))
            return assume(*negation->operand, !outcome);
        if (const auto* logic = std::get_if<LogicNode>(&node.content)) {
            // Both sides hold when « and » is true; neither when « or » is false.
            if (logic->is_and != outcome) return;
            assume(*logic->left, outcome);
            assume(*logic->right, outcome);
            return;
        }
        if (const auto* test = std::get_if<TestNode>(&node.content))
            return assume_test(*test, outcome != test->negated);
        if (const auto* compare = std::get_if<CompareNode>(&node.content)) {
            if (compare->rest.size() != 1) return;
            const auto& [op, right] = compare->rest[0];
            const auto* literal = std::get_if<LiteralNode>(&right->content);
            if (!literal || !literal->value.is_none()) return;
            if (op == Comparison::equal) narrow(*compare->first, Kind::none, outcome);
            if (op == Comparison::unequal) narrow(*compare->first, Kind::none, !outcome);
            return;
        }
        // A value that is true is neither missing nor none.
        if (outcome) {
            narrow(node, Kind::undefined, false);
            narrow(node, Kind::none, false);
        }
    }

private:
    void assume_test(const TestNode& test, bool holds) {
        if (test.name == "defined") return narrow(*test.input, Kind::undefined, !holds);
        if (test.name == "undefined") return narrow(*test.input, Kind::undefined, holds);
        if (test.name == "none") return narrow(*test.input, Kind::none, holds);
        if (!holds) return;
        if (test.name == "string") return narrow_to(*test.input, Kind::text);
        if (test.name == "number") return narrow_to(*test.input, Type::number());
        if (test.name == "mapping") return narrow_to(*test.input, Kind::map);
        if (test.name == "montant") return narrow_to(*test.input, Kind::money);
        if (test.name == "date") return narrow_to(*test.input, Kind::date);
    }

    void narrow(const Node& node, Kind kind, bool is_kind) {
        if (path_of(node).empty()) return;
        const Type found = silently(node);
        if (found.is_any()) return;
        narrow_path(node, is_kind ? found.only(kind) : found.without(kind));
    }

    void narrow_to(const Node& node, const Type& kinds) {
        if (path_of(node).empty()) return;
        const Type found = silently(node);
        narrow_path(node, found.is_any() ? kinds : found.only(kinds));
    }

    void narrow_path(const Node& node, const Type& proved) {
        const std::string path = path_of(node);
        if (path.empty() || proved.impossible()) return;
        names_.narrow(path, proved);
    }

    Type silently(const Node& node) {
        const std::size_t before = findings_.size();
        const Type out = type(node);
        findings_.resize(before);
        return out;
    }

    const Expression& expression_;
    TypeEnvironment names_;
    const Registry& registry_;
    Findings findings_;

    friend void paraphe::expression::assume(const Expression&, bool, TypeEnvironment&,
                                            const Registry&);
};

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
    names = checker.names_;
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
