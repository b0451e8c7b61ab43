#include "expression/statement.hpp"

#include <algorithm>
#include <array>

#include "base/suggestion.hpp"
#include "expression/ast.hpp"
#include "expression/parser.hpp"

namespace paraphe::expression {

namespace {

constexpr std::array<std::string_view, 13> keywords = {
    "for",    "if",   "elif",    "else",    "endfor", "endif", "set",
    "endset", "with", "endwith", "include", "raw",    "endraw"};

/// Names of `for` and `set`: one, or several between commas, with or without parentheses.
std::vector<std::string> targets(Parser& parser, std::string_view what) {
    std::vector<std::string> out;
    const bool parenthesis = parser.skip_symbol("(");
    while (true) {
        const std::size_t at = parser.current().begin;
        std::string name = parser.expect_any_name(what);
        if (name == "true" || name == "false" || name == "none" || name == "loop" ||
            name == "not" || name == "in")
            parser.fail(at, "« " + name + " » ne peut pas être un nom de variable",
                        "choisissez un autre nom");
        out.push_back(std::move(name));
        if (!parser.skip_symbol(",")) break;
        if (parser.at_name("in") || parser.at_symbol("=") || parser.at_symbol(")")) break;
    }
    if (parenthesis) parser.expect_symbol(")");
    return out;
}

For parse_for(Parser& parser) {
    For out;
    out.targets = targets(parser, "un nom de variable");
    parser.expect_name("in");
    out.iterable = parser.parse_tuple(false, "recursive");
    if (parser.at_name("recursive"))
        parser.fail(parser.current().begin, "« recursive » n'existe pas ici",
                    "écrivez deux boucles l'une dans l'autre");
    if (parser.skip_name("if")) out.condition = parser.parse_expression();
    return out;
}

Set parse_set(Parser& parser) {
    Set out;
    if (parser.current().kind == Token::Kind::name && parser.ahead().is(Token::Kind::symbol, ".")) {
        out.targets.push_back(parser.expect_any_name("un nom"));
        parser.expect_symbol(".");
        out.attribute = parser.expect_any_name("un nom de champ");
    } else {
        out.targets = targets(parser, "un nom de variable");
    }
    if (parser.skip_symbol("=")) {
        out.value = parser.parse_tuple();
        return out;
    }
    if (out.targets.size() > 1 || !out.attribute.empty())
        parser.fail(parser.current().begin,
                    "« = » attendu, " + parser.describe(parser.current()) + " trouvé");
    if (parser.at_symbol("|")) out.filter = parser.parse_filters_on("__block");
    return out;
}

With parse_with(Parser& parser) {
    With out;
    while (!parser.at_end()) {
        if (!out.bindings.empty()) parser.expect_symbol(",");
        std::string name = parser.expect_any_name("un nom de variable");
        parser.expect_symbol("=");
        out.bindings.emplace_back(std::move(name), parser.parse_expression());
    }
    return out;
}

Include parse_include(Parser& parser) {
    Include out;
    out.name = parser.parse_expression();
    if (parser.skip_name("ignore")) {
        parser.expect_name("missing");
        out.ignore_missing = true;
    }
    while (!parser.at_end()) {
        if (parser.at_name("with") || parser.at_name("without")) {
            const bool with = parser.at_name("with");
            parser.expect_any_name("with");
            if (parser.skip_name("context"))
                out.with_context = with;
            else if (with)
                out.extra = parser.parse_expression();
            else
                parser.expect_name("context");
        } else {
            break;
        }
    }
    return out;
}

}  // namespace

Statement parse_statement(std::string_view text, LocationMapper mapper) {
    Parser parser(text, std::move(mapper));
    const std::size_t begin = parser.current().begin;
    if (parser.at_end()) parser.fail(begin, "la balise est vide", "retirez-la ou complétez-la");
    const std::string word = parser.expect_any_name("un mot comme « for » ou « if »");
    Statement out = Else{};
    if (word == "for") {
        out = parse_for(parser);
    } else if (word == "if") {
        out = If{parser.parse_tuple(true)};
    } else if (word == "elif") {
        out = Elif{parser.parse_tuple(true)};
    } else if (word == "else") {
        out = Else{};
    } else if (word == "endfor") {
        out = EndFor{};
    } else if (word == "endif") {
        out = EndIf{};
    } else if (word == "set") {
        out = parse_set(parser);
    } else if (word == "endset") {
        out = EndSet{};
    } else if (word == "with") {
        out = parse_with(parser);
    } else if (word == "endwith") {
        out = EndWith{};
    } else if (word == "include") {
        out = parse_include(parser);
    } else if (word == "raw") {
        out = Raw{};
    } else if (word == "endraw") {
        out = EndRaw{};
    } else {
        std::string remedy = did_you_mean(word, {keywords.begin(), keywords.end()});
        if (remedy.empty() && (word == "elseif" || word == "elsif"))
            remedy = "vouliez-vous « elif » ?";
        parser.fail(begin, "instruction « " + word + " » inconnue", remedy);
    }
    parser.expect_end();
    return out;
}

Expression parse_output(std::string_view text, LocationMapper mapper) {
    Parser parser(text, std::move(mapper));
    Expression out = parser.parse_tuple();
    parser.expect_end();
    return out;
}

std::string_view keyword(const Statement& statement) {
    return keywords.at(statement.index());
}

// ---- running ----

namespace {

/// `loop` inside a for.
class Loop final : public Object {
public:
    explicit Loop(std::vector<Value> items) : items_(std::move(items)) {}

    bool next() { return ++index_ < static_cast<std::int64_t>(items_.size()); }
    const std::vector<Value>& items() const { return items_; }
    std::size_t index0() const { return static_cast<std::size_t>(index_); }

    std::string name() const override { return "une boucle"; }

    Value attribute(std::string_view wanted) const override {
        const auto length = static_cast<std::int64_t>(items_.size());
        if (wanted == "index") return index_ + 1;
        if (wanted == "index0") return index_;
        if (wanted == "revindex") return length - index_;
        if (wanted == "revindex0") return length - index_ - 1;
        if (wanted == "first") return index_ == 0;
        if (wanted == "last") return index_ + 1 == length;
        if (wanted == "length") return length;
        if (wanted == "previtem")
            return index_ > 0 ? items_[index0() - 1]
                              : Value::undefined("il n'y a rien avant le premier élément");
        if (wanted == "nextitem")
            return index_ + 1 < length ? items_[index0() + 1]
                                       : Value::undefined("il n'y a rien après le dernier élément");
        const std::string remedy =
            did_you_mean(wanted, {"index", "index0", "revindex", "revindex0", "first", "last",
                                  "length", "previtem", "nextitem", "cycle", "changed"});
        return Value::undefined("« loop » n'a pas de champ « " + std::string(wanted) + " »",
                                remedy);
    }

    Value call(std::string_view method, const std::vector<Value>& arguments) override {
        if (method == "cycle") {
            if (arguments.empty()) fail("« cycle » attend au moins une valeur", {}, "P0104");
            return arguments[index0() % arguments.size()];
        }
        if (method == "changed") {
            const Value now(arguments);
            const bool changed = last_.is_undefined() || !equal(last_, now);
            last_ = now;
            return changed;
        }
        return Object::call(method, arguments);
    }

private:
    std::vector<Value> items_;
    std::int64_t index_ = -1;
    Value last_;
};

/// Not `bind`: argument-dependent look-up would prefer std::bind.
void bind_targets(const std::vector<std::string>& names, const Value& value, Scope& scope) {
    if (names.size() == 1) return scope.set(names[0], value);
    const std::vector<Value> parts = iterate(value, scope);
    if (parts.size() != names.size())
        fail("l'élément a " + std::to_string(parts.size()) + " parties pour " +
                 std::to_string(names.size()) + " noms",
             "donnez autant de noms que de parties", "P0111");
    for (std::size_t i = 0; i < names.size(); ++i)
        scope.set(names[i], parts[i]);
}

/// Runs what may fail without a place, at the place of the expression.
template <class Work>
auto located(const Expression& expression, Work work) {
    try {
        return work();
    } catch (const Error& error) {
        if (error.where() != Location{} || error.kind() != ErrorKind::malformed_input) throw;
        throw Error(error.kind(), error.problem(), expression.where(expression.root().at),
                    error.remedy(), error.code());
    }
}

}  // namespace

class ForLoop::State {
public:
    std::shared_ptr<Loop> loop;
};

ForLoop::ForLoop(const For& statement, Scope& scope, const Registry& registry)
    : statement_(statement), scope_(scope), state_(std::make_shared<State>()) {
    const Value source = evaluate(statement.iterable, scope, registry);
    std::vector<Value> items = located(statement.iterable, [&] { return iterate(source, scope); });
    if (statement.condition) {
        std::vector<Value> kept;
        for (Value& each : items) {
            const Frame frame(scope);
            located(statement.iterable, [&] { bind_targets(statement.targets, each, scope); });
            if (holds(statement.condition, scope, registry)) kept.push_back(std::move(each));
        }
        items = std::move(kept);
    }
    state_->loop = std::make_shared<Loop>(std::move(items));
}

ForLoop::~ForLoop() {
    if (open_) scope_.pop();
}

bool ForLoop::next() {
    if (open_) {
        scope_.pop();
        open_ = false;
    }
    if (!state_->loop->next()) return false;
    scope_.push();
    open_ = true;
    scope_.charge();
    scope_.set("loop", Value(std::shared_ptr<Object>(state_->loop)));
    located(statement_.iterable, [&] { bind_targets(statement_.targets, item(), scope_); });
    return true;
}

std::size_t ForLoop::count() const {
    return state_->loop->items().size();
}
const Value& ForLoop::item() const {
    return state_->loop->items()[state_->loop->index0()];
}
std::size_t ForLoop::index0() const {
    return state_->loop->index0();
}

void execute(const Set& set, Scope& scope, const Registry& registry) {
    const Value value = evaluate(set.value, scope, registry);
    located(set.value, [&] {
        check_shape(value, scope);
        // Jinja2 keeps an undefined value until it is used; a name may be set to it.
        if (set.attribute.empty()) return bind_targets(set.targets, value, scope);
        const Value target = scope.lookup(set.targets[0]);
        require(target);
        require(value);
        if (!target.is(Kind::object))
            fail("on n'affecte un champ qu'à un namespace, pas à " +
                     std::string(name(target.kind())),
                 "créez-le par « set x = namespace(…) »");
        check_field(value, scope);
        target.object()->assign(set.attribute, value);
    });
}

void execute(const Set& set, std::string block, Scope& scope, const Registry& registry) {
    Value value(std::move(block));
    if (set.filter) {
        const Frame frame(scope);
        scope.set("__block", value);
        value = evaluate(set.filter, scope, registry);
    }
    scope.set(set.targets[0], std::move(value));
}

void open(const With& with, Scope& scope, const Registry& registry) {
    std::vector<Value> values;
    for (const auto& [name, expression] : with.bindings)
        values.push_back(evaluate(expression, scope, registry));
    scope.push();
    for (std::size_t i = 0; i < values.size(); ++i)
        scope.set(with.bindings[i].first, std::move(values[i]));
}

std::optional<Scope> open(const Include& include, Scope& scope, const Registry& registry) {
    Value extra;
    if (include.extra) {
        extra = evaluate(include.extra, scope, registry);
        located(include.extra, [&] {
            require(extra);
            if (!extra.is_map())
                fail("« with » attend un groupe de champs, pas " + std::string(name(extra.kind())),
                     "écrivez « with {'duree': 6} »", "P0103");
        });
    }
    if (!include.with_context) return Scope(extra, scope.limits());
    scope.push();
    if (extra.is_map())
        for (const Map::Entry& entry : extra.map().entries())
            if (entry.key.is_text()) scope.set(entry.key.text(), entry.value);
    return std::nullopt;
}

}  // namespace paraphe::expression
