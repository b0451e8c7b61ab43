#include "server/api_json.hpp"

#include "base/bytes.hpp"
#include "json/json.hpp"
#include "server/http.hpp"

namespace paraphe::server {

using json::Array;
using json::Object;
using json::Value;

Value strings(const std::vector<std::string>& items) {
    Array out;
    for (const auto& item : items)
        out.emplace_back(item);
    return out;
}

Value version_json(const std::string& dossier, const contract::Version& version) {
    Object out;
    out.set("document", version.document);
    out.set("number", static_cast<std::int64_t>(version.number));
    out.set("cause", version.cause);
    out.set("at", to_string(version.at));
    out.set("pdf_sha256", version.pdf.hex());
    out.set("odt_sha256", version.odt.hex());
    out.set("slots", strings(version.slots));
    out.set("href", "/api/v1/documents/" + dossier + "." + version.document + "/versions/" +
                        std::to_string(version.number));
    return out;
}

Value page_json(const contract::PageView& page, const std::string& picture) {
    Object out;
    out.set("label", page.label);
    out.set("name", page.name);
    out.set("picture", picture);
    out.set("text", page.text);
    out.set("html", page.html);
    return out;
}

Value kind_json(const kind::Kind& kind) {
    Object out;
    out.set("name", kind.name);
    out.set("title", kind.title());
    out.set("hash", kind.manifest.hash.hex());
    return out;
}

Value summary_json(const contract::DossierSummary& dossier) {
    Object out;
    out.set("id", dossier.id);
    out.set("reference", dossier.reference);
    out.set("kind", dossier.kind);
    out.set("states", strings(dossier.states));
    out.set("finished", dossier.finished);
    out.set("version", static_cast<std::int64_t>(dossier.version));
    out.set("created", to_string(dossier.created));
    out.set("updated", to_string(dossier.updated));
    out.set("due", dossier.due ? Value(to_string(*dossier.due)) : Value());
    return out;
}

Value action_json(const contract::Action& action) {
    Object out;
    out.set("event", action.event);
    out.set("label", action.label);
    out.set("form", action.form);
    out.set("law", action.law);
    out.set("allowed", action.allowed);
    out.set("reason", action.reason.empty() ? Value() : Value(action.reason));
    out.set("depends_on_form", action.depends_on_form);
    return out;
}

Value line_json(const contract::JournalLine& line) {
    Object out;
    out.set("seq", static_cast<std::int64_t>(line.seq));
    out.set("at", to_string(line.at));
    out.set("type", line.type);
    out.set("actor", line.actor);
    out.set("actor_name", line.actor_name);
    out.set("body", line.body);
    out.set("hash", line.hash.hex());
    return out;
}

Value pack_json(const contract::PackView& pack, const std::string& dossier) {
    Object out;
    out.set("id", pack.id);
    out.set("document", pack.document);
    out.set("audience", pack.audience);
    out.set("file_name", pack.file_name);
    out.set("at", to_string(pack.at));
    out.set("size", static_cast<std::int64_t>(pack.size));
    out.set("sha256", pack.hash.hex());
    out.set("href", "/api/v1/dossiers/" + dossier + "/packs/" + url_encode(pack.id));
    return out;
}

Value message_json(const contract::MessageView& message) {
    Object out;
    out.set("id", message.id);
    out.set("at", to_string(message.at));
    out.set("role", message.role);
    out.set("slot", message.slot);
    out.set("subject", message.subject);
    out.set("text", message.text);
    return out;
}

Value incident_json(const contract::Incident& incident) {
    Object out;
    out.set("key", incident.key);
    out.set("kind", incident.kind);
    out.set("problem", incident.problem);
    out.set("attempts", static_cast<std::int64_t>(incident.attempts));
    out.set("final", incident.final);
    return out;
}

Value dossier_json(const contract::Dossier& dossier) {
    Object out;
    out.set("id", dossier.id);
    out.set("reference", dossier.reference);
    out.set("kind", dossier.kind);
    out.set("kind_title", dossier.kind_title);
    out.set("kind_hash", dossier.kind_hash.hex());
    out.set("version", static_cast<std::int64_t>(dossier.version));
    out.set("revision", static_cast<std::int64_t>(dossier.revision));
    out.set("finished", dossier.finished);
    out.set("erased", dossier.erased);
    out.set("created", to_string(dossier.created));
    out.set("updated", to_string(dossier.updated));
    Array states;
    for (const auto& state : dossier.states) {
        Object item;
        item.set("id", state.id);
        item.set("label", state.label);
        states.emplace_back(std::move(item));
    }
    out.set("states", std::move(states));
    Array slots;
    for (const auto& slot : dossier.slots) {
        Object item;
        item.set("document", slot.document);
        item.set("slot", slot.slot);
        item.set("assurance", slot.assurance);
        item.set("state", contract::to_string(slot.state));
        item.set("since", to_string(slot.since));
        if (!slot.signatory.empty()) item.set("signatory", slot.signatory);
        slots.emplace_back(std::move(item));
    }
    out.set("slots", std::move(slots));
    Array documents;
    for (const auto& version : dossier.documents)
        documents.push_back(version_json(dossier.id, version));
    out.set("documents", std::move(documents));
    Array deadlines;
    for (const auto& deadline : dossier.deadlines) {
        Object item;
        item.set("event", deadline.event);
        item.set("label", deadline.label);
        item.set("day", deadline.day.to_string());
        deadlines.emplace_back(std::move(item));
    }
    out.set("deadlines", std::move(deadlines));
    out.set("data", dossier.data);
    return out;
}

Value audit_json(const contract::AuditReport& report) {
    Object out;
    out.set("state", report.state);
    out.set("links", static_cast<std::int64_t>(report.links));
    out.set("broken", static_cast<std::int64_t>(report.broken));
    out.set("problem", report.problem.empty() ? Value() : Value(report.problem));
    out.set("snapshot_matches", report.snapshot_matches);
    out.set("documents_match", report.documents_match);
    return out;
}

Value to_sign_json(const contract::ToSign& to_sign) {
    Object out;
    out.set("token", to_sign.token);
    out.set("signed_attributes", to_base64(to_sign.signed_attributes));
    switch (to_sign.algorithm) {
        case crypto::SignatureAlgorithm::rsa_pkcs1_sha256:
            out.set("algorithm", "RS256");
            break;
        case crypto::SignatureAlgorithm::ecdsa_sha256:
            out.set("algorithm", "ES256");
            break;
        case crypto::SignatureAlgorithm::ecdsa_sha384:
            out.set("algorithm", "ES384");
            break;
    }
    out.set("document", to_sign.document);
    out.set("version", static_cast<std::int64_t>(to_sign.version));
    out.set("pdf_sha256", to_sign.pdf.hex());
    out.set("expires", to_string(to_sign.expires));
    return out;
}

Value outcome_json(const contract::Outcome& outcome) {
    Object out;
    out.set("id", outcome.dossier);
    out.set("reference", outcome.reference);
    out.set("version", static_cast<std::int64_t>(outcome.version));
    out.set("states", strings(outcome.states));
    out.set("finished", outcome.finished);
    out.set("repeated", outcome.repeated);
    return out;
}

}  // namespace paraphe::server
