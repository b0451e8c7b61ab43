#include "pack/pages.hpp"

#include "base/markup.hpp"
#include "crypto/hash.hpp"
#include "json/json.hpp"

namespace paraphe::pack {

namespace {

std::string cell(const std::string& text) {
    std::string out = "\"";
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts)
        out += (out.empty() ? "" : ", ") + part;
    return out;
}

/// "31/12/2026" of an ISO date; anything else as it is.
std::string french_date(const std::string& iso) {
    const auto date = Date::parse(iso);
    if (!date) return iso;
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string signatures_text(const Contract& contract) {
    std::vector<std::string> parts;
    for (const SignatureLine& one : contract.signatures)
        parts.push_back(one.capacity +
                        (one.date.empty() ? " (non signé)" : " (" + french_date(one.date) + ")"));
    return joined(parts);
}

std::string day(const Metadata& metadata) {
    return french_date(to_string(metadata.generated_at).substr(0, 10));
}

json::Value file_json(const std::string& name, const File& file) {
    return json::Object{{"chemin", name},
                        {"titre", file.title},
                        {"type", file.media_type},
                        {"octets", static_cast<std::int64_t>(file.bytes.size())},
                        {"sha256", crypto::sha256(file.bytes).hex()}};
}

json::Value organisation_json(const Organisation& organisation) {
    json::Object out{{"nom", organisation.name}};
    if (!organisation.siret.empty()) out.set("siret", organisation.siret);
    return out;
}

constexpr const char* style =
    "body{font:1rem/1.5 sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "code{overflow-wrap:anywhere}";

}  // namespace

std::string payload_name(const Contract& contract, const File& file) {
    return "data/contrats/" + contract.reference + "/" + file.name;
}

std::string index_csv(const Content& content) {
    std::string out =
        "\xEF\xBB\xBF"
        "\"Référence\";\"Version\";\"Type\";\"Statut\";\"Début\";\"Fin\";\"Parties\";"
        "\"Signatures\";\"Fichier\";\"Titre\";\"Octets\";\"SHA-256\"\r\n";
    for (const Contract& contract : content.contracts)
        for (const File& file : contract.files) {
            const std::vector<std::string> cells{contract.reference,
                                                 std::to_string(contract.version),
                                                 contract.type,
                                                 contract.status,
                                                 french_date(contract.start),
                                                 french_date(contract.end),
                                                 joined(contract.parties),
                                                 signatures_text(contract),
                                                 payload_name(contract, file).substr(5),
                                                 file.title,
                                                 std::to_string(file.bytes.size()),
                                                 crypto::sha256(file.bytes).hex()};
            for (std::size_t i = 0; i < cells.size(); ++i)
                out += (i == 0 ? "" : ";") + cell(cells[i]);
            out += "\r\n";
        }
    return out;
}

std::string readme_html(const Content& content) {
    const Metadata& metadata = content.metadata;
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Lot " +
        escaped_markup(metadata.pack_id) + "</title>\n<style>" + style +
        "</style>\n</head>\n<body>\n<h1>Lot " + escaped_markup(metadata.pack_id) +
        "</h1>\n<p>Transmis par " + escaped_markup(metadata.sender.name) + " à " +
        escaped_markup(metadata.recipient.name) + ", établi le " + day(metadata) + ".";
    if (!metadata.legal_basis.empty())
        out += " Fondement : " + escaped_markup(metadata.legal_basis) + ".";
    if (!metadata.supersedes.empty())
        out += " Ce lot remplace le lot " + escaped_markup(metadata.supersedes) + ".";
    out +=
        "</p>\n<h2>Contrats</h2>\n<table>\n<thead><tr><th scope=\"col\">Référence</th>"
        "<th scope=\"col\">Type et statut</th><th scope=\"col\">Dates</th>"
        "<th scope=\"col\">Parties</th><th scope=\"col\">Signatures</th>"
        "<th scope=\"col\">Fichiers</th></tr></thead>\n<tbody>\n";
    for (const Contract& contract : content.contracts) {
        out += "<tr><th scope=\"row\">" + escaped_markup(contract.reference) + "<br>version " +
               std::to_string(contract.version) + "</th><td>" + escaped_markup(contract.type) +
               "<br>" + escaped_markup(contract.status) + "</td><td>";
        if (!contract.start.empty()) out += "du " + escaped_markup(french_date(contract.start));
        if (!contract.end.empty()) out += " au " + escaped_markup(french_date(contract.end));
        out += "</td><td>" + escaped_markup(joined(contract.parties)) + "</td><td>" +
               escaped_markup(signatures_text(contract)) + "</td><td>";
        for (const File& file : contract.files)
            out += "<a href=\"" + escaped_markup(payload_name(contract, file).substr(5)) + "\">" +
                   escaped_markup(file.title.empty() ? file.name : file.title) + "</a><br>";
        out += "</td></tr>\n";
    }
    out += "</tbody>\n</table>\n";
    if (!content.evidence.empty()) {
        out += "<h2>Preuves</h2>\n<ul>\n";
        for (const File& file : content.evidence)
            out += "<li><a href=\"preuves/" + escaped_markup(file.name) + "\">" +
                   escaped_markup(file.title.empty() ? file.name : file.title) + "</a></li>\n";
        out += "</ul>\n";
    }
    out += "<h2>Vérifier ce lot</h2>\n<p>Le lot est un fichier ASiC-E scellé par " +
           escaped_markup(metadata.sender.name) +
           ". Chaque PDF porte en outre ses propres signatures. Après décompression, dans le "
           "dossier du lot :</p>\n<ul>\n<li><code>sha256sum -c manifest-sha256.txt</code> contrôle "
           "chaque fichier ;</li>\n<li><code>openssl cms -verify -cades -binary -inform DER -in "
           "META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml -CAfile "
           "autorite.pem</code> contrôle le sceau.</li>\n</ul>\n";
    if (!metadata.sender.contact.empty())
        out += "<p>Contact : " + escaped_markup(metadata.sender.contact) + "</p>\n";
    return out + "</body>\n</html>\n";
}

std::string manifest_json(const Content& content) {
    const Metadata& metadata = content.metadata;
    json::Object out{{"format", "paraphe/pack"},
                     {"version", 1},
                     {"pack_id", metadata.pack_id},
                     {"sequence", metadata.sequence},
                     {"previous_pack_sha256",
                      metadata.previous ? json::Value(metadata.previous->hex()) : json::Value()},
                     {"supersedes", metadata.supersedes.empty() ? json::Value()
                                                                : json::Value(metadata.supersedes)},
                     {"reason", metadata.reason},
                     {"sender", organisation_json(metadata.sender)},
                     {"recipient", organisation_json(metadata.recipient)},
                     {"legal_basis", metadata.legal_basis},
                     {"generated_at", to_string(metadata.generated_at)},
                     {"software", metadata.software}};
    json::Array contracts;
    for (const Contract& contract : content.contracts) {
        json::Array parties, signatures, files;
        for (const std::string& party : contract.parties)
            parties.emplace_back(party);
        for (const SignatureLine& one : contract.signatures)
            signatures.emplace_back(
                json::Object{{"qualite", one.capacity},
                             {"date", one.date.empty() ? json::Value() : json::Value(one.date)},
                             {"niveau", one.level}});
        for (const File& file : contract.files)
            files.push_back(file_json(payload_name(contract, file), file));
        contracts.emplace_back(json::Object{{"reference", contract.reference},
                                            {"version", contract.version},
                                            {"type", contract.type},
                                            {"statut", contract.status},
                                            {"debut", contract.start},
                                            {"fin", contract.end},
                                            {"parties", std::move(parties)},
                                            {"signatures", std::move(signatures)},
                                            {"fichiers", std::move(files)}});
    }
    out.set("contrats", std::move(contracts));
    json::Array evidence;
    for (const File& file : content.evidence)
        evidence.push_back(file_json("data/preuves/" + file.name, file));
    out.set("preuves", std::move(evidence));
    return json::write_pretty(out);
}

}  // namespace paraphe::pack
