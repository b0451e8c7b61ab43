#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace paraphe::workflow {

/// Place of a state in Definition::states, which is in document order; 0 is <scxml> itself.
/// Ancestors have smaller indexes than their descendants, and the descendants of a state are
/// contiguous.
using StateIndex = std::uint32_t;
using TransitionIndex = std::uint32_t;

/// An expression of the document: its text, its place, and what the expression language compiled
/// from it (private to this layer: formula.hpp).
struct Compiled;
struct Formula {
    std::string text;
    Location where;
    std::shared_ptr<const Compiled> compiled;
};

// --- Executable content (SCXML §4)
// ------------------------------------------------------------------

struct Action;
/// A block of executable content: an error ends the block, not the others (§4.11).
using Block = std::vector<Action>;

struct Raise {
    std::string event;
};
struct Assign {
    std::string location;  ///< as written; `variable` and `path` are its parts
    std::string variable;
    std::vector<std::string> path;
    Formula value;
};
struct Log {
    std::string label;
    std::optional<Formula> value;
};
struct If {
    /// In order; the one without condition is <else> and comes last.
    struct Branch {
        std::optional<Formula> condition;
        Block content;
    };
    std::vector<Branch> branches;
};
struct Foreach {
    Formula array;
    std::string item;
    std::string index;  ///< empty: not asked for
    Block content;
};

// --- Profile urn:paraphe:workflow:1: intentions, never executed inline
// -------------------------------

/// Opens the deadline State::deadlines[ordinal] of the state `scope`.
struct DeadlineAction {
    StateIndex scope = 0;
    std::uint32_t ordinal = 0;
};
struct SignAction {
    StateIndex scope = 0;  ///< leaving it withdraws the request
    std::string document, slot;
    std::string assurance;  ///< "simple", "advanced", "qualified"
    std::string remind;     ///< ISO 8601 duration between reminders, empty: none
};
struct RenderAction {
    std::string document, template_name;
};
struct NotifyAction {
    std::vector<std::string> roles, slots;
    std::string template_name;
};
struct PackAction {
    std::string document, audience;
    std::vector<std::string> with;
};

struct Action {
    using Content = std::variant<Raise, Assign, Log, If, Foreach, DeadlineAction, SignAction,
                                 RenderAction, NotifyAction, PackAction>;
    Content content;
    Location where;
};

// --- The chart (SCXML §3)
// ----------------------------------------------------------------------------

enum class StateKind {
    scxml,
    atomic,
    compound,
    parallel,
    final,
    shallow_history,
    deep_history,
};

struct Transition {
    StateIndex source = 0;
    std::vector<StateIndex> targets;
    std::vector<std::string> events;  ///< descriptors without trailing ".*" or "."; "*" matches all
    std::optional<Formula> condition;
    bool internal = false;
    Block content;
    Location where;

    // Profile
    std::vector<std::string> by;  ///< p:by, roles; empty: no human may trigger it
    std::vector<std::string>
        not_by;  ///< p:not-by, events whose last actor may not trigger this one
    std::string label, form, law, otherwise;  ///< p:label, p:form, p:law, p:else
};

/// <data>: declared name and its initial value.
struct Datum {
    std::string id;
    std::optional<Formula> value;
    StateIndex scope = 0;  ///< the state that holds it; matters for binding="late"
    Location where;
};

/// p:deadline; `at` gives a date, or none for no date at present.
struct DeadlineSpec {
    std::string event;
    Formula at;
    std::string label;
    Location where;
};

struct State {
    std::string id;  ///< given, or made up for a state without one ("#7")
    StateKind kind = StateKind::atomic;
    StateIndex parent = 0;
    StateIndex end = 0;                ///< one past the last descendant in document order
    std::vector<StateIndex> children;  ///< child states, without histories
    std::vector<StateIndex> histories;
    std::vector<TransitionIndex> transitions;  ///< in document order
    std::optional<TransitionIndex>
        initial;  ///< of a compound state or <scxml>; default of a history
    std::vector<Block> on_entry, on_exit;
    std::vector<DeadlineSpec> deadlines;
    std::vector<std::uint32_t> data;  ///< indexes into Definition::data
    std::string label;                ///< p:label, else empty
    Location where;
};

/// One SCXML document, immutable once read. Whatever has a wrong target, an unknown element or
/// name, or an expression that does not parse never becomes a Definition.
struct Definition {
    std::string source;  ///< the file's name, for messages
    std::string name;
    std::string title, revision;  ///< p:title, p:revision
    bool null_datamodel = false;
    bool late_binding = false;
    std::vector<State> states;
    std::vector<Transition> transitions;
    std::vector<Datum> data;

    /// nullopt when no state has this id.
    std::optional<StateIndex> find(std::string_view id) const;
    bool is_descendant(StateIndex state, StateIndex ancestor) const {
        return state > ancestor && state < states[ancestor].end;
    }
    bool is_atomic(StateIndex state) const {
        return states[state].kind == StateKind::atomic || states[state].kind == StateKind::final;
    }
    bool is_history(StateIndex state) const {
        return states[state].kind == StateKind::shallow_history ||
               states[state].kind == StateKind::deep_history;
    }
    /// The label, or the id where there is none.
    const std::string& title_of(StateIndex state) const {
        return states[state].label.empty() ? states[state].id : states[state].label;
    }
};

/// Every slot, document, template, role, form, deadline event… that the document names, for those
/// who check it against a kind.
struct Mentions {
    struct Mention {
        std::string name;
        Location where;
    };
    std::vector<Mention> slots, documents, templates, roles, forms, audiences;
};
Mentions mentions(const Definition&);

}  // namespace paraphe::workflow
