#pragma once

#include <map>
#include <set>
#include <vector>

#include "workflow/datamodel.hpp"
#include "workflow/step.hpp"

/// Private to workflow/: the interpreter of SCXML 1.0 appendix D. The functions bear the names of
/// its procedures, so that they can be read side by side.
/// https://www.w3.org/TR/2015/REC-scxml-20150901/#AlgorithmforSCXMLInterpretation
namespace paraphe::workflow {

using States = std::vector<StateIndex>;            ///< sorted: document order
using Transitions = std::vector<TransitionIndex>;  ///< in the order of selection

/// Runs one step on a copy of the snapshot.
class Interpreter {
public:
    Interpreter(const Definition&, const Snapshot&, const Environment&, const Limits&);

    /// procedure interpret(doc), up to the first stable configuration.
    void interpret();
    /// One turn of mainEventLoop, with the external event already taken from its queue.
    void process_external(const Event&);
    /// The part of a step that follows a change of the dossier alone.
    void settle();

    StepResult take_result();

private:
    // main_event_loop.cpp: procedures mainEventLoop, macrostep, exitInterpreter
    void macrostep();
    void exit_interpreter();
    void refresh_deadlines();
    void mark_fired(const Event&);
    void enqueue_internal(std::string name, expression::Value data, Origin);
    void raise_execution_error(const Error&);
    void note_unhandled(const Event&);

    // selection.cpp
    template <class Matches>
    Transitions enabled_transitions(Matches matches);
    Transitions select_eventless_transitions();
    Transitions select_transitions(const Event&);
    Transitions remove_conflicting_transitions(const Transitions&) const;
    bool condition_match(TransitionIndex);
    bool name_match(const Transition&, const std::string& event) const;
    bool may_trigger(const Transition&, const Event&) const;
    States compute_exit_set(const Transitions&) const;
    StateIndex get_transition_domain(const Transition&) const;
    States get_effective_target_states(const Transition&) const;
    StateIndex find_lcca(StateIndex head, const States& tail) const;

    // entering and leaving: microstep.cpp
    struct Entry {
        std::set<StateIndex> states_to_enter;
        std::set<StateIndex> states_for_default_entry;
        std::map<StateIndex, TransitionIndex> default_history_content;
    };
    void microstep(const Transitions&);
    void exit_states(const Transitions&);
    void execute_transition_content(const Transitions&);
    void enter_states(const Transitions&);
    void enter(StateIndex, const Entry&);
    void compute_entry_set(const Transitions&, Entry&) const;
    void add_descendant_states_to_enter(StateIndex, Entry&) const;
    void add_ancestor_states_to_enter(StateIndex, StateIndex ancestor, Entry&) const;
    void leave_scope(StateIndex);
    bool is_in_final_state(StateIndex) const;
    bool is_active_index(StateIndex) const;

    // content.cpp: executable content
    void execute_block(const Block&, StateIndex context);
    void execute(const Block&, StateIndex context);
    void execute(const Foreach&, StateIndex context);
    void execute(const If&, StateIndex context);
    void open_deadline(const DeadlineAction&);
    void open_request(const SignAction&);

    const Definition& definition_;
    const Environment& environment_;
    const Limits& limits_;
    StepResult result_;
    Snapshot& snapshot_;  ///< result_.snapshot
    Datamodel datamodel_;
    std::map<TransitionIndex, bool> conditions_;  ///< of one selection: a guard is asked once
    bool selecting_error_ = false;                ///< the event of this selection is error.*
    std::size_t microsteps_ = 0;
    std::size_t turns_ = 0;  ///< of macrostep's loop: events taken or transitions found
    std::size_t iterations_ = 0;
};

/// Why nothing took a human event: the transition that came closest explains.
Refusal explain_refusal(const Definition&, const Snapshot&, const Event&, const Environment&);

/// `descriptor` matches whole tokens at the start of `event` (§3.12.1).
bool event_matches(std::string_view descriptor, std::string_view event);

}  // namespace paraphe::workflow
