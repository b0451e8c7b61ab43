#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paraphe::contract {

/// What a caller may see at all. Every verb of the store takes one, and every row has an
/// organisation: a dossier outside the scope is not found, as if it did not exist.
struct AccessScope {
    enum class Relation {
        organisation,  ///< every dossier of the organisation (and agency)
        related,       ///< only dossiers to which `subject` was related (a partner, a household)
    };
    std::string organisation;
    std::string agency;  ///< empty: all agencies
    Relation relation = Relation::organisation;
    std::string subject;  ///< the user's id; used by Relation::related

    /// For workers and the command line.
    static AccessScope whole(std::string organisation) {
        return {std::move(organisation), {}, {}, {}};
    }
};

/// Who acts, from authentication, never from a request's body.
struct Actor {
    std::string id;  ///< of the user
    std::string name;
    std::vector<std::string> roles;  ///< "referent", "responsable", "association", "departement"
};

/// One request: who asks, and the two headers that make it safe to repeat.
struct Caller {
    AccessScope scope;
    Actor actor;
    std::optional<std::string> idempotency_key;     ///< Idempotency-Key
    std::optional<std::uint64_t> expected_version;  ///< If-Match: the version that was seen
};

}  // namespace paraphe::contract
