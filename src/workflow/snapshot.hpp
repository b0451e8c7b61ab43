#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "expression/value.hpp"
#include "json/value.hpp"
#include "workflow/definition.hpp"

namespace paraphe::workflow {

/// Who raised an event. Only a `human` event needs p:by and may be refused; system events are those
/// of the signature module, the renderer and the clock ("signed.SLOT", "rendered.DOC",
/// "deadline.…").
enum class Origin { human, system, internal, platform };

struct Event {
    std::string name;
    expression::Value data;
    Origin origin = Origin::system;
};

/// A date that follows its expression and lives as long as its state is active. It falls at the end
/// of the day `at`, in the dossier's zone.
struct Deadline {
    enum class State {
        armed,
        fired,
        dormant,  ///< the expression gives none: no date for now
    };
    StateIndex scope = 0;       ///< the state whose <onentry> holds it
    std::uint32_t ordinal = 0;  ///< place among the deadlines of that state
    std::string event, label;
    Date at;
    State state = State::armed;
    bool failed = false;  ///< its expression gave an error, which has been raised once

    bool operator==(const Deadline&) const = default;
};

/// An open request for one signature; leaving `scope` withdraws it.
struct SignRequest {
    StateIndex scope = 0;
    std::string document, slot, assurance, remind;
    Date since;

    bool operator==(const SignRequest&) const = default;
};

/// Everything that a case needs to go on (reference: SCXML 1.0 appendix D, datatypes and globals).
/// A value: copy, compare, store.
struct Snapshot {
    /// Active states in document order, <scxml> left out. Stays as it was when the end is reached.
    std::vector<StateIndex> configuration;
    std::map<StateIndex, std::vector<StateIndex>> history;
    std::map<std::string, expression::Value, std::less<>>
        data;                            ///< bound <data>; unbound ones are absent
    std::vector<bool> bound;             ///< by state: its late-bound data have been initialised
    std::map<StateIndex, Date> entered;  ///< entree(): day on which each active state was entered
    std::deque<Event> internal_queue, external_queue;  ///< empty between steps
    std::vector<Deadline> deadlines;
    std::vector<SignRequest> requests;
    bool running = false;  ///< false before `start` and after a top-level final state
};

/// The active atomic states' ids in document order.
std::vector<std::string> active_atomic_states(const Definition&, const Snapshot&);
/// In(): is the state of this id active?
bool is_active(const Definition&, const Snapshot&, std::string_view id);

/// Armed deadlines that have fallen when it is `today` (their day is before it), by date, then in
/// document order. The caller steps with each one's `event` as a system event, one at a time,
/// asking again after each.
std::vector<Deadline> due(const Snapshot&, Date today);
/// The earliest armed deadline's day.
std::optional<Date> next_deadline(const Snapshot&);

/// States are written by id, so that the file survives an edit of the document elsewhere.
json::Value to_json(const Definition&, const Snapshot&);
/// Throws Error{malformed_input} naming the state that no longer exists.
Snapshot snapshot_from_json(const Definition&, const json::Value&);

}  // namespace paraphe::workflow
