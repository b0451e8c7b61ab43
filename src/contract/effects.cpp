#include <algorithm>

#include "contract/desk.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "kind/audience.hpp"
#include "locale/zone.hpp"

namespace paraphe::contract {

namespace {

constexpr std::chrono::minutes lease(5);
constexpr unsigned most_attempts = 12;  // the last pause is a day
constexpr int most_races = 50;
constexpr std::size_t most_deadlines = 100;  // of one dossier at once
constexpr std::chrono::minutes late_pause(1);

Settlement claim(const EffectRow& effect) {
    return {effect.key, effect.fence, false, {}};
}

/// What may be told without the dossier's key: the kind and code of the error, not its words.
std::string public_problem(const Error& error) {
    return to_string(error.kind()) + (error.code().empty() ? "" : " (" + error.code() + ")");
}

std::vector<std::string> names_in(const json::Value& value) {
    std::vector<std::string> out;
    for (const json::Value& item : value.as_array())
        out.push_back(item.as_string());
    return out;
}

/// What the audience of a pack may have. Where the schema marks nothing at all, who signs the
/// document has all of it, and others have none.
std::optional<json::Value> data_for(const Workshop::Context& context, const std::string& audience,
                                    const std::vector<std::string>& signing_slots) {
    const json::SchemaView schema = context.kind->schema.root();
    if (kind::marks_audiences(schema)) return kind::projection(schema, context.data, {audience});
    if (std::find(signing_slots.begin(), signing_slots.end(), audience) != signing_slots.end())
        return context.data;
    return std::nullopt;
}

}  // namespace

void Service::State::commit_system(const AccessScope& scope, const std::string& dossier,
                                   const std::function<std::optional<Act>(Loaded&)>& make) {
    for (int race = 1;; ++race) {
        Loaded loaded = load(scope, dossier);
        const std::optional<Act> act = make(loaded);
        if (!act) return;
        try {
            around.repository.commit(scope, *act);
            return;
        } catch (const Error& error) {
            if (error.code() != "stale_version" || race == most_races) throw;
        }
    }
}

void Service::State::render(const AccessScope& scope, const EffectRow& effect,
                            const json::Value& arguments) {
    const std::string document = arguments.at("document").as_string();
    Loaded before = load(scope, effect.dossier);
    const auto counts = [&](const Loaded& loaded) {
        const auto found = loaded.situation.facts.renderings.find(document);
        return found != loaded.situation.facts.renderings.end() &&
               found->second.effect == effect.key && !found->second.done;
    };
    if (!counts(before)) {  // a newer order has replaced this one
        around.repository.settle_effect(scope, claim(effect), effect.dossier, {});
        return;
    }
    Workshop::Rendered made = around.workshop.render(context(scope, before, arguments), document,
                                                     arguments.at("template").as_string());
    commit_system(scope, effect.dossier, [&](Loaded& loaded) -> std::optional<Act> {
        if (!counts(loaded)) {
            around.repository.settle_effect(scope, claim(effect), effect.dossier, {});
            return std::nullopt;
        }
        NewVersion version;
        version.document = document;
        version.cause = "rendered";
        version.pdf = made.pdf;
        version.odt = made.odt;
        version.slots = made.slots;
        version.number = 1;
        for (const VersionRow& row : around.repository.versions(scope, effect.dossier))
            if (row.document == document) version.number = row.number + 1;
        Deed deed =
            system_deed("rendered." + document,
                        json::Object{{"document", document},
                                     {"version", static_cast<std::int64_t>(version.number)}},
                        around.clock.now());
        Consequence consequence = advance(loaded.place(), loaded.situation, deed);
        State::require_done(consequence.result, deed);
        Extras extras;
        extras.versions.push_back(std::move(version));
        extras.settles = claim(effect);
        Outcome ignored;
        return build(loaded, deed, std::move(consequence), std::move(extras), ignored);
    });
}

void Service::State::seal(const AccessScope& scope, const EffectRow& effect,
                          const json::Value& arguments) {
    const std::string document = arguments.at("document").as_string();
    const Loaded before = load(scope, effect.dossier);
    const VersionRow base = version(scope, effect.dossier, document);
    const Instant now = around.clock.now();
    NewVersion made;
    made.document = document;
    made.number = base.number + 1;
    made.cause = "sealed";
    made.pdf = file(scope, before.vault, effect.dossier, base.pdf);
    made.odt = around.workshop.seal_odt(file(scope, before.vault, effect.dossier, base.odt),
                                        std::chrono::floor<std::chrono::seconds>(now));
    made.slots = details(before.vault, base).slots;
    commit_system(scope, effect.dossier, [&](Loaded& loaded) -> std::optional<Act> {
        if (version(scope, effect.dossier, document).number != base.number)
            throw Error(ErrorKind::conflict, "the document moved while it was sealed", {}, {},
                        "stale_base");
        Extras extras;
        extras.versions.push_back(made);
        extras.settles = claim(effect);
        return note(loaded,
                    system_deed("sealed." + document,
                                json::Object{{"document", document},
                                             {"version", static_cast<std::int64_t>(made.number)}},
                                now),
                    std::move(extras));
    });
}

void Service::State::send(const AccessScope& scope, const EffectRow& effect,
                          const json::Value& arguments) {
    const Loaded loaded = load(scope, effect.dossier);
    const Workshop::Message written = around.workshop.message(context(scope, loaded, arguments),
                                                              arguments.at("template").as_string());
    const std::string content =
        json::write(json::Object{{"subject", written.subject}, {"text", written.text}});
    std::vector<MessageRow> messages;
    const auto address = [&](const std::string& role, const std::string& slot) {
        MessageRow row;
        row.id = effect.key + ":" + std::to_string(messages.size() + 1);
        row.dossier = effect.dossier;
        row.role = role;
        row.slot = slot;
        row.at = around.clock.now();
        row.content = loaded.vault.seal("message.content." + row.id, content, around.random);
        messages.push_back(std::move(row));
    };
    for (const std::string& role : names_in(arguments.at("roles")))
        address(role, {});
    for (const std::string& slot : names_in(arguments.at("slots")))
        address({}, slot);
    around.repository.settle_effect(scope, claim(effect), effect.dossier, messages);
}

void Service::State::pack(const AccessScope& scope, const EffectRow& effect,
                          const json::Value& arguments) {
    const Loaded before = load(scope, effect.dossier);
    const std::string document = arguments.at("document").as_string();
    const VersionRow newest = version(scope, effect.dossier, document);
    Workshop::PackJob job;
    job.context = context(scope, before, arguments);
    job.id = effect.key;
    job.document = document;
    job.audience = arguments.at("audience").as_string();
    job.with = names_in(arguments.at("with"));
    job.version = newest.number;
    job.pdf = file(scope, before.vault, effect.dossier, newest.pdf);
    job.odt = file(scope, before.vault, effect.dossier, newest.odt);
    for (Slot& slot : slots(scope, before))
        if (slot.document == document) job.slots.push_back(std::move(slot));
    job.data = data_for(job.context, job.audience, details(before.vault, newest).slots);
    if (std::find(job.with.begin(), job.with.end(), "journal") != job.with.end())
        job.journal = evidence(scope, nullptr, effect.dossier, false);
    for (const PackRow& row : around.repository.packs(scope, effect.dossier))
        if (row.audience == job.audience) {
            ++job.sequence;
            job.previous = row.hash;
        }
    const Workshop::Pack made = around.workshop.pack(job);
    const Sha256 hash = crypto::sha256(made.bytes);
    const Bytes salt = around.random.bytes(32);

    commit_system(scope, effect.dossier, [&](Loaded& loaded) -> std::optional<Act> {
        BlobRow blob = seal_blob(loaded.vault, made.bytes);
        PackRow row;
        row.id = effect.key;
        row.document = document;
        row.audience = job.audience;
        row.file_name = made.file_name;
        row.blob = blob.name;
        row.at = around.clock.now();
        row.size = made.bytes.size();
        row.hash = hash;
        Deed deed = system_deed("packed." + job.audience,
                                json::Object{{"document", document},
                                             {"audience", job.audience},
                                             {"file", made.file_name},
                                             {"sha256", hash.hex()},
                                             {"salt", to_hex(salt)}},
                                row.at);
        Extras extras;
        extras.packs.push_back(std::move(row));
        extras.blobs.push_back(std::move(blob));
        extras.commitments.push_back(audit::commit(salt, hash.bytes()));
        extras.settles = claim(effect);
        return note(loaded, deed, std::move(extras));
    });
}

void Service::State::carry_out(const AccessScope& scope, const EffectRow& effect) {
    const Loaded loaded = load(scope, effect.dossier);
    const json::Value arguments = json::parse(
        loaded.vault.open("effect.arguments." + effect.key, effect.arguments), "effect");
    if (effect.kind == "render")
        render(scope, effect, arguments);
    else if (effect.kind == "seal")
        seal(scope, effect, arguments);
    else if (effect.kind == "notify")
        send(scope, effect, arguments);
    else if (effect.kind == "pack")
        pack(scope, effect, arguments);
    else
        throw Error(ErrorKind::internal, "an effect of unknown kind '" + effect.kind + "'");
}

/// The workflow is told ("error.render.contrat"); when it does not care, the effect stays behind as
/// an incident and nothing else has changed.
void Service::State::fail(const AccessScope& scope, const EffectRow& effect, const Error& error) {
    Settlement settlement = claim(effect);
    settlement.failed = true;
    settlement.problem = public_problem(error);
    try {
        commit_system(scope, effect.dossier, [&](Loaded& loaded) -> std::optional<Act> {
            const json::Value arguments = json::parse(
                loaded.vault.open("effect.arguments." + effect.key, effect.arguments), "effect");
            const std::string document = arguments.string_or("document", "");
            Deed deed =
                system_deed("error." + effect.kind + (document.empty() ? "" : "." + document),
                            json::Object{{"document", document}, {"message", error.what()}},
                            around.clock.now());
            Consequence consequence = advance(loaded.place(), loaded.situation, deed);
            State::require_done(consequence.result, deed);
            if (!consequence.result.handled) {
                around.repository.settle_effect(scope, settlement, effect.dossier, {});
                return std::nullopt;
            }
            Extras extras;
            extras.settles = settlement;
            Outcome ignored;
            return build(loaded, deed, std::move(consequence), std::move(extras), ignored);
        });
    } catch (const Error& second) {
        if (second.code() == "effect_taken" || second.code() == "erased")
            return;  // settled already
        if (second.kind() == ErrorKind::unavailable || second.code() == "stale_version") throw;
        around.repository.settle_effect(scope, settlement, effect.dossier, {});
    }
}

std::size_t Service::run_effects(const AccessScope& scope, std::size_t limit) {
    std::size_t settled = 0;
    for (std::size_t turn = 0; turn < limit; ++turn) {
        const Instant now = state_->around.clock.now();
        const auto effect = state_->around.repository.claim_effect(scope, now, now + lease);
        if (!effect) break;
        std::optional<Error> failure;
        try {
            state_->carry_out(scope, *effect);
        } catch (const Error& error) {
            failure = error;
        } catch (const std::exception& error) {  // must not be tried for ever either
            failure = Error(ErrorKind::internal, error.what());
        }
        if (failure && failure->code() == "effect_taken") continue;  // its lease ran out
        const bool again =
            failure &&
            (failure->kind() == ErrorKind::unavailable || failure->code() == "stale_base") &&
            effect->attempts < most_attempts;
        if (again) {
            Settlement settlement = claim(*effect);
            settlement.problem = public_problem(*failure);
            const auto pause = std::chrono::minutes(
                std::min<std::int64_t>(std::int64_t{1} << (effect->attempts - 1), 24 * 60));
            state_->around.repository.postpone_effect(scope, settlement, now + pause);
            continue;
        }
        if (failure) state_->fail(scope, *effect, *failure);
        ++settled;
    }
    return settled;
}

std::size_t Service::State::raise_due(const AccessScope& scope, const std::string& dossier,
                                      Instant now) {
    std::size_t raised = 0;
    for (bool more = true; more;)
        commit_system(scope, dossier, [&](Loaded& loaded) -> std::optional<Act> {
            const std::vector<workflow::Deadline> fallen = workflow::due(
                loaded.situation.snapshot, locale::to_local(now, loaded.row.zone).date);
            more = !fallen.empty();
            if (!more) return std::nullopt;
            if (raised == most_deadlines)
                throw Error(ErrorKind::conflict, "the deadlines of the dossier never end", {},
                            "correct the dates of the kind", "endless_deadlines");
            const Deed deed = system_deed(
                fallen.front().event, json::Object{{"day", fallen.front().at.to_string()}}, now);
            Consequence consequence = advance(loaded.place(), loaded.situation, deed);
            State::require_done(consequence.result, deed);
            Outcome ignored;
            Act act = build(loaded, deed, std::move(consequence), {}, ignored);
            ++raised;
            return act;
        });
    return raised;
}

/// The worker may lag or have been down: nobody acts in a situation that a deadline has ended.
Loaded Service::State::load_current(const AccessScope& scope, const std::string& dossier) {
    Loaded loaded = load(scope, dossier);
    const Instant now = around.clock.now();
    if (!loaded.row.due || *loaded.row.due > now) return loaded;
    try {
        raise_due(scope, dossier, now);
    } catch (const Error& error) {  // one that cannot be raised is the worker's to report
        if (error.kind() == ErrorKind::unavailable) throw;
    }
    return load(scope, dossier);
}

std::size_t Service::fire_due(const AccessScope& scope, std::size_t limit) {
    std::size_t fired = 0;
    const Instant now = state_->around.clock.now();
    std::map<std::string, State::Late> late;
    {
        std::lock_guard lock(state_->mutex);
        late = state_->late;
    }
    // Those that cannot be raised stay the earliest: they must not fill the list.
    for (const std::string& dossier :
         state_->around.repository.due_dossiers(scope, now, limit + late.size())) {
        if (const auto known = late.find(dossier); known != late.end() && known->second.again > now)
            continue;
        try {
            fired += state_->raise_due(scope, dossier, now);
            std::lock_guard lock(state_->mutex);
            state_->late.erase(dossier);
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::unavailable && error.code() != "kind_missing") throw;
            // One dossier whose workflow cannot take its deadline must not hold up the others.
            std::lock_guard lock(state_->mutex);
            state_->late[dossier] = {public_problem(error), now + late_pause};
        }
    }
    if (fired > 0) state_->notify_worker();
    return fired;
}

std::optional<Instant> Service::next_due(const AccessScope& scope) const {
    return state_->around.repository.next_due(scope);
}

}  // namespace paraphe::contract
