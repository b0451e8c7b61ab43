#include "workflow/reachability.hpp"

namespace paraphe::workflow {

namespace {

class Reach {
public:
    explicit Reach(const Definition& definition)
        : definition_(definition),
          reached_(definition.states.size(), false),
          by_default_(definition.states.size(), false) {}

    std::vector<bool> run() {
        enter(0);
        while (!pending_.empty()) {
            const StateIndex state = pending_.back();
            pending_.pop_back();
            for (const TransitionIndex index : definition_.states[state].transitions)
                follow(index);
        }
        return std::move(reached_);
    }

private:
    void follow(TransitionIndex index) {
        for (const StateIndex target : definition_.transitions[index].targets)
            enter(target);
    }

    /// As the target of a transition, or by default: with its own default below it.
    void enter(StateIndex index) {
        mark(index);
        if (by_default_[index]) return;
        by_default_[index] = true;
        const State& state = definition_.states[index];
        if (state.initial) follow(*state.initial);
        if (state.kind == StateKind::parallel)
            for (const StateIndex child : state.children)
                enter(child);
    }

    /// Active, with its ancestors; the other regions of a parallel around it come along.
    void mark(StateIndex index) {
        if (reached_[index]) return;
        reached_[index] = true;
        pending_.push_back(index);
        if (index == 0) return;
        const StateIndex parent = definition_.states[index].parent;
        mark(parent);
        if (definition_.states[parent].kind != StateKind::parallel) return;
        for (const StateIndex sibling : definition_.states[parent].children)
            if (sibling != index) enter(sibling);
    }

    const Definition& definition_;
    std::vector<bool> reached_;
    std::vector<bool> by_default_;
    std::vector<StateIndex> pending_;
};

}  // namespace

std::vector<bool> reachable_states(const Definition& definition) {
    return Reach(definition).run();
}

}  // namespace paraphe::workflow
