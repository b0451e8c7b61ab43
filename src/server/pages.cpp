#include <algorithm>
#include <functional>

#include "base/error.hpp"
#include "base/markup.hpp"
#include "contract/kind_shelf.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "locale/french.hpp"
#include "locale/zone.hpp"
#include "server/files.hpp"
#include "server/page.hpp"
#include "server/routes.hpp"

namespace paraphe::server {

namespace {

using expression::List;
using expression::Map;
using expression::Value;

Value map(std::initializer_list<std::pair<const char*, Value>> entries) {
    Map out;
    for (const auto& [key, value] : entries)
        out.set(Value(key), value);
    return Value(std::move(out));
}

Response redirect(const std::string& location) {
    Response out{303, "text/plain; charset=utf-8", {}, {}};
    out.set("Location", location);
    return out;
}

/// "25 novembre 2026 à 08:10", in the dossier's zone.
std::string moment(Instant at, const std::string& zone) {
    const auto local = locale::to_local(at, zone);
    return locale::long_date(local.date) + " à " + local.time.substr(0, 5);
}

std::string joined(const std::vector<contract::StateLabel>& states) {
    std::string out;
    for (const auto& state : states)
        out += (out.empty() ? "" : ", ") + state.label;
    return out;
}

// --- logging in and out -------------------------------------------------------------------------

Response show_login(Site&, const Call& call) {
    Map data;
    data.set("titre", "Connexion");
    data.set("erreur", "");
    data.set("identifiant", "");
    return page("connexion", std::move(data), call);
}

Response post_login(Site& site, const Call& call) {
    std::string login, password;
    for (const auto& [name, value] : read_form(call.request.body)) {
        if (name == "identifiant") login = value;
        if (name == "mot_de_passe") password = value;
    }
    try {
        const Session session = log_in(site, login, password, std::chrono::hours(12));
        Response out = redirect("/dossiers");
        out.set("Set-Cookie", session_cookie(site) + "=" + session.secret +
                                  "; Path=/; HttpOnly; SameSite=Strict" +
                                  (site.secure_cookies ? "; Secure" : ""));
        return out;
    } catch (const Error& error) {
        Map data;
        data.set("titre", "Erreur : connexion");
        data.set("erreur", error.problem() + ".");
        data.set("identifiant", login);
        return page("connexion", std::move(data), call, status_of(error));
    }
}

Response post_logout(Site& site, const Call& call) {
    site.accounts.revoke_token(call.caller.scope, crypto::sha256(call.secret));
    Response out = redirect("/connexion");
    out.set("Set-Cookie", session_cookie(site) + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0" +
                              (site.secure_cookies ? "; Secure" : ""));
    out.set("Clear-Site-Data", "\"cache\"");  // pictures of pages are kept as long as a session
    return out;
}

// --- dossiers -----------------------------------------------------------------------------------

Response home(Site&, const Call&) {
    return redirect("/dossiers");
}

Response list_dossiers(Site& site, const Call& call) {
    const auto found =
        site.service.list(call.caller, {}, call.request.parameter("suite").value_or(""), 50);
    std::vector<Value> rows;
    for (const auto& dossier : found.items) {
        const auto full = site.service.dossier(call.caller, dossier.id);
        rows.push_back(
            map({{"id", dossier.id},
                 {"reference", dossier.reference},
                 {"situation", joined(full.states)},
                 {"echeance",
                  dossier.due
                      ? locale::long_date(
                            locale::to_local(*dossier.due - std::chrono::microseconds(1), full.zone)
                                .date)
                      : std::string("–")},
                 {"modifie", moment(dossier.updated, full.zone)}}));
    }
    Map data;
    data.set("titre", "Dossiers");
    data.set("dossiers", Value(std::move(rows)));
    data.set("suite", url_encode(found.next));
    return page("dossiers", std::move(data), call);
}

/// What the page asks for before an action: nothing, some words, or the whole data.
std::string entry_of(const std::string& event, const std::string& form) {
    if (event == "edit") return "donnees";
    return form.empty() ? "" : "texte";
}

std::string prompt_of(const std::string& form) {
    return form == "motif" ? "Motif" : "Compte rendu";
}

/// Why there is a version, in words.
std::string cause_in_words(const kind::Kind& kind, const std::string& cause) {
    if (cause == "rendered") return "produit";
    if (cause == "sealed") return "scellé";
    return cause.starts_with("signed.") ? "signé : " + kind.slot_title(cause.substr(7)) : cause;
}

std::string sentence_of(const kind::Kind& kind, const contract::JournalLine& line) {
    const auto starts = [&](std::string_view prefix) {
        return line.type.substr(0, prefix.size()) == prefix;
    };
    if (line.type == "created" || line.type == "create") return "Dossier ouvert";
    if (starts("rendered.")) return "Document produit : " + line.type.substr(9);
    if (starts("signed.")) return "Signé : " + kind.slot_title(line.type.substr(7));
    if (starts("refused.")) return "Refus consigné : " + kind.slot_title(line.type.substr(8));
    if (starts("deadline.")) return "Échéance : " + line.type.substr(9);
    if (starts("sealed.")) return "Scellé par l’organisation : " + line.type.substr(7);
    if (starts("packed.")) return "Envoi préparé : " + kind.slot_title(line.type.substr(7));
    return line.type;
}

/// The labels that the chart gives to what people do.
std::map<std::string, std::string> labels_of(const workflow::Definition& chart) {
    std::map<std::string, std::string> out;
    for (const auto& transition : chart.transitions)
        if (!transition.by.empty() && !transition.label.empty())
            for (const auto& event : transition.events)
                out.emplace(event, transition.label);
    return out;
}

Response show_dossier_with(Site& site, const Call& call, const std::string& message,
                           const std::string& error, int status) {
    const std::string& id = call.at("id");
    const auto dossier = site.service.dossier(call.caller, id);
    std::vector<Value> states, actions, signatures, documents, deadlines, packs, history;
    for (const auto& state : dossier.states)
        states.emplace_back(state.label);

    const auto kind = site.kinds.pinned(dossier.kind_hash);
    auto labels = labels_of(kind->workflow);
    for (const auto& action : site.service.actions(call.caller, id)) {
        actions.push_back(map({{"evenement", action.event},
                               {"libelle", action.label},
                               {"permise", action.allowed},
                               {"raison", action.reason},
                               {"loi", action.law},
                               {"saisie", entry_of(action.event, action.form)},
                               {"intitule", prompt_of(action.form)}}));
    }
    const auto& roles = call.caller.actor.roles;
    for (const auto& slot : dossier.slots) {
        const char* state = "";
        switch (slot.state) {
            case contract::Slot::State::waiting:
                state = "attendue";
                break;
            case contract::Slot::State::signed_:
                state = "signé";
                break;
            case contract::Slot::State::withdrawn:
                state = "retirée";
                break;
            case contract::Slot::State::refused:
                state = "refusée";
                break;
        }
        const bool handles =
            std::find(roles.begin(), roles.end(), role_of_slot(slot.slot)) != roles.end();
        signatures.push_back(
            map({{"emplacement", slot.slot},
                 {"nom", kind->slot_title(slot.slot)},
                 {"etat", state},
                 {"depuis", moment(slot.since, dossier.zone)},
                 {"peut_refuser", handles && slot.state == contract::Slot::State::waiting}}));
    }
    std::map<std::string, std::uint32_t> newest;
    for (const auto& version : dossier.documents)
        newest[version.document] = std::max(newest[version.document], version.number);
    for (auto version = dossier.documents.rbegin(); version != dossier.documents.rend(); ++version)
        documents.push_back(
            map({{"titre", version->document},
                 {"numero", std::int64_t(version->number)},
                 {"cause", cause_in_words(*kind, version->cause)},
                 {"date", moment(version->at, dossier.zone)},
                 {"derniere", newest[version->document] == version->number},
                 {"lien", "/dossiers/" + id + "/documents/" + url_encode(version->document) + "/" +
                              std::to_string(version->number)}}));
    for (const auto& deadline : dossier.deadlines)
        deadlines.push_back(
            map({{"jour", locale::long_date(deadline.day)},
                 {"libelle", deadline.label.empty() ? deadline.event : deadline.label}}));
    for (const auto& pack : site.service.packs(call.caller, id))
        packs.push_back(map({{"fichier", pack.file_name},
                             {"destinataire", kind->slot_title(pack.audience)},
                             {"date", moment(pack.at, dossier.zone)},
                             {"lien", "/dossiers/" + id + "/envois/" + url_encode(pack.id)}}));
    for (const auto& line : site.service.journal(call.caller, id))
        history.push_back(
            map({{"date", moment(line.at, dossier.zone)},
                 {"quoi", labels.count(line.type) ? labels[line.type] : sentence_of(*kind, line)},
                 {"qui", line.actor_name}}));

    Map data;
    data.set("titre", (error.empty() ? "" : "Erreur : ") + dossier.reference);
    data.set("message", message);
    data.set("erreur", error);
    data.set("dossier", map({{"id", id},
                             {"reference", dossier.reference},
                             {"procedure", dossier.kind_title},
                             {"version", std::to_string(dossier.version)},
                             {"etats", Value(std::move(states))}}));
    data.set("donnees", json::write_pretty(dossier.data));
    data.set("actions", Value(std::move(actions)));
    data.set("signatures", Value(std::move(signatures)));
    data.set("documents", Value(std::move(documents)));
    data.set("echeances", Value(std::move(deadlines)));
    data.set("envois", Value(std::move(packs)));
    data.set("frise", Value(std::move(history)));
    return page("dossier", std::move(data), call, status);
}

Response show_dossier(Site& site, const Call& call) {
    return show_dossier_with(site, call, call.request.parameter("fait") ? "C’est enregistré." : "",
                             "", 200);
}

/// The version that the form was made for stands in the form, as If-Match does in the API.
contract::Caller caller_of_form(const Call& call, const Fields& form) {
    contract::Caller caller = call.caller;
    for (const auto& [name, value] : form)
        if (name == "version" && !value.empty() && value.size() < 19 &&
            std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
            caller.expected_version = std::stoull(value);
    if (!caller.expected_version)
        throw Error(ErrorKind::malformed_input, "le formulaire est incomplet", {},
                    "rechargez la page et recommencez", "precondition_required");
    return caller;
}

Response done_or_explained(Site& site, const Call& call, const std::function<void()>& act) {
    try {
        act();
        return redirect("/dossiers/" + call.at("id") + "?fait=1");
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::not_found || error.kind() == ErrorKind::internal) throw;
        const std::string sentence =
            error.code() == "stale_version"
                ? "Le dossier a changé entre-temps. Voici son état actuel ; rien n’a été "
                  "enregistré."
                : error.problem() + (error.remedy().empty() ? "" : " — " + error.remedy());
        return show_dossier_with(site, call, "", sentence, status_of(error));
    }
}

Response post_action(Site& site, const Call& call) {
    const Fields form = read_form(call.request.body);
    return done_or_explained(site, call, [&] {
        contract::Event event;
        event.name = call.at("event");
        json::Object words;
        for (const auto& [name, value] : form) {
            if (name == "donnees") event.data = json::parse(value, "formulaire");
            if (name == "texte") words.set("texte", value);
        }
        if (event.data.is_null() && !words.empty()) event.data = std::move(words);
        site.service.act(caller_of_form(call, form), call.at("id"), event);
    });
}

Response post_refusal(Site& site, const Call& call) {
    const Fields form = read_form(call.request.body);
    const std::string role = role_of_slot(call.at("slot"));
    const auto& roles = call.caller.actor.roles;
    if (std::find(roles.begin(), roles.end(), role) == roles.end())
        throw Error(ErrorKind::forbidden, "le rôle " + role + " consigne ce refus", {}, {}, "role");
    return done_or_explained(site, call, [&] {
        std::string reason;
        for (const auto& [name, value] : form)
            if (name == "texte") reason = value;
        site.service.refuse(caller_of_form(call, form), call.at("id"), call.at("slot"), reason);
    });
}

// --- files --------------------------------------------------------------------------------------

std::uint32_t number_of(const std::string& text) {
    if (const auto number = parse_number(text)) return *number;
    throw Error(ErrorKind::not_found, "cette page n’existe pas");
}

Response file(Site& site, const Call& call, contract::FileFormat format) {
    return version_file(site, call.caller, call.at("id"), call.at("document"),
                        number_of(call.at("number")), format);
}

Response show_pdf(Site& site, const Call& call) {
    return file(site, call, contract::FileFormat::pdf);
}

Response show_odt(Site& site, const Call& call) {
    return file(site, call, contract::FileFormat::odt);
}

Response show_page(Site& site, const Call& call) {
    return page_picture(site, call, call.at("id"), call.at("document"),
                        number_of(call.at("number")), call.at("page"));
}

/// The pages one below the other, each with its text for who cannot see the picture.
Response show_pages(Site& site, const Call& call) {
    const std::string& id = call.at("id");
    const std::string name = call.at("document") + ", version " + call.at("number");
    const std::string folder = "/dossiers/" + id + "/documents/" + url_encode(call.at("document")) +
                               "/" + call.at("number") + "/pages/";
    const auto preview =
        site.service.preview(call.caller, id, call.at("document"), number_of(call.at("number")));
    const auto& pages = preview->pages();
    Map data;
    data.set("titre", name);
    Response out = page("haut", data, call);
    out.body += "<p class=\"liens\"><a href=\"/dossiers/" + id + "\">← Le dossier</a></p>\n<h1>" +
                escaped_markup(name) + "</h1>\n";
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        out.body +=
            "<section class=\"carte\" aria-labelledby=\"page-" + number + "\">\n<h2 id=\"page-" +
            number + "\">Page " + number + " sur " + std::to_string(pages.size()) +
            "</h2>\n<img class=\"page\" src=\"" + folder + pages[i].name +
            ".svg\" alt=\"Image de la page " + number +
            " ; son texte suit.\">\n<details><summary>Texte de la page " + number +
            "</summary>\n<div class=\"texte\" role=\"region\" aria-label=\"Texte de la page " +
            number + "\" tabindex=\"0\">" + pages[i].html + "</div></details>\n</section>\n";
    }
    out.body += page("bas", std::move(data), call).body;
    return out;
}

Response show_pack(Site& site, const Call& call) {
    return pack_file(site, call.caller, call.at("id"), call.at("pack"), "envoi.asice");
}

Response kept_file(const char* content_type, const std::string& name) {
    Response out{200, content_type, {}, web_file(name)};
    out.set("Cache-Control", "max-age=3600");
    return out;
}

Response show_style(Site&, const Call&) {
    return kept_file("text/css; charset=utf-8", "paraphe.css");
}

Response show_icon(Site&, const Call&) {
    return kept_file("image/svg+xml", "paraphe.svg");
}

Response show_health(Site&, const Call&) {
    return {200, "text/plain; charset=utf-8", {}, "ok\n"};
}

}  // namespace

const std::vector<Route>& page_routes() {
    using enum Access;
    static const std::vector<Route> routes{
        {"GET", "/", anybody, home, "To the dossiers"},
        {"GET", "/healthz", anybody, show_health, "The process answers"},
        {"GET", "/static/paraphe.css", anybody, show_style, "Style sheet"},
        {"GET", "/static/paraphe.svg", anybody, show_icon, "Icon"},
        {"GET", "/connexion", anybody, show_login, "Log-in form"},
        {"POST", "/connexion", anybody, post_login, "Log in"},
        {"POST", "/deconnexion", member, post_logout, "Log out"},
        {"GET", "/dossiers", member, list_dossiers, "Dossiers"},
        {"GET", "/dossiers/{id}", member, show_dossier, "One dossier"},
        {"POST", "/dossiers/{id}/actes/{event}", member, post_action, "Do an action"},
        {"POST", "/dossiers/{id}/refus/{slot}", member, post_refusal, "Record a refusal"},
        {"GET", "/dossiers/{id}/documents/{document}/{number}.pdf", member, show_pdf, "PDF"},
        {"GET", "/dossiers/{id}/documents/{document}/{number}.odt", member, show_odt, "ODT"},
        {"GET", "/dossiers/{id}/documents/{document}/{number}/pages", member, show_pages,
         "All pages with their text"},
        {"GET", "/dossiers/{id}/documents/{document}/{number}/pages/{page}.svg", member, show_page,
         "Picture of a page"},
        {"GET", "/dossiers/{id}/envois/{pack}", member, show_pack, "A partner's pack"},
    };
    return routes;
}

}  // namespace paraphe::server
