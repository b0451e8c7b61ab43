#include <algorithm>

#include "contract/desk.hpp"
#include "contract/service.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"

namespace paraphe::contract {

namespace {

constexpr std::chrono::hours preparation_life(1);

SlotRow waiting_slot(const Repository& repository, const AccessScope& scope,
                     const std::string& dossier, const std::string& slot) {
    for (SlotRow& row : repository.slots(scope, dossier))
        if (row.slot == slot && row.state == "waiting") return std::move(row);
    throw Error(ErrorKind::conflict, "nobody is asked for the signature '" + slot + "' now", {},
                "look at the dossier's slots", "not_waiting");
}

/// A preparation: what the same prepare will need again.
json::Value to_json(const Workshop::SignatureJob& job, const VersionRow& version, const Sha256& pdf,
                    const Actor& actor) {
    json::Array chain;
    for (const crypto::Certificate& issuer : job.chain)
        chain.emplace_back(to_base64(issuer.der()));
    return json::Object{{"document", version.document},
                        {"number", static_cast<std::int64_t>(version.number)},
                        {"pdf", pdf.hex()},
                        {"slot", job.slot},
                        {"actor", actor.id},
                        {"at", paraphe::to_string(job.at)},
                        {"name", job.name},
                        {"reason", job.reason},
                        {"certificate", to_base64(job.certificate.der())},
                        {"chain", chain}};
}

Workshop::SignatureJob job_from_json(const json::Value& value, Bytes pdf) {
    std::vector<crypto::Certificate> chain;
    for (const json::Value& issuer : value.at("chain").as_array())
        chain.push_back(crypto::Certificate::from_der(from_base64(issuer.as_string())));
    return {std::move(pdf),
            value.at("slot").as_string(),
            parse_instant(value.at("at").as_string()).value_or(Instant{}),
            value.at("name").as_string(),
            value.at("reason").as_string(),
            crypto::Certificate::from_der(from_base64(value.at("certificate").as_string())),
            std::move(chain)};
}

Error stale_base(const std::string& document) {
    return Error(ErrorKind::conflict,
                 "the document '" + document + "' has a newer version than the one to sign", {},
                 "prepare the signature again", "stale_base");
}

Error no_preparation() {
    return Error(ErrorKind::not_found, "the preparation is unknown, used or has expired", {},
                 "prepare the signature again", "no_preparation");
}

}  // namespace

ToSign Service::prepare_signature(const Caller& caller, const std::string& dossier,
                                  const std::string& slot, const crypto::Certificate& certificate,
                                  const std::vector<crypto::Certificate>& chain) {
    const auto& around = state_->around;
    const Loaded loaded = state_->load_current(caller.scope, dossier);
    const SlotRow row = waiting_slot(around.repository, caller.scope, dossier, slot);
    const VersionRow version = state_->version(caller.scope, dossier, row.document);
    const Sha256 pdf = state_->details(loaded.vault, version).pdf;
    Workshop::SignatureJob job{
        state_->file(caller.scope, loaded.vault, dossier, version.pdf),
        slot,
        std::chrono::floor<std::chrono::seconds>(around.clock.now()),  // PDF dates end there
        certificate.common_name(),
        {},
        certificate,
        chain};
    Workshop::Prepared prepared = around.workshop.prepare_signature(job);

    const Bytes token = around.random.bytes(32);
    const Instant now = around.clock.now();
    PreparationRow preparation;
    preparation.token_hash = crypto::sha256(token).hex();
    preparation.state =
        loaded.vault.seal("preparation.state." + preparation.token_hash,
                          json::write(to_json(job, version, pdf, caller.actor)), around.random);
    preparation.expires = now + preparation_life;
    around.repository.save_preparation(caller.scope, dossier, preparation, now);

    ToSign out;
    out.token = to_hex(token);
    out.signed_attributes = std::move(prepared.to_sign);
    out.algorithm = prepared.algorithm;
    out.document = row.document;
    out.slot = slot;
    out.version = version.number;
    out.pdf = pdf;
    out.expires = preparation.expires;
    return out;
}

Outcome Service::complete_signature(const Caller& caller, const std::string& dossier,
                                    const std::string& slot, const std::string& token,
                                    ByteView signature_value) {
    const Sha256 request = State::request_digest("sign " + slot, dossier, token);
    return state_->once(caller, request, [&] {
        const auto& around = state_->around;
        const Instant now = around.clock.now();
        const Loaded loaded = state_->load_current(caller.scope, dossier);
        Bytes secret;
        try {
            secret = from_hex(token);
        } catch (const Error&) {  // no token of ours: unknown like any other
        }
        const std::string token_hash = crypto::sha256(secret).hex();
        const auto row = around.repository.preparation(caller.scope, dossier, token_hash, now);
        if (!row) throw no_preparation();
        const json::Value known = json::parse(
            loaded.vault.open("preparation.state." + token_hash, row->state), "preparation");
        const std::string document = known.at("document").as_string();
        // A token serves who prepared it, for the slot that it was prepared for, and nobody else.
        if (known.at("slot").as_string() != slot ||
            known.at("actor").as_string() != caller.actor.id)
            throw no_preparation();
        SlotRow asked = waiting_slot(around.repository, caller.scope, dossier, slot);
        const VersionRow base = state_->version(caller.scope, dossier, document);
        const VersionDetails details = state_->details(loaded.vault, base);
        if (static_cast<std::int64_t>(base.number) != known.at("number").as_int64() ||
            details.pdf.hex() != known.at("pdf").as_string() || asked.document != document)
            throw stale_base(document);

        const Workshop::SignatureJob job =
            job_from_json(known, state_->file(caller.scope, loaded.vault, dossier, base.pdf));
        NewVersion version;
        version.document = document;
        version.number = base.number + 1;
        version.cause = "signed." + slot;
        version.pdf = around.workshop.embed_signature(job, signature_value);
        version.odt = state_->file(caller.scope, loaded.vault, dossier, base.odt);
        version.slots = details.slots;

        Deed deed = system_deed("signed." + slot,
                                json::Object{{"document", document},
                                             {"slot", slot},
                                             {"version", static_cast<std::int64_t>(version.number)},
                                             {"signatory", job.name},
                                             {"certificate", job.certificate.fingerprint().hex()}},
                                now);
        deed.actor = caller.actor.id;
        deed.actor_name = caller.actor.name;
        Consequence consequence = advance(loaded.place(), loaded.situation, deed);
        State::require_done(consequence.result, deed);

        Extras extras;
        asked.state = "signed";
        asked.since = now;
        asked.signatory = loaded.vault.seal("slot.signatory." + slot, job.name, around.random);
        extras.slots.push_back(std::move(asked));
        const auto& signed_slots = consequence.after.facts.signed_slots;
        extras.seal = std::all_of(details.slots.begin(), details.slots.end(),
                                  [&](const auto& field) { return signed_slots.count(field) > 0; });
        extras.seal_document = document;
        extras.versions.push_back(std::move(version));
        extras.uses_preparation = token_hash;
        extras.request = state_->remember(caller, request);
        Outcome outcome;
        around.repository.commit(caller.scope, state_->build(loaded, deed, std::move(consequence),
                                                             std::move(extras), outcome));
        return outcome;
    });
}

Outcome Service::refuse(const Caller& caller, const std::string& dossier, const std::string& slot,
                        const std::string& reason) {
    const Sha256 request = State::request_digest("refuse " + slot, dossier, reason);
    return state_->once(caller, request, [&] {
        const auto& around = state_->around;
        const Loaded loaded = state_->load_current(caller.scope, dossier);
        if (caller.expected_version && *caller.expected_version != loaded.row.version)
            throw Error(ErrorKind::conflict, "the dossier has changed since it was read", {},
                        "read it again, then decide", "stale_version");
        SlotRow asked = waiting_slot(around.repository, caller.scope, dossier, slot);
        Deed deed = system_deed(
            "refused." + slot,
            json::Object{{"document", asked.document}, {"slot", slot}, {"motif", reason}},
            around.clock.now());
        deed.actor = caller.actor.id;
        deed.actor_name = caller.actor.name;
        Consequence consequence = advance(loaded.place(), loaded.situation, deed);
        State::require_done(consequence.result, deed);
        Extras extras;
        asked.state = "refused";
        asked.since = deed.at;
        extras.slots.push_back(std::move(asked));
        extras.request = state_->remember(caller, request);
        Outcome outcome;
        around.repository.commit(caller.scope, state_->build(loaded, deed, std::move(consequence),
                                                             std::move(extras), outcome));
        return outcome;
    });
}

}  // namespace paraphe::contract
