#pragma once

#include <string>

#include "kind/kind.hpp"

/// A small kind in memory, sound unless a test spoils it.
namespace paraphe::kind::testing {

inline Bytes flat_document(const std::string& paragraph) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document "
           "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
           "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
           "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
           "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\" "
           "office:mimetype=\"application/vnd.oasis.opendocument.text\">"
           "<office:meta><dc:title>Essai</dc:title></office:meta>"
           "<office:styles><style:default-style style:family=\"paragraph\">"
           "<style:text-properties fo:language=\"fr\" fo:country=\"FR\"/></style:default-style>"
           "</office:styles><office:body><office:text>"
           "<text:p>" +
           paragraph + "</text:p></office:text></office:body></office:document>";
}

inline Files files() {
    Files out;
    out["workflow.scxml"] =
        "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" xmlns:p=\"urn:paraphe:workflow:1\" "
        "version=\"1.0\" datamodel=\"paraphe\" name=\"essai\" p:title=\"Essai\">\n"
        "<state id=\"draft\" p:label=\"Brouillon\">\n"
        "<onentry><p:render document=\"contrat\" template=\"essai/contrat.fodt\"/></onentry>\n"
        "<transition event=\"submit\" p:by=\"referent\" p:label=\"Soumettre\" target=\"signing\" "
        "cond=\"dossier is complet and dossier.mois ≥ 6\" p:else=\"Six mois au moins.\"/>\n"
        "</state>\n"
        "<state id=\"signing\" p:label=\"En signature\">\n"
        "<onentry><p:sign document=\"contrat\" slot=\"beneficiaire\"/>"
        "<p:notify role=\"referent\" template=\"essai/a-signer\"/>"
        "<p:deadline event=\"deadline.end\" at=\"terme(dossier.debut, dossier.mois)\"/></onentry>\n"
        "<transition event=\"signed.beneficiaire\" target=\"signed\"/>\n"
        "<transition event=\"refused.beneficiaire deadline.end\" target=\"draft\"/>\n"
        "</state>\n<final id=\"signed\" p:label=\"Signé\"/></scxml>";
    out["schema.json"] =
        "{\"title\": \"Essai\", \"type\": \"object\", "
        "\"required\": [\"debut\", \"mois\", \"nom\"], \"properties\": {"
        "\"debut\": {\"title\": \"Début\", \"type\": \"string\", \"format\": \"date\"}, "
        "\"mois\": {\"title\": \"Durée\", \"type\": \"integer\"}, "
        "\"nom\": {\"title\": \"Nom\", \"type\": \"string\"}}}";
    out["parameters.json"] =
        "{\"kind\": \"essai\", \"preavis\": 15, \"revisions\": ["
        "{\"from\": \"2026-01-01\", \"source\": \"barème 2026\", \"plafond\": 20519}, "
        "{\"from\": \"2025-01-01\", \"source\": \"barème 2025\", \"plafond\": 19000, \"preavis\": "
        "10}]}";
    out["samples/un.json"] = "{\"debut\": \"2026-01-31\", \"mois\": 12, \"nom\": \"Lefèvre\"}";
    out["templates/contrat.fodt"] = flat_document(
        "{{ nom }} : {{ mois }} mois. {% include \"clauses/recours\" %}{{ "
        "signature(\"beneficiaire\") }}");
    out["clauses/recours.fodt"] = flat_document("Recours.");
    out["clauses/inutile.fodt"] = flat_document("Rien.");
    out["messages/a-signer.txt"] = "Le contrat de {{ dossier.nom }} est à signer.\n";
    return out;
}

}  // namespace paraphe::kind::testing
