#include "contract/service.hpp"

#include <algorithm>

#include "contract/desk.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "locale/zone.hpp"

namespace paraphe::contract {

namespace {

/// The event whose data are a new revision of the dossier's data.
constexpr const char* revising_event = "edit";

void require_valid(const kind::Kind& kind, const json::Value& data) {
    const std::vector<json::Violation> violations = kind.validate(data);
    if (violations.empty()) return;
    std::string text;
    for (const json::Violation& violation : violations)
        text += (text.empty() ? "" : "\n") +
                (violation.pointer.empty() ? std::string("/") : violation.pointer) + " : " +
                violation.message;
    throw Error(ErrorKind::malformed_input, text, {}, {}, "invalid_data");
}

/// UUIDv7 (RFC 9562 §5.7): sortable by creation.
std::string new_identifier(Instant now, Random& random) {
    Bytes octets = random.bytes(16);
    auto milliseconds = static_cast<std::uint64_t>(now.time_since_epoch().count() / 1000);
    for (int i = 5; i >= 0; --i, milliseconds >>= 8)
        octets[static_cast<std::size_t>(i)] = static_cast<char>(milliseconds & 0xff);
    octets[6] = static_cast<char>((octets[6] & 0x0f) | 0x70);
    octets[8] = static_cast<char>((octets[8] & 0x3f) | 0x80);
    std::string hex = to_hex(octets);
    for (std::size_t at : {8u, 13u, 18u, 23u})
        hex.insert(at, "-");
    return hex;
}

std::vector<std::string> roles_of(const Repository& repository, const Caller& caller,
                                  const std::string& dossier) {
    std::vector<std::string> roles = caller.actor.roles;
    for (std::string& role : repository.relations(caller.scope, dossier, caller.actor.id))
        roles.push_back(std::move(role));
    return roles;
}

/// People act under the names that the chart gives. A descriptor "submit" would also take
/// "submit.x" (SCXML §3.12.1), and four eyes, which look for "submit", would not see that act.
void require_named(const workflow::Definition& chart, const std::string& event) {
    for (const workflow::Transition& transition : chart.transitions)
        if (!transition.by.empty() && std::find(transition.events.begin(), transition.events.end(),
                                                event) != transition.events.end())
            return;
    throw Error(ErrorKind::conflict, "Cette procédure ne connaît pas l’action demandée.", {}, {},
                "unknown_event");
}

}  // namespace

Service::Service(Surroundings around) : state_(std::make_unique<State>(std::move(around))) {
    if (state_->around.key.key.size() != 32)
        throw Error(ErrorKind::malformed_input, "the organisation's key has not 32 octets", {},
                    "make one with: paraphe key", "bad_key");
}
Service::~Service() = default;

// --- idempotency
// ----------------------------------------------------------------------------------

json::Value to_json(const Outcome& outcome) {
    json::Array states;
    for (const std::string& state : outcome.states)
        states.emplace_back(state);
    return json::Object{{"dossier", outcome.dossier},
                        {"reference", outcome.reference},
                        {"version", static_cast<std::int64_t>(outcome.version)},
                        {"states", states},
                        {"finished", outcome.finished}};
}

Outcome outcome_from_json(const json::Value& value) {
    Outcome out;
    out.dossier = value.at("dossier").as_string();
    out.reference = value.at("reference").as_string();
    out.version = static_cast<std::uint64_t>(value.at("version").as_int64());
    for (const json::Value& state : value.at("states").as_array())
        out.states.push_back(state.as_string());
    out.finished = value.at("finished").as_boolean();
    return out;
}

Sha256 Service::State::request_digest(const std::string& verb, const std::string& dossier,
                                      const json::Value& content) {
    return crypto::sha256(json::write(json::Array{verb, dossier, content}));
}

std::optional<Outcome> Service::State::answered(const Caller& caller, const Sha256& request) const {
    if (!caller.idempotency_key) return std::nullopt;
    const auto row =
        around.repository.request(caller.scope, caller.actor.id + ":" + *caller.idempotency_key);
    if (!row) return std::nullopt;
    if (row->request != request)
        throw Error(ErrorKind::conflict, "the idempotency key was already used for another request",
                    {}, "use a new key for a new request", "idempotency_key_reused");
    Outcome outcome = outcome_from_json(json::parse(row->answer, "answer"));
    outcome.repeated = true;
    return outcome;
}

std::optional<RequestRow> Service::State::remember(const Caller& caller,
                                                   const Sha256& request) const {
    if (!caller.idempotency_key) return std::nullopt;
    return RequestRow{caller.actor.id + ":" + *caller.idempotency_key, request, {}, {}};
}

Outcome Service::State::once(const Caller& caller, const Sha256& request,
                             const std::function<Outcome()>& attempt) {
    if (auto known = answered(caller, request)) return *known;
    for (int tries = 1;; ++tries) {
        try {
            Outcome outcome = attempt();
            notify_worker();
            return outcome;
        } catch (const Error& error) {
            if (error.code() == "idempotency_key_used") {
                if (auto known = answered(caller, request)) return *known;
                throw;
            }
            // Somebody was faster. Who named a version is told; for the others the act is judged
            // anew in the situation that is there now.
            if (error.code() != "stale_version" || caller.expected_version || tries == 5) throw;
        }
    }
}

// --- acts
// -----------------------------------------------------------------------------------------

Outcome Service::create(const Caller& caller, const NewDossier& wanted) {
    const KindPtr kind = state_->around.kinds.current(wanted.kind);
    locale::to_local(state_->around.clock.now(), wanted.zone);  // throws for a zone unknown
    require_valid(*kind, wanted.data);
    const Sha256 request = State::request_digest(
        "create", wanted.kind,
        json::Array{wanted.data, wanted.agency, wanted.reference, wanted.zone});
    return state_->once(caller, request, [&] {
        const Instant now = state_->around.clock.now();
        Random& random = state_->around.random;
        const std::string id = new_identifier(now, random);

        DossierRow row;
        row.id = id;
        row.organisation = caller.scope.organisation;
        row.agency = wanted.agency.empty() ? caller.scope.agency : wanted.agency;
        row.reference =
            wanted.reference.empty() ? wanted.data.string_or("reference", "") : wanted.reference;
        row.kind = kind->name;
        row.kind_hash = kind->manifest.hash;
        row.zone = wanted.zone;
        row.log_id = random.bytes(16);
        row.created = row.updated = now;
        row.year = locale::to_local(now, row.zone).date.year();
        row.key_id = state_->around.key.id;
        const Situation nothing;
        Loaded loaded{std::move(row), Vault::make(id, random), kind, nothing, wanted.data};
        loaded.row.wrapped_key = loaded.vault.wrap(state_->around.key.key, random);

        Deed deed = human_deed(caller, "created", json::Value(), caller.actor.roles, now);
        Place place = loaded.place();
        place.revision = 1;
        Consequence consequence = advance(place, loaded.situation, deed);
        State::require_done(consequence.result, deed);
        Extras extras;
        extras.new_data = wanted.data;
        extras.request = state_->remember(caller, request);
        Outcome outcome;
        const Act act =
            state_->build(loaded, deed, std::move(consequence), std::move(extras), outcome);
        outcome.reference = state_->around.repository.create(caller.scope, loaded.row, act);
        return outcome;
    });
}

Outcome Service::act(const Caller& caller, const std::string& dossier, const Event& event) {
    const Sha256 request = State::request_digest("act " + event.name, dossier, event.data);
    return state_->once(caller, request, [&] {
        const Loaded loaded = state_->load_current(caller.scope, dossier);
        if (caller.expected_version && *caller.expected_version != loaded.row.version)
            throw Error(ErrorKind::conflict,
                        "the dossier has changed since it was read: it is at version " +
                            std::to_string(loaded.row.version) + ", not " +
                            std::to_string(*caller.expected_version),
                        {}, "read it again, then decide", "stale_version");
        require_named(loaded.kind->workflow, event.name);
        Extras extras;
        extras.request = state_->remember(caller, request);
        Place place = loaded.place();
        const json::Value revised = event.data;
        Deed deed = human_deed(caller, event.name, event.data,
                               roles_of(state_->around.repository, caller, dossier),
                               state_->around.clock.now());
        const auto perform = [&](const Place& where) {
            Consequence consequence = advance(where, loaded.situation, deed);
            State::require_done(consequence.result, deed);
            Outcome outcome;
            state_->around.repository.commit(
                caller.scope,
                state_->build(loaded, deed, std::move(consequence), std::move(extras), outcome));
            return outcome;
        };
        if (event.name != revising_event) return perform(place);
        require_valid(*loaded.kind, revised);
        extras.new_data = revised;
        deed.data = json::Value();  // the revision holds them, and may be erased with it
        return perform(
            {place.kind, place.dossier, place.zone, place.seq, revised, place.revision + 1});
    });
}

void Service::relate(const Caller& caller, const std::string& dossier, const std::string& subject,
                     const std::string& role) {
    state_->around.repository.relate(caller.scope, dossier, subject, role);
}

Outcome Service::erase(const Caller& caller, const std::string& dossier,
                       const std::string& legal_basis) {
    const Sha256 request = State::request_digest("erase", dossier, legal_basis);
    return state_->once(caller, request, [&] {
        const Loaded loaded = state_->load(caller.scope, dossier);
        if (caller.expected_version && *caller.expected_version != loaded.row.version)
            throw Error(ErrorKind::conflict, "the dossier has changed since it was read", {},
                        "read it again, then decide", "stale_version");
        Deed deed =
            system_deed("erased: " + legal_basis, json::Value(), state_->around.clock.now());
        Act act = state_->note(loaded, deed, {});
        act.entries.back().body.reset();  // its key goes too; the reason stands in the evidence
        act.snapshot.clear();
        act.finished = true;
        act.deadlines.clear();
        act.due.reset();
        act.erases = true;
        Outcome outcome;
        outcome.dossier = dossier;
        outcome.reference = loaded.row.reference;
        outcome.version = loaded.row.version + 1;
        outcome.states = words(loaded.row.states);
        outcome.finished = true;
        if ((act.request = state_->remember(caller, request))) {
            act.request->at = deed.at;
            act.request->answer = json::write(to_json(outcome));
        }
        state_->around.repository.commit(caller.scope, act);
        return outcome;
    });
}

void Service::on_work(std::function<void()> wake) {
    std::lock_guard lock(state_->mutex);
    state_->wake = std::move(wake);
}

// --- reading
// --------------------------------------------------------------------------------------

std::vector<Action> Service::actions(const Caller& caller, const std::string& dossier) const {
    const Loaded loaded = state_->load(caller.scope, dossier);
    const Deed deed =
        human_deed(caller, {}, json::Value(), roles_of(state_->around.repository, caller, dossier),
                   state_->around.clock.now());
    std::vector<Action> out;
    for (workflow::PermittedAction& action :
         workflow::permitted(loaded.kind->workflow, loaded.situation.snapshot,
                             environment(loaded.place(), loaded.situation.facts, deed)))
        out.push_back({std::move(action.event), std::move(action.label), std::move(action.form),
                       std::move(action.law), action.allowed, std::move(action.reason),
                       action.depends_on_form});
    return out;
}

json::Value Service::data(const Caller& caller, const std::string& dossier,
                          std::uint32_t revision) const {
    const Loaded loaded = state_->load(caller.scope, dossier);
    return revision == 0 ? loaded.data : state_->data(caller.scope, loaded, revision);
}

}  // namespace paraphe::contract
