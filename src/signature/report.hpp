#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "crypto/certificate.hpp"

/// What a verification says. A bad signature is a value, never an exception.
namespace paraphe::signature {

using paraphe::to_string;

enum class Verdict { valid, indeterminate, invalid };  // from good to bad
std::string to_string(Verdict);                        ///< "valid", …
std::string french(Verdict);                           ///< "valide", "indéterminée", "non valide"

/// One observation. `code` is stable and English ("hash_mismatch"); `text` is a French sentence for
/// whoever reads the report; `effect` is the worst verdict that it still allows (valid: a note).
struct Finding {
    Verdict effect = Verdict::valid;
    std::string code;
    std::string text;
};

/// The codes of verification, each with its French sentence. `detail` goes into the sentence where
/// it has a place for it.
Finding finding(std::string_view code, const std::string& detail = {});

/// One signature of the file.
struct SignatureReport {
    std::string format;  ///< "PAdES", "PKCS#7", "XAdES", "CAdES", "RFC 3161"
    std::string level;   ///< "B-B", empty when it is none of the levels
    std::string place;   ///< field name, Id of the XML signature, name of the signature file
    Verdict verdict = Verdict::valid;
    std::vector<Finding> findings;

    std::string signer;  ///< common name of the certificate, empty when unknown
    std::optional<crypto::Certificate> certificate;
    std::optional<Instant> claimed_at;   ///< what the signer says; nobody else vouches for it
    std::string name, reason, location;  ///< as written in a PDF

    std::string covers;                ///< French: "tout le fichier", "la révision 1 sur 3"
    std::vector<std::string> covered;  ///< entries of a container, in the order of the signature
    std::vector<std::string> added_after;  ///< French, one line a later revision

    void add(Finding);  ///< and lets the verdict sink
};

struct ValidationReport {
    std::string format;                       ///< "PDF", "ODF", "ASiC-E"
    std::vector<SignatureReport> signatures;  ///< in the order of signing, as far as it shows
    std::vector<Finding> findings;            ///< about the file as a whole
    std::vector<std::string> empty_fields;    ///< signature slots of a PDF not yet filled

    /// The worst of all signatures and findings; indeterminate when there is no signature.
    Verdict verdict() const;
};

/// Several lines of French for a terminal.
std::string to_text(const ValidationReport&);

}  // namespace paraphe::signature
