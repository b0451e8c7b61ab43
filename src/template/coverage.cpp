#include "template/coverage.hpp"

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "expression/ast.hpp"
#include "expression/check.hpp"
#include "expression/data.hpp"
#include "template/program.hpp"
#include "template/text_program.hpp"

namespace paraphe::tmpl {

namespace {

namespace ex = expression;

enum class Kind { branch, loop, clause };

/// One way through one block.
struct Item {
    Kind kind;
    const Place* place;
    std::string message, wish;
    bool reached = false;
    bool possible = true;
    bool open = true;  ///< every block around it is reached
};

// --- What a sample must be like -----------------------------------------------------------------

std::string words_of(const ex::Expression& whole, const ex::Node& node) {
    return whole.text().substr(node.begin, node.end - node.begin);
}

bool is_path(const ex::Node& node) {
    if (std::holds_alternative<ex::NameNode>(node.content)) return true;
    const auto* attribute = std::get_if<ex::AttributeNode>(&node.content);
    return attribute != nullptr && is_path(*attribute->object);
}

std::string wish_for(const ex::Expression& whole, const ex::Node& node, bool outcome);

/// The wish as a part of a longer one: alternatives stay together.
std::string bracketed(const std::string& wish) {
    return wish.find(" ou ") == std::string::npos ? wish : "(" + wish + ")";
}

/// "menage.conjoint est absent": how the condition comes out so.
std::string wish_for(const ex::Expression& whole, const ex::Node& node, bool outcome) {
    const auto words = [&](const ex::Node& part) { return words_of(whole, part); };
    if (const auto* negation = std::get_if<ex::NotNode>(&node.content))
        return wish_for(whole, *negation->operand, !outcome);
    if (const auto* test = std::get_if<ex::TestNode>(&node.content)) {
        const bool holds = outcome != test->negated;
        if (test->name == "defined")
            return words(*test->input) + (holds ? " est présent" : " est absent");
        if (test->name == "undefined")
            return words(*test->input) + (holds ? " est absent" : " est présent");
    }
    if (const auto* comparison = std::get_if<ex::CompareNode>(&node.content);
        comparison != nullptr && comparison->rest.size() == 1) {
        const auto& [op, right] = comparison->rest.front();
        if (op == ex::Comparison::equal || op == ex::Comparison::unequal)
            return words(*comparison->first) +
                   ((op == ex::Comparison::equal) == outcome ? " vaut " : " ne vaut pas ") +
                   words(*right);
    }
    if (const auto* logic = std::get_if<ex::LogicNode>(&node.content))
        return logic->is_and == outcome
                   ? bracketed(wish_for(whole, *logic->left, outcome)) + " et " +
                         bracketed(wish_for(whole, *logic->right, outcome))
                   : wish_for(whole, *logic->left, outcome) + " ou " +
                         wish_for(whole, *logic->right, outcome);
    const std::string text = is_path(node) ? words(node) : "« " + words(node) + " »";
    return text + (outcome ? " est vrai" : " est faux");
}

// --- What the schema rules out ------------------------------------------------------------------

/// The type of a path; nullopt for anything else.
std::optional<ex::Type> type_of(const ex::Node& node, const ex::TypeEnvironment& environment) {
    if (const auto* name = std::get_if<ex::NameNode>(&node.content))
        return environment.find(name->name);
    const auto* attribute = std::get_if<ex::AttributeNode>(&node.content);
    if (attribute == nullptr) return std::nullopt;
    const auto object = type_of(*attribute->object, environment);
    if (!object || !object->is_only(ex::Kind::map) || !object->has_fields()) return std::nullopt;
    const ex::Field* field = object->field(attribute->name);
    return field ? std::optional(field->type) : std::nullopt;
}

/// What the condition is for all data of the schema; nullopt when both may come.
std::optional<bool> settled(const ex::Node& node, const ex::TypeEnvironment& environment) {
    if (const auto* negation = std::get_if<ex::NotNode>(&node.content)) {
        const auto inner = settled(*negation->operand, environment);
        return inner ? std::optional(!*inner) : std::nullopt;
    }
    if (const auto* literal = std::get_if<ex::LiteralNode>(&node.content))
        return literal->value.is(ex::Kind::boolean) ? std::optional(literal->value.boolean())
                                                    : std::nullopt;
    if (const auto* test = std::get_if<ex::TestNode>(&node.content)) {
        if (test->name != "defined" && test->name != "undefined") return std::nullopt;
        const auto type = type_of(*test->input, environment);
        if (!type || type->is_any() || type->may_be(ex::Kind::undefined)) return std::nullopt;
        return (test->name == "defined") != test->negated;
    }
    if (const auto* logic = std::get_if<ex::LogicNode>(&node.content)) {
        const auto left = settled(*logic->left, environment);
        const auto right = settled(*logic->right, environment);
        const bool decides = !logic->is_and;  // one true part decides an `or`
        if (left == decides || right == decides) return decides;
        if (left && right) return !decides;
    }
    return std::nullopt;
}

/// Where the items of a loop come from, as pointers into the data that the schema describes.
class Sources {
public:
    Sources(const json::Schema& schema, const std::string& whole) : schema_(schema) {
        if (!whole.empty()) levels_.push_back({{whole, ""}});
    }

    void enter(const ex::For& loop) {
        std::map<std::string, std::optional<std::string>> level;
        const auto list = pointer(loop.iterable.root());
        for (const std::string& target : loop.targets)
            level[target] =
                list && loop.targets.size() == 1 ? std::optional(*list + "/0") : std::nullopt;
        levels_.push_back(std::move(level));
    }
    void leave() { levels_.pop_back(); }

    /// How many items the schema allows, of a list taken as it is.
    struct Bounds {
        std::int64_t least = 0;
        std::optional<std::int64_t> most;
    };
    Bounds bounds(const ex::For& loop) const {
        Bounds out;
        if (loop.condition) return out;
        const auto list = pointer(loop.iterable.root());
        const auto view = list ? schema_.at(*list) : std::nullopt;
        if (!view) return out;
        if (const auto* least = view->source().find("minItems")) out.least = least->as_int64();
        if (const auto* most = view->source().find("maxItems")) out.most = most->as_int64();
        return out;
    }

private:
    std::optional<std::string> pointer(const ex::Node& node) const {
        if (const auto* name = std::get_if<ex::NameNode>(&node.content)) {
            for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
                if (const auto found = level->find(name->name); found != level->end())
                    return found->second;
            return "/" + name->name;
        }
        if (const auto* attribute = std::get_if<ex::AttributeNode>(&node.content)) {
            const auto object = pointer(*attribute->object);
            return object ? std::optional(*object + "/" + attribute->name) : std::nullopt;
        }
        return std::nullopt;
    }

    const json::Schema& schema_;
    std::vector<std::map<std::string, std::optional<std::string>>> levels_;
};

// --- The walk -----------------------------------------------------------------------------------

class Walker {
public:
    Walker(const Trace& trace, const json::Schema& schema, const ex::Registry& registry,
           const std::string& whole)
        : trace_(trace),
          registry_(registry),
          environment_(ex::type_from_schema(schema)),
          sources_(schema, whole) {
        if (!whole.empty()) environment_.declare(whole, ex::type_from_schema(schema));
    }

    /// Of a document, or of text.
    template <typename Instruction>
    void run(const std::vector<Instruction>& instructions) {
        for (const Instruction& instruction : instructions)
            std::visit([&](const auto& each) { run(each); }, instruction.content);
    }

    std::vector<Item> items;

private:
    void run(const Constant&) {}
    void run(const Output&) {}
    void run(const SignatureSlot&) {}
    void run(const Container& container) { run(container.children); }
    void run(const ForBlock& block) { loop(block); }
    void run(const IfBlock& block) { condition(block); }
    void run(const SetValue& set) { ex::check_and_declare(set.statement, environment_, registry_); }
    void run(const WithBlock& block) { with(block); }
    void run(const IncludeBlock& block) { clause(block); }

    void run(const Words&) {}
    void run(const TextOutput&) {}
    void run(const TextFor& block) { loop(block); }
    void run(const TextIf& block) { condition(block); }
    void run(const TextSet& set) { ex::check_and_declare(set.statement, environment_, registry_); }
    void run(const TextSetBlock& block) {
        environment_.push();
        run(block.body);
        environment_.pop();
        for (const std::string& target : block.statement.targets)
            environment_.declare(target, ex::Type(ex::Kind::text));
    }
    void run(const TextWith& block) { with(block); }
    void run(const TextInclude& block) { clause(block); }

    template <typename For>
    void loop(const For& block) {
        const std::string list =
            "« " + words_of(block.statement.iterable, block.statement.iterable.root()) + " »";
        const auto bounds = sources_.bounds(block.statement);
        const char* messages[] = {"aucun exemple ne laisse cette boucle sans tour",
                                  "aucun exemple ne fait faire un seul tour à cette boucle",
                                  "aucun exemple ne fait faire plusieurs tours à cette boucle"};
        const char* wishes[] = {" est vide", " a un seul élément", " a plusieurs éléments"};
        for (std::size_t turns = 0; turns <= Trace::many; ++turns) {
            const auto count = static_cast<std::int64_t>(turns);
            const bool possible = (turns == Trace::many || count >= bounds.least) &&
                                  (!bounds.most || count <= *bounds.most);
            add(Kind::loop, *block.place, messages[turns],
                (block.statement.condition ? "ce que garde " + list : list) + wishes[turns],
                trace_.has(&block, turns), possible);
        }
        const bool outer = open_;
        open_ = outer && (trace_.has(&block, 1) || trace_.has(&block, Trace::many));
        ex::check_and_open(block.statement, environment_, registry_);
        sources_.enter(block.statement);
        run(block.body);
        sources_.leave();
        environment_.pop();
        open_ = outer && trace_.has(&block, 0);
        run(block.otherwise);
        open_ = outer;
    }

    template <typename If>
    void condition(const If& block) {
        std::string others;  // the conditions before are false
        std::optional<bool> decided = false;
        std::size_t frames = 0;
        const bool outer = open_;
        for (std::size_t i = 0; i < block.branches.size(); ++i) {
            const auto& branch = block.branches[i];
            const bool reached = trace_.has(&block, i);
            open_ = outer && reached;
            if (!branch.condition) {
                add(Kind::branch, *branch.place, "aucun exemple ne passe par ce « else »", others,
                    reached, decided != true, outer);
                run(branch.body);
                decided = true;
                break;
            }
            const auto outcome = settled(branch.condition.root(), environment_);
            const auto wish = [&](bool so) {
                const std::string own = wish_for(branch.condition, branch.condition.root(), so);
                return others.empty() ? own : bracketed(others) + " et " + bracketed(own);
            };
            add(Kind::branch, *branch.place, "aucun exemple ne rend vraie cette condition",
                wish(true), reached, decided != true && outcome != false, outer);
            environment_.push();
            ex::assume(branch.condition, true, environment_, registry_);
            run(branch.body);
            environment_.pop();
            others = wish(false);
            if (outcome == true) decided = true;
            environment_.push();
            ++frames;
            ex::assume(branch.condition, false, environment_, registry_);
        }
        while (frames-- > 0)
            environment_.pop();
        open_ = outer;
        if (!block.branches.back().condition) return;
        add(Kind::branch, *block.branches.front().place,
            block.branches.size() == 1 ? "aucun exemple ne rend fausse cette condition"
                                       : "aucun exemple n’échappe à toutes ces conditions",
            others, trace_.has(&block, block.branches.size()), decided != true, outer);
    }

    template <typename With>
    void with(const With& block) {
        ex::check_and_open(block.statement, environment_, registry_);
        run(block.body);
        environment_.pop();
    }

    template <typename Include>
    void clause(const Include& block) {
        const bool reached = trace_.has(&block, 0), outer = open_;
        add(Kind::clause, *block.place, "aucun exemple n’atteint cette clause",
            "ce passage est produit", reached, true);
        open_ = outer && reached;
        environment_.push();
        if (block.statement.extra) {
            const auto extra = ex::check(block.statement.extra, environment_, registry_);
            if (extra.type.has_fields())
                for (const auto& field : extra.type.fields())
                    environment_.declare(field.name, field.type);
        }
        run(*block.body);
        environment_.pop();
        open_ = outer;
    }

    void add(Kind kind, const Place& place, std::string message, std::string wish, bool reached,
             bool possible, std::optional<bool> open = std::nullopt) {
        items.push_back({kind, &place, std::move(message), std::move(wish), reached, possible,
                         open.value_or(open_)});
    }

    const Trace& trace_;
    const ex::Registry& registry_;
    ex::TypeEnvironment environment_;
    Sources sources_;
    bool open_ = true;
};

/// The same tag of a clause that is included twice is one.
std::vector<Item> joined(const std::vector<Item>& items) {
    std::vector<Item> out;
    std::map<std::tuple<Kind, std::string, int, int, std::string, std::string>, std::size_t> known;
    for (const Item& item : items) {
        const Location& where = item.place->where;
        const auto [at, added] =
            known.emplace(std::tuple(item.kind, where.source, where.line, where.column,
                                     item.place->quote, item.message),
                          out.size());
        if (added) {
            out.push_back(item);
            continue;
        }
        Item& first = out[at->second];
        first.reached = first.reached || item.reached;
        first.possible = first.possible || item.possible;
        first.open = first.open || item.open;
    }
    return out;
}

Coverage counted(const std::vector<Item>& items, const std::string& source) {
    Coverage out;
    for (const Item& item : joined(items)) {
        if (!item.possible && !item.reached) continue;
        Coverage::Total& total = item.kind == Kind::branch ? out.branches
                                 : item.kind == Kind::loop ? out.loops
                                                           : out.clauses;
        ++total.all;
        total.reached += item.reached ? 1 : 0;
        if (item.reached || !item.open) continue;
        const char* code = item.kind == Kind::branch ? "P0500"
                           : item.kind == Kind::loop ? "P0501"
                                                     : "P0502";
        out.gaps.push_back(diagnostic_at(*item.place, code, item.message,
                                         "ajoutez un exemple où " + item.wish, Severity::warning));
    }
    sort_by_place(out.gaps, source);
    return out;
}

}  // namespace

Coverage coverage(const Template& compiled, const Trace& trace, const json::Schema& data,
                  const ex::Registry& registry, const std::string& whole) {
    const Program& program = compiled.program();
    std::vector<Item> items;
    for (const Instructions* part : {&program.meta, &program.master_styles, &program.body}) {
        Walker walker(trace, data, registry, whole);
        walker.run(*part);
        items.insert(items.end(), walker.items.begin(), walker.items.end());
    }
    return counted(items, program.base.source);
}

Coverage coverage(const TextTemplate& compiled, const Trace& trace, const json::Schema& data,
                  const ex::Registry& registry, const std::string& whole) {
    const TextProgram& program = compiled.program();
    Walker walker(trace, data, registry, whole);
    walker.run(program.instructions);
    return counted(walker.items, program.source);
}

std::string to_string(const Coverage& it) {
    const auto share = [](const Coverage::Total& total) {
        return std::to_string(total.reached) + "/" + std::to_string(total.all);
    };
    return "branches " + share(it.branches) + ", boucles " + share(it.loops) + " cas, clauses " +
           share(it.clauses);
}

}  // namespace paraphe::tmpl
