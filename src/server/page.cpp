#include "server/page.hpp"

#include <map>

#include "rules/functions.hpp"
#include "template/template.hpp"

namespace paraphe::server {

extern const std::map<std::string, std::string> web_files;

namespace {

std::optional<tmpl::Clause> load(const std::string& name) {
    const auto found = web_files.find(name + ".html");
    if (found == web_files.end()) return std::nullopt;
    return tmpl::Clause{found->second, name + ".html"};
}

/// Pages are compiled once.
const tmpl::TextTemplate& compiled(const std::string& name) {
    static const std::map<std::string, tmpl::TextTemplate> pages = [] {
        std::map<std::string, tmpl::TextTemplate> out;
        for (const auto& [file, text] : web_files)
            if (file.ends_with(".html"))
                out.emplace(file.substr(0, file.size() - 5),
                            tmpl::compile_text_or_throw(text, file, tmpl::TextMode::html, load));
        return out;
    }();
    return pages.at(name);
}

/// A problem begins without a capital, as messages do; on a page it is a sentence.
std::string sentence(std::string problem) {
    if (!problem.empty() && problem[0] >= 'a' && problem[0] <= 'z')
        problem[0] = static_cast<char>(problem[0] - 32);
    return problem + ".";
}

Response fill(const std::string& name, expression::Map data, const std::string& user,
              const std::string& token, int status) {
    data.set("utilisateur", user);
    data.set("jeton", token);
    return {
        status,
        "text/html; charset=utf-8",
        {},
        tmpl::render_text(compiled(name), expression::Value(std::move(data)), rules::registry())};
}

}  // namespace

const std::string& web_file(const std::string& name) {
    const auto found = web_files.find(name);
    if (found == web_files.end()) throw Error(ErrorKind::not_found, "cette page n’existe pas");
    return found->second;
}

Response page(const std::string& name, expression::Map data, const Call& call, int status) {
    return fill(name, std::move(data), call.user ? call.user->name : "",
                call.user ? form_token(call.secret) : "", status);
}

Response error_page(Site&, const Request&, int status, const Error& error) {
    expression::Map data;
    switch (status) {
        case 404:
            data.set("titre", "Page introuvable");
            break;
        case 403:
            data.set("titre", "Ce n’est pas permis");
            break;
        case 503:
            data.set("titre", "Momentanément indisponible");
            break;
        case 500:
            data.set("titre", "Une erreur est survenue");
            break;
        default:
            data.set("titre", "La demande ne peut pas aboutir");
    }
    // An internal fault may quote what it must not; what is not there is told in English, for
    // programs.
    const char* own = status == 500 ? "Rien n’a été enregistré. Réessayez, puis prévenez "
                                      "l’administrateur."
                      : status == 404 ? "L’adresse est fausse, ou ce qu’elle montrait n’existe pas."
                                      : nullptr;
    data.set("probleme", own != nullptr ? own : sentence(error.problem()));
    data.set("remede", own != nullptr ? "" : error.remedy());
    return fill("erreur", std::move(data), "", "", status);
}

}  // namespace paraphe::server
