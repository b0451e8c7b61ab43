#include "workflow/checker.hpp"

#include <algorithm>
#include <set>

#include "base/suggestion.hpp"
#include "expression/check.hpp"
#include "workflow/formula.hpp"
#include "workflow/interpreter.hpp"
#include "workflow/reachability.hpp"

namespace paraphe::workflow {

namespace {

using expression::Field;
using expression::Type;

constexpr const char* system_events[] = {"signed",   "refused", "rendered",
                                         "deadline", "done",    "error"};

class Checker {
public:
    Checker(const Definition& definition, const CheckContext& context)
        : definition_(definition), context_(context) {}

    Diagnostics check() {
        check_reachability();
        for (StateIndex state = 0; state < definition_.states.size(); ++state)
            check_state(state);
        check_expressions();
        std::stable_sort(out_.begin(), out_.end(),
                         [](const Diagnostic& left, const Diagnostic& right) {
                             return left.where.line < right.where.line;
                         });
        return std::move(out_);
    }

private:
    void report(Severity severity, const char* code, const Location& where, std::string message,
                std::string remedy = {}) {
        Diagnostic out;
        out.severity = severity;
        out.code = code;
        out.where = where;
        out.message = std::move(message);
        out.remedy = std::move(remedy);
        out_.push_back(std::move(out));
    }

    std::string quoted(StateIndex state) const { return "« " + definition_.title_of(state) + " »"; }

    void check_reachability() {
        const std::vector<bool> reached = reachable_states(definition_);
        bool end = false;
        for (const StateIndex child : definition_.states[0].children)
            end = end || (definition_.states[child].kind == StateKind::final && reached[child]);
        if (!end)
            report(Severity::warning, "W0013", definition_.states[0].where,
                   "aucune fin n'est atteignable : le dossier ne se clôt jamais",
                   "ajouter un <final> au premier niveau et une transition qui y mène");
        for (StateIndex state = 1; state < reached.size(); ++state)
            if (!reached[state] && reached[definition_.states[state].parent] &&
                !definition_.is_history(state))
                report(Severity::error, "W0001", definition_.states[state].where,
                       "rien ne mène à la situation " + quoted(state),
                       "ajouter une transition qui la vise, ou la supprimer");
    }

    void check_state(StateIndex index) {
        const State& state = definition_.states[index];
        for (std::size_t i = 0; i < state.transitions.size(); ++i) {
            const Transition& transition = definition_.transitions[state.transitions[i]];
            check_profile(transition);
            check_region(index, transition);
            check_order(state, i);
        }
        for (const DeadlineSpec& deadline : state.deadlines)
            check_deadline(index, deadline);
        for (const Block& block : state.on_entry)
            check_requests(index, block);
    }

    /// A region's transition to a place inside itself leaves the whole parallel, unless it is
    /// internal: the LCCA is never a parallel (appendix D, findLCCA). All regions then start anew.
    void check_region(StateIndex index, const Transition& transition) {
        const StateIndex parent = definition_.states[index].parent;
        if (transition.internal || transition.targets.empty() ||
            definition_.states[index].kind != StateKind::compound ||
            definition_.states[parent].kind != StateKind::parallel)
            return;
        for (const StateIndex target : transition.targets)
            if (!definition_.is_descendant(target, index)) return;
        report(Severity::error, "W0014", transition.where,
               "cette transition fait quitter puis reprendre depuis le début toute la situation " +
                   quoted(parent) + " : échéances et demandes de signature y repartent à zéro",
               "ajouter type=\"internal\" pour rester dans " + quoted(index));
    }

    void check_profile(const Transition& transition) {
        const std::string event = transition.events.empty() ? "" : transition.events.front();
        if (transition.by.empty()) {
            const std::pair<const char*, bool> useless[] = {
                {"p:form", !transition.form.empty()},
                {"p:else", !transition.otherwise.empty()},
                {"p:not-by", !transition.not_by.empty()}};
            for (const auto& [attribute, written] : useless)
                if (written)
                    report(Severity::error, "W0005", transition.where,
                           std::string(attribute) +
                               " sur une transition sans p:by : personne ne peut la déclencher",
                           "ajouter p:by avec les rôles qui peuvent le faire");
            return;
        }
        if (transition.label.empty())
            report(Severity::error, "W0003", transition.where,
                   "l'action « " + event + " » n'a pas de libellé", "ajouter p:label");
        for (const std::string& name : transition.events)
            for (const char* system : system_events)
                if (event_matches(system, name))
                    report(Severity::error, "W0006", transition.where,
                           "« " + name + " » vient du système : personne ne peut le déclencher",
                           "retirer p:by, ou renommer l'événement");
        for (const std::string& earlier : transition.not_by)
            check_not_by(transition, earlier);
    }

    void check_not_by(const Transition& transition, const std::string& earlier) {
        std::vector<std::string> known;
        for (const Transition& other : definition_.transitions)
            if (!other.by.empty())
                known.insert(known.end(), other.events.begin(), other.events.end());
        if (std::find(known.begin(), known.end(), earlier) != known.end()) return;
        const auto near = nearest(earlier, known);
        report(Severity::error, "W0004", transition.where,
               "p:not-by nomme « " + earlier + " », que personne ne déclenche",
               near ? "vouliez-vous dire « " + *near + " » ?" : std::string());
    }

    static bool covers(const Transition& earlier, const std::string& event) {
        return std::any_of(earlier.events.begin(), earlier.events.end(),
                           [&](const std::string& one) { return event_matches(one, event); });
    }

    /// The first transition that is enabled wins: what stands below one without guard is dead.
    void check_order(const State& state, std::size_t place) {
        const Transition& later = definition_.transitions[state.transitions[place]];
        for (std::size_t i = 0; i < place; ++i) {
            const Transition& earlier = definition_.transitions[state.transitions[i]];
            if (earlier.condition || !earlier.not_by.empty()) continue;
            const bool same_people =
                earlier.by.empty() == later.by.empty() &&
                std::all_of(later.by.begin(), later.by.end(), [&](const std::string& role) {
                    return std::find(earlier.by.begin(), earlier.by.end(), role) !=
                           earlier.by.end();
                });
            const bool same_events =
                earlier.events.empty() == later.events.empty() &&
                std::all_of(later.events.begin(), later.events.end(),
                            [&](const std::string& event) { return covers(earlier, event); });
            if (!same_people || !same_events) continue;
            report(Severity::error, "W0008", later.where,
                   "cette transition n'est jamais prise : celle de la ligne " +
                       std::to_string(earlier.where.line) + " la cache",
                   "la placer avant, ou donner une condition à l'autre");
            return;
        }
        if (!later.condition) return;
        for (const std::string& event : later.events)
            if (event_matches("done.state", event)) check_fallback(later, event);
    }

    /// done.state.* comes once: if its guard is false then, the chart waits for ever.
    void check_fallback(const Transition& guarded, const std::string& event) {
        for (StateIndex state = guarded.source; state != 0;
             state = definition_.states[state].parent)
            for (const TransitionIndex index : definition_.states[state].transitions) {
                const Transition& other = definition_.transitions[index];
                if (!other.condition && covers(other, event)) return;
            }
        report(Severity::warning, "W0011", guarded.where,
               "« " + event +
                   " » n'arrive qu'une fois : si la condition est fausse alors, le "
                   "dossier reste bloqué",
               "ajouter une transition sans condition pour le même événement");
    }

    bool handles(StateIndex state, const std::string& event, bool conditions_allowed) const {
        const auto& own = definition_.states[state].transitions;
        return std::any_of(own.begin(), own.end(), [&](TransitionIndex index) {
            const Transition& transition = definition_.transitions[index];
            return covers(transition, event) && (conditions_allowed || !transition.condition);
        });
    }

    bool handled_above(StateIndex state, const std::string& event) const {
        for (StateIndex one = state; one != 0; one = definition_.states[one].parent)
            if (handles(one, event, true)) return true;
        return false;
    }

    /// The first descendant situation in which nothing takes the event; nullopt: it is always
    /// taken.
    std::optional<StateIndex> gap(StateIndex index, const std::string& event) const {
        if (handles(index, event, true)) return std::nullopt;
        const State& state = definition_.states[index];
        if (state.kind == StateKind::parallel) {
            std::optional<StateIndex> first;
            for (const StateIndex child : state.children) {
                const auto inner = gap(child, event);
                if (!inner) return std::nullopt;
                if (!first) first = inner;
            }
            return first;
        }
        if (state.kind == StateKind::compound) {
            for (const StateIndex child : state.children)
                if (const auto inner = gap(child, event)) return inner;
            return std::nullopt;
        }
        return index;
    }

    void check_deadline(StateIndex scope, const DeadlineSpec& deadline) {
        if (handled_above(scope, deadline.event)) return;
        if (const auto open = gap(scope, deadline.event))
            report(Severity::error, "W0009", deadline.where,
                   "l'échéance « " + deadline.event + " » peut tomber dans la situation " +
                       quoted(*open) + ", où rien ne la traite",
                   "ajouter une transition pour elle dans " + quoted(scope));
    }

    void check_requests(StateIndex scope, const Block& block) {
        for (const Action& action : block) {
            if (const auto* branches = std::get_if<If>(&action.content))
                for (const If::Branch& branch : branches->branches)
                    check_requests(scope, branch.content);
            const auto* sign = std::get_if<SignAction>(&action.content);
            if (!sign) continue;
            for (const char* answer : {"signed.", "refused."}) {
                const std::string event = answer + sign->slot;
                if (handled_above(scope, event) || !gap(scope, event)) continue;
                report(Severity::warning, "W0010", action.where,
                       "rien ne traite « " + event + " », la réponse à cette demande de signature",
                       "ajouter une transition pour cet événement");
            }
        }
    }

    // --- Expressions
    // ------------------------------------------------------------------------------

    void check_expressions() {
        std::vector<Field> fields = {{"dossier", context_.dossier, {}},
                                     {"parametres", context_.parameters, {}},
                                     {"_event", Type::any(), {}},
                                     {"_name", expression::Kind::text, {}},
                                     {"_sessionid", expression::Kind::text, {}},
                                     {"_ioprocessors", Type::any(), {}}};
        if (definition_.null_datamodel) fields.clear();
        for (const Datum& datum : definition_.data)
            fields.push_back({datum.id, Type::any(), {}});
        for (const State& state : definition_.states) {
            for (const Block& block : state.on_entry)
                collect_loops(block, fields);
            for (const Block& block : state.on_exit)
                collect_loops(block, fields);
        }
        for (const Transition& transition : definition_.transitions)
            collect_loops(transition.content, fields);
        names_ = expression::TypeEnvironment(Type::map_of(std::move(fields)));
        for (const Datum& datum : definition_.data)
            if (datum.value) check_formula(*datum.value);
        for (const State& state : definition_.states) {
            for (const DeadlineSpec& deadline : state.deadlines)
                check_deadline_type(deadline);
            for (const Block& block : state.on_entry)
                check_block(block);
            for (const Block& block : state.on_exit)
                check_block(block);
        }
        for (const Transition& transition : definition_.transitions) {
            if (transition.condition) check_formula(*transition.condition);
            check_block(transition.content);
        }
    }

    static void collect_loops(const Block& block, std::vector<Field>& fields) {
        for (const Action& action : block) {
            if (const auto* loop = std::get_if<Foreach>(&action.content)) {
                for (const std::string& name : {loop->item, loop->index})
                    if (!name.empty()) fields.push_back({name, Type::any(), {}});
                collect_loops(loop->content, fields);
            }
            if (const auto* branches = std::get_if<If>(&action.content))
                for (const If::Branch& branch : branches->branches)
                    collect_loops(branch.content, fields);
        }
    }

    void check_block(const Block& block) {
        for (const Action& action : block)
            check_action(action);
    }

    void check_action(const Action& action) {
        if (const auto* assign = std::get_if<Assign>(&action.content)) {
            check_formula(assign->value);
            const bool declared =
                std::any_of(definition_.data.begin(), definition_.data.end(),
                            [&](const Datum& datum) { return datum.id == assign->variable; });
            if (!declared)
                report(Severity::error, "W0012", action.where,
                       "la variable « " + assign->variable + " » n'est pas déclarée",
                       "l'ajouter à <datamodel> ; dossier.* et _event ne s'écrivent pas");
        } else if (const auto* log = std::get_if<Log>(&action.content)) {
            if (log->value) check_formula(*log->value);
        } else if (const auto* branches = std::get_if<If>(&action.content)) {
            for (const If::Branch& branch : branches->branches) {
                if (branch.condition) check_formula(*branch.condition);
                check_block(branch.content);
            }
        } else if (const auto* loop = std::get_if<Foreach>(&action.content)) {
            check_formula(loop->array);
            check_block(loop->content);
        }
    }

    Type check_formula(const Formula& formula) {
        expression::Checked checked = expression::check(expression_of(formula), names_, registry());
        for (expression::Finding& finding : checked.findings) {
            finding.diagnostic.where = formula.where;
            out_.push_back(std::move(finding.diagnostic));
        }
        check_in(formula);
        return checked.type;
    }

    void check_deadline_type(const DeadlineSpec& deadline) {
        const Type type = check_formula(deadline.at);
        if (!type.may_be(expression::Kind::date))
            report(Severity::error, "W0002", deadline.where,
                   "« at » doit donner une date, pas " + type.description());
    }

    /// In('id') with a literal id.
    void check_in(const Formula& formula) {
        const std::string& text = formula.text;
        for (std::size_t at = text.find("In("); at != std::string::npos;
             at = text.find("In(", at + 1)) {
            const std::size_t open = text.find_first_not_of(" ", at + 3);
            if (open == std::string::npos || (text[open] != '\'' && text[open] != '"')) continue;
            const std::size_t close = text.find(text[open], open + 1);
            if (close == std::string::npos) continue;
            const std::string id = text.substr(open + 1, close - open - 1);
            if (definition_.find(id)) continue;
            std::vector<std::string> known;
            for (const State& state : definition_.states)
                known.push_back(state.id);
            const auto near = nearest(id, known);
            report(Severity::error, "W0007", formula.where,
                   "aucun état ne s'appelle « " + id + " »",
                   near ? "vouliez-vous dire « " + *near + " » ?" : std::string());
        }
    }

    const Definition& definition_;
    const CheckContext& context_;
    expression::TypeEnvironment names_;
    Diagnostics out_;
};

}  // namespace

Diagnostics check(const Definition& definition, const CheckContext& context) {
    return Checker(definition, context).check();
}

}  // namespace paraphe::workflow
