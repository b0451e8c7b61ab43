#include "contract/desk.hpp"

#include <algorithm>
#include <sstream>

#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "locale/zone.hpp"

namespace paraphe::contract {

const std::string engine = "paraphe 0.1.0";

namespace {

/// Place names under which Vault seals; a value cannot be moved from one to another.
std::string body_place(std::uint64_t seq) {
    return "event.body." + std::to_string(seq);
}
std::string revision_place(std::uint32_t number) {
    return "revision.data." + std::to_string(number);
}
std::string details_place(const std::string& document, std::uint32_t number) {
    return "document_version.details." + document + "." + std::to_string(number);
}

json::Value strings(const std::vector<std::string>& list) {
    json::Array out;
    for (const std::string& text : list)
        out.emplace_back(text);
    return out;
}

std::string joined(const std::vector<std::string>& list) {
    std::string out;
    for (const std::string& text : list)
        out += (out.empty() ? "" : " ") + text;
    return out;
}

std::string_view name(workflow::Origin origin) {
    return origin == workflow::Origin::human ? "human" : "system";
}

/// Hash of the part of the manifest below a folder.
Sha256 part(const kind::Kind& kind, std::string_view folder) {
    std::string lines;
    for (const kind::ManifestEntry& entry : kind.manifest.entries)
        if (entry.path.compare(0, folder.size(), folder) == 0)
            lines += entry.path + " " + entry.hash.hex() + "\n";
    return crypto::sha256(lines);
}

/// nullptr when the kind has none, or none so early.
const kind::ParameterRevision* in_force(const kind::Kind& kind, Date today) {
    const bool any = !kind.parameters.empty() && kind.parameters.front().from <= today;
    return any ? kind.parameters_on(today) : nullptr;
}

/// What was in force when an entry was written.
json::Value pins(const kind::Kind& kind, Date today) {
    json::Object out{{"engine", engine},
                     {"kind", kind.name},
                     {"kind_hash", kind.manifest.hash.hex()},
                     {"schema", part(kind, "schema.json").hex()},
                     {"templates", part(kind, "templates/").hex()},
                     {"workflow", part(kind, "workflow.scxml").hex()}};
    if (const kind::ParameterRevision* revision = in_force(kind, today))
        out.set("parameters", revision->hash.hex());
    return out;
}

std::vector<DeadlineRow> deadlines(const workflow::Snapshot& snapshot, const std::string& zone) {
    std::vector<DeadlineRow> out;
    for (const workflow::Deadline& deadline : snapshot.deadlines)
        if (deadline.state == workflow::Deadline::State::armed)
            out.push_back({deadline.event, deadline.label, deadline.at,
                           locale::end_of_day(deadline.at, zone)});
    return out;
}

std::optional<Instant> earliest(const std::vector<DeadlineRow>& rows) {
    std::optional<Instant> out;
    for (const DeadlineRow& row : rows)
        if (!out || row.at < *out) out = row.at;
    return out;
}

/// Rows of the slots whose request this step opened or withdrew. A slot that was just signed or
/// refused keeps that state, though leaving its situation withdraws the request.
void change_slots(const Consequence& consequence, Instant at, std::vector<SlotRow>& rows) {
    const auto settled = [&](const std::string& slot) {
        return consequence.after.facts.signed_slots.count(slot) > 0 ||
               std::any_of(rows.begin(), rows.end(), [&](const SlotRow& row) {
                   return row.slot == slot && row.state != "waiting" && row.state != "withdrawn";
               });
    };
    const auto put = [&](const workflow::SignRequest& request, const char* state) {
        std::erase_if(rows, [&](const SlotRow& row) {
            return row.document == request.document && row.slot == request.slot;
        });
        rows.push_back({request.document, request.slot, request.assurance, state, at, {}});
    };
    for (const workflow::Effect& effect : consequence.result.effects) {
        if (const auto* opened = std::get_if<workflow::SignRequestOpened>(&effect))
            put(opened->request, "waiting");
        else if (const auto* gone = std::get_if<workflow::SignRequestWithdrawn>(&effect))
            if (!settled(gone->request.slot)) put(gone->request, "withdrawn");
    }
}

}  // namespace

std::vector<std::string> words(const std::string& spaced) {
    std::vector<std::string> out;
    std::istringstream in(spaced);
    for (std::string word; in >> word;)
        out.push_back(word);
    return out;
}

Deed system_deed(std::string event, json::Value data, Instant at) {
    Deed deed;
    deed.event = std::move(event);
    deed.data = std::move(data);
    deed.at = at;
    return deed;
}

Deed human_deed(const Caller& caller, std::string event, json::Value data,
                std::vector<std::string> roles, Instant at) {
    Deed deed = system_deed(std::move(event), std::move(data), at);
    deed.origin = workflow::Origin::human;
    deed.actor = caller.actor.id;
    deed.actor_name = caller.actor.name;
    deed.roles = std::move(roles);
    return deed;
}

json::Value VersionDetails::to_json(const std::string& document, std::uint32_t number) const {
    return json::Object{{"document", document},   {"number", static_cast<std::int64_t>(number)},
                        {"pdf", pdf.hex()},       {"pdf_salt", to_hex(pdf_salt)},
                        {"odt", odt.hex()},       {"odt_salt", to_hex(odt_salt)},
                        {"slots", strings(slots)}};
}

VersionDetails VersionDetails::from_json(const json::Value& value) {
    VersionDetails out;
    out.pdf = Sha256::from_hex(value.at("pdf").as_string());
    out.odt = Sha256::from_hex(value.at("odt").as_string());
    out.pdf_salt = from_hex(value.at("pdf_salt").as_string());
    out.odt_salt = from_hex(value.at("odt_salt").as_string());
    for (const json::Value& slot : value.at("slots").as_array())
        out.slots.push_back(slot.as_string());
    return out;
}

// --- reading
// --------------------------------------------------------------------------------------

Loaded Service::State::load(const AccessScope& scope, const std::string& dossier) const {
    return load(scope, around.repository.find(scope, dossier));
}

Loaded Service::State::load(const AccessScope& scope, DossierRow row) const {
    if (row.wrapped_key.empty())
        throw Error(ErrorKind::conflict, "the dossier " + row.reference + " was erased", {}, {},
                    "erased");
    Vault vault = Vault::unwrap(row.id, around.key.key, row.wrapped_key);
    KindPtr kind = around.kinds.pinned(row.kind_hash);
    Situation situation = decode(kind->workflow, vault.open("dossier.snapshot", row.snapshot));
    Loaded loaded{std::move(row), std::move(vault), std::move(kind), std::move(situation), {}};
    loaded.data = data(scope, loaded, loaded.situation.revision);
    return loaded;
}

json::Value Service::State::data(const AccessScope& scope, const Loaded& loaded,
                                 std::uint32_t revision) const {
    const RevisionRow row = around.repository.revision(scope, loaded.row.id, revision);
    const Bytes text = loaded.vault.open(revision_place(revision), row.data);
    if (loaded.vault.digest("revision", text) != row.hash)
        throw Error(ErrorKind::malformed_input,
                    "revision " + std::to_string(revision) + " of dossier " + loaded.row.id +
                        " no longer has its hash",
                    {}, "restore it from a backup", "damaged_store");
    return json::parse(text, "data");
}

Workshop::Context Service::State::context(const AccessScope& scope, const Loaded& loaded,
                                          const json::Value& arguments) const {
    Workshop::Context out;
    out.kind = loaded.kind;
    out.reference = loaded.row.reference;
    const auto revision = static_cast<std::uint32_t>(arguments.at("revision").as_int64());
    out.data = revision == loaded.situation.revision ? loaded.data : data(scope, loaded, revision);
    out.at = parse_instant(arguments.at("at").as_string()).value_or(Instant{});
    out.today = locale::to_local(out.at, loaded.row.zone).date;
    out.zone = loaded.row.zone;
    return out;
}

VersionDetails Service::State::details(const Vault& vault, const VersionRow& row) const {
    return VersionDetails::from_json(
        json::parse(vault.open(details_place(row.document, row.number), row.details), "details"));
}

Version Service::State::view(const Vault& vault, const VersionRow& row) const {
    const VersionDetails known = details(vault, row);
    return {row.document, row.number, row.cause,    row.at,       row.seq,
            known.pdf,    known.odt,  row.pdf_size, row.odt_size, known.slots};
}

VersionRow Service::State::version(const AccessScope& scope, const std::string& dossier,
                                   const std::string& document, std::uint32_t number) const {
    std::optional<VersionRow> found;
    for (VersionRow& row : around.repository.versions(scope, dossier))
        if (row.document == document && (number == 0 || row.number == number))
            found = std::move(row);  // they come by number: the last one is the newest
    if (!found)
        throw Error(ErrorKind::not_found,
                    "the dossier has no document '" + document + "'" +
                        (number ? " of version " + std::to_string(number) : std::string()),
                    {}, {}, "no_document");
    return std::move(*found);
}

Bytes Service::State::file(const AccessScope& scope, const Vault& vault, const std::string& dossier,
                           const std::string& blob) const {
    return vault.open("blob.octets", around.repository.blob(scope, dossier, blob));
}

BlobRow Service::State::seal_blob(const Vault& vault, ByteView plain) const {
    Bytes sealed = vault.seal("blob.octets", plain, around.random);
    std::string name = crypto::sha256(sealed).hex();
    return {std::move(name), std::move(sealed)};
}

Service::State::Body Service::State::body_of(const Vault& vault, const EntryRow& entry) {
    const Bytes plain = vault.open(body_place(entry.link.seq), *entry.body);
    if (plain.size() < 32)
        throw Error(ErrorKind::malformed_input, "the body of an entry has no salt", {}, {},
                    "damaged_store");
    return {plain.substr(0, 32), plain.substr(32)};
}

// --- one act, one transaction
// ---------------------------------------------------------------------

void Service::State::require_done(const workflow::StepResult& result, const Deed& deed) {
    if (result.refusal) {
        const workflow::Refusal& refusal = *result.refusal;
        using Code = workflow::Refusal::Code;
        switch (refusal.code) {
            case Code::unknown_event:
                throw Error(ErrorKind::conflict, refusal.reason, {}, {}, "unknown_event");
            case Code::ended:
                throw Error(ErrorKind::conflict, refusal.reason, {}, {}, "ended");
            case Code::role:
                throw Error(ErrorKind::forbidden, refusal.reason, {}, {}, "role");
            case Code::four_eyes:
                throw Error(ErrorKind::forbidden, refusal.reason, {}, {}, "four_eyes");
            case Code::condition:
                throw Error(ErrorKind::forbidden, refusal.reason, {}, refusal.law, "not_permitted");
        }
    }
    if (!result.incidents.empty())
        throw Error(ErrorKind::conflict,
                    "the workflow left an error unhandled on '" + deed.event + "': " +
                        result.incidents.front().event + ": " + result.incidents.front().message,
                    {}, "nothing was stored; correct the data or the kind", "unhandled_error");
}

EntryRow Service::State::entry(const Loaded& loaded, const Deed& deed, json::Object body,
                               std::vector<Sha256> documents) const {
    body.set("v", 1);
    body.set("event", deed.event);
    body.set("data", deed.data);
    if (!deed.actor.empty())
        body.set("actor", json::Object{{"id", deed.actor},
                                       {"name", deed.actor_name},
                                       {"roles", strings(deed.roles)}});
    const Date today = locale::to_local(deed.at, loaded.row.zone).date;
    body.set("pins", pins(*loaded.kind, today));
    // Not the hash alone: parameters.json may be edited later, and a replay needs what held then.
    const kind::ParameterRevision* parameters = in_force(*loaded.kind, today);
    body.set("parameters", parameters ? parameters->in_force : json::Value());
    const std::string text = json::write(std::move(body));
    const Bytes salt = around.random.bytes(32);

    EntryRow row;
    row.link.log_id = loaded.row.log_id;
    row.link.type = deed.event;
    row.link.at = deed.at;
    if (!deed.actor.empty())
        row.link.actor = audit::pseudonym(loaded.vault.derive("pseudonym"), deed.actor);
    row.link.commitment = audit::commit(salt, text);
    row.link.document_commitments = std::move(documents);
    audit::Link head;
    head.seq = loaded.row.version;
    head.hash = loaded.row.head;
    row.link = audit::chained(std::move(row.link), loaded.row.version > 0 ? &head : nullptr);
    row.body = loaded.vault.seal(body_place(row.link.seq), salt + text, around.random);
    return row;
}

void Service::State::store_versions(const Loaded& loaded, const Deed& deed,
                                    std::vector<NewVersion>& versions, Act& act,
                                    json::Array& journal, std::vector<Sha256>& commitments) const {
    for (NewVersion& version : versions) {
        VersionDetails made;
        made.pdf = crypto::sha256(version.pdf);
        made.odt = crypto::sha256(version.odt);
        made.pdf_salt = around.random.bytes(32);
        made.odt_salt = around.random.bytes(32);
        made.slots = version.slots;
        commitments.push_back(audit::commit(made.pdf_salt, made.pdf.bytes()));
        commitments.push_back(audit::commit(made.odt_salt, made.odt.bytes()));
        const json::Value details = made.to_json(version.document, version.number);
        journal.push_back(details);

        VersionRow row;
        row.document = version.document;
        row.number = version.number;
        row.cause = version.cause;
        row.seq = loaded.row.version + 1;
        row.at = deed.at;
        row.details = loaded.vault.seal(details_place(version.document, version.number),
                                        json::write(details), around.random);
        BlobRow pdf = seal_blob(loaded.vault, version.pdf);
        BlobRow odt = seal_blob(loaded.vault, version.odt);
        row.pdf = pdf.name;
        row.odt = odt.name;
        row.pdf_size = version.pdf.size();
        row.odt_size = version.odt.size();
        act.blobs.push_back(std::move(pdf));
        act.blobs.push_back(std::move(odt));
        act.versions.push_back(std::move(row));
    }
}

Act Service::State::build(const Loaded& loaded, const Deed& deed, Consequence&& consequence,
                          Extras extras, Outcome& outcome) const {
    const kind::Kind& kind = *loaded.kind;
    Act act;
    act.dossier = loaded.row.id;
    act.expected_version = loaded.row.version;
    act.settles = std::move(extras.settles);
    act.uses_preparation = std::move(extras.uses_preparation);
    act.packs = std::move(extras.packs);
    act.blobs = std::move(extras.blobs);
    act.slots = std::move(extras.slots);
    change_slots(consequence, deed.at, act.slots);

    json::Array versions;
    std::vector<Sha256> commitments = std::move(extras.commitments);
    store_versions(loaded, deed, extras.versions, act, versions, commitments);

    if (extras.new_data) {
        const std::string text = json::write(*extras.new_data);
        RevisionRow revision;
        revision.number = consequence.after.revision;
        revision.hash = loaded.vault.digest("revision", text);
        revision.data = loaded.vault.seal(revision_place(revision.number), text, around.random);
        revision.at = deed.at;
        act.revision = std::move(revision);
    }

    const std::string snapshot = encode(kind.workflow, consequence.after);
    const std::vector<std::string> states =
        active_atomic_states(kind.workflow, consequence.after.snapshot);
    json::Array orders;
    for (const Order& order : consequence.orders)
        orders.push_back(
            json::Object{{"key", order.key}, {"kind", order.kind}, {"arguments", order.arguments}});
    json::Object body{{"origin", std::string(name(deed.origin))},
                      {"handled", consequence.result.handled},
                      {"revision", static_cast<std::int64_t>(consequence.after.revision)},
                      {"snapshot", crypto::sha256(snapshot).hex()},
                      {"states", strings(states)},
                      {"orders", orders}};
    if (!versions.empty()) body.set("documents", versions);
    act.entries.push_back(entry(loaded, deed, std::move(body), std::move(commitments)));
    const audit::Link& link = act.entries.back().link;

    act.snapshot = loaded.vault.seal("dossier.snapshot", snapshot, around.random);
    act.states = joined(states);
    act.finished = !consequence.after.snapshot.running;
    act.deadlines = deadlines(consequence.after.snapshot, loaded.row.zone);
    act.due = earliest(act.deadlines);

    std::vector<Order> all = std::move(consequence.orders);
    if (extras.seal) {
        Order seal;
        seal.kind = "seal";
        seal.key = loaded.row.id + ":" + std::to_string(link.seq) + ":0";
        seal.arguments = json::Object{{"document", extras.seal_document}};
        all.insert(all.begin(), std::move(seal));
    }
    for (const Order& order : all) {
        EffectRow row;
        row.key = order.key;
        row.dossier = loaded.row.id;
        row.seq = link.seq;
        row.ordinal = order.ordinal;
        row.kind = order.kind;
        row.arguments = loaded.vault.seal("effect.arguments." + order.key,
                                          json::write(order.arguments), around.random);
        row.due = deed.at;
        act.effects.push_back(std::move(row));
    }

    outcome.dossier = loaded.row.id;
    outcome.reference = loaded.row.reference;
    outcome.version = link.seq;
    outcome.states = states;
    outcome.finished = act.finished;
    if (extras.request) {
        act.request = std::move(extras.request);
        act.request->at = deed.at;
        act.request->answer = json::write(to_json(outcome));
    }
    return act;
}

Act Service::State::note(const Loaded& loaded, const Deed& deed, Extras extras) const {
    Act act;
    act.dossier = loaded.row.id;
    act.expected_version = loaded.row.version;
    act.settles = std::move(extras.settles);
    act.packs = std::move(extras.packs);
    act.blobs = std::move(extras.blobs);
    json::Array versions;
    std::vector<Sha256> commitments = std::move(extras.commitments);
    store_versions(loaded, deed, extras.versions, act, versions, commitments);
    json::Object body{{"origin", "note"}};
    if (!versions.empty()) body.set("documents", versions);
    act.entries.push_back(entry(loaded, deed, std::move(body), std::move(commitments)));
    act.snapshot = loaded.row.snapshot;
    act.states = loaded.row.states;
    act.finished = loaded.row.finished;
    act.deadlines = deadlines(loaded.situation.snapshot, loaded.row.zone);
    act.due = earliest(act.deadlines);
    return act;
}

void Service::State::notify_worker() {
    std::function<void()> call;
    {
        std::lock_guard lock(mutex);
        call = wake;
    }
    if (call) call();
}

}  // namespace paraphe::contract
