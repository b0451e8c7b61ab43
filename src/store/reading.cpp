#include <charconv>

#include "store/repository.hpp"

namespace paraphe::store {

using namespace contract;

namespace {

using Scope = AccessScope;

const std::string dossier_columns =
    "dossier.id, dossier.organisation, dossier.agency, dossier.reference, dossier.kind, "
    "dossier.kind_hash, dossier.zone, dossier.log_id, dossier.version, dossier.head, "
    "dossier.revision, dossier.states, dossier.finished, dossier.due, dossier.created, "
    "dossier.updated";

DossierRow dossier_row(const Statement& row) {
    DossierRow out;
    out.id = row.text(0);
    out.organisation = row.text(1);
    out.agency = row.text(2);
    out.reference = row.text(3);
    out.kind = row.text(4);
    out.kind_hash = row.hash(5);
    out.zone = row.text(6);
    out.log_id = row.blob(7);
    out.version = row.number(8);
    out.head = row.hash(9);
    out.revision = static_cast<std::uint32_t>(row.integer(10));
    out.states = row.text(11);
    out.finished = row.integer(12) != 0;
    out.due = row.maybe_instant(13);
    out.created = row.instant(14);
    out.updated = row.instant(15);
    return out;
}

/// "updated:id" of the last row shown; empty: from the start.
struct Cursor {
    std::int64_t updated = INT64_MAX;
    std::string id;

    explicit Cursor(const std::string& text) {
        if (text.empty()) return;
        const auto colon = text.find(':');
        const char* end = text.data() + (colon == std::string::npos ? 0 : colon);
        const auto [read, error] = std::from_chars(text.data(), end, updated);
        if (colon == std::string::npos || error != std::errc() || read != end)
            throw Error(ErrorKind::malformed_input, "the cursor is not one of this list", {},
                        "begin the list again", "bad_cursor");
        id = text.substr(colon + 1);
    }
};

}  // namespace

DossierRow SqliteRepository::find(const Scope& scope, const std::string& dossier) const {
    return database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        static const std::string sql =
            "SELECT " + dossier_columns +
            ", dossier.snapshot, coalesce(dossier_key.wrapped, x''), coalesce(dossier_key.key_id, "
            "'') FROM dossier LEFT JOIN dossier_key ON dossier_key.dossier = dossier.id WHERE "
            "dossier.id = ?";
        Statement row = connection.prepare(sql.c_str());
        row.bind(dossier).step();
        DossierRow out = dossier_row(row);
        out.snapshot = row.blob(16);
        out.wrapped_key = row.blob(17);
        out.key_id = row.text(18);
        return out;
    });
}

DossierRows SqliteRepository::list(const Scope& scope, const ListQuery& query) const {
    const Cursor cursor(query.cursor);
    return database_.read([&](Connection& connection) {
        static const std::string sql =
            "SELECT " + dossier_columns + " FROM dossier WHERE" + in_scope +
            "AND (dossier.updated, dossier.id) < (?, ?) AND (? = '' OR dossier.kind = ?) "
            "AND (? = '' OR instr(' ' || dossier.states || ' ', ' ' || ? || ' ') > 0) "
            "AND (? < 0 OR dossier.finished = ?) "
            "ORDER BY dossier.updated DESC, dossier.id DESC LIMIT ?";
        const int finished = query.finished ? (*query.finished ? 1 : 0) : -1;
        Statement row = connection.prepare(sql.c_str());
        bind_scope(row, scope)
            .bind(cursor.updated)
            .bind(cursor.id)
            .bind(query.kind)
            .bind(query.kind)
            .bind(query.state)
            .bind(query.state)
            .bind(finished)
            .bind(finished)
            .bind(static_cast<std::uint64_t>(query.limit + 1));
        DossierRows out;
        while (row.step())
            out.rows.push_back(dossier_row(row));
        if (out.rows.size() > query.limit) {
            out.rows.pop_back();
            if (!out.rows.empty())
                out.next = std::to_string(out.rows.back().updated.time_since_epoch().count()) +
                           ":" + out.rows.back().id;
        }
        return out;
    });
}

std::vector<EntryRow> SqliteRepository::journal(const Scope& scope, const std::string& dossier,
                                                std::uint64_t after, std::size_t limit) const {
    return database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        Statement row = connection.prepare(
            "SELECT log_id, seq, type, at, actor, commitment, document_commitments, previous, "
            "hash, body FROM event WHERE dossier = ? AND seq > ? ORDER BY seq LIMIT ?");
        row.bind(dossier).bind(after).bind(static_cast<std::uint64_t>(limit));
        std::vector<EntryRow> out;
        while (row.step()) {
            EntryRow entry;
            entry.link.log_id = row.blob(0);
            entry.link.seq = row.number(1);
            entry.link.type = row.text(2);
            entry.link.at = row.instant(3);
            entry.link.actor = row.text(4);
            entry.link.commitment = row.hash(5);
            const Bytes documents = row.blob(6);
            for (std::size_t at = 0; at < documents.size(); at += 32)
                entry.link.document_commitments.push_back(
                    Sha256::from_bytes(ByteView(documents).substr(at, 32)));
            entry.link.previous = row.hash(7);
            entry.link.hash = row.hash(8);
            if (!row.null(9)) entry.body = row.blob(9);
            out.push_back(std::move(entry));
        }
        return out;
    });
}

RevisionRow SqliteRepository::revision(const Scope& scope, const std::string& dossier,
                                       std::uint32_t number) const {
    return database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        Statement row = connection.prepare(
            "SELECT number, hash, data, at FROM revision WHERE dossier = ? AND number = ?");
        if (!row.bind(dossier).bind(number).step())
            throw Error(ErrorKind::not_found,
                        "there is no revision " + std::to_string(number) + " of the data", {}, {},
                        "no_revision");
        return RevisionRow{static_cast<std::uint32_t>(row.integer(0)), row.hash(1), row.blob(2),
                           row.instant(3)};
    });
}

std::vector<VersionRow> SqliteRepository::versions(const Scope& scope,
                                                   const std::string& dossier) const {
    return database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        Statement row = connection.prepare(
            "SELECT document, number, cause, seq, at, details, pdf, odt, pdf_size, odt_size FROM "
            "document_version WHERE dossier = ? ORDER BY document, number");
        row.bind(dossier);
        std::vector<VersionRow> out;
        while (row.step())
            out.push_back({row.text(0), static_cast<std::uint32_t>(row.integer(1)), row.text(2),
                           row.number(3), row.instant(4), row.blob(5), row.text(6), row.text(7),
                           row.number(8), row.number(9)});
        return out;
    });
}

std::vector<SlotRow> SqliteRepository::slots(const Scope& scope, const std::string& dossier) const {
    return database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        Statement row = connection.prepare(
            "SELECT document, slot, assurance, state, since, signatory FROM slot WHERE dossier = ? "
            "ORDER BY rowid");
        row.bind(dossier);
        std::vector<SlotRow> out;
        while (row.step())
            out.push_back(
                {row.text(0), row.text(1), row.text(2), row.text(3), row.instant(4), row.blob(5)});
        return out;
    });
}

std::vector<DeadlineRow> SqliteRepository::deadlines(const Scope& scope,
                                                     const std::string& dossier) const {
    return database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        Statement row = connection.prepare(
            "SELECT event, label, day, at FROM deadline WHERE dossier = ? ORDER BY at, position");
        row.bind(dossier);
        std::vector<DeadlineRow> out;
        while (row.step())
            out.push_back({row.text(0), row.text(1), Date::parse(row.text(2)).value_or(Date()),
                           row.instant(3)});
        return out;
    });
}

Bytes SqliteRepository::blob(const Scope& scope, const std::string& dossier,
                             const std::string& name) const {
    std::optional<Bytes> inside;
    database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        Statement row =
            connection.prepare("SELECT octets FROM blob WHERE name = ? AND dossier = ?");
        if (!row.bind(name).bind(dossier).step())
            throw Error(ErrorKind::not_found, "the dossier has no such file", {}, {}, "no_file");
        if (!row.null(0)) inside = row.blob(0);
        return 0;
    });
    return inside ? std::move(*inside) : database_.blobs().get(name);
}

std::vector<PackRow> SqliteRepository::packs(const Scope& scope, const std::string& dossier) const {
    return database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        Statement row = connection.prepare(
            "SELECT id, document, audience, file_name, blob, at, size, hash FROM pack WHERE "
            "dossier = ? ORDER BY at, id");
        row.bind(dossier);
        std::vector<PackRow> out;
        while (row.step())
            out.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4),
                           row.instant(5), row.number(6), row.hash(7)});
        return out;
    });
}

std::vector<MessageRow> SqliteRepository::messages(const Scope& scope, const std::string& dossier,
                                                   std::size_t limit) const {
    return database_.read([&](Connection& connection) {
        if (!dossier.empty()) require_dossier(connection, scope, dossier);
        static const std::string sql =
            "SELECT message.id, message.dossier, message.role, message.slot, message.at, "
            "message.content FROM message JOIN dossier ON dossier.id = message.dossier WHERE" +
            in_scope +
            "AND (? = '' OR message.dossier = ?) ORDER BY message.at DESC, message.id DESC LIMIT ?";
        Statement row = connection.prepare(sql.c_str());
        bind_scope(row, scope).bind(dossier).bind(dossier).bind(static_cast<std::uint64_t>(limit));
        std::vector<MessageRow> out;
        while (row.step())
            out.push_back(
                {row.text(0), row.text(1), row.text(2), row.text(3), row.instant(4), row.blob(5)});
        return out;
    });
}

std::optional<RequestRow> SqliteRepository::request(const Scope& scope,
                                                    const std::string& key) const {
    return database_.read([&](Connection& connection) -> std::optional<RequestRow> {
        Statement row = connection.prepare(
            "SELECT key, digest, answer, at FROM request WHERE organisation = ? AND key = ?");
        if (!row.bind(scope.organisation).bind(key).step()) return std::nullopt;
        return RequestRow{row.text(0), row.hash(1), row.text(2), row.instant(3)};
    });
}

std::optional<PreparationRow> SqliteRepository::preparation(const Scope& scope,
                                                            const std::string& dossier,
                                                            const std::string& token_hash,
                                                            Instant now) const {
    return database_.read([&](Connection& connection) -> std::optional<PreparationRow> {
        require_dossier(connection, scope, dossier);
        Statement row = connection.prepare(
            "SELECT token_hash, state, expires FROM preparation WHERE token_hash = ? AND dossier = "
            "? AND expires > ?");
        if (!row.bind(token_hash).bind(dossier).bind(now).step()) return std::nullopt;
        return PreparationRow{row.text(0), row.blob(1), row.instant(2)};
    });
}

std::vector<std::string> SqliteRepository::relations(const Scope& scope, const std::string& dossier,
                                                     const std::string& subject) const {
    return database_.read([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        Statement row = connection.prepare(
            "SELECT role FROM relation WHERE dossier = ? AND subject = ? ORDER BY role");
        row.bind(dossier).bind(subject);
        std::vector<std::string> out;
        while (row.step())
            out.push_back(row.text(0));
        return out;
    });
}

}  // namespace paraphe::store
