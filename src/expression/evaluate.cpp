#include <algorithm>

#include "base/suggestion.hpp"
#include "expression/ast.hpp"
#include "expression/content.hpp"
#include "expression/expression.hpp"

namespace paraphe::expression {

namespace {

/// base/ speaks English to programmers; an author of templates reads French.
Error in_french(const Error& error, const Location& where) {
    if (error.kind() != ErrorKind::malformed_input) return error;
    std::string problem = error.problem();
    std::string remedy = error.remedy();
    std::string code = error.code();
    if (code == "overflow") {
        problem = "le nombre est trop grand";
        remedy = "employez des nombres plus petits";
    } else if (code == "division_by_zero") {
        problem = "division par zéro";
        remedy = "testez d'abord le diviseur";
    } else if (code == "unending_decimal") {
        problem = "ce quotient ne s'écrit pas avec un nombre fini de décimales";
        remedy = "arrondissez-le : « | round(2) »";
    } else if (code == "part_of_a_cent") {
        problem = "ce montant a une fraction de centime";
        remedy = "arrondissez-le : « | round(2) »";
    }
    if (!code.starts_with("P01") && !code.starts_with("P026")) code = "P0111";
    return Error(error.kind(), problem, error.where() == Location{} ? where : error.where(), remedy,
                 code);
}

class Evaluator {
public:
    Evaluator(Scope& scope, const Registry& registry) : scope_(scope), registry_(registry) {}

    Value operator()(const Node& node) {
        scope_.charge();
        return std::visit([&](const auto& content) { return evaluate(node, content); },
                          node.content);
    }

    /// Where the evaluation stands: the place of an error.
    std::size_t at() const { return at_ ? at_->at : 0; }

private:
    Value value(const NodePtr& node) { return (*this)(*node); }

    Value evaluate(const Node&, const LiteralNode& node) { return node.value; }

    Value evaluate(const Node& self, const NameNode& node) {
        at_ = &self;
        return scope_.lookup(node.name);
    }

    Value evaluate(const Node& self, const AttributeNode& node) {
        const Value object = value(node.object);
        // A field of something absent: the absent thing is what to explain.
        at_ = object.is_undefined() ? node.object.get() : &self;
        return attribute(object, node.name);
    }

    Value evaluate(const Node& self, const ItemNode& node) {
        const Value object = value(node.object);
        const Value index = value(node.index);
        at_ = object.is_undefined() ? node.object.get() : &self;
        return item(object, index);
    }

    Value evaluate(const Node& self, const SliceNode& node) {
        const Value object = value(node.object);
        const Value start = node.start ? value(node.start) : Value();
        const Value stop = node.stop ? value(node.stop) : Value();
        const Value step = node.step ? value(node.step) : Value();
        at_ = &self;
        return slice(object, start, stop, step, scope_);
    }

    std::vector<std::pair<std::string, Value>> named(const CallArguments& arguments) {
        std::vector<std::pair<std::string, Value>> out;
        out.reserve(arguments.named.size());
        for (const auto& [name, node] : arguments.named)
            out.emplace_back(name, value(node));
        return out;
    }

    Value evaluate(const Node& self, const CallNode& node) {
        if (const auto* name = std::get_if<NameNode>(&node.callee->content))
            return function(self, name->name, node.arguments);
        const auto* method = std::get_if<AttributeNode>(&node.callee->content);
        if (!method) {
            at_ = &self;
            fail("seules les fonctions et les méthodes s'appellent", {}, "P0105");
        }
        std::vector<Value> arguments{value(method->object)};
        for (const NodePtr& argument : node.arguments.positional)
            arguments.push_back(value(argument));
        auto keywords = named(node.arguments);
        at_ = node.callee.get();
        require(arguments[0]);
        if (arguments[0].is(Kind::object)) {
            const std::shared_ptr<Object> object = arguments[0].object();
            arguments.erase(arguments.begin());
            return object->call(method->name, arguments);
        }
        const Entry* entry = registry_.method(arguments[0].kind(), method->name);
        if (!entry) {
            const std::string remedy = did_you_mean(method->name, registry_.names(Role::method));
            fail(
                std::string(name_of(arguments[0])) + " n'a pas de méthode « " + method->name + " »",
                remedy, "P0105");
        }
        return registry_.call(*entry, std::move(arguments), std::move(keywords), scope_);
    }

    static std::string_view name_of(const Value& value) {
        return paraphe::expression::name(value.kind());
    }

    Value function(const Node& self, const std::string& name, const CallArguments& given) {
        const Entry* entry = registry_.find(Role::function, name);
        const Function* provided = scope_.provided(name);
        std::vector<Value> arguments;
        arguments.reserve(given.positional.size());
        for (const NodePtr& argument : given.positional)
            arguments.push_back(value(argument));
        auto keywords = named(given);
        at_ = &self;
        if (entry) return registry_.call(*entry, std::move(arguments), std::move(keywords), scope_);
        if (provided)
            return (*provided)(
                Arguments(std::move(arguments), std::move(keywords), scope_, registry_));
        if (scope_.find(name)) fail("« " + name + " » n'est pas une fonction", {}, "P0105");
        std::string remedy = did_you_mean(name, registry_.names(Role::function));
        if (remedy.empty() && registry_.find(Role::filter, name))
            remedy = "c'est un filtre : « … | " + name + " »";
        fail("fonction « " + name + " » inconnue", remedy, "P0105");
    }

    Value evaluate(const Node& self, const FilterNode& node) {
        const Entry* entry = registry_.find(Role::filter, node.name);
        if (!entry) {
            at_ = &self;
            unknown(Role::filter, "filtre", node.name);
        }
        return applied(self, *entry, node.input, node.arguments);
    }

    Value evaluate(const Node& self, const TestNode& node) {
        const Entry* entry = registry_.find(Role::test, node.name);
        if (!entry) {
            at_ = &self;
            unknown(Role::test, "test", node.name);
        }
        return truth(applied(self, *entry, node.input, node.arguments)) != node.negated;
    }

    [[noreturn]] void unknown(Role role, std::string_view what, const std::string& name) {
        const std::string remedy = did_you_mean(name, registry_.names(role));
        fail(std::string(what) + " « " + name + " » inconnu", remedy, "P0105");
    }

    Value applied(const Node& self, const Entry& entry, const NodePtr& input,
                  const CallArguments& given) {
        std::vector<Value> arguments;
        arguments.reserve(1 + given.positional.size());
        arguments.push_back(value(input));
        if (arguments[0].is_undefined() && !entry.accepts_undefined) {
            at_ = input.get();
            throw_undefined(arguments[0]);
        }
        for (const NodePtr& argument : given.positional)
            arguments.push_back(value(argument));
        auto keywords = named(given);
        at_ = &self;
        return registry_.call(entry, std::move(arguments), std::move(keywords), scope_);
    }

    Value evaluate(const Node& self, const NegateNode& node) {
        const Value operand = value(node.operand);
        at_ = operand.is_undefined() ? node.operand.get() : &self;
        if (!node.plus) return negate(operand);
        return negate(negate(operand));
    }

    bool truth_of(const NodePtr& node) {
        const Value out = value(node);
        at_ = node.get();
        return truth(out);
    }

    Value evaluate(const Node&, const NotNode& node) { return !truth_of(node.operand); }

    Value evaluate(const Node& self, const BinaryNode& node) {
        const Value left = value(node.left);
        const Value right = value(node.right);
        at_ = left.is_undefined()    ? node.left.get()
              : right.is_undefined() ? node.right.get()
                                     : &self;
        return apply(node.op, left, right, scope_);
    }

    Value evaluate(const Node&, const ConcatNode& node) {
        std::string out;
        std::optional<Content> styled;  // from the first part that has a look
        for (const NodePtr& part : node.parts) {
            const Value each = value(part);
            at_ = part.get();
            if (each.is(Kind::content) && !styled) {
                styled.emplace();
                styled->append(std::move(out));
                out = styled->text();
            }
            if (styled) styled->append(each);
            out += to_text(each);
            check_text(out.size(), scope_);
        }
        scope_.charge(out.size() / 64);
        if (styled) return *std::move(styled);
        return out;
    }

    Value evaluate(const Node& self, const CompareNode& node) {
        Value left = value(node.first);
        const Node* left_node = node.first.get();
        for (const auto& [op, right_node] : node.rest) {
            Value right = value(right_node);
            at_ = left.is_undefined() ? left_node : right.is_undefined() ? right_node.get() : &self;
            if (op == Comparison::in || op == Comparison::not_in) scope_.charge(size_of(right));
            if (!compare(op, left, right)) return false;
            left = std::move(right);
            left_node = right_node.get();
        }
        return true;
    }

    static std::uint64_t size_of(const Value& value) {
        if (value.is_list()) return value.items().size();
        return value.is_text() ? value.text().size() / 64 : 1;
    }

    Value evaluate(const Node&, const LogicNode& node) {
        Value left = value(node.left);
        at_ = node.left.get();
        return truth(left) == node.is_and ? value(node.right) : left;
    }

    Value evaluate(const Node&, const ConditionalNode& node) {
        if (truth_of(node.condition)) return value(node.yes);
        if (node.no) return value(node.no);
        Undefined why;
        why.message = "la condition est fausse et il n'y a pas de « else »";
        why.remedy = "ajoutez « else … »";
        why.lenient = true;
        return Value::undefined(std::move(why));
    }

    Value evaluate(const Node&, const ListNode& node) {
        List out{{}, node.tuple ? List::Form::tuple : List::Form::list, nullptr};
        out.items.reserve(node.items.size());
        for (const NodePtr& each : node.items) {
            out.items.push_back(value(each));
            at_ = each.get();
            require(out.items.back());
        }
        return out;
    }

    Value evaluate(const Node&, const MapNode& node) {
        Map out;
        for (const auto& [key, content] : node.entries) {
            Value k = value(key);
            at_ = key.get();
            require(k);
            Value v = value(content);
            at_ = content.get();
            require(v);
            out.set(std::move(k), std::move(v));
        }
        return out;
    }

    Scope& scope_;
    const Registry& registry_;
    const Node* at_ = nullptr;
};

}  // namespace

Value evaluate(const Expression& expression, Scope& scope, const Registry& registry) {
    Evaluator evaluator(scope, registry);
    try {
        return evaluator(expression.root());
    } catch (const Error& error) {
        throw in_french(error, expression.where(evaluator.at()));
    }
}

std::string print(const Expression& expression, const Value& value) {
    try {
        return to_text(value);
    } catch (const Error& error) {
        throw in_french(error, expression.where(expression.root().at));
    }
}

std::string print(const Expression& expression, Scope& scope, const Registry& registry) {
    return print(expression, evaluate(expression, scope, registry));
}

bool holds(const Expression& expression, Scope& scope, const Registry& registry) {
    const Value value = evaluate(expression, scope, registry);
    try {
        return truth(value);
    } catch (const Error& error) {
        throw in_french(error, expression.where(expression.root().at));
    }
}

}  // namespace paraphe::expression
