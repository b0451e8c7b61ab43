#include <algorithm>

#include "base/error.hpp"
#include "contract/kind_shelf.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "server/routes.hpp"

namespace paraphe::server {

namespace {

using json::Array;
using json::Object;
using json::Value;

Value body_of(const Call& call) {
    return json::parse(call.request.body, "request body");
}

std::string text_of(const Value& body, const char* name) {
    const Value* found = body.find(name);
    if (found == nullptr || !found->is_string())
        throw Error(ErrorKind::malformed_input,
                    "the body lacks the text \"" + std::string(name) + "\"");
    return found->as_string();
}

std::uint32_t number_of(const std::string& text) {
    std::uint32_t out = 0;
    if (text.empty() || text.size() > 9 ||
        !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        throw Error(ErrorKind::not_found, "there is no number " + text);
    for (char c : text)
        out = out * 10 + static_cast<std::uint32_t>(c - '0');
    return out;
}

std::string etag(std::uint64_t version) {
    return "\"" + std::to_string(version) + "\"";
}

Value strings(const std::vector<std::string>& items) {
    Array out;
    for (const auto& item : items)
        out.emplace_back(item);
    return out;
}

void require_version(const Call& call) {
    if (!call.caller.expected_version)
        throw Error(ErrorKind::malformed_input, "If-Match is missing", {},
                    "send the ETag of the dossier as you last read it", "precondition_required");
}

Response outcome_response(const contract::Outcome& outcome, int status) {
    Object body;
    body.set("id", outcome.dossier);
    body.set("reference", outcome.reference);
    body.set("version", static_cast<std::int64_t>(outcome.version));
    body.set("states", strings(outcome.states));
    body.set("finished", outcome.finished);
    body.set("repeated", outcome.repeated);
    Response out = json_response(std::move(body), status);
    out.set("ETag", etag(outcome.version));
    if (status == 201) out.set("Location", "/api/v1/dossiers/" + outcome.dossier);
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

// --- sessions -----------------------------------------------------------------------------------

Response create_session(Site& site, const Call& call) {
    const Value body = body_of(call);
    const Session session =
        log_in(site, text_of(body, "login"), text_of(body, "password"), std::chrono::hours(12));
    Object out;
    out.set("token", session.secret);
    out.set("expires", to_string(session.expires));
    out.set("name", session.user.name);
    out.set("roles", strings(session.user.roles));
    return json_response(std::move(out), 201);
}

Response delete_session(Site& site, const Call& call) {
    site.accounts.revoke_token(call.caller.scope, crypto::sha256(call.secret));
    return {204, {}, {}, {}};
}

// --- kinds --------------------------------------------------------------------------------------

Value kind_json(const kind::Kind& kind) {
    Object out;
    out.set("name", kind.name);
    out.set("title", kind.title());
    out.set("hash", kind.manifest.hash.hex());
    return out;
}

Response list_kinds(Site& site, const Call&) {
    Array items;
    for (const auto& kind : site.kinds.list())
        items.push_back(kind_json(*kind));
    Object out;
    out.set("items", std::move(items));
    return json_response(std::move(out));
}

Response show_kind(Site& site, const Call& call) {
    const auto kinds = site.kinds.list();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) {
        return kind->name == call.at("kind");
    });
    if (found == kinds.end())
        throw Error(ErrorKind::not_found, "there is no kind " + call.at("kind"), {},
                    "see /api/v1/kinds");
    Value out = kind_json(**found);
    out.as_object().set("schema", (*found)->schema_json);
    return json_response(out);
}

// --- dossiers -----------------------------------------------------------------------------------

Response create_dossier(Site& site, const Call& call) {
    const Value body = body_of(call);
    contract::NewDossier made;
    made.kind = text_of(body, "kind");
    made.data = body.at("data");
    made.reference = body.string_or("reference", "");
    made.agency = body.string_or("agency", call.caller.scope.agency);
    made.zone = body.string_or("zone", made.zone);
    const auto outcome = site.service.create(call.caller, made);
    return outcome_response(outcome, outcome.repeated ? 200 : 201);
}

Response list_dossiers(Site& site, const Call& call) {
    contract::DossierFilter filter;
    filter.kind = call.request.parameter("kind").value_or("");
    filter.state = call.request.parameter("state").value_or("");
    if (const auto finished = call.request.parameter("finished"))
        filter.finished = *finished == "true";
    const std::size_t limit =
        std::clamp<std::size_t>(number_of(call.request.parameter("limit").value_or("50")), 1, 200);
    const auto page = site.service.list(call.caller, filter,
                                        call.request.parameter("cursor").value_or(""), limit);
    Array items;
    for (const auto& dossier : page.items) {
        Object item;
        item.set("id", dossier.id);
        item.set("reference", dossier.reference);
        item.set("kind", dossier.kind);
        item.set("states", strings(dossier.states));
        item.set("finished", dossier.finished);
        item.set("version", static_cast<std::int64_t>(dossier.version));
        item.set("created", to_string(dossier.created));
        item.set("updated", to_string(dossier.updated));
        item.set("due", dossier.due ? Value(to_string(*dossier.due)) : Value());
        items.emplace_back(std::move(item));
    }
    Object out;
    out.set("items", std::move(items));
    out.set("next", page.next.empty() ? Value() : Value(page.next));
    return json_response(std::move(out));
}

Response show_dossier(Site& site, const Call& call) {
    const auto dossier = site.service.dossier(call.caller, call.at("id"));
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
    Response response = json_response(std::move(out));
    response.set("ETag", etag(dossier.version));
    return response;
}

Response list_actions(Site& site, const Call& call) {
    Array items;
    for (const auto& action : site.service.actions(call.caller, call.at("id"))) {
        Object item;
        item.set("event", action.event);
        item.set("label", action.label);
        item.set("form", action.form);
        item.set("law", action.law);
        item.set("allowed", action.allowed);
        item.set("reason", action.reason.empty() ? Value() : Value(action.reason));
        item.set("depends_on_form", action.depends_on_form);
        items.emplace_back(std::move(item));
    }
    Object out;
    out.set("items", std::move(items));
    return json_response(std::move(out));
}

Response post_event(Site& site, const Call& call) {
    require_version(call);
    const Value body = body_of(call);
    contract::Event event;
    event.name = text_of(body, "event");
    if (const Value* data = body.find("data")) event.data = *data;
    return outcome_response(site.service.act(call.caller, call.at("id"), event), 200);
}

Response show_journal(Site& site, const Call& call) {
    const auto after = number_of(call.request.parameter("after").value_or("0"));
    Array items;
    for (const auto& line : site.service.journal(call.caller, call.at("id"), after)) {
        Object item;
        item.set("seq", static_cast<std::int64_t>(line.seq));
        item.set("at", to_string(line.at));
        item.set("type", line.type);
        item.set("actor", line.actor);
        item.set("actor_name", line.actor_name);
        item.set("body", line.body);
        item.set("hash", line.hash.hex());
        items.emplace_back(std::move(item));
    }
    Object out;
    out.set("items", std::move(items));
    return json_response(std::move(out));
}

Response show_audit(Site& site, const Call& call) {
    const auto report = site.service.audit(call.caller, call.at("id"));
    Object out;
    out.set("state", report.state);
    out.set("links", static_cast<std::int64_t>(report.links));
    out.set("broken", static_cast<std::int64_t>(report.broken));
    out.set("problem", report.problem.empty() ? Value() : Value(report.problem));
    out.set("snapshot_matches", report.snapshot_matches);
    out.set("documents_match", report.documents_match);
    return json_response(std::move(out));
}

// --- signatures ---------------------------------------------------------------------------------

void check_slot(const Call& call) {
    const std::string role = role_of_slot(call.at("slot"));
    const auto& roles = call.caller.actor.roles;
    if (std::find(roles.begin(), roles.end(), role) == roles.end())
        throw Error(ErrorKind::forbidden,
                    "the signature of " + call.at("slot") + " is handled by the role " + role, {},
                    {}, "role");
}

Response prepare_signature(Site& site, const Call& call) {
    check_slot(call);
    const Value body = body_of(call);
    const auto certificates = crypto::Certificate::read_all(text_of(body, "certificate"));
    const auto to_sign = site.service.prepare_signature(
        call.caller, call.at("id"), call.at("slot"), certificates.front(),
        {certificates.begin() + 1, certificates.end()});
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
    return json_response(std::move(out), 201);
}

Response complete_signature(Site& site, const Call& call) {
    check_slot(call);
    const Value body = body_of(call);
    return outcome_response(site.service.complete_signature(
                                call.caller, call.at("id"), call.at("slot"), text_of(body, "token"),
                                from_base64(text_of(body, "signature"))),
                            200);
}

Response refuse_signature(Site& site, const Call& call) {
    check_slot(call);
    require_version(call);
    const Value body = body_of(call);
    return outcome_response(site.service.refuse(call.caller, call.at("id"), call.at("slot"),
                                                body.string_or("reason", "")),
                            200);
}

// --- documents, packs, messages -----------------------------------------------------------------

/// "UUID.contrat"
std::pair<std::string, std::string> document_of(const Call& call) {
    const std::string& id = call.at("document");
    const auto dot = id.find('.');
    if (dot == std::string::npos)
        throw Error(ErrorKind::not_found, "a document is named DOSSIER.DOCUMENT");
    return {id.substr(0, dot), id.substr(dot + 1)};
}

Response show_version(Site& site, const Call& call) {
    const auto [dossier, document] = document_of(call);
    return json_response(version_json(dossier, site.service.version(call.caller, dossier, document,
                                                                    number_of(call.at("number")))));
}

Response file_of(Site& site, const Call& call, contract::FileFormat format) {
    const auto [dossier, document] = document_of(call);
    const std::uint32_t number = number_of(call.at("number"));
    const bool pdf = format == contract::FileFormat::pdf;
    Response out{200,
                 pdf ? "application/pdf" : "application/vnd.oasis.opendocument.text",
                 {},
                 site.service.file(call.caller, dossier, document, number, format)};
    out.set("Content-Disposition", "attachment; filename=\"" + url_encode(document) + "-" +
                                       std::to_string(number) + (pdf ? ".pdf" : ".odt") + "\"");
    return out;
}

Response show_pdf(Site& site, const Call& call) {
    return file_of(site, call, contract::FileFormat::pdf);
}

Response show_odt(Site& site, const Call& call) {
    return file_of(site, call, contract::FileFormat::odt);
}

Response show_page(Site& site, const Call& call) {
    const auto [dossier, document] = document_of(call);
    Response out{200,
                 "image/svg+xml",
                 {},
                 site.service.page_svg(call.caller, dossier, document, number_of(call.at("number")),
                                       static_cast<int>(number_of(call.at("page"))))};
    out.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    return out;
}

Response list_packs(Site& site, const Call& call) {
    Array items;
    for (const auto& pack : site.service.packs(call.caller, call.at("id"))) {
        Object item;
        item.set("id", pack.id);
        item.set("document", pack.document);
        item.set("audience", pack.audience);
        item.set("file_name", pack.file_name);
        item.set("at", to_string(pack.at));
        item.set("size", static_cast<std::int64_t>(pack.size));
        item.set("sha256", pack.hash.hex());
        item.set("href", "/api/v1/dossiers/" + call.at("id") + "/packs/" + url_encode(pack.id));
        items.emplace_back(std::move(item));
    }
    Object out;
    out.set("items", std::move(items));
    return json_response(std::move(out));
}

Response show_pack(Site& site, const Call& call) {
    Response out{200,
                 "application/vnd.etsi.asic-e+zip",
                 {},
                 site.service.pack_file(call.caller, call.at("id"), call.at("pack"))};
    out.set("Content-Disposition", "attachment; filename=\"pack.asice\"");
    return out;
}

Response list_messages(Site& site, const Call& call) {
    Array items;
    for (const auto& message : site.service.messages(call.caller, call.at("id"))) {
        Object item;
        item.set("id", message.id);
        item.set("at", to_string(message.at));
        item.set("role", message.role);
        item.set("slot", message.slot);
        item.set("subject", message.subject);
        item.set("text", message.text);
        items.emplace_back(std::move(item));
    }
    Object out;
    out.set("items", std::move(items));
    return json_response(std::move(out));
}

Response list_incidents(Site& site, const Call& call) {
    Array items;
    for (const auto& incident : site.service.incidents(call.caller)) {
        Object item;
        item.set("key", incident.key);
        item.set("kind", incident.kind);
        item.set("problem", incident.problem);
        item.set("attempts", static_cast<std::int64_t>(incident.attempts));
        item.set("final", incident.final);
        items.emplace_back(std::move(item));
    }
    Object out;
    out.set("items", std::move(items));
    return json_response(std::move(out));
}

// --- users --------------------------------------------------------------------------------------

Response create_user(Site& site, const Call& call) {
    const Value body = body_of(call);
    contract::User user;
    user.login = text_of(body, "login");
    user.name = text_of(body, "name");
    user.password_hash = hash_password(text_of(body, "password"), site.random, site.password_cost);
    user.organisation = call.caller.scope.organisation;
    user.agency = body.string_or("agency", "");
    for (const auto& role : body.at("roles").as_array())
        user.roles.push_back(role.as_string());
    user.created = site.clock.now();
    const auto stored = site.accounts.create_user(call.caller.scope, user);
    Object out;
    out.set("id", stored.id);
    out.set("login", stored.login);
    out.set("roles", strings(stored.roles));
    return json_response(std::move(out), 201);
}

}  // namespace

const std::vector<Route>& api_routes() {
    using enum Access;
    static const std::vector<Route> routes{
        {"POST", "/api/v1/sessions", anybody, create_session, "Log in; gives a bearer token"},
        {"DELETE", "/api/v1/sessions/current", member, delete_session, "Log out"},
        {"GET", "/api/v1/kinds", member, list_kinds, "Kinds of contract"},
        {"GET", "/api/v1/kinds/{kind}", member, show_kind, "One kind with its data schema"},
        {"GET", "/api/v1/dossiers", member, list_dossiers, "Dossiers, newest change first"},
        {"POST", "/api/v1/dossiers", member, create_dossier, "Open a dossier"},
        {"GET", "/api/v1/dossiers/{id}", member, show_dossier, "One dossier"},
        {"GET", "/api/v1/dossiers/{id}/actions", member, list_actions,
         "What may be done now, and why the rest may not"},
        {"POST", "/api/v1/dossiers/{id}/events", member, post_event, "Do one of the actions"},
        {"GET", "/api/v1/dossiers/{id}/journal", member, show_journal, "The journal"},
        {"GET", "/api/v1/dossiers/{id}/audit", member, show_audit, "Verify the evidence"},
        {"GET", "/api/v1/dossiers/{id}/messages", member, list_messages, "Messages sent"},
        {"GET", "/api/v1/dossiers/{id}/packs", member, list_packs, "Packs for partners"},
        {"GET", "/api/v1/dossiers/{id}/packs/{pack}", member, show_pack, "One pack (ASiC-E)"},
        {"POST", "/api/v1/dossiers/{id}/signatures/{slot}/prepare", member, prepare_signature,
         "What the signatory's key has to sign"},
        {"POST", "/api/v1/dossiers/{id}/signatures/{slot}/complete", member, complete_signature,
         "Embed the signature made elsewhere"},
        {"POST", "/api/v1/dossiers/{id}/signatures/{slot}/refusal", member, refuse_signature,
         "Record that the party refuses to sign"},
        {"GET", "/api/v1/documents/{document}/versions/{number}", member, show_version,
         "One version"},
        {"GET", "/api/v1/documents/{document}/versions/{number}/file.pdf", member, show_pdf,
         "Its PDF"},
        {"GET", "/api/v1/documents/{document}/versions/{number}/file.odt", member, show_odt,
         "Its ODT"},
        {"GET", "/api/v1/documents/{document}/versions/{number}/pages/{page}.svg", member,
         show_page, "One page as a picture"},
        {"GET", "/api/v1/incidents", administrator, list_incidents,
         "Effects that could not be carried out"},
        {"POST", "/api/v1/users", administrator, create_user, "Create an account"},
    };
    return routes;
}

}  // namespace paraphe::server
