#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "contract/access.hpp"

namespace paraphe::contract {

/// A local account. The password's hash is made and checked by server/ (argon2id, PHC string).
struct User {
    std::string id;     ///< made by create_user when empty
    std::string login;  ///< unique in the organisation, compared as given
    std::string name;
    std::string password_hash;
    std::string organisation, agency;
    std::vector<std::string> roles;
    AccessScope::Relation relation = AccessScope::Relation::organisation;
    bool active = true;
    Instant created{};
};

/// A bearer token or session, known by the SHA-256 of its secret alone.
struct AccessToken {
    Sha256 hash;
    std::string user;   ///< id
    std::string label;  ///< "session", "api: import"
    Instant created{}, expires{};
};

/// Users and tokens; implemented by store/. Whole transactions, as everything there.
class Accounts {
public:
    virtual ~Accounts() = default;

    /// The stored user. Throws Error{conflict, "login_taken"}.
    virtual User create_user(const AccessScope&, User) = 0;
    /// Name, password hash, roles, agency, relation and `active` of the user with this id.
    virtual void update_user(const AccessScope&, const User&) = 0;
    virtual std::optional<User> find_user(const AccessScope&, const std::string& login) const = 0;
    virtual std::optional<User> user(const AccessScope&, const std::string& id) const = 0;
    virtual std::vector<User> users(const AccessScope&) const = 0;

    virtual void store_token(const AccessScope&, const AccessToken&) = 0;
    /// The active user of a token that has not expired at `now`.
    virtual std::optional<User> token_user(const AccessScope&, const Sha256& hash,
                                           Instant now) const = 0;
    virtual void revoke_token(const AccessScope&, const Sha256& hash) = 0;
    virtual std::vector<AccessToken> tokens(const AccessScope&, const std::string& user) const = 0;
    /// Removes expired tokens; how many.
    virtual std::size_t sweep_tokens(const AccessScope&, Instant now) = 0;
};

}  // namespace paraphe::contract
