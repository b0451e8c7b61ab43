#include <algorithm>

#include "workflow/interpreter.hpp"

namespace paraphe::workflow {

namespace {

/// What stands between the actor and one transition; nullopt: nothing.
class Judge {
public:
    Judge(const Definition& definition, const Snapshot& snapshot, const Environment& environment)
        : definition_(definition),
          environment_(environment),
          snapshot_(snapshot),
          datamodel_(definition, environment, snapshot_) {}

    void set_event(const Event& event) { datamodel_.set_event(event); }

    std::optional<Refusal> judge(const Transition& transition, bool with_event) {
        const auto held = [&](const std::string& role) {
            return std::find(environment_.roles.begin(), environment_.roles.end(), role) !=
                   environment_.roles.end();
        };
        if (std::none_of(transition.by.begin(), transition.by.end(), held)) {
            std::string roles;
            for (const std::string& role : transition.by)
                roles += (roles.empty() ? "" : ", ") + role;
            return Refusal{Refusal::Code::role, "Cette action est réservée à : " + roles + ".",
                           transition.law};
        }
        for (const std::string& earlier : transition.not_by) {
            const auto found = environment_.journal.last_actor.find(earlier);
            if (found != environment_.journal.last_actor.end() &&
                found->second == environment_.actor)
                return Refusal{Refusal::Code::four_eyes,
                               "« " + name_of(transition) +
                                   " » revient à une autre personne que celle qui a fait « " +
                                   label_of(earlier) + " ».",
                               transition.law};
        }
        if (!transition.condition) return std::nullopt;
        if (!with_event && transition.condition->compiled->reads_event) return std::nullopt;
        bool holds = false;
        try {
            holds = datamodel_.holds(*transition.condition, transition.source);
        } catch (const Error&) {
            holds = false;
        }
        if (holds) return std::nullopt;
        return Refusal{Refusal::Code::condition,
                       transition.otherwise.empty()
                           ? "La règle « " + transition.condition->text + " » n'est pas remplie."
                           : transition.otherwise,
                       transition.law};
    }

private:
    static const std::string& name_of(const Transition& transition) {
        static const std::string none;
        if (!transition.label.empty()) return transition.label;
        return transition.events.empty() ? none : transition.events.front();
    }

    const std::string& label_of(const std::string& event) const {
        for (const Transition& transition : definition_.transitions)
            if (!transition.label.empty() &&
                std::find(transition.events.begin(), transition.events.end(), event) !=
                    transition.events.end())
                return transition.label;
        return event;
    }

    const Definition& definition_;
    const Environment& environment_;
    Snapshot snapshot_;
    Datamodel datamodel_;
};

/// Active states whose transitions may be taken, inner before outer, regions in document order.
std::vector<StateIndex> sources(const Definition& definition, const Snapshot& snapshot) {
    std::vector<StateIndex> out;
    for (const StateIndex atomic : snapshot.configuration) {
        if (!definition.is_atomic(atomic)) continue;
        for (StateIndex state = atomic; state != 0; state = definition.states[state].parent)
            if (std::find(out.begin(), out.end(), state) == out.end()) out.push_back(state);
    }
    return out;
}

std::string situation(const Definition& definition, const Snapshot& snapshot) {
    std::string out;
    for (const StateIndex state : snapshot.configuration)
        if (definition.is_atomic(state))
            out += (out.empty() ? "« " : ", « ") + definition.title_of(state) + " »";
    return out;
}

/// The closer to done, the better it explains.
int rank(Refusal::Code code) {
    switch (code) {
        case Refusal::Code::condition:
            return 3;
        case Refusal::Code::four_eyes:
            return 2;
        case Refusal::Code::role:
            return 1;
        case Refusal::Code::unknown_event:
        case Refusal::Code::ended:
            return 0;
    }
    return 0;
}

}  // namespace

Refusal explain_refusal(const Definition& definition, const Snapshot& snapshot, const Event& event,
                        const Environment& environment) {
    if (!snapshot.running)
        return {Refusal::Code::ended,
                "Le dossier est clos (" + situation(definition, snapshot) +
                    ") : plus aucune action n'est possible.",
                {}};
    Refusal best{Refusal::Code::unknown_event,
                 "L'action « " + event.name + " » n'est pas possible dans la situation " +
                     situation(definition, snapshot) + ".",
                 {}};
    Judge judge(definition, snapshot, environment);
    judge.set_event(event);
    for (const StateIndex state : sources(definition, snapshot))
        for (const TransitionIndex index : definition.states[state].transitions) {
            const Transition& transition = definition.transitions[index];
            const bool named = std::any_of(transition.events.begin(), transition.events.end(),
                                           [&](const std::string& descriptor) {
                                               return event_matches(descriptor, event.name);
                                           });
            if (!named || transition.by.empty()) continue;
            const std::optional<Refusal> refusal = judge.judge(transition, true);
            if (refusal && rank(refusal->code) > rank(best.code)) best = *refusal;
        }
    return best;
}

std::vector<PermittedAction> permitted(const Definition& definition, const Snapshot& snapshot,
                                       const Environment& environment) {
    std::vector<PermittedAction> out;
    if (!snapshot.running) return out;
    Judge judge(definition, snapshot, environment);
    std::vector<int> ranks;
    for (const StateIndex state : sources(definition, snapshot))
        for (const TransitionIndex index : definition.states[state].transitions) {
            const Transition& transition = definition.transitions[index];
            if (transition.by.empty()) continue;
            const std::optional<Refusal> refusal = judge.judge(transition, false);
            const int merit = refusal ? rank(refusal->code) : 4;
            for (const std::string& event : transition.events) {
                if (event == "*") continue;
                PermittedAction action{
                    event,
                    transition.label.empty() ? event : transition.label,
                    transition.form,
                    transition.law,
                    !refusal,
                    refusal ? refusal->reason : std::string(),
                    transition.by,
                    transition.condition && transition.condition->compiled->reads_event};
                const auto known =
                    std::find_if(out.begin(), out.end(),
                                 [&](const PermittedAction& one) { return one.event == event; });
                if (known == out.end()) {
                    out.push_back(std::move(action));
                    ranks.push_back(merit);
                } else if (int& best = ranks[static_cast<std::size_t>(known - out.begin())];
                           merit > best) {
                    *known = std::move(action);
                    best = merit;
                }
            }
        }
    return out;
}

}  // namespace paraphe::workflow
