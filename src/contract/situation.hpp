#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "json/value.hpp"
#include "kind/kind.hpp"
#include "workflow/step.hpp"

/// The pure half of an act: what a dossier is, what was done, what follows. The live act and the
/// replay of the journal both go through advance(), so that they cannot differ. Private to
/// contract/.
namespace paraphe::contract {

/// What the workflow may ask of the journal (est_rendu, ont_signe, p:not-by).
struct Facts {
    struct Rendering {
        std::string effect;  ///< key of the order that counts; an older one's result is obsolete
        bool done = false;
    };
    std::map<std::string, Rendering> renderings;      ///< by document
    std::map<std::string, std::string> signed_slots;  ///< slot → document, current version
    std::map<std::string, std::string> last_actor;    ///< event → who did it last

    workflow::JournalFacts journal() const;
};

/// All that decides how a dossier goes on, but for its data.
struct Situation {
    workflow::Snapshot snapshot;
    Facts facts;
    std::uint32_t revision = 0;  ///< of the data that the workflow reads
};

/// One text for one situation: stored, hashed, compared with the replay.
std::string encode(const workflow::Definition&, const Situation&);
/// Throws Error{malformed_input}.
Situation decode(const workflow::Definition&, const std::string&);

/// The inputs of a step, as the journal keeps them.
struct Deed {
    std::string event;  ///< "created" starts the workflow
    workflow::Origin origin = workflow::Origin::system;
    json::Value data;
    std::string actor, actor_name;
    std::vector<std::string> roles;
    Instant at{};
};

/// One order for the outbox.
struct Order {
    std::string key, kind;  ///< dossier:seq:ordinal; "render", "notify", "pack"
    std::uint32_t ordinal = 0;
    json::Value arguments;
};

struct Consequence {
    Situation after;
    workflow::StepResult result;  ///< its snapshot has moved into `after`
    std::vector<Order> orders;
};

/// Where the act happens.
struct Place {
    const kind::Kind& kind;
    const std::string& dossier;
    const std::string& zone;
    std::uint64_t seq = 0;       ///< of the entry to be
    const json::Value& data;     ///< the revision in force for this act
    std::uint32_t revision = 0;  ///< its number
    /// As the journal kept them, for a replay; nullptr: those of the kind on the day.
    const json::Value* parameters = nullptr;
};

Consequence advance(const Place&, const Situation& before, const Deed&);

/// The environment of a step at this place, for questions that change nothing (permitted).
workflow::Environment environment(const Place&, const Facts&, const Deed&);

}  // namespace paraphe::contract
