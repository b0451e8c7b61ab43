#include "store/repository.hpp"

namespace paraphe::store {

using namespace contract;

namespace {

using Scope = AccessScope;

const std::string effect_columns =
    "effect.key, effect.dossier, effect.seq, effect.ordinal, effect.kind, effect.arguments, "
    "effect.state, effect.attempts, effect.fence, effect.due, effect.problem";

EffectRow effect_row(const Statement& row) {
    return {row.text(0),
            row.text(1),
            row.number(2),
            static_cast<std::uint32_t>(row.integer(3)),
            row.text(4),
            row.blob(5),
            static_cast<EffectRow::State>(row.integer(6)),
            static_cast<unsigned>(row.integer(7)),
            row.number(8),
            row.instant(9),
            row.text(10)};
}

}  // namespace

void settle(Connection& connection, const Scope& scope, const Settlement& settlement) {
    const int touched =
        connection
            .prepare(
                "UPDATE effect SET state = ?, problem = ? WHERE key = ? AND fence = ? AND "
                "state = 1 AND organisation = ?")
            .bind(settlement.failed ? 3 : 2)
            .bind(settlement.problem)
            .bind(settlement.key)
            .bind(settlement.fence)
            .bind(scope.organisation)
            .run();
    if (touched != 1)
        throw Error(ErrorKind::conflict, "the effect " + settlement.key + " was settled by another",
                    {}, {}, "effect_taken");
}

std::optional<EffectRow> SqliteRepository::claim_effect(const Scope& scope, Instant now,
                                                        Instant lease_until) {
    // Looked for by a reader first, so that an idle worker never waits for the disk.
    static const std::string sql =
        "SELECT " + effect_columns +
        " FROM effect JOIN dossier ON dossier.id = effect.dossier WHERE effect.organisation = ? "
        "AND effect.state < 2 AND effect.due <= ? AND" +
        in_scope +
        "AND NOT EXISTS (SELECT 1 FROM effect AS earlier WHERE earlier.dossier = effect.dossier "
        "AND earlier.state < 2 AND (earlier.seq, earlier.ordinal) < (effect.seq, effect.ordinal)) "
        "ORDER BY effect.due, effect.seq, effect.ordinal LIMIT 1";
    const auto look = [&](Connection& connection) -> std::optional<EffectRow> {
        Statement row = connection.prepare(sql.c_str());
        row.bind(scope.organisation).bind(now);
        if (!bind_scope(row, scope).step()) return std::nullopt;
        return effect_row(row);
    };
    if (!database_.read(look)) return std::nullopt;

    std::optional<EffectRow> claimed;
    database_.write([&](Connection& connection) {
        claimed = look(connection);
        if (!claimed) return;
        claimed->state = EffectRow::State::taken;
        ++claimed->fence;
        ++claimed->attempts;
        connection
            .prepare("UPDATE effect SET state = 1, fence = ?, attempts = ?, due = ? WHERE key = ?")
            .bind(claimed->fence)
            .bind(static_cast<std::uint32_t>(claimed->attempts))
            .bind(lease_until)
            .bind(claimed->key)
            .run();
    });
    return claimed;
}

void SqliteRepository::postpone_effect(const Scope& scope, const Settlement& settlement,
                                       Instant due) {
    database_.write([&](Connection& connection) {
        connection
            .prepare(
                "UPDATE effect SET state = 0, problem = ?, due = ? WHERE key = ? AND fence = "
                "? AND state = 1 AND organisation = ?")
            .bind(settlement.problem)
            .bind(due)
            .bind(settlement.key)
            .bind(settlement.fence)
            .bind(scope.organisation)
            .run();
    });
}

void SqliteRepository::settle_effect(const Scope& scope, const Settlement& settlement,
                                     const std::string& dossier,
                                     const std::vector<MessageRow>& messages) {
    database_.write([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        settle(connection, scope, settlement);
        for (const MessageRow& message : messages)
            insert_message(connection, scope.organisation, dossier, message);
    });
}

std::vector<EffectRow> SqliteRepository::troubled_effects(const Scope& scope,
                                                          const std::string& dossier,
                                                          std::size_t limit) const {
    return database_.read([&](Connection& connection) {
        if (!dossier.empty()) require_dossier(connection, scope, dossier);
        static const std::string sql =
            "SELECT " + effect_columns +
            " FROM effect JOIN dossier ON dossier.id = effect.dossier WHERE" + in_scope +
            "AND (? = '' OR effect.dossier = ?) AND effect.problem <> '' AND effect.state <> 2 "
            "ORDER BY effect.rowid DESC LIMIT ?";
        Statement row = connection.prepare(sql.c_str());
        bind_scope(row, scope).bind(dossier).bind(dossier).bind(static_cast<std::uint64_t>(limit));
        std::vector<EffectRow> out;
        while (row.step())
            out.push_back(effect_row(row));
        return out;
    });
}

std::vector<EffectRow> SqliteRepository::open_effects(const Scope& scope,
                                                      const std::string& dossier) const {
    return database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        static const std::string sql =
            "SELECT " + effect_columns +
            " FROM effect WHERE dossier = ? AND state < 2 ORDER BY seq, ordinal";
        Statement row = connection.prepare(sql.c_str());
        row.bind(dossier);
        std::vector<EffectRow> out;
        while (row.step())
            out.push_back(effect_row(row));
        return out;
    });
}

std::vector<std::string> SqliteRepository::due_dossiers(const Scope& scope, Instant now,
                                                        std::size_t limit) const {
    return database_.read([&](Connection& connection) {
        static const std::string sql =
            "SELECT dossier.id FROM dossier WHERE" + in_scope +
            "AND dossier.due <= ? ORDER BY dossier.due, dossier.id LIMIT ?";
        Statement row = connection.prepare(sql.c_str());
        bind_scope(row, scope).bind(now).bind(static_cast<std::uint64_t>(limit));
        std::vector<std::string> out;
        while (row.step())
            out.push_back(row.text(0));
        return out;
    });
}

std::optional<Instant> SqliteRepository::next_due(const Scope& scope) const {
    return database_.read([&](Connection& connection) -> std::optional<Instant> {
        static const std::string sql =
            "SELECT min(dossier.due) FROM dossier WHERE" + in_scope + "AND dossier.due IS NOT NULL";
        Statement row = connection.prepare(sql.c_str());
        if (!bind_scope(row, scope).step()) return std::nullopt;
        return row.maybe_instant(0);
    });
}

}  // namespace paraphe::store
