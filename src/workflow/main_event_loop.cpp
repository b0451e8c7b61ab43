#include <algorithm>

#include "workflow/interpreter.hpp"

namespace paraphe::workflow {

using expression::Map;
using expression::Value;

Interpreter::Interpreter(const Definition& definition, const Snapshot& snapshot,
                         const Environment& environment, const Limits& limits)
    : definition_(definition),
      environment_(environment),
      limits_(limits),
      result_{snapshot, {}, {}, {}, {}, false, {}, {}, {}, false},
      snapshot_(result_.snapshot),
      datamodel_(definition, environment, snapshot_) {}

StepResult Interpreter::take_result() {
    return std::move(result_);
}

void Interpreter::interpret() {
    snapshot_ = {};
    snapshot_.running = true;
    snapshot_.bound.assign(definition_.late_binding ? definition_.states.size() : 0, false);
    snapshot_.entered[0] = environment_.today;
    const auto bind = [this](const Datum& datum) {
        try {
            datamodel_.bind(datum);
        } catch (const Error& error) {
            raise_execution_error(error);
        }
    };
    // With late binding only the data of <scxml> are bound now (§5.3.3).
    for (const Datum& datum : definition_.data)
        if (!definition_.late_binding || datum.scope == 0) bind(datum);
    enter_states({*definition_.states[0].initial});
    settle();
}

void Interpreter::process_external(const Event& event) {
    if (event.origin == Origin::system) mark_fired(event);
    datamodel_.set_event(event);
    const Transitions enabled = select_transitions(event);
    result_.handled = !enabled.empty();
    if (enabled.empty()) {
        note_unhandled(event);
        if (event.origin == Origin::human) {
            // Guards that failed have raised error.execution: nothing may take it, the act is
            // refused.
            for (const Event& error : snapshot_.internal_queue)
                note_unhandled(error);
            return;
        }
    } else {
        microstep(enabled);
    }
    settle();
}

/// Runs to a stable configuration whose dates are right: a date that fails raises error.execution,
/// which the chart may handle in turn.
void Interpreter::settle() {
    macrostep();
    while (snapshot_.running) {
        refresh_deadlines();
        if (snapshot_.internal_queue.empty()) return;
        macrostep();
    }
    exit_interpreter();
    result_.finished = true;
}

void Interpreter::macrostep() {
    while (snapshot_.running) {
        // Events that nothing takes count as well: guards that fail raise new ones.
        if (++turns_ > 2 * limits_.microsteps + limits_.queue)
            throw Error(ErrorKind::malformed_input, "the workflow never runs out of events",
                        {definition_.source, 0, 0, {}}, {}, "endless_workflow");
        Transitions enabled = select_eventless_transitions();
        if (enabled.empty()) {
            if (snapshot_.internal_queue.empty()) return;
            const Event event = std::move(snapshot_.internal_queue.front());
            snapshot_.internal_queue.pop_front();
            datamodel_.set_event(event);
            enabled = select_transitions(event);
            if (enabled.empty()) note_unhandled(event);
        }
        if (!enabled.empty()) microstep(enabled);
    }
}

/// The configuration stays, so that everybody sees how the case ended.
void Interpreter::exit_interpreter() {
    snapshot_.internal_queue.clear();
    snapshot_.external_queue.clear();
    const States active = snapshot_.configuration;
    for (auto state = active.rbegin(); state != active.rend(); ++state) {
        for (const Block& block : definition_.states[*state].on_exit)
            execute_block(block, *state);
        leave_scope(*state);
    }
    for (const Event& event : snapshot_.internal_queue)
        note_unhandled(event);
    snapshot_.internal_queue.clear();
}

void Interpreter::enqueue_internal(std::string name, Value data, Origin origin) {
    if (snapshot_.internal_queue.size() >= limits_.queue)
        throw Error(ErrorKind::malformed_input,
                    "more than " + std::to_string(limits_.queue) + " events wait in the queue", {},
                    {}, "endless_workflow");
    snapshot_.internal_queue.push_back({std::move(name), std::move(data), origin});
}

void Interpreter::raise_execution_error(const Error& error) {
    if (error.kind() == ErrorKind::internal) throw error;
    Map data;
    data.set("message", error.what());
    enqueue_internal("error.execution", Value(std::move(data)), Origin::platform);
}

void Interpreter::note_unhandled(const Event& event) {
    if (!event_matches("error", event.name)) return;
    std::string message;
    if (event.data.is_map())
        if (const Value* text = event.data.map().find(std::string_view("message"));
            text && text->is_text())
            message = text->text();
    result_.incidents.push_back({event.name, std::move(message)});
}

void Interpreter::mark_fired(const Event& event) {
    Deadline* earliest = nullptr;
    for (Deadline& deadline : snapshot_.deadlines)
        if (deadline.state == Deadline::State::armed && deadline.event == event.name &&
            (!earliest || deadline.at < earliest->at))
            earliest = &deadline;
    if (earliest) earliest->state = Deadline::State::fired;
}

/// Every living date is asked again after each macrostep, and moves when its data have moved.
void Interpreter::refresh_deadlines() {
    using Phase = Deadline::State;
    for (Deadline& deadline : snapshot_.deadlines) {
        const DeadlineSpec& spec = definition_.states[deadline.scope].deadlines[deadline.ordinal];
        std::optional<Date> at;
        try {
            const Value value = datamodel_.evaluate(spec.at, deadline.scope);
            if (!value.is_none() && !value.is(expression::Kind::date))
                throw Error(ErrorKind::malformed_input,
                            "« " + spec.at.text + " » n'est pas une date mais " +
                                std::string(expression::name(value.kind())),
                            spec.where);
            if (!value.is_none()) at = value.date();
            deadline.failed = false;
        } catch (const Error& error) {
            const bool known = std::exchange(deadline.failed, true);
            if (!known) raise_execution_error(error);
        }
        if (deadline.state == Phase::armed && !at) {
            result_.effects.emplace_back(DeadlineCancelled{deadline});
            deadline.state = Phase::dormant;
        } else if (deadline.state == Phase::armed && *at != deadline.at) {
            const Date from = std::exchange(deadline.at, *at);
            result_.effects.emplace_back(DeadlineMoved{deadline, from});
        } else if (at && (deadline.state == Phase::dormant ||
                          (deadline.state == Phase::fired && *at > deadline.at &&
                           *at >= environment_.today))) {
            // A date that has fallen falls again only when its data have carried it further.
            deadline.at = *at;
            deadline.state = Phase::armed;
            result_.effects.emplace_back(DeadlineArmed{deadline});
        }
    }
}

}  // namespace paraphe::workflow
