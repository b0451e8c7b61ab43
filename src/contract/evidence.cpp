#include "audit/extract.hpp"
#include "contract/desk.hpp"
#include "contract/service.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"

namespace paraphe::contract {

namespace {

std::vector<EntryRow> whole_journal(const Repository& repository, const AccessScope& scope,
                                    const std::string& dossier) {
    std::vector<EntryRow> out;
    for (;;) {
        std::vector<EntryRow> page =
            repository.journal(scope, dossier, out.empty() ? 0 : out.back().link.seq, 1000);
        if (page.empty()) return out;
        for (EntryRow& entry : page)
            out.push_back(std::move(entry));
    }
}

workflow::Origin origin(const std::string& name) {
    return name == "human" ? workflow::Origin::human : workflow::Origin::system;
}

Deed deed_of(const audit::Link& link, const json::Value& body) {
    Deed deed = system_deed(body.at("event").as_string(), body.at("data"), link.at);
    deed.origin = origin(body.at("origin").as_string());
    if (const json::Value* actor = body.find("actor")) {
        deed.actor = actor->at("id").as_string();
        deed.actor_name = actor->at("name").as_string();
        for (const json::Value& role : actor->at("roles").as_array())
            deed.roles.push_back(role.as_string());
    }
    return deed;
}

}  // namespace

Bytes Service::State::evidence(const AccessScope& scope, const Loaded* loaded,
                               const std::string& dossier, bool with_bodies) const {
    std::vector<audit::Entry> entries;
    for (const EntryRow& row : whole_journal(around.repository, scope, dossier)) {
        audit::Entry entry{row.link, {}, {}};
        if (with_bodies && loaded && row.body) {
            Body body = body_of(loaded->vault, row);
            entry.salt = std::move(body.salt);
            entry.body = std::move(body.text);
        }
        entries.push_back(std::move(entry));
    }
    return audit::write_extract(entries, with_bodies);
}

Bytes Service::export_journal(const Caller& caller, const std::string& dossier,
                              bool with_bodies) const {
    if (!with_bodies) return state_->evidence(caller.scope, nullptr, dossier, false);
    const Loaded loaded = state_->load(caller.scope, dossier);
    return state_->evidence(caller.scope, &loaded, dossier, true);
}

AuditReport Service::audit(const Caller& caller, const std::string& dossier) const {
    const AccessScope& scope = caller.scope;
    DossierRow row = state_->around.repository.find(scope, dossier);
    const std::vector<EntryRow> rows = whole_journal(state_->around.repository, scope, dossier);
    std::optional<Vault> vault;
    if (!row.wrapped_key.empty())
        vault = Vault::unwrap(row.id, state_->around.key.key, row.wrapped_key);

    AuditReport report;
    const auto altered = [&](std::uint64_t at, const std::string& problem) {
        report.state = to_string(audit::State::altered);
        report.broken = at;
        report.problem = problem;
        return report;
    };
    std::vector<audit::Entry> entries;
    for (const EntryRow& entry : rows) {
        audit::Entry plain{entry.link, {}, {}};
        if (entry.body && vault) {
            try {
                State::Body body = State::body_of(*vault, entry);
                plain.salt = std::move(body.salt);
                plain.body = std::move(body.text);
            } catch (const Error&) {
                return altered(entries.size() + 1, "link " + std::to_string(entries.size() + 1) +
                                                       ": the sealed body was changed");
            }
        } else if (vault) {
            return altered(entries.size() + 1, "link " + std::to_string(entries.size() + 1) +
                                                   ": the body is missing, and nothing was erased");
        }
        entries.push_back(std::move(plain));
    }
    const audit::Verdict verdict = audit::verify(row.log_id, entries, {{row.version, row.head}});
    report.state = to_string(verdict.state);
    report.links = verdict.links;
    report.broken = verdict.broken;
    report.problem = verdict.problem;
    if (verdict.state == audit::State::altered || !vault) {
        report.snapshot_matches = report.documents_match = verdict.state == audit::State::erased;
        return report;
    }
    if (entries.size() > row.version)
        return altered(row.version + 1, "link " + std::to_string(row.version + 1) +
                                            ": the dossier does not know of it");

    // The chain holds: replay it, and hold the result against what the store shows.
    try {
        const Loaded loaded = state_->load(scope, std::move(row));
        Situation situation;
        std::map<std::string, VersionDetails> versions;
        for (const audit::Entry& entry : entries) {
            const json::Value body = json::parse(*entry.body, "journal");
            if (const json::Value* documents = body.find("documents"))
                for (const json::Value& document : documents->as_array())
                    versions[document.at("document").as_string() + "." +
                             std::to_string(document.at("number").as_int64())] =
                        VersionDetails::from_json(document);
            if (body.at("origin").as_string() == "note") continue;
            const auto revision = static_cast<std::uint32_t>(body.at("revision").as_int64());
            const json::Value data = state_->data(scope, loaded, revision);
            const Place place{*loaded.kind, loaded.row.id, loaded.row.zone,        entry.link.seq,
                              data,         revision,      body.find("parameters")};
            Consequence consequence = advance(place, situation, deed_of(entry.link, body));
            situation = std::move(consequence.after);
            const std::string text = encode(loaded.kind->workflow, situation);
            if (crypto::sha256(text).hex() != body.at("snapshot").as_string()) {
                report.problem = "link " + std::to_string(entry.link.seq) +
                                 ": its replay gives another snapshot than it recorded";
                return report;
            }
        }
        report.snapshot_matches = encode(loaded.kind->workflow, situation) ==
                                  encode(loaded.kind->workflow, loaded.situation);
        report.documents_match = true;
        std::size_t seen = 0;
        for (const VersionRow& version : state_->around.repository.versions(scope, dossier)) {
            ++seen;
            const auto known =
                versions.find(version.document + "." + std::to_string(version.number));
            const bool same =
                known != versions.end() &&
                crypto::sha256(state_->file(scope, loaded.vault, dossier, version.pdf)) ==
                    known->second.pdf &&
                crypto::sha256(state_->file(scope, loaded.vault, dossier, version.odt)) ==
                    known->second.odt;
            if (same) continue;
            report.documents_match = false;
            report.problem = "document '" + version.document + "', version " +
                             std::to_string(version.number) + ": not the file of the journal";
        }
        if (seen != versions.size() && report.documents_match) {
            report.documents_match = false;
            report.problem = "a version of the journal is missing";
        }
        if (!report.snapshot_matches && report.problem.empty())
            report.problem = "the stored snapshot is not the one that the journal gives";
    } catch (const Error& error) {
        report.documents_match = false;
        report.problem = error.what();
    }
    return report;
}

}  // namespace paraphe::contract
