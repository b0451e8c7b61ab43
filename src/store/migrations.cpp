#include "store/migrations.hpp"

#include <iterator>

#include "crypto/hash.hpp"

namespace paraphe::store {

namespace {

// Applied steps never change; a new need is a new step. Instants are microseconds since 1970 (UTC),
// days are text (YYYY-MM-DD), hashes 32 octets. "sealed" columns are ciphertext made by contract/.
const char* const steps[] = {
    R"sql(
CREATE TABLE dossier (
    id TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    agency TEXT NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    kind_hash BLOB NOT NULL,
    zone TEXT NOT NULL,
    log_id BLOB NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    head BLOB NOT NULL,
    revision INTEGER NOT NULL,
    states TEXT NOT NULL,
    finished INTEGER NOT NULL,
    due INTEGER,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    snapshot BLOB NOT NULL,                 -- sealed
    UNIQUE (organisation, reference)
) STRICT;
CREATE INDEX dossier_by_update ON dossier (organisation, updated DESC, id DESC);
CREATE INDEX dossier_by_due ON dossier (organisation, due) WHERE due IS NOT NULL;

-- Apart from the rest, so that long-lived backups can leave it out.
CREATE TABLE dossier_key (
    dossier TEXT PRIMARY KEY REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    key_id TEXT NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE relation (
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    subject TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (dossier, subject, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    gseq INTEGER PRIMARY KEY,
    organisation TEXT NOT NULL,
    dossier TEXT NOT NULL REFERENCES dossier (id),
    log_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    commitment BLOB NOT NULL,
    document_commitments BLOB NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    body BLOB,                              -- sealed; NULL once erased
    log_index INTEGER,                      -- leaf of the log of all dossiers; NULL: not yet
    UNIQUE (dossier, seq)
) STRICT;
CREATE INDEX event_unlogged ON event (gseq) WHERE log_index IS NULL;
CREATE TRIGGER event_evidence_stays
    BEFORE UPDATE OF gseq, organisation, dossier, log_id, seq, type, at, actor, commitment,
                     document_commitments, previous, hash ON event
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_stays
    BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE revision (
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    data BLOB NOT NULL,                     -- sealed
    at INTEGER NOT NULL,
    PRIMARY KEY (dossier, number)
) STRICT;

CREATE TABLE blob (
    name TEXT PRIMARY KEY,                  -- SHA-256 of the sealed octets
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    size INTEGER NOT NULL,
    octets BLOB                             -- NULL: in the blobs' folder
) STRICT;
CREATE INDEX blob_by_dossier ON blob (dossier);

CREATE TABLE document_version (
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    document TEXT NOT NULL,
    number INTEGER NOT NULL,
    cause TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    details BLOB NOT NULL,                  -- sealed
    pdf TEXT NOT NULL REFERENCES blob (name),
    odt TEXT NOT NULL REFERENCES blob (name),
    pdf_size INTEGER NOT NULL,
    odt_size INTEGER NOT NULL,
    PRIMARY KEY (dossier, document, number)
) STRICT;

CREATE TABLE slot (
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    document TEXT NOT NULL,
    slot TEXT NOT NULL,
    assurance TEXT NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    signatory BLOB NOT NULL,                -- sealed
    PRIMARY KEY (dossier, document, slot)
) STRICT;

CREATE TABLE deadline (
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    position INTEGER NOT NULL,
    event TEXT NOT NULL,
    label TEXT NOT NULL,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (dossier, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE effect (
    key TEXT PRIMARY KEY,                   -- dossier:seq:ordinal
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    seq INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    arguments BLOB NOT NULL,                -- sealed
    state INTEGER NOT NULL,                 -- 0 waiting, 1 taken, 2 done, 3 failed
    attempts INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    due INTEGER NOT NULL,                   -- of a taken one: when its lease ends
    problem TEXT NOT NULL
) STRICT;
CREATE INDEX effect_open ON effect (dossier, seq, ordinal) WHERE state < 2;
CREATE INDEX effect_by_due ON effect (organisation, due) WHERE state < 2;

CREATE TABLE message (
    id TEXT PRIMARY KEY,                    -- effect key:number
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    slot TEXT NOT NULL,
    at INTEGER NOT NULL,
    content BLOB NOT NULL                   -- sealed
) STRICT;
CREATE INDEX message_by_dossier ON message (dossier, at);
CREATE INDEX message_by_time ON message (organisation, at);

CREATE TABLE pack (
    id TEXT PRIMARY KEY,                    -- effect key
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    document TEXT NOT NULL,
    audience TEXT NOT NULL,
    file_name TEXT NOT NULL,
    blob TEXT NOT NULL REFERENCES blob (name),
    at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX pack_by_dossier ON pack (dossier);

CREATE TABLE request (
    organisation TEXT NOT NULL,
    key TEXT NOT NULL,
    digest BLOB NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (organisation, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE preparation (
    token_hash TEXT PRIMARY KEY,
    dossier TEXT NOT NULL REFERENCES dossier (id),
    organisation TEXT NOT NULL,
    state BLOB NOT NULL,                    -- sealed
    expires INTEGER NOT NULL
) STRICT;

CREATE TABLE kind (
    organisation TEXT NOT NULL,
    hash BLOB NOT NULL,
    name TEXT NOT NULL,
    published INTEGER NOT NULL,
    position INTEGER NOT NULL,              -- order of publication
    PRIMARY KEY (organisation, hash)
) STRICT;
CREATE TABLE kind_file (
    organisation TEXT NOT NULL,
    hash BLOB NOT NULL,                     -- of the kind
    path TEXT NOT NULL,
    octets BLOB NOT NULL,
    PRIMARY KEY (organisation, hash, path),
    FOREIGN KEY (organisation, hash) REFERENCES kind (organisation, hash)
) STRICT;

CREATE TABLE reference_counter (
    organisation TEXT NOT NULL,
    prefix TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (organisation, prefix)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_account (
    id TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    agency TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL,                    -- space-separated
    related_only INTEGER NOT NULL,
    active INTEGER NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (organisation, login)
) STRICT;

CREATE TABLE access_token (
    hash BLOB PRIMARY KEY,
    organisation TEXT NOT NULL,
    user TEXT NOT NULL REFERENCES user_account (id),
    label TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT;
CREATE INDEX access_token_by_user ON access_token (user);
)sql",
};

}  // namespace

int schema_version() {
    return static_cast<int>(std::size(steps));
}

void migrate(Connection& connection, Instant now) {
    connection.execute("BEGIN IMMEDIATE");
    try {
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, checksum BLOB NOT "
            "NULL, at INTEGER NOT NULL) STRICT");
        int applied = 0;
        {
            Statement known =
                connection.prepare("SELECT number, checksum FROM migration ORDER BY number");
            while (known.step()) {
                ++applied;
                if (applied > schema_version())
                    throw Error(ErrorKind::conflict,
                                "the store was made by a newer version of paraphe", {},
                                "use that version, or restore an older backup", "newer_schema");
                if (known.hash(1) != crypto::sha256(steps[applied - 1]))
                    throw Error(ErrorKind::malformed_input,
                                "migration " + std::to_string(applied) +
                                    " of the store is not the one of this program",
                                {}, "use the version that made the store", "changed_migration");
            }
        }
        for (; applied < schema_version(); ++applied) {
            connection.execute(steps[applied]);
            connection.prepare("INSERT INTO migration (number, checksum, at) VALUES (?, ?, ?)")
                .bind(applied + 1)
                .bind(crypto::sha256(steps[applied]))
                .bind(now)
                .run();
        }
        connection.execute("COMMIT");
    } catch (...) {
        if (connection.in_transaction()) connection.execute("ROLLBACK");
        throw;
    }
}

}  // namespace paraphe::store
