#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workflow/definition.hpp"
#include "workflow/snapshot.hpp"

/// The pure step of a workflow: SCXML 1.0 appendix D, with the profile of paraphe. Nothing is
/// executed, written or asked here; what the chart orders comes back as effects.
namespace paraphe::workflow {

/// What the journal of the dossier says. `contract/` fills it before each step.
struct JournalFacts {
    std::set<std::string, std::less<>> signed_slots;  ///< ont_signe(slot), of the current version
    std::set<std::string, std::less<>> rendered_documents;  ///< est_rendu(document)
    std::map<std::string, std::string, std::less<>>
        last_actor;  ///< event → who did it last (p:not-by)
};

/// All that a step may look at besides the definition, the snapshot and the event.
struct Environment {
    Instant now;                   ///< the journalled instant of the act
    Date today;                    ///< its civil date in the dossier's zone
    expression::Value parameters;  ///< dated parameters in force, read as parametres.…
    /// JSON pointers of the schema's violations in `dossier`: `dossier.x is complet` is false when
    /// one lies at or below its place.
    std::vector<std::string> violations;
    expression::Value dossier;       ///< the pinned revision of the data, read as dossier.…
    std::string actor;               ///< from authentication; empty for the system
    std::vector<std::string> roles;  ///< of the actor in this dossier
    JournalFacts journal;
    std::string session;  ///< _sessionid: the dossier's id
};

struct Limits {
    std::size_t microsteps = 1000;  ///< per step
    std::size_t queue = 1000;
    std::size_t iterations = 100'000;  ///< of <foreach>, per step
};

// --- Effects: rows for the outbox, in the order in which the chart gave them
// --------------------------

struct Render {
    std::string document, template_name;
    bool operator==(const Render&) const = default;
};
struct Notify {
    std::vector<std::string> roles, slots;
    std::string template_name;
    bool operator==(const Notify&) const = default;
};
struct Pack {
    std::string document, audience;
    std::vector<std::string> with;
    bool operator==(const Pack&) const = default;
};
struct SignRequestOpened {
    SignRequest request;
    bool operator==(const SignRequestOpened&) const = default;
};
/// Of a request whose slot had not signed (JournalFacts::signed_slots); a fulfilled one closes
/// silently.
struct SignRequestWithdrawn {
    SignRequest request;
    bool operator==(const SignRequestWithdrawn&) const = default;
};
struct DeadlineArmed {
    Deadline deadline;
    bool operator==(const DeadlineArmed&) const = default;
};
struct DeadlineMoved {
    Deadline deadline;  ///< as it is now
    Date from;
    bool operator==(const DeadlineMoved&) const = default;
};
struct DeadlineCancelled {
    Deadline deadline;
    bool operator==(const DeadlineCancelled&) const = default;
};
using Effect = std::variant<Render, Notify, Pack, SignRequestOpened, SignRequestWithdrawn,
                            DeadlineArmed, DeadlineMoved, DeadlineCancelled>;
/// One line in English, for logs and traces: "render contrat with masp/contrat.fodt".
std::string to_string(const Effect&);

struct LogLine {
    std::string label, text;
    bool operator==(const LogLine&) const = default;
};

/// Why a human event was not done. `reason` is French, for the person who asked.
struct Refusal {
    enum class Code {
        unknown_event,  ///< no transition of this name leaves the present situation
        role,           ///< the actor has none of the roles of p:by, or nobody may do it
        four_eyes,      ///< p:not-by
        condition,      ///< cond is false; the reason is p:else
        ended,          ///< the workflow has reached its end
    };
    Code code = Code::unknown_event;
    std::string reason;
    std::string law;
};

/// An error.* event that no transition took. `contract/` rolls the whole act back for it.
struct Incident {
    std::string event;
    std::string message;
};

struct StepResult {
    Snapshot snapshot;  ///< unchanged when refused
    std::vector<Effect> effects;
    std::vector<LogLine> log;
    std::optional<Refusal> refusal;
    std::vector<Incident> incidents;
    bool handled =
        false;  ///< a transition took the event; false: ignored (system) or refused (human)
    std::vector<TransitionIndex> transitions;  ///< taken, in order
    std::vector<StateIndex> exited, entered;   ///< in order, with repetitions
    bool finished = false;                     ///< a top-level final state was reached in this step
};

/// The first macrostep: binds the data, enters the initial states and runs until nothing is
/// enabled. Throws Error{malformed_input, "endless_workflow"} beyond the limits.
StepResult start(const Definition&, const Environment&, const Limits& = {});

/// One external event, up to the next stable configuration. Equal arguments give equal results.
/// A system event that names an armed deadline of the snapshot marks it as fired.
StepResult step(const Definition&, const Snapshot&, const Event&, const Environment&,
                const Limits& = {});

/// Recomputes the living deadlines after the data were changed outside of an event (a new revision
/// of the dossier); the result has at most deadline effects and incidents.
StepResult refresh(const Definition&, const Snapshot&, const Environment&, const Limits& = {});

/// One thing that people may do in the present situation.
struct PermittedAction {
    std::string event, label, form, law;
    bool allowed = false;
    std::string reason;            ///< French; empty when allowed
    std::vector<std::string> by;   ///< roles that may do it
    bool depends_on_form = false;  ///< the guard reads _event.data: judged when the form is sent
};

/// Every human event of the active configuration in document order, each name once, for the actor
/// and roles of the environment.
std::vector<PermittedAction> permitted(const Definition&, const Snapshot&, const Environment&);

}  // namespace paraphe::workflow
