#include <algorithm>

#include "base/error.hpp"
#include "contract/kind_shelf.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "server/api_json.hpp"
#include "server/files.hpp"
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
    if (const auto number = parse_number(text)) return *number;
    throw Error(ErrorKind::not_found, "there is no number " + text);
}

std::string etag(std::uint64_t version) {
    return "\"" + std::to_string(version) + "\"";
}

Response items_response(Array items) {
    Object out;
    out.set("items", std::move(items));
    return json_response(std::move(out));
}

void require_version(const Call& call) {
    if (!call.caller.expected_version)
        throw Error(ErrorKind::malformed_input, "If-Match is missing", {},
                    "send the ETag of the dossier as you last read it", "precondition_required");
}

Response outcome_response(const contract::Outcome& outcome, int status) {
    Response out = json_response(outcome_json(outcome), status);
    out.set("ETag", etag(outcome.version));
    if (status == 201) out.set("Location", "/api/v1/dossiers/" + outcome.dossier);
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

Response list_kinds(Site& site, const Call&) {
    Array items;
    for (const auto& kind : site.kinds.list())
        items.push_back(kind_json(*kind));
    return items_response(std::move(items));
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
    for (const auto& dossier : page.items)
        items.push_back(summary_json(dossier));
    Object out;
    out.set("items", std::move(items));
    out.set("next", page.next.empty() ? Value() : Value(page.next));
    return json_response(std::move(out));
}

Response show_dossier(Site& site, const Call& call) {
    const auto dossier = site.service.dossier(call.caller, call.at("id"));
    Response response = json_response(dossier_json(dossier));
    response.set("ETag", etag(dossier.version));
    return response;
}

Response list_actions(Site& site, const Call& call) {
    Array items;
    for (const auto& action : site.service.actions(call.caller, call.at("id")))
        items.push_back(action_json(action));
    return items_response(std::move(items));
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
    for (const auto& line : site.service.journal(call.caller, call.at("id"), after))
        items.push_back(line_json(line));
    return items_response(std::move(items));
}

Response show_audit(Site& site, const Call& call) {
    return json_response(audit_json(site.service.audit(call.caller, call.at("id"))));
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
    return json_response(to_sign_json(to_sign), 201);
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
    return version_file(site, call.caller, dossier, document, number_of(call.at("number")), format);
}

Response show_pdf(Site& site, const Call& call) {
    return file_of(site, call, contract::FileFormat::pdf);
}

Response show_odt(Site& site, const Call& call) {
    return file_of(site, call, contract::FileFormat::odt);
}

Response show_page(Site& site, const Call& call) {
    const auto [dossier, document] = document_of(call);
    return page_picture(site, call, dossier, document, number_of(call.at("number")),
                        call.at("page"));
}

Response list_pages(Site& site, const Call& call) {
    const auto [dossier, document] = document_of(call);
    const std::string folder = "/api/v1/documents/" + url_encode(dossier + "." + document) +
                               "/versions/" + call.at("number") + "/pages/";
    const auto preview =
        site.service.preview(call.caller, dossier, document, number_of(call.at("number")));
    Array items;
    for (const auto& page : preview->pages())
        items.push_back(page_json(page, folder + page.name + ".svg"));
    return items_response(std::move(items));
}

Response list_packs(Site& site, const Call& call) {
    Array items;
    for (const auto& pack : site.service.packs(call.caller, call.at("id")))
        items.push_back(pack_json(pack, call.at("id")));
    return items_response(std::move(items));
}

Response show_pack(Site& site, const Call& call) {
    return pack_file(site, call.caller, call.at("id"), call.at("pack"), "pack.asice");
}

Response list_messages(Site& site, const Call& call) {
    Array items;
    for (const auto& message : site.service.messages(call.caller, call.at("id")))
        items.push_back(message_json(message));
    return items_response(std::move(items));
}

Response list_incidents(Site& site, const Call& call) {
    Array items;
    for (const auto& incident : site.service.incidents(call.caller))
        items.push_back(incident_json(incident));
    return items_response(std::move(items));
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
        {"GET", "/api/v1/documents/{document}/versions/{number}/pages", member, list_pages,
         "Its pages: name, text, address of the picture"},
        {"GET", "/api/v1/documents/{document}/versions/{number}/pages/{page}.svg", member,
         show_page, "One page as a picture, by its number or its name"},
        {"GET", "/api/v1/incidents", administrator, list_incidents,
         "Effects that could not be carried out"},
        {"POST", "/api/v1/users", administrator, create_user, "Create an account"},
    };
    return routes;
}

}  // namespace paraphe::server
