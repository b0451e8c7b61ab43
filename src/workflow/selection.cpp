#include <algorithm>

#include "workflow/interpreter.hpp"

namespace paraphe::workflow {

namespace {

bool intersects(const States& left, const States& right) {
    auto a = left.begin();
    auto b = right.begin();
    while (a != left.end() && b != right.end()) {
        if (*a == *b) return true;
        if (*a < *b)
            ++a;
        else
            ++b;
    }
    return false;
}

void sort_unique(States& states) {
    std::sort(states.begin(), states.end());
    states.erase(std::unique(states.begin(), states.end()), states.end());
}

}  // namespace

bool event_matches(std::string_view descriptor, std::string_view event) {
    if (descriptor == "*") return true;
    return event.substr(0, descriptor.size()) == descriptor &&
           (event.size() == descriptor.size() || event[descriptor.size()] == '.');
}

bool Interpreter::name_match(const Transition& transition, const std::string& event) const {
    return std::any_of(
        transition.events.begin(), transition.events.end(),
        [&](const std::string& descriptor) { return event_matches(descriptor, event); });
}

bool Interpreter::may_trigger(const Transition& transition, const Event& event) const {
    if (event.origin != Origin::human) return true;
    const auto has_role = [&](const std::string& role) {
        return std::find(environment_.roles.begin(), environment_.roles.end(), role) !=
               environment_.roles.end();
    };
    const auto did = [&](const std::string& earlier) {
        const auto found = environment_.journal.last_actor.find(earlier);
        return found != environment_.journal.last_actor.end() &&
               found->second == environment_.actor;
    };
    return std::any_of(transition.by.begin(), transition.by.end(), has_role) &&
           std::none_of(transition.not_by.begin(), transition.not_by.end(), did);
}

bool Interpreter::condition_match(TransitionIndex index) {
    const Transition& transition = definition_.transitions[index];
    if (!transition.condition) return true;
    const auto known = conditions_.find(index);
    if (known != conditions_.end()) return known->second;
    bool holds = false;
    try {
        holds = datamodel_.holds(*transition.condition, transition.source);
    } catch (const Error& error) {
        // An erroneous condition counts as false (§5.9.1). Where the condition judges an error
        // event, another one would come round for ever: it is noted instead.
        if (selecting_error_)
            result_.incidents.push_back({"error.execution", error.what()});
        else
            raise_execution_error(error);
    }
    return conditions_[index] = holds;
}

/// Of each active atomic state the first transition, its own or the nearest ancestor's, that
/// `matches` and whose condition holds.
template <class Matches>
Transitions Interpreter::enabled_transitions(Matches matches) {
    Transitions enabled;
    for (const StateIndex atomic : snapshot_.configuration) {
        if (!definition_.is_atomic(atomic)) continue;
        bool found = false;
        for (StateIndex state = atomic; state != 0 && !found;
             state = definition_.states[state].parent)
            for (const TransitionIndex index : definition_.states[state].transitions) {
                if (!matches(definition_.transitions[index]) || !condition_match(index)) continue;
                if (std::find(enabled.begin(), enabled.end(), index) == enabled.end())
                    enabled.push_back(index);
                found = true;
                break;
            }
    }
    return remove_conflicting_transitions(enabled);
}

Transitions Interpreter::select_eventless_transitions() {
    conditions_.clear();
    selecting_error_ = false;
    return enabled_transitions(
        [](const Transition& transition) { return transition.events.empty(); });
}

Transitions Interpreter::select_transitions(const Event& event) {
    conditions_.clear();
    selecting_error_ = event_matches("error", event.name);
    return enabled_transitions([&](const Transition& transition) {
        return name_match(transition, event.name) && may_trigger(transition, event);
    });
}

Transitions Interpreter::remove_conflicting_transitions(const Transitions& enabled) const {
    if (enabled.size() < 2) return enabled;
    struct Kept {
        TransitionIndex index;
        States exit_set;
    };
    std::vector<Kept> filtered;
    for (const TransitionIndex t1 : enabled) {
        States exit_set = compute_exit_set({t1});
        bool preempted = false;
        std::vector<TransitionIndex> to_remove;
        for (const Kept& t2 : filtered) {
            if (!intersects(exit_set, t2.exit_set)) continue;
            if (definition_.is_descendant(definition_.transitions[t1].source,
                                          definition_.transitions[t2.index].source)) {
                to_remove.push_back(t2.index);
            } else {
                preempted = true;
                break;
            }
        }
        if (preempted) continue;
        filtered.erase(std::remove_if(filtered.begin(), filtered.end(),
                                      [&](const Kept& kept) {
                                          return std::find(to_remove.begin(), to_remove.end(),
                                                           kept.index) != to_remove.end();
                                      }),
                       filtered.end());
        filtered.push_back({t1, std::move(exit_set)});
    }
    Transitions out;
    for (const Kept& kept : filtered)
        out.push_back(kept.index);
    return out;
}

States Interpreter::compute_exit_set(const Transitions& transitions) const {
    States out;
    for (const TransitionIndex index : transitions) {
        const Transition& transition = definition_.transitions[index];
        if (transition.targets.empty()) continue;
        const StateIndex domain = get_transition_domain(transition);
        for (const StateIndex state : snapshot_.configuration)
            if (definition_.is_descendant(state, domain)) out.push_back(state);
    }
    sort_unique(out);
    return out;
}

/// Precondition: the transition has targets.
StateIndex Interpreter::get_transition_domain(const Transition& transition) const {
    const States targets = get_effective_target_states(transition);
    if (transition.internal && definition_.states[transition.source].kind == StateKind::compound &&
        std::all_of(targets.begin(), targets.end(), [&](StateIndex target) {
            return definition_.is_descendant(target, transition.source);
        }))
        return transition.source;
    return find_lcca(transition.source, targets);
}

StateIndex Interpreter::find_lcca(StateIndex head, const States& tail) const {
    StateIndex ancestor = head;
    do {
        ancestor = definition_.states[ancestor].parent;
        const StateKind kind = definition_.states[ancestor].kind;
        if (kind != StateKind::compound && kind != StateKind::scxml) continue;
        if (std::all_of(tail.begin(), tail.end(), [&](StateIndex state) {
                return definition_.is_descendant(state, ancestor);
            }))
            return ancestor;
    } while (ancestor != 0);
    return 0;
}

States Interpreter::get_effective_target_states(const Transition& transition) const {
    States out;
    for (const StateIndex target : transition.targets) {
        if (!definition_.is_history(target)) {
            out.push_back(target);
            continue;
        }
        const auto remembered = snapshot_.history.find(target);
        const States states =
            remembered != snapshot_.history.end()
                ? remembered->second
                : get_effective_target_states(
                      definition_.transitions[*definition_.states[target].initial]);
        out.insert(out.end(), states.begin(), states.end());
    }
    sort_unique(out);
    return out;
}

}  // namespace paraphe::workflow
