#pragma once

#include "contract/accounts.hpp"
#include "store/database.hpp"

namespace paraphe::store {

/// contract::Accounts over SQLite. Private to store/.
class SqliteAccounts final : public contract::Accounts {
    using Scope = contract::AccessScope;

public:
    explicit SqliteAccounts(Database& database) : database_(database) {}

    contract::User create_user(const Scope&, contract::User) override;
    void update_user(const Scope&, const contract::User&) override;
    std::optional<contract::User> find_user(const Scope&, const std::string& login) const override;
    std::optional<contract::User> user(const Scope&, const std::string& id) const override;
    std::vector<contract::User> users(const Scope&) const override;

    void store_token(const Scope&, const contract::AccessToken&) override;
    std::optional<contract::User> token_user(const Scope&, const Sha256& hash,
                                             Instant now) const override;
    void revoke_token(const Scope&, const Sha256& hash) override;
    std::vector<contract::AccessToken> tokens(const Scope&, const std::string& user) const override;
    std::size_t sweep_tokens(const Scope&, Instant now) override;

private:
    Database& database_;
};

}  // namespace paraphe::store
