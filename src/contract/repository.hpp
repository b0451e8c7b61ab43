#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/chain.hpp"
#include "base/bytes.hpp"
#include "base/date.hpp"
#include "contract/access.hpp"

/// What contract/ needs of a store: verbs that are whole transactions. The store sees ciphertext
/// only: every field marked *sealed* was encrypted by contract/ under the dossier's key.
///
/// Common errors: not_found (or outside the scope); conflict "stale_version",
/// "idempotency_key_used", "effect_taken", "reference_taken"; unavailable "disk_full", "read_only",
/// "io_error", "busy". An error means that nothing of the verb was stored.
namespace paraphe::contract {

struct DossierRow {
    std::string id, organisation, agency, reference, kind, zone;
    Sha256 kind_hash;
    Bytes log_id;               ///< 16 octets
    std::uint64_t version = 0;  ///< last seq of the journal
    Sha256 head;                ///< hash of the last link
    std::uint32_t revision = 0;
    std::string states;  ///< active atomic states, space-separated; for lists
    bool finished = false;
    std::optional<Instant> due;  ///< next deadline
    Instant created{}, updated{};
    Bytes snapshot;     ///< sealed
    Bytes wrapped_key;  ///< dossier key under the organisation's key; empty once erased
    std::string key_id;
    int year = 0;  ///< of creation in the dossier's zone; for create() alone
};

/// An entry of the journal: evidence and, until erased, its sealed body.
struct EntryRow {
    audit::Link link;
    std::optional<Bytes> body;  ///< sealed: salt (32) ‖ JSON
};

struct RevisionRow {
    std::uint32_t number = 0;
    Sha256 hash;  ///< HMAC under the dossier's key of the canonical JSON
    Bytes data;   ///< sealed
    Instant at{};
};

struct VersionRow {
    std::string document;
    std::uint32_t number = 0;
    std::string cause;
    std::uint64_t seq = 0;
    Instant at{};
    Bytes details;                             ///< sealed: hashes of the plain files, salts, slots
    std::string pdf, odt;                      ///< names of blobs
    std::uint64_t pdf_size = 0, odt_size = 0;  ///< of the plain files
};

/// Octets of a sealed file, named by the SHA-256 of themselves in hexadecimal.
struct BlobRow {
    std::string name;
    Bytes bytes;
};

struct SlotRow {
    std::string document, slot, assurance;
    std::string state;  ///< "waiting", "signed", "withdrawn", "refused"
    Instant since{};
    Bytes signatory;  ///< sealed, may be empty
};

struct DeadlineRow {
    std::string event, label;
    Date day;
    Instant at{};
};

/// An outbox row.
struct EffectRow {
    std::string key;  ///< dossier:seq:ordinal
    std::string dossier;
    std::uint64_t seq = 0;
    std::uint32_t ordinal = 0;
    std::string kind;  ///< "render", "seal", "notify", "pack"
    Bytes arguments;   ///< sealed JSON
    enum class State { waiting, taken, done, failed } state = State::waiting;
    unsigned attempts = 0;
    std::uint64_t fence = 0;  ///< grows with every claim
    Instant due{};
    std::string problem;  ///< of the last failure; English, without personal data
};

struct MessageRow {
    std::string id;  ///< effect key:number
    std::string dossier;
    std::string role, slot;
    Instant at{};
    Bytes content;  ///< sealed JSON {subject, text}
};

struct PackRow {
    std::string id;  ///< effect key
    std::string document, audience, file_name, blob;
    Instant at{};
    std::uint64_t size = 0;
    Sha256 hash;  ///< of the plain file, which the partner received
};

/// Remembers the answer to a request that may come again.
struct RequestRow {
    std::string key;     ///< "actor:Idempotency-Key"
    Sha256 request;      ///< digest of what was asked
    std::string answer;  ///< JSON of an Outcome, no personal data
    Instant at{};
};

struct PreparationRow {
    std::string token_hash;  ///< hexadecimal SHA-256
    Bytes state;             ///< sealed JSON
    Instant expires{};
};

/// The claim that a result settles.
struct Settlement {
    std::string key;
    std::uint64_t fence = 0;
    bool failed = false;
    std::string problem;
};

/// Everything that one act changes, stored together or not at all.
struct Act {
    std::string dossier;
    std::uint64_t expected_version = 0;  ///< what the act was computed on
    std::vector<EntryRow> entries;       ///< seq expected_version + 1, …
    Bytes snapshot;
    std::string states;
    bool finished = false;
    std::optional<Instant> due;
    std::vector<DeadlineRow> deadlines;  ///< replace what was there
    std::optional<RevisionRow> revision;
    std::vector<SlotRow> slots;  ///< replace the row of the same document and slot
    std::vector<VersionRow> versions;
    std::vector<PackRow> packs;
    std::vector<MessageRow> messages;
    std::vector<BlobRow> blobs;
    std::vector<EffectRow> effects;
    std::optional<RequestRow> request;
    std::optional<Settlement> settles;
    std::optional<std::string> uses_preparation;  ///< token hash; removed
    bool erases = false;  ///< destroy wrapped key, bodies, revisions, blobs, messages
};

/// A published kind: all that its dossiers need for as long as they live.
struct KindRow {
    std::string name;
    Sha256 hash;
    Instant published{};
    std::map<std::string, Bytes> files;  ///< by path; empty in lists
};

struct ListQuery {
    std::string kind, state;
    std::optional<bool> finished;
    std::string cursor;
    std::size_t limit = 50;
};
struct DossierRows {
    std::vector<DossierRow> rows;  ///< without snapshot and keys
    std::string next;
};

class Repository {
public:
    virtual ~Repository() = default;

    // Acts
    /// `row.reference` empty: the next "KIND-YYYY-NNNN" of the organisation. Returns the reference.
    /// The journal entries and all else are in `act` (expected_version 0).
    virtual std::string create(const AccessScope&, const DossierRow& row, const Act& act) = 0;
    virtual void commit(const AccessScope&, const Act&) = 0;
    virtual void relate(const AccessScope&, const std::string& dossier, const std::string& subject,
                        const std::string& role) = 0;
    virtual void save_preparation(const AccessScope&, const std::string& dossier,
                                  const PreparationRow&, Instant now) = 0;

    // Reading
    virtual DossierRow find(const AccessScope&, const std::string& dossier) const = 0;
    virtual DossierRows list(const AccessScope&, const ListQuery&) const = 0;
    virtual std::vector<EntryRow> journal(const AccessScope&, const std::string& dossier,
                                          std::uint64_t after, std::size_t limit) const = 0;
    virtual RevisionRow revision(const AccessScope&, const std::string& dossier,
                                 std::uint32_t number) const = 0;
    virtual std::vector<VersionRow> versions(const AccessScope&,
                                             const std::string& dossier) const = 0;
    virtual std::vector<SlotRow> slots(const AccessScope&, const std::string& dossier) const = 0;
    virtual std::vector<DeadlineRow> deadlines(const AccessScope&,
                                               const std::string& dossier) const = 0;
    /// Only blobs that a version or pack of this dossier names.
    virtual Bytes blob(const AccessScope&, const std::string& dossier,
                       const std::string& name) const = 0;
    virtual std::vector<PackRow> packs(const AccessScope&, const std::string& dossier) const = 0;
    /// Newest first; `dossier` empty: all of the scope.
    virtual std::vector<MessageRow> messages(const AccessScope&, const std::string& dossier,
                                             std::size_t limit) const = 0;
    virtual std::optional<RequestRow> request(const AccessScope&, const std::string& key) const = 0;
    virtual std::optional<PreparationRow> preparation(const AccessScope&,
                                                      const std::string& dossier,
                                                      const std::string& token_hash,
                                                      Instant now) const = 0;
    /// Role given to `subject` by relate(), if any.
    virtual std::vector<std::string> relations(const AccessScope&, const std::string& dossier,
                                               const std::string& subject) const = 0;

    // Kinds
    /// Publishing the same content again changes nothing.
    virtual void publish_kind(const AccessScope&, const KindRow&) = 0;
    /// Oldest first, without files.
    virtual std::vector<KindRow> kinds(const AccessScope&) const = 0;
    virtual KindRow kind(const AccessScope&, const Sha256& hash) const = 0;

    // The outbox
    /// The oldest effect that is due and whose dossier has no earlier one unsettled; marks it taken
    /// until `lease_until`. An effect whose lease ran out is given again.
    virtual std::optional<EffectRow> claim_effect(const AccessScope&, Instant now,
                                                  Instant lease_until) = 0;
    /// Gives a claim back to be tried at `due`.
    virtual void postpone_effect(const AccessScope&, const Settlement&, Instant due) = 0;
    /// Ends a claim and stores the messages that it wrote; the journal stays as it is.
    virtual void settle_effect(const AccessScope&, const Settlement&, const std::string& dossier,
                               const std::vector<MessageRow>&) = 0;
    /// `dossier` empty: all of the scope. Those with a problem only, newest first.
    virtual std::vector<EffectRow> troubled_effects(const AccessScope&, const std::string& dossier,
                                                    std::size_t limit) const = 0;
    /// Unsettled effects of a dossier, in order.
    virtual std::vector<EffectRow> open_effects(const AccessScope&,
                                                const std::string& dossier) const = 0;

    // Deadlines
    /// Dossiers with a deadline at or before `now`, earliest first.
    virtual std::vector<std::string> due_dossiers(const AccessScope&, Instant now,
                                                  std::size_t limit) const = 0;
    virtual std::optional<Instant> next_due(const AccessScope&) const = 0;
};

}  // namespace paraphe::contract
