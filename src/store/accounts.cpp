#include "store/accounts.hpp"

#include <sstream>

namespace paraphe::store {

using namespace contract;

namespace {

using Scope = AccessScope;

const std::string user_columns =
    "u.id, u.login, u.name, u.password_hash, u.organisation, u.agency, u.roles, u.related_only, "
    "u.active, u.created";

/// One agency's administrator sees that agency's users only.
const std::string user_in_scope = " u.organisation = ? AND (? = '' OR u.agency = ?) ";

User user_row(const Statement& row) {
    User user;
    user.id = row.text(0);
    user.login = row.text(1);
    user.name = row.text(2);
    user.password_hash = row.text(3);
    user.organisation = row.text(4);
    user.agency = row.text(5);
    std::istringstream roles(row.text(6));
    for (std::string role; roles >> role;)
        user.roles.push_back(role);
    user.relation = row.integer(7) ? Scope::Relation::related : Scope::Relation::organisation;
    user.active = row.integer(8) != 0;
    user.created = row.instant(9);
    return user;
}

std::string joined(const std::vector<std::string>& roles) {
    std::string out;
    for (const std::string& role : roles) {
        if (role.empty() || role.find_first_of(" \t\n") != std::string::npos)
            throw Error(ErrorKind::malformed_input, "a role is one word, not '" + role + "'", {},
                        {}, "bad_role");
        out += (out.empty() ? "" : " ") + role;
    }
    return out;
}

Statement& bind_user_scope(Statement& statement, const Scope& scope) {
    return statement.bind(scope.organisation).bind(scope.agency).bind(scope.agency);
}

void require_user(Connection& connection, const Scope& scope, const std::string& id) {
    static const std::string sql =
        "SELECT 1 FROM user_account AS u WHERE u.id = ? AND" + user_in_scope;
    Statement found = connection.prepare(sql.c_str());
    found.bind(id);
    if (!bind_user_scope(found, scope).step())
        throw Error(ErrorKind::not_found, "there is no user " + id, {}, "check the identifier",
                    "no_user");
}

}  // namespace

User SqliteAccounts::create_user(const Scope& scope, User user) {
    if (user.id.empty()) user.id = scope.organisation + "/" + user.login;
    user.organisation = scope.organisation;
    if (!scope.agency.empty()) user.agency = scope.agency;
    if (user.login.empty())
        throw Error(ErrorKind::malformed_input, "a user has a login", {}, {}, "bad_login");
    const std::string roles = joined(user.roles);
    database_.write([&](Connection& connection) {
        {
            Statement taken = connection.prepare(
                "SELECT 1 FROM user_account WHERE (organisation = ? AND login = ?) OR id = ?");
            if (taken.bind(user.organisation).bind(user.login).bind(user.id).step())
                throw Error(ErrorKind::conflict, "the login '" + user.login + "' is taken", {},
                            "choose another", "login_taken");
        }
        connection
            .prepare(
                "INSERT INTO user_account (id, organisation, agency, login, name, "
                "password_hash, roles, related_only, active, created) "
                "VALUES (?,?,?,?,?,?,?,?,?,?)")
            .bind(user.id)
            .bind(user.organisation)
            .bind(user.agency)
            .bind(user.login)
            .bind(user.name)
            .bind(user.password_hash)
            .bind(roles)
            .bind(user.relation == Scope::Relation::related)
            .bind(user.active)
            .bind(user.created)
            .run();
    });
    return user;
}

void SqliteAccounts::update_user(const Scope& scope, const User& user) {
    const std::string roles = joined(user.roles);
    database_.write([&](Connection& connection) {
        require_user(connection, scope, user.id);
        connection
            .prepare(
                "UPDATE user_account SET name = ?, password_hash = ?, roles = ?, agency = ?, "
                "related_only = ?, active = ? WHERE id = ?")
            .bind(user.name)
            .bind(user.password_hash)
            .bind(roles)
            .bind(scope.agency.empty() ? user.agency : scope.agency)
            .bind(user.relation == Scope::Relation::related)
            .bind(user.active)
            .bind(user.id)
            .run();
    });
}

std::optional<User> SqliteAccounts::find_user(const Scope& scope, const std::string& login) const {
    return database_.read([&](Connection& connection) -> std::optional<User> {
        static const std::string sql = "SELECT " + user_columns +
                                       " FROM user_account AS u WHERE u.login = ? AND" +
                                       user_in_scope;
        Statement row = connection.prepare(sql.c_str());
        row.bind(login);
        if (!bind_user_scope(row, scope).step()) return std::nullopt;
        return user_row(row);
    });
}

std::optional<User> SqliteAccounts::user(const Scope& scope, const std::string& id) const {
    return database_.read([&](Connection& connection) -> std::optional<User> {
        static const std::string sql =
            "SELECT " + user_columns + " FROM user_account AS u WHERE u.id = ? AND" + user_in_scope;
        Statement row = connection.prepare(sql.c_str());
        row.bind(id);
        if (!bind_user_scope(row, scope).step()) return std::nullopt;
        return user_row(row);
    });
}

std::vector<User> SqliteAccounts::users(const Scope& scope) const {
    return database_.read([&](Connection& connection) {
        static const std::string sql = "SELECT " + user_columns + " FROM user_account AS u WHERE" +
                                       user_in_scope + "ORDER BY u.login";
        Statement row = connection.prepare(sql.c_str());
        bind_user_scope(row, scope);
        std::vector<User> out;
        while (row.step())
            out.push_back(user_row(row));
        return out;
    });
}

void SqliteAccounts::store_token(const Scope& scope, const AccessToken& token) {
    database_.write([&](Connection& connection) {
        require_user(connection, scope, token.user);
        connection
            .prepare(
                "INSERT INTO access_token (hash, organisation, user, label, created, expires) "
                "VALUES (?,?,?,?,?,?)")
            .bind(token.hash)
            .bind(scope.organisation)
            .bind(token.user)
            .bind(token.label)
            .bind(token.created)
            .bind(token.expires)
            .run();
    });
}

std::optional<User> SqliteAccounts::token_user(const Scope& scope, const Sha256& hash,
                                               Instant now) const {
    return database_.read([&](Connection& connection) -> std::optional<User> {
        static const std::string sql =
            "SELECT " + user_columns +
            " FROM access_token AS t JOIN user_account AS u ON u.id = t.user WHERE t.hash = ? AND "
            "t.expires > ? AND u.active = 1 AND" +
            user_in_scope;
        Statement row = connection.prepare(sql.c_str());
        row.bind(hash).bind(now);
        if (!bind_user_scope(row, scope).step()) return std::nullopt;
        return user_row(row);
    });
}

void SqliteAccounts::revoke_token(const Scope& scope, const Sha256& hash) {
    database_.write([&](Connection& connection) {
        connection.prepare("DELETE FROM access_token WHERE hash = ? AND organisation = ?")
            .bind(hash)
            .bind(scope.organisation)
            .run();
    });
}

std::vector<AccessToken> SqliteAccounts::tokens(const Scope& scope, const std::string& user) const {
    return database_.read([&](Connection& connection) {
        require_user(connection, scope, user);
        Statement row = connection.prepare(
            "SELECT hash, user, label, created, expires FROM access_token WHERE user = ? ORDER BY "
            "created");
        row.bind(user);
        std::vector<AccessToken> out;
        while (row.step())
            out.push_back({row.hash(0), row.text(1), row.text(2), row.instant(3), row.instant(4)});
        return out;
    });
}

std::size_t SqliteAccounts::sweep_tokens(const Scope& scope, Instant now) {
    int swept = 0;
    database_.write([&](Connection& connection) {
        swept =
            connection.prepare("DELETE FROM access_token WHERE organisation = ? AND expires <= ?")
                .bind(scope.organisation)
                .bind(now)
                .run();
    });
    return static_cast<std::size_t>(swept);
}

}  // namespace paraphe::store
