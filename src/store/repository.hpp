#pragma once

#include "contract/repository.hpp"
#include "store/database.hpp"

namespace paraphe::store {

/// contract::Repository over SQLite: acts.cpp writes, reading.cpp reads, outbox.cpp holds effects
/// and deadlines. Private to store/.
class SqliteRepository final : public contract::Repository {
    using Scope = contract::AccessScope;

public:
    explicit SqliteRepository(Database& database) : database_(database) {}

    std::string create(const Scope&, const contract::DossierRow&, const contract::Act&) override;
    void commit(const Scope&, const contract::Act&) override;
    void relate(const Scope&, const std::string& dossier, const std::string& subject,
                const std::string& role) override;
    void save_preparation(const Scope&, const std::string& dossier, const contract::PreparationRow&,
                          Instant now) override;

    contract::DossierRow find(const Scope&, const std::string& dossier) const override;
    contract::DossierRows list(const Scope&, const contract::ListQuery&) const override;
    std::vector<contract::EntryRow> journal(const Scope&, const std::string& dossier,
                                            std::uint64_t after, std::size_t limit) const override;
    contract::RevisionRow revision(const Scope&, const std::string& dossier,
                                   std::uint32_t number) const override;
    std::vector<contract::VersionRow> versions(const Scope&,
                                               const std::string& dossier) const override;
    std::vector<contract::SlotRow> slots(const Scope&, const std::string& dossier) const override;
    std::vector<contract::DeadlineRow> deadlines(const Scope&,
                                                 const std::string& dossier) const override;
    Bytes blob(const Scope&, const std::string& dossier, const std::string& name) const override;
    std::vector<contract::PackRow> packs(const Scope&, const std::string& dossier) const override;
    std::vector<contract::MessageRow> messages(const Scope&, const std::string& dossier,
                                               std::size_t limit) const override;
    std::optional<contract::RequestRow> request(const Scope&,
                                                const std::string& key) const override;
    std::optional<contract::PreparationRow> preparation(const Scope&, const std::string& dossier,
                                                        const std::string& token_hash,
                                                        Instant now) const override;
    std::vector<std::string> relations(const Scope&, const std::string& dossier,
                                       const std::string& subject) const override;

    void publish_kind(const Scope&, const contract::KindRow&) override;
    std::vector<contract::KindRow> kinds(const Scope&) const override;
    contract::KindRow kind(const Scope&, const Sha256& hash) const override;

    std::optional<contract::EffectRow> claim_effect(const Scope&, Instant now,
                                                    Instant lease_until) override;
    void postpone_effect(const Scope&, const contract::Settlement&, Instant due) override;
    void settle_effect(const Scope&, const contract::Settlement&, const std::string& dossier,
                       const std::vector<contract::MessageRow>&) override;
    std::vector<contract::EffectRow> troubled_effects(const Scope&, const std::string& dossier,
                                                      std::size_t limit) const override;
    std::vector<contract::EffectRow> open_effects(const Scope&,
                                                  const std::string& dossier) const override;
    std::vector<std::string> due_dossiers(const Scope&, Instant now,
                                          std::size_t limit) const override;
    std::optional<Instant> next_due(const Scope&) const override;

private:
    Database& database_;
};

/// Ends a claim inside a transaction. Throws Error{conflict, "effect_taken"} when the claim is no
/// longer this one's.
void settle(Connection&, const contract::AccessScope&, const contract::Settlement&);

void insert_message(Connection&, const std::string& organisation, const std::string& dossier,
                    const contract::MessageRow&);

}  // namespace paraphe::store
