#include "signature/report.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace paraphe::signature {

namespace {

struct Known {
    std::string_view code;
    Verdict effect;
    std::string_view text;  ///< "%" stands for the detail
};

constexpr Verdict note = Verdict::valid;
constexpr Verdict doubt = Verdict::indeterminate;
constexpr Verdict bad = Verdict::invalid;

constexpr std::array known{
    // The signature itself.
    Known{"hash_mismatch", bad, "Le contenu signé a été modifié après la signature.%"},
    Known{"bad_signature_value", bad,
          "La valeur de signature ne correspond pas à la clé du signataire."},
    Known{"certificate_not_bound", bad,
          "La signature ne désigne pas le certificat qui l'accompagne."},
    Known{"unreadable_signature", bad, "La signature est illisible : %."},
    Known{"unsupported_format", doubt, "Ce format de signature n'est pas pris en charge : %."},
    Known{"weak_digest", doubt, "La signature repose sur une empreinte obsolète."},
    Known{"signing_time_attribute", doubt,
          "La signature porte l'attribut signing-time, que PAdES interdit."},
    Known{"missing_reference", bad, "Un élément signé est absent : « % »."},
    // The certificate.
    Known{"no_trust_anchor", doubt,
          "Le certificat ne remonte à aucune autorité de confiance connue."},
    Known{"certificate_expired", doubt,
          "Un certificat avait expiré à la date de vérification et rien ne prouve que la signature "
          "est antérieure."},
    Known{"certificate_not_yet_valid", doubt,
          "Un certificat n'était pas encore valable à la date de vérification."},
    Known{"certificate_forbidden_use", doubt,
          "Le certificat n'est pas destiné à signer des documents."},
    Known{"certificate_chain_broken", doubt,
          "La chaîne de certificats ne peut pas être établie : %."},
    Known{"claimed_time_outside_validity", doubt,
          "La date indiquée par le signataire est hors de la période de validité de son "
          "certificat."},
    // PDF.
    Known{"odd_byte_range", bad, "L'étendue signée du PDF est irrégulière : %."},
    Known{"odd_contents", bad, "La valeur de signature du PDF est mal formée : %."},
    Known{"trailing_bytes", bad, "% octets ont été ajoutés après la fin du PDF, hors signature."},
    Known{"changed_after_signing", bad, "Le document a été modifié après cette signature : %."},
    Known{"unexamined_changes", doubt,
          "Des ajouts postérieurs à la signature n'ont pas pu être examinés : %."},
    Known{"unsigned_revision", note,
          "La dernière révision du fichier n'est couverte par aucune signature."},
    Known{"xfa_form", doubt, "Le PDF contient un formulaire XFA, qui peut afficher autre chose."},
    Known{"script", doubt, "Le PDF contient des actions automatiques ou du JavaScript."},
    // Containers.
    Known{"unsigned_entry", bad, "Le fichier « % » n'est couvert par aucune signature."},
    Known{"not_covered", bad, "Cette signature ne couvre pas « % »."},
    Known{"dtd", bad, "Une partie signée contient une DTD : « % »."},
    // The whole file.
    Known{"no_signature", doubt, "Le fichier ne porte aucune signature."},
};

std::string cross(Verdict verdict) {
    switch (verdict) {
        case Verdict::valid:
            return "·";
        case Verdict::indeterminate:
            return "?";
        case Verdict::invalid:
            return "✗";
    }
    return {};
}

}  // namespace

std::string to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::valid:
            return "valid";
        case Verdict::indeterminate:
            return "indeterminate";
        case Verdict::invalid:
            return "invalid";
    }
    return {};
}

std::string french(Verdict verdict) {
    switch (verdict) {
        case Verdict::valid:
            return "valide";
        case Verdict::indeterminate:
            return "indéterminée";
        case Verdict::invalid:
            return "non valide";
    }
    return {};
}

Finding finding(std::string_view code, const std::string& detail) {
    for (const Known& entry : known) {
        if (entry.code != code) continue;
        std::string text(entry.text);
        if (const auto at = text.find('%'); at != std::string::npos) text.replace(at, 1, detail);
        return {entry.effect, std::string(code), std::move(text)};
    }
    throw Error(ErrorKind::internal, "no finding of the code '" + std::string(code) + "'");
}

void SignatureReport::add(Finding one) {
    verdict = std::max(verdict, one.effect);
    findings.push_back(std::move(one));
}

Verdict ValidationReport::verdict() const {
    Verdict worst = signatures.empty() ? Verdict::indeterminate : Verdict::valid;
    for (const SignatureReport& signature : signatures)
        worst = std::max(worst, signature.verdict);
    for (const Finding& one : findings)
        worst = std::max(worst, one.effect);
    return worst;
}

std::string to_text(const ValidationReport& report) {
    std::string out;
    for (const SignatureReport& one : report.signatures) {
        out += "Signature " + french(one.verdict) + " — " + one.format;
        if (!one.level.empty()) out += " " + one.level;
        if (!one.place.empty()) out += ", « " + one.place + " »";
        out += "\n";
        if (!one.signer.empty()) out += "  Signataire : " + one.signer + "\n";
        if (one.claimed_at)
            out += "  Date indiquée par le signataire : " + to_string(*one.claimed_at) + "\n";
        if (!one.covers.empty()) out += "  Couvre : " + one.covers + "\n";
        for (const Finding& what : one.findings)
            out += "  " + cross(what.effect) + " " + what.text + " [" + what.code + "]\n";
        for (const std::string& line : one.added_after)
            out += "  Ajouté ensuite : " + line + "\n";
    }
    for (const Finding& what : report.findings)
        out += cross(what.effect) + " " + what.text + " [" + what.code + "]\n";
    for (const std::string& field : report.empty_fields)
        out += "Emplacement de signature encore vide : « " + field + " »\n";
    return out;
}

}  // namespace paraphe::signature
