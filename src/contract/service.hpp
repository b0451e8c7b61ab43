#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "base/random.hpp"
#include "contract/access.hpp"
#include "contract/dossier.hpp"

/// The door of contract/: dossiers, parties, documents, and the acts on them.
///
/// An event comes in; out comes one transaction with the journal entry, the new snapshot, the
/// deadlines and the outbox. What the workflow orders (render, sign, notify, pack) is carried out
/// later by run_effects, at least once, and stored once. Everything that a person may see or do
/// passes a Caller; a dossier outside its scope is Error{not_found}.
namespace paraphe::contract {

class Repository;
class Workshop;
class KindShelf;

/// 32 octets under which the dossiers' keys are wrapped, and its name. It comes from outside the
/// store (a file of mode 0400, a token).
struct OrganisationKey {
    std::string id;
    Bytes key;
};

/// Borrowed for the life of the service.
struct Surroundings {
    Repository& repository;
    const KindShelf& kinds;
    Workshop& workshop;
    const Clock& clock;
    Random& random;
    OrganisationKey key;
};

/// Thread-safe: every verb may be called from several threads.
class Service {
public:
    explicit Service(Surroundings);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // --- acts: one transaction each -------------------------------------------------------------
    // Common errors: not_found; conflict "stale_version" (If-Match), "idempotency_key_reused" (the
    // key came with another request); forbidden "role", "four_eyes", "not_permitted" (the reason is
    // the chart's p:else, French); conflict "unknown_event" (no such act in this situation),
    // "ended"; unavailable (disk full, read-only): nothing was stored.

    /// Throws also malformed_input "unknown_kind", "invalid_data" (every violation in the message).
    Outcome create(const Caller&, const NewDossier&);
    /// A person's event. "edit" makes a new revision of the data: its data are the whole new data.
    Outcome act(const Caller&, const std::string& dossier, const Event&);
    /// The party of `slot` refuses to sign: "refused.SLOT". The caller answers for the identity.
    Outcome refuse(const Caller&, const std::string& dossier, const std::string& slot,
                   const std::string& reason);
    /// What the holder of `certificate` has to sign so that `slot` of the waiting request is
    /// filled. Throws conflict "not_waiting" when nobody is asked for this signature now.
    ToSign prepare_signature(const Caller&, const std::string& dossier, const std::string& slot,
                             const crypto::Certificate& certificate,
                             const std::vector<crypto::Certificate>& chain = {});
    /// Embeds the signature value (ECDSA in DER): new version of the document, "signed.SLOT".
    /// Throws conflict "stale_base" when the document moved since, not_found for a token that is
    /// unknown, expired, another actor's or another slot's, forbidden "wrong_signature".
    Outcome complete_signature(const Caller&, const std::string& dossier, const std::string& slot,
                               const std::string& token, ByteView signature_value);
    /// Lets `subject` see the dossier (AccessScope::Relation::related).
    void relate(const Caller&, const std::string& dossier, const std::string& subject,
                const std::string& role);
    /// Destroys the dossier's key, bodies and files; the chain stays verifiable.
    Outcome erase(const Caller&, const std::string& dossier, const std::string& legal_basis);

    // --- reading --------------------------------------------------------------------------------
    Dossier dossier(const Caller&, const std::string& dossier) const;
    DossierPage list(const Caller&, const DossierFilter&, const std::string& cursor = {},
                     std::size_t limit = 50) const;
    std::vector<Action> actions(const Caller&, const std::string& dossier) const;
    std::vector<JournalLine> journal(const Caller&, const std::string& dossier,
                                     std::uint64_t after = 0, std::size_t limit = 500) const;
    /// One revision of the data; 0: the pinned one.
    json::Value data(const Caller&, const std::string& dossier, std::uint32_t revision = 0) const;
    /// `number` 0: the newest version.
    Version version(const Caller&, const std::string& dossier, const std::string& document,
                    std::uint32_t number = 0) const;
    Bytes file(const Caller&, const std::string& dossier, const std::string& document,
               std::uint32_t number, FileFormat) const;
    /// The pages of a version. Their names are keyed by the dossier: they tell nothing to who
    /// guesses what a page says.
    PreviewPtr preview(const Caller&, const std::string& dossier, const std::string& document,
                       std::uint32_t number) const;
    std::vector<MessageView> messages(const Caller&, const std::string& dossier = {},
                                      std::size_t limit = 100) const;
    std::vector<PackView> packs(const Caller&, const std::string& dossier) const;
    Bytes pack_file(const Caller&, const std::string& dossier, const std::string& pack) const;
    std::vector<Incident> incidents(const Caller&, const std::string& dossier = {}) const;
    /// Chain, bodies, documents, and the replay of the journal against the stored snapshot.
    AuditReport audit(const Caller&, const std::string& dossier) const;
    /// The evidence as JSON Lines, for verification without the product.
    Bytes export_journal(const Caller&, const std::string& dossier, bool with_bodies) const;

    // --- work that nobody waits for; called by a thread, or by a test step by step
    // -----------------

    /// Carries out at most `limit` effects that are due; how many were settled.
    std::size_t run_effects(const AccessScope&, std::size_t limit = 100);
    /// Raises the deadlines that have fallen by now; how many.
    std::size_t fire_due(const AccessScope&, std::size_t limit = 100);
    /// When the next deadline of any dossier falls.
    std::optional<Instant> next_due(const AccessScope&) const;
    /// Called after each act that left effects to do, to wake the worker.
    void on_work(std::function<void()>);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace paraphe::contract
