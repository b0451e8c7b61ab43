#include <algorithm>

#include "workflow/interpreter.hpp"

namespace paraphe::workflow {

bool Interpreter::is_active_index(StateIndex state) const {
    return std::binary_search(snapshot_.configuration.begin(), snapshot_.configuration.end(),
                              state);
}

void Interpreter::microstep(const Transitions& enabled) {
    if (++microsteps_ > limits_.microsteps)
        throw Error(ErrorKind::malformed_input,
                    "the workflow does not come to rest within " +
                        std::to_string(limits_.microsteps) + " microsteps",
                    definition_.transitions[enabled.front()].where,
                    "break the circle of transitions without event", "endless_workflow");
    result_.transitions.insert(result_.transitions.end(), enabled.begin(), enabled.end());
    exit_states(enabled);
    execute_transition_content(enabled);
    enter_states(enabled);
}

void Interpreter::exit_states(const Transitions& enabled) {
    const States to_exit = compute_exit_set(enabled);
    for (const StateIndex index : to_exit) {
        for (const StateIndex history : definition_.states[index].histories) {
            const bool deep = definition_.states[history].kind == StateKind::deep_history;
            States remembered;
            for (const StateIndex state : snapshot_.configuration)
                if (deep ? definition_.is_atomic(state) && definition_.is_descendant(state, index)
                         : definition_.states[state].parent == index)
                    remembered.push_back(state);
            snapshot_.history[history] = std::move(remembered);
        }
    }
    for (auto state = to_exit.rbegin(); state != to_exit.rend(); ++state) {
        for (const Block& block : definition_.states[*state].on_exit)
            execute_block(block, *state);
        leave_scope(*state);
        const auto place = std::lower_bound(snapshot_.configuration.begin(),
                                            snapshot_.configuration.end(), *state);
        snapshot_.configuration.erase(place);
        snapshot_.entered.erase(*state);
        result_.exited.push_back(*state);
    }
}

/// Deadlines and requests live as long as the state that opened them.
void Interpreter::leave_scope(StateIndex state) {
    auto& deadlines = snapshot_.deadlines;
    for (const Deadline& deadline : deadlines)
        if (deadline.scope == state && deadline.state == Deadline::State::armed)
            result_.effects.emplace_back(DeadlineCancelled{deadline});
    deadlines.erase(std::remove_if(deadlines.begin(), deadlines.end(),
                                   [&](const Deadline& one) { return one.scope == state; }),
                    deadlines.end());
    auto& requests = snapshot_.requests;
    for (const SignRequest& request : requests)
        if (request.scope == state && environment_.journal.signed_slots.count(request.slot) == 0)
            result_.effects.emplace_back(SignRequestWithdrawn{request});
    requests.erase(std::remove_if(requests.begin(), requests.end(),
                                  [&](const SignRequest& one) { return one.scope == state; }),
                   requests.end());
}

void Interpreter::execute_transition_content(const Transitions& enabled) {
    for (const TransitionIndex index : enabled) {
        const Transition& transition = definition_.transitions[index];
        execute_block(transition.content, transition.source);
    }
}

void Interpreter::enter_states(const Transitions& enabled) {
    Entry entry;
    compute_entry_set(enabled, entry);
    for (const StateIndex state : entry.states_to_enter)
        enter(state, entry);
}

void Interpreter::enter(StateIndex index, const Entry& entry) {
    const State& state = definition_.states[index];
    auto& configuration = snapshot_.configuration;
    const auto place = std::lower_bound(configuration.begin(), configuration.end(), index);
    if (place == configuration.end() || *place != index) configuration.insert(place, index);
    snapshot_.entered[index] = environment_.today;
    result_.entered.push_back(index);
    if (definition_.late_binding && !snapshot_.bound[index]) {
        snapshot_.bound[index] = true;
        for (const std::uint32_t datum : state.data) {
            try {
                datamodel_.bind(definition_.data[datum]);
            } catch (const Error& error) {
                raise_execution_error(error);
            }
        }
    }
    for (const Block& block : state.on_entry)
        execute_block(block, index);
    if (entry.states_for_default_entry.count(index) != 0)
        execute_block(definition_.transitions[*state.initial].content, index);
    const auto history = entry.default_history_content.find(index);
    if (history != entry.default_history_content.end())
        execute_block(definition_.transitions[history->second].content, index);
    if (state.kind != StateKind::final) return;
    if (state.parent == 0) {
        snapshot_.running = false;
        return;
    }
    const StateIndex parent = state.parent;
    enqueue_internal("done.state." + definition_.states[parent].id, {}, Origin::platform);
    const StateIndex grandparent = definition_.states[parent].parent;
    if (definition_.states[grandparent].kind == StateKind::parallel &&
        is_in_final_state(grandparent))
        enqueue_internal("done.state." + definition_.states[grandparent].id, {}, Origin::platform);
}

bool Interpreter::is_in_final_state(StateIndex index) const {
    const State& state = definition_.states[index];
    if (state.kind == StateKind::compound)
        return std::any_of(state.children.begin(), state.children.end(), [&](StateIndex child) {
            return definition_.states[child].kind == StateKind::final && is_active_index(child);
        });
    if (state.kind == StateKind::parallel)
        return std::all_of(state.children.begin(), state.children.end(),
                           [&](StateIndex child) { return is_in_final_state(child); });
    return false;
}

void Interpreter::compute_entry_set(const Transitions& transitions, Entry& entry) const {
    for (const TransitionIndex index : transitions) {
        const Transition& transition = definition_.transitions[index];
        for (const StateIndex target : transition.targets)
            add_descendant_states_to_enter(target, entry);
        if (transition.targets.empty()) continue;
        const StateIndex ancestor = transition.source == 0 ? 0 : get_transition_domain(transition);
        for (const StateIndex state : get_effective_target_states(transition))
            add_ancestor_states_to_enter(state, ancestor, entry);
    }
}

void Interpreter::add_descendant_states_to_enter(StateIndex index, Entry& entry) const {
    const State& state = definition_.states[index];
    if (definition_.is_history(index)) {
        const auto remembered = snapshot_.history.find(index);
        if (remembered == snapshot_.history.end())
            entry.default_history_content[state.parent] = *state.initial;
        const States& states = remembered != snapshot_.history.end()
                                   ? remembered->second
                                   : definition_.transitions[*state.initial].targets;
        for (const StateIndex one : states)
            add_descendant_states_to_enter(one, entry);
        for (const StateIndex one : states)
            add_ancestor_states_to_enter(one, state.parent, entry);
        return;
    }
    entry.states_to_enter.insert(index);
    if (state.kind == StateKind::compound) {
        entry.states_for_default_entry.insert(index);
        const Transition& initial = definition_.transitions[*state.initial];
        for (const StateIndex one : initial.targets)
            add_descendant_states_to_enter(one, entry);
        for (const StateIndex one : initial.targets)
            add_ancestor_states_to_enter(one, index, entry);
    } else if (state.kind == StateKind::parallel) {
        for (const StateIndex child : state.children)
            if (std::none_of(entry.states_to_enter.begin(), entry.states_to_enter.end(),
                             [&](StateIndex one) { return definition_.is_descendant(one, child); }))
                add_descendant_states_to_enter(child, entry);
    }
}

void Interpreter::add_ancestor_states_to_enter(StateIndex state, StateIndex ancestor,
                                               Entry& entry) const {
    for (StateIndex index = definition_.states[state].parent; index != ancestor && index != 0;
         index = definition_.states[index].parent) {
        entry.states_to_enter.insert(index);
        if (definition_.states[index].kind != StateKind::parallel) continue;
        for (const StateIndex child : definition_.states[index].children)
            if (std::none_of(entry.states_to_enter.begin(), entry.states_to_enter.end(),
                             [&](StateIndex one) { return definition_.is_descendant(one, child); }))
                add_descendant_states_to_enter(child, entry);
    }
}

}  // namespace paraphe::workflow
