#include <algorithm>

#include "contract/desk.hpp"
#include "contract/service.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"

namespace paraphe::contract {

namespace {

Slot::State slot_state(const std::string& text) {
    if (text == "signed") return Slot::State::signed_;
    if (text == "refused") return Slot::State::refused;
    return text == "withdrawn" ? Slot::State::withdrawn : Slot::State::waiting;
}

std::vector<StateLabel> labels(const kind::Kind* kind, const std::string& states) {
    std::vector<StateLabel> out;
    for (std::string& id : words(states)) {
        std::string label = id;
        if (kind)
            if (const auto index = kind->workflow.find(id)) label = kind->workflow.title_of(*index);
        out.push_back({std::move(id), std::move(label)});
    }
    return out;
}

/// Another's pages under names that only this dossier's key gives.
class KeyedPreview final : public Preview {
public:
    KeyedPreview(PreviewPtr shown, const Vault& vault)
        : shown_(std::move(shown)), pages_(shown_->pages()) {
        for (PageView& page : pages_)
            page.name = vault.digest("page.name", page.name).hex().substr(0, 32);
    }
    const std::vector<PageView>& pages() const override { return pages_; }
    Bytes svg(std::size_t page) const override { return shown_->svg(page); }

private:
    PreviewPtr shown_;
    std::vector<PageView> pages_;
};

}  // namespace

std::string to_string(Slot::State state) {
    switch (state) {
        case Slot::State::waiting:
            return "waiting";
        case Slot::State::signed_:
            return "signed";
        case Slot::State::withdrawn:
            return "withdrawn";
        case Slot::State::refused:
            return "refused";
    }
    return {};
}

std::vector<Slot> Service::State::slots(const AccessScope& scope, const Loaded& loaded) const {
    std::vector<Slot> out;
    for (const SlotRow& row : around.repository.slots(scope, loaded.row.id)) {
        Slot slot{row.document, row.slot, row.assurance, slot_state(row.state), row.since, {}};
        if (!row.signatory.empty())
            slot.signatory = loaded.vault.open("slot.signatory." + row.slot, row.signatory);
        // A signature under an earlier text of the document is void.
        if (slot.state == Slot::State::signed_ &&
            loaded.situation.facts.signed_slots.count(row.slot) == 0)
            slot.state = Slot::State::withdrawn;
        out.push_back(std::move(slot));
    }
    return out;
}

Dossier Service::dossier(const Caller& caller, const std::string& id) const {
    const Repository& repository = state_->around.repository;
    DossierRow row = repository.find(caller.scope, id);
    Dossier out;
    out.id = row.id;
    out.reference = row.reference;
    out.organisation = row.organisation;
    out.agency = row.agency;
    out.kind = out.kind_title = row.kind;
    out.kind_hash = row.kind_hash;
    out.zone = row.zone;
    out.version = row.version;
    out.revision = row.revision;
    out.finished = row.finished;
    out.created = row.created;
    out.updated = row.updated;
    if (row.wrapped_key.empty()) {
        out.erased = true;
        out.states = labels(nullptr, row.states);
        return out;
    }
    const Loaded loaded = state_->load(caller.scope, std::move(row));
    out.kind_title = loaded.kind->title();
    out.states = labels(loaded.kind.get(), loaded.row.states);
    out.data = loaded.data;
    out.revision_hash = loaded.vault.digest("revision", json::write(loaded.data));
    out.slots = state_->slots(caller.scope, loaded);
    for (const VersionRow& version : repository.versions(caller.scope, id))
        out.documents.push_back(state_->view(loaded.vault, version));
    for (DeadlineRow& deadline : repository.deadlines(caller.scope, id))
        out.deadlines.push_back(
            {std::move(deadline.event), std::move(deadline.label), deadline.day, deadline.at});
    return out;
}

DossierPage Service::list(const Caller& caller, const DossierFilter& filter,
                          const std::string& cursor, std::size_t limit) const {
    ListQuery query;
    query.kind = filter.kind;
    query.state = filter.state;
    query.finished = filter.finished;
    query.cursor = cursor;
    query.limit = std::clamp<std::size_t>(limit, 1, 200);
    DossierRows rows = state_->around.repository.list(caller.scope, query);
    DossierPage out;
    out.next = std::move(rows.next);
    for (DossierRow& row : rows.rows)
        out.items.push_back({std::move(row.id), std::move(row.reference), std::move(row.agency),
                             std::move(row.kind), words(row.states), row.finished, row.version,
                             row.created, row.updated, row.due});
    return out;
}

std::vector<JournalLine> Service::journal(const Caller& caller, const std::string& dossier,
                                          std::uint64_t after, std::size_t limit) const {
    const DossierRow row = state_->around.repository.find(caller.scope, dossier);
    std::optional<Vault> vault;
    if (!row.wrapped_key.empty())
        vault = Vault::unwrap(row.id, state_->around.key.key, row.wrapped_key);
    std::vector<JournalLine> out;
    for (EntryRow& entry : state_->around.repository.journal(
             caller.scope, dossier, after, std::clamp<std::size_t>(limit, 1, 1000))) {
        JournalLine line;
        line.seq = entry.link.seq;
        line.at = entry.link.at;
        line.type = entry.link.type;
        line.hash = entry.link.hash;
        line.documents = entry.link.document_commitments;
        if (entry.body && vault) {
            line.body = json::parse(State::body_of(*vault, entry).text, "journal");
            if (const json::Value* actor = line.body.find("actor")) {
                line.actor = actor->string_or("id", "");
                line.actor_name = actor->string_or("name", "");
            }
        }
        out.push_back(std::move(line));
    }
    return out;
}

Version Service::version(const Caller& caller, const std::string& dossier,
                         const std::string& document, std::uint32_t number) const {
    const Loaded loaded = state_->load(caller.scope, dossier);
    return state_->view(loaded.vault, state_->version(caller.scope, dossier, document, number));
}

Bytes Service::file(const Caller& caller, const std::string& dossier, const std::string& document,
                    std::uint32_t number, FileFormat format) const {
    const Loaded loaded = state_->load(caller.scope, dossier);
    const VersionRow row = state_->version(caller.scope, dossier, document, number);
    return state_->file(caller.scope, loaded.vault, dossier,
                        format == FileFormat::pdf ? row.pdf : row.odt);
}

PreviewPtr Service::preview(const Caller& caller, const std::string& dossier,
                            const std::string& document, std::uint32_t number) const {
    const Loaded loaded = state_->load(caller.scope, dossier);
    const VersionRow row = state_->version(caller.scope, dossier, document, number);
    return std::make_shared<KeyedPreview>(
        state_->around.workshop.preview(state_->file(caller.scope, loaded.vault, dossier, row.odt)),
        loaded.vault);
}

std::vector<MessageView> Service::messages(const Caller& caller, const std::string& dossier,
                                           std::size_t limit) const {
    std::vector<MessageView> out;
    std::map<std::string, Loaded> loaded;
    for (MessageRow& row : state_->around.repository.messages(
             caller.scope, dossier, std::clamp<std::size_t>(limit, 1, 1000))) {
        auto found = loaded.find(row.dossier);
        if (found == loaded.end())
            found = loaded.emplace(row.dossier, state_->load(caller.scope, row.dossier)).first;
        const json::Value content = json::parse(
            found->second.vault.open("message.content." + row.id, row.content), "message");
        out.push_back({std::move(row.id), std::move(row.dossier), found->second.row.reference,
                       std::move(row.role), std::move(row.slot), content.at("subject").as_string(),
                       content.at("text").as_string(), row.at});
    }
    return out;
}

std::vector<PackView> Service::packs(const Caller& caller, const std::string& dossier) const {
    std::vector<PackView> out;
    for (PackRow& row : state_->around.repository.packs(caller.scope, dossier))
        out.push_back({std::move(row.id), std::move(row.document), std::move(row.audience),
                       std::move(row.file_name), row.at, row.size, row.hash});
    return out;
}

Bytes Service::pack_file(const Caller& caller, const std::string& dossier,
                         const std::string& pack) const {
    const Loaded loaded = state_->load(caller.scope, dossier);
    for (const PackRow& row : state_->around.repository.packs(caller.scope, dossier))
        if (row.id == pack) return state_->file(caller.scope, loaded.vault, dossier, row.blob);
    throw Error(ErrorKind::not_found, "the dossier has no pack " + pack, {}, {}, "no_pack");
}

std::vector<Incident> Service::incidents(const Caller& caller, const std::string& dossier) const {
    std::vector<Incident> out;
    for (EffectRow& row : state_->around.repository.troubled_effects(caller.scope, dossier, 200))
        out.push_back({std::move(row.key), std::move(row.kind), std::move(row.problem),
                       row.attempts, row.state == EffectRow::State::failed});
    std::map<std::string, State::Late> late;
    {
        std::lock_guard lock(state_->mutex);
        late = state_->late;
    }
    for (const auto& [id, found] : late) {
        if (!dossier.empty() && id != dossier) continue;
        try {
            state_->around.repository.find(caller.scope, id);
        } catch (const Error&) {
            continue;  // not for this caller
        }
        out.push_back({id, "deadline", found.problem, 1, false});
    }
    return out;
}

}  // namespace paraphe::contract
