#include "template/coverage.hpp"

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "expression/ast.hpp"
#include "expression/chain.hpp"
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

// --- The walk -----------------------------------------------------------------------------------

class Walker {
public:
    Walker(const Trace& trace, const json::Schema& schema, const ex::Registry& registry,
           const std::string& whole)
        : trace_(trace), registry_(registry), environment_(ex::type_from_schema(schema)) {
        if (!whole.empty())
            environment_.declare(whole, environment_.data(),
                                 environment_.add(whole, ex::Declaration::By::outside));
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
        const auto before = environment_.open_frame();
        run(block.body);
        environment_.close_frame(before);
        ex::check_and_declare(block.statement, environment_, registry_);
    }
    void run(const TextWith& block) { with(block); }
    void run(const TextInclude& block) { clause(block); }

    template <typename For>
    void loop(const For& block) {
        const std::string list =
            "« " + words_of(block.statement.iterable, block.statement.iterable.root()) + " »";
        const bool outside = environment_.reachable();
        ex::OpenLoop open = ex::check_and_open(block.statement, environment_, registry_);
        const char* messages[] = {"aucun exemple ne laisse cette boucle sans tour",
                                  "aucun exemple ne fait faire un seul tour à cette boucle",
                                  "aucun exemple ne fait faire plusieurs tours à cette boucle"};
        const char* wishes[] = {" est vide", " a un seul élément", " a plusieurs éléments"};
        for (std::size_t turns = 0; turns <= Trace::many; ++turns) {
            const bool possible = outside && turns <= open.items.max_items() &&
                                  (turns == Trace::many || turns >= open.items.min_items());
            add(Kind::loop, *block.place, messages[turns],
                (block.statement.condition ? "ce que garde " + list : list) + wishes[turns],
                trace_.has(&block, turns), possible);
        }
        const bool outer = open_;
        open_ = outer && (trace_.has(&block, 1) || trace_.has(&block, Trace::many));
        run(block.body);
        open_ = outer && trace_.has(&block, 0);
        ex::open_else(open, environment_);
        run(block.otherwise);
        ex::close(open, environment_);
        open_ = outer;
    }

    template <typename If>
    void condition(const If& block) {
        std::string others;  // the conditions before are false
        const bool outer = open_;
        ex::Chain chain(environment_, registry_);
        for (std::size_t i = 0; i < block.branches.size(); ++i) {
            const auto& branch = block.branches[i];
            const bool reached = trace_.has(&block, i);
            open_ = outer && reached;
            chain.open(branch.condition);
            const auto wish = [&](bool so) {
                const std::string own = wish_for(branch.condition, branch.condition.root(), so);
                return others.empty() ? own : bracketed(others) + " et " + bracketed(own);
            };
            add(Kind::branch, *branch.place,
                branch.condition ? "aucun exemple ne rend vraie cette condition"
                                 : "aucun exemple ne passe par ce « else »",
                branch.condition ? wish(true) : others, reached, environment_.reachable(), outer);
            run(branch.body);
            chain.close();
            if (branch.condition) others = wish(false);
        }
        chain.end();
        open_ = outer;
        if (!block.branches.back().condition) return;
        add(Kind::branch, *block.branches.front().place,
            block.branches.size() == 1 ? "aucun exemple ne rend fausse cette condition"
                                       : "aucun exemple n’échappe à toutes ces conditions",
            others, trace_.has(&block, block.branches.size()), chain.falls_through(), outer);
    }

    template <typename With>
    void with(const With& block) {
        const ex::OpenWith open = ex::check_and_open(block.statement, environment_, registry_);
        run(block.body);
        environment_.close_frame(open.before);
    }

    template <typename Include>
    void clause(const Include& block) {
        const bool reached = trace_.has(&block, 0), outer = open_;
        add(Kind::clause, *block.place, "aucun exemple n’atteint cette clause",
            "ce passage est produit", reached, environment_.reachable());
        open_ = outer && reached;
        const ex::OpenInclude open = ex::check_and_open(block.statement, environment_, registry_);
        run(*block.body);
        environment_.close_frame(open.before);
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
