#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "contract/repository.hpp"
#include "contract/service.hpp"
#include "contract/situation.hpp"
#include "contract/vault.hpp"
#include "contract/workshop.hpp"

/// What the parts of Service share: loading a dossier, and turning an act into one transaction.
/// Private to contract/.
namespace paraphe::contract {

/// Name and version of this program, recorded in every journal entry.
extern const std::string engine;

/// A dossier as it was read: everything that a step needs.
struct Loaded {
    DossierRow row;
    Vault vault;
    KindPtr kind;
    Situation situation;
    json::Value data;  ///< of situation.revision

    Place place() const {
        return {*kind, row.id, row.zone, row.version + 1, data, situation.revision};
    }
};

/// A document's files before they are sealed.
struct NewVersion {
    std::string document, cause;
    std::uint32_t number = 0;
    Bytes pdf, odt;
    std::vector<std::string> slots;
};

/// What is sealed in VersionRow::details and repeated in the journal's body.
struct VersionDetails {
    Sha256 pdf, odt;
    Bytes pdf_salt, odt_salt;
    std::vector<std::string> slots;

    json::Value to_json(const std::string& document, std::uint32_t number) const;
    static VersionDetails from_json(const json::Value&);
};

/// What an act adds to the step's own consequences.
struct Extras {
    std::optional<json::Value> new_data;
    std::vector<NewVersion> versions;
    std::vector<SlotRow> slots;
    std::vector<PackRow> packs;
    std::vector<BlobRow> blobs;
    std::vector<Sha256> commitments;  ///< of files other than versions
    bool seal = false;                ///< order the organisation's seal of `seal_document`
    std::string seal_document;
    std::optional<RequestRow> request;  ///< its answer is filled in by build()
    std::optional<Settlement> settles;
    std::optional<std::string> uses_preparation;
};

struct Service::State {
    explicit State(Surroundings given) : around(std::move(given)) {}

    Surroundings around;
    std::mutex mutex;
    std::function<void()> wake;
    struct Late {
        std::string problem;
        Instant again{};  ///< not tried before
    };
    std::map<std::string, Late> late;  ///< dossiers whose deadline could not be raised

    Loaded load(const AccessScope&, const std::string& dossier) const;
    Loaded load(const AccessScope&, DossierRow) const;
    /// For acts: after the deadlines that have fallen, though the worker has not raised them yet.
    Loaded load_current(const AccessScope&, const std::string& dossier);
    /// Raises the deadlines of one dossier that have fallen; how many.
    std::size_t raise_due(const AccessScope&, const std::string& dossier, Instant now);
    json::Value data(const AccessScope&, const Loaded&, std::uint32_t revision) const;
    Workshop::Context context(const AccessScope&, const Loaded&,
                              const json::Value& arguments) const;
    VersionDetails details(const Vault&, const VersionRow&) const;
    Version view(const Vault&, const VersionRow&) const;
    /// The newest version of a document, or the one with this number. Throws Error{not_found}.
    VersionRow version(const AccessScope&, const std::string& dossier, const std::string& document,
                       std::uint32_t number = 0) const;
    Bytes file(const AccessScope&, const Vault&, const std::string& dossier,
               const std::string& blob) const;
    std::vector<Slot> slots(const AccessScope&, const Loaded&) const;
    struct Body {
        Bytes salt;
        std::string text;  ///< JSON
    };
    /// Precondition: entry.body
    static Body body_of(const Vault&, const EntryRow& entry);
    BlobRow seal_blob(const Vault&, ByteView plain) const;

    /// Refuses an act that the workflow refused or that it left an error unhandled in.
    static void require_done(const workflow::StepResult&, const Deed&);
    /// The transaction of one step; fills `outcome`.
    Act build(const Loaded&, const Deed&, Consequence&&, Extras, Outcome& outcome) const;
    /// The transaction of an entry that the workflow does not see ("sealed.contrat").
    Act note(const Loaded&, const Deed&, Extras) const;
    EntryRow entry(const Loaded&, const Deed&, json::Object more,
                   std::vector<Sha256> documents) const;
    void store_versions(const Loaded&, const Deed&, std::vector<NewVersion>&, Act&,
                        json::Array& journal, std::vector<Sha256>& commitments) const;

    void notify_worker();

    // Idempotency
    static Sha256 request_digest(const std::string& verb, const std::string& dossier,
                                 const json::Value& content);
    std::optional<Outcome> answered(const Caller&, const Sha256& request) const;
    std::optional<RequestRow> remember(const Caller&, const Sha256& request) const;
    /// Runs `attempt` again when the dossier moved meanwhile and the caller did not name a version,
    /// and gives the stored answer when another request with the same key came first.
    Outcome once(const Caller&, const Sha256& request, const std::function<Outcome()>& attempt);

    // One effect each; in effects.cpp.
    void carry_out(const AccessScope&, const EffectRow&);
    void render(const AccessScope&, const EffectRow&, const json::Value& arguments);
    void seal(const AccessScope&, const EffectRow&, const json::Value& arguments);
    void send(const AccessScope&, const EffectRow&, const json::Value& arguments);
    void pack(const AccessScope&, const EffectRow&, const json::Value& arguments);
    void fail(const AccessScope&, const EffectRow&, const Error&);
    /// Commits a system act, computed anew as long as others move the dossier.
    void commit_system(const AccessScope&, const std::string& dossier,
                       const std::function<std::optional<Act>(Loaded&)>& make);

    Bytes evidence(const AccessScope&, const Loaded*, const std::string& dossier,
                   bool with_bodies) const;
};

/// A deed of the system at this instant.
Deed system_deed(std::string event, json::Value data, Instant at);
Deed human_deed(const Caller&, std::string event, json::Value data, std::vector<std::string> roles,
                Instant at);

json::Value to_json(const Outcome&);
Outcome outcome_from_json(const json::Value&);
std::vector<std::string> words(const std::string& spaced);

}  // namespace paraphe::contract
