#include <cstdio>

#include "crypto/hash.hpp"
#include "store/repository.hpp"

namespace paraphe::store {

using namespace contract;

namespace {

using Scope = AccessScope;

/// Where a row belongs: every table has both.
struct Owner {
    const std::string& dossier;
    const std::string& organisation;
};

void append(Connection& connection, const Owner& owner, const EntryRow& entry) {
    const audit::Link& link = entry.link;
    Bytes documents;
    for (const Sha256& document : link.document_commitments)
        documents += document.bytes();
    Statement insert = connection.prepare(
        "INSERT INTO event (organisation, dossier, log_id, seq, type, at, actor, commitment, "
        "document_commitments, previous, hash, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(owner.organisation)
        .bind(owner.dossier)
        .bind_blob(link.log_id)
        .bind(link.seq)
        .bind(link.type)
        .bind(link.at)
        .bind(link.actor)
        .bind(link.commitment)
        .bind_blob(documents)
        .bind(link.previous)
        .bind(link.hash);
    (entry.body ? insert.bind_blob(*entry.body) : insert.bind_null()).run();
}

void insert(Connection& connection, const Owner& owner, const BlobRow& blob) {
    Statement statement = connection.prepare(
        "INSERT INTO blob (name, dossier, organisation, size, octets) VALUES (?,?,?,?,?)");
    statement.bind(blob.name)
        .bind(owner.dossier)
        .bind(owner.organisation)
        .bind(static_cast<std::uint64_t>(blob.bytes.size()));
    (blob.bytes.size() <= Blobs::inline_limit ? statement.bind_blob(blob.bytes)
                                              : statement.bind_null())
        .run();
}

void insert(Connection& connection, const Owner& owner, const VersionRow& version) {
    connection
        .prepare(
            "INSERT INTO document_version (dossier, organisation, document, number, cause, "
            "seq, at, details, pdf, odt, pdf_size, odt_size) "
            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")
        .bind(owner.dossier)
        .bind(owner.organisation)
        .bind(version.document)
        .bind(version.number)
        .bind(version.cause)
        .bind(version.seq)
        .bind(version.at)
        .bind_blob(version.details)
        .bind(version.pdf)
        .bind(version.odt)
        .bind(version.pdf_size)
        .bind(version.odt_size)
        .run();
}

void insert(Connection& connection, const Owner& owner, const SlotRow& slot) {
    connection
        .prepare(
            "INSERT OR REPLACE INTO slot (dossier, organisation, document, slot, assurance, "
            "state, since, signatory) VALUES (?,?,?,?,?,?,?,?)")
        .bind(owner.dossier)
        .bind(owner.organisation)
        .bind(slot.document)
        .bind(slot.slot)
        .bind(slot.assurance)
        .bind(slot.state)
        .bind(slot.since)
        .bind_blob(slot.signatory)
        .run();
}

void insert(Connection& connection, const Owner& owner, const EffectRow& effect) {
    connection
        .prepare(
            "INSERT INTO effect (key, dossier, organisation, seq, ordinal, kind, arguments, "
            "state, attempts, fence, due, problem) VALUES (?,?,?,?,?,?,?,0,0,0,?,'')")
        .bind(effect.key)
        .bind(owner.dossier)
        .bind(owner.organisation)
        .bind(effect.seq)
        .bind(effect.ordinal)
        .bind(effect.kind)
        .bind_blob(effect.arguments)
        .bind(effect.due)
        .run();
}

void insert(Connection& connection, const Owner& owner, const PackRow& pack) {
    connection
        .prepare(
            "INSERT INTO pack (id, dossier, organisation, document, audience, file_name, "
            "blob, at, size, hash) VALUES (?,?,?,?,?,?,?,?,?,?)")
        .bind(pack.id)
        .bind(owner.dossier)
        .bind(owner.organisation)
        .bind(pack.document)
        .bind(pack.audience)
        .bind(pack.file_name)
        .bind(pack.blob)
        .bind(pack.at)
        .bind(pack.size)
        .bind(pack.hash)
        .run();
}

void insert(Connection& connection, const Owner& owner, const RevisionRow& revision) {
    connection
        .prepare(
            "INSERT INTO revision (dossier, organisation, number, hash, data, at) "
            "VALUES (?,?,?,?,?,?)")
        .bind(owner.dossier)
        .bind(owner.organisation)
        .bind(revision.number)
        .bind(revision.hash)
        .bind_blob(revision.data)
        .bind(revision.at)
        .run();
}

void insert(Connection& connection, const Owner& owner, const RequestRow& request) {
    connection
        .prepare("INSERT INTO request (organisation, key, digest, answer, at) VALUES (?,?,?,?,?)")
        .bind(owner.organisation)
        .bind(request.key)
        .bind(request.request)
        .bind(request.answer)
        .bind(request.at)
        .run();
}

void replace_deadlines(Connection& connection, const Owner& owner,
                       const std::vector<DeadlineRow>& deadlines) {
    connection.prepare("DELETE FROM deadline WHERE dossier = ?").bind(owner.dossier).run();
    int position = 0;
    for (const DeadlineRow& deadline : deadlines)
        connection
            .prepare(
                "INSERT INTO deadline (dossier, organisation, position, event, label, day, "
                "at) VALUES (?,?,?,?,?,?,?)")
            .bind(owner.dossier)
            .bind(owner.organisation)
            .bind(position++)
            .bind(deadline.event)
            .bind(deadline.label)
            .bind(deadline.day.to_string())
            .bind(deadline.at)
            .run();
}

/// Destroys what tells of persons. The journal's evidence and the list of acts stay.
void erase(Connection& connection, const std::string& dossier) {
    for (const char* sql :
         {"DELETE FROM dossier_key WHERE dossier = ?",
          "UPDATE event SET body = NULL WHERE dossier = ?",
          "DELETE FROM revision WHERE dossier = ?", "DELETE FROM message WHERE dossier = ?",
          "DELETE FROM document_version WHERE dossier = ?", "DELETE FROM pack WHERE dossier = ?",
          "DELETE FROM blob WHERE dossier = ?", "DELETE FROM preparation WHERE dossier = ?",
          "DELETE FROM deadline WHERE dossier = ?", "DELETE FROM slot WHERE dossier = ?",
          "UPDATE effect SET arguments = x'', state = 3 WHERE dossier = ?",
          "UPDATE dossier SET snapshot = x'' WHERE id = ?"})
        connection.prepare(sql).bind(dossier).run();
}

/// An idempotency key is looked at first: a repeated request gets its own answer, not a conflict
/// with what it did itself.
void refuse_used_key(Connection& connection, const Scope& scope, const Act& act) {
    if (!act.request) return;
    Statement used = connection.prepare("SELECT 1 FROM request WHERE organisation = ? AND key = ?");
    if (used.bind(scope.organisation).bind(act.request->key).step())
        throw Error(ErrorKind::conflict, "this request was already carried out", {}, {},
                    "idempotency_key_used");
}

void store_parts(Connection& connection, const Owner& owner, const Act& act) {
    for (const EntryRow& entry : act.entries)
        append(connection, owner, entry);
    for (const BlobRow& blob : act.blobs)
        insert(connection, owner, blob);
    if (act.revision) insert(connection, owner, *act.revision);
    for (const VersionRow& version : act.versions)
        insert(connection, owner, version);
    for (const PackRow& pack : act.packs)
        insert(connection, owner, pack);
    for (const SlotRow& slot : act.slots)
        insert(connection, owner, slot);
    for (const MessageRow& message : act.messages)
        insert_message(connection, owner.organisation, owner.dossier, message);
    for (const EffectRow& effect : act.effects)
        insert(connection, owner, effect);
    replace_deadlines(connection, owner, act.deadlines);
    if (act.request) insert(connection, owner, *act.request);
    if (act.uses_preparation)
        connection.prepare("DELETE FROM preparation WHERE token_hash = ? AND dossier = ?")
            .bind(*act.uses_preparation)
            .bind(owner.dossier)
            .run();
}

/// "MASP-2026-0001": the kind in capitals, the civil year of creation, the next number of both.
std::string next_reference(Connection& connection, const DossierRow& row) {
    std::string prefix;
    for (char c : row.kind)
        prefix += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    prefix += "-" + std::to_string(row.year) + "-";
    connection
        .prepare(
            "INSERT INTO reference_counter (organisation, prefix, last) VALUES (?,?,1) "
            "ON CONFLICT (organisation, prefix) DO UPDATE SET last = last + 1")
        .bind(row.organisation)
        .bind(prefix)
        .run();
    Statement last = connection.prepare(
        "SELECT last FROM reference_counter WHERE organisation = ? AND prefix = ?");
    last.bind(row.organisation).bind(prefix).step();
    std::string number = std::to_string(last.integer(0));
    if (number.size() < 4) number.insert(0, 4 - number.size(), '0');
    return prefix + number;
}

void write_blobs(const Blobs& blobs, const Act& act) {
    for (const BlobRow& blob : act.blobs)
        if (blob.bytes.size() > Blobs::inline_limit) blobs.put(blob.name, blob.bytes);
}

}  // namespace

void insert_message(Connection& connection, const std::string& organisation,
                    const std::string& dossier, const MessageRow& message) {
    connection
        .prepare(
            "INSERT INTO message (id, dossier, organisation, role, slot, at, content) "
            "VALUES (?,?,?,?,?,?,?)")
        .bind(message.id)
        .bind(dossier)
        .bind(organisation)
        .bind(message.role)
        .bind(message.slot)
        .bind(message.at)
        .bind_blob(message.content)
        .run();
}

std::string SqliteRepository::create(const Scope& scope, const DossierRow& row, const Act& act) {
    if (row.organisation != scope.organisation ||
        (!scope.agency.empty() && row.agency != scope.agency))
        throw Error(ErrorKind::forbidden,
                    "a dossier is created in one's own organisation and agency", {}, {}, "scope");
    if (scope.relation == Scope::Relation::related)
        throw Error(ErrorKind::forbidden, "who sees single dossiers only opens none", {}, {},
                    "scope");
    write_blobs(database_.blobs(), act);
    std::string reference = row.reference;
    database_.write([&](Connection& connection) {
        refuse_used_key(connection, scope, act);
        reference = row.reference.empty() ? next_reference(connection, row) : row.reference;
        {
            Statement taken = connection.prepare(
                "SELECT 1 FROM dossier WHERE organisation = ? AND reference = ?");
            if (taken.bind(row.organisation).bind(reference).step())
                throw Error(ErrorKind::conflict, "the reference " + reference + " is taken", {},
                            "choose another", "reference_taken");
        }
        connection
            .prepare(
                "INSERT INTO dossier (id, organisation, agency, reference, kind, kind_hash, "
                "zone, log_id, version, head, revision, states, finished, due, created, "
                "updated, snapshot) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
            .bind(row.id)
            .bind(row.organisation)
            .bind(row.agency)
            .bind(reference)
            .bind(row.kind)
            .bind(row.kind_hash)
            .bind(row.zone)
            .bind_blob(row.log_id)
            .bind(act.entries.back().link.seq)
            .bind(act.entries.back().link.hash)
            .bind(act.revision ? act.revision->number : 0u)
            .bind(act.states)
            .bind(act.finished)
            .bind(act.due)
            .bind(row.created)
            .bind(row.created)
            .bind_blob(act.snapshot)
            .run();
        connection
            .prepare(
                "INSERT INTO dossier_key (dossier, organisation, key_id, wrapped) "
                "VALUES (?,?,?,?)")
            .bind(row.id)
            .bind(row.organisation)
            .bind(row.key_id)
            .bind_blob(row.wrapped_key)
            .run();
        store_parts(connection, {row.id, row.organisation}, act);
    });
    return reference;
}

void SqliteRepository::commit(const Scope& scope, const Act& act) {
    write_blobs(database_.blobs(), act);
    std::vector<std::string> doomed;
    database_.write([&](Connection& connection) {
        require_dossier(connection, scope, act.dossier);
        refuse_used_key(connection, scope, act);
        if (act.settles) settle(connection, scope, *act.settles);
        const int touched =
            connection
                .prepare(
                    "UPDATE dossier SET version = ?, head = ?, states = ?, finished = ?, "
                    "due = ?, updated = ?, snapshot = ?, revision = CASE WHEN ? > 0 THEN ? "
                    "ELSE revision END WHERE id = ? AND version = ?")
                .bind(act.entries.back().link.seq)
                .bind(act.entries.back().link.hash)
                .bind(act.states)
                .bind(act.finished)
                .bind(act.due)
                .bind(act.entries.back().link.at)
                .bind_blob(act.snapshot)
                .bind(act.revision ? act.revision->number : 0u)
                .bind(act.revision ? act.revision->number : 0u)
                .bind(act.dossier)
                .bind(act.expected_version)
                .run();
        if (touched != 1)
            throw Error(ErrorKind::conflict, "the dossier has changed since it was read", {},
                        "read it again, then decide", "stale_version");
        if (act.erases) {
            Statement files =
                connection.prepare("SELECT name FROM blob WHERE dossier = ? AND octets IS NULL");
            files.bind(act.dossier);
            while (files.step())
                doomed.push_back(files.text(0));
        }
        if (act.erases) erase(connection, act.dossier);
        store_parts(connection, {act.dossier, scope.organisation}, act);
    });
    for (const std::string& name : doomed)
        database_.blobs().remove(name);
    if (act.erases) database_.empty_log();
}

void SqliteRepository::relate(const Scope& scope, const std::string& dossier,
                              const std::string& subject, const std::string& role) {
    database_.write([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        connection
            .prepare(
                "INSERT OR IGNORE INTO relation (dossier, organisation, subject, role) "
                "VALUES (?,?,?,?)")
            .bind(dossier)
            .bind(scope.organisation)
            .bind(subject)
            .bind(role)
            .run();
    });
}

void SqliteRepository::save_preparation(const Scope& scope, const std::string& dossier,
                                        const PreparationRow& row, Instant now) {
    database_.write([&](Connection& connection) {
        require_dossier(connection, scope, dossier);
        connection.prepare("DELETE FROM preparation WHERE expires <= ?").bind(now).run();
        connection
            .prepare(
                "INSERT INTO preparation (token_hash, dossier, organisation, state, expires) "
                "VALUES (?,?,?,?,?)")
            .bind(row.token_hash)
            .bind(dossier)
            .bind(scope.organisation)
            .bind_blob(row.state)
            .bind(row.expires)
            .run();
    });
}

}  // namespace paraphe::store
