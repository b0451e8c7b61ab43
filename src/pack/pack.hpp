#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "crypto/signer.hpp"
#include "crypto/trust.hpp"
#include "signature/report.hpp"

/// Partner packs: what a Département or another partner receives. In: files and facts as plain
/// values, already chosen for that audience. Out: one ASiC-E container sealed by the organisation
/// (ETSI EN 319 162-1) which is a BagIt bag when unzipped (RFC 8493), with an index that opens in a
/// spreadsheet and a page that opens in a browser.
namespace paraphe::pack {

/// One file under data/contrats/<reference>/.
struct File {
    std::string name;  ///< ASCII, no slash: "contrat.pdf", "contrat.odt", "donnees.json"
    Bytes bytes;
    std::string media_type;
    std::string title;  ///< French, for the index: "Contrat signé (PDF)"
};

/// A signature as the index names it.
struct SignatureLine {
    std::string capacity;  ///< "Département"
    std::string date;      ///< YYYY-MM-DD, empty: not signed
    std::string level;     ///< "B-B"
};

struct Contract {
    std::string reference;  ///< of the measure, ASCII: "MASP-2026-0042"; never a person's name
    int version = 1;
    std::string type;                  ///< "MASP 1"
    std::string status;                ///< "nouveau", "avenant", "renouvellement", "fin", "annulé"
    std::string start, end;            ///< YYYY-MM-DD, empty when unknown
    std::vector<std::string> parties;  ///< as far as this audience may read them
    std::vector<SignatureLine> signatures;
    std::vector<File> files;
};

struct Organisation {
    std::string name;
    std::string siret;    ///< may be empty
    std::string contact;  ///< postal or electronic address, may be empty
};

struct Metadata {
    std::string pack_id;             ///< unique, ASCII: "pack-000012" or a UUID
    int sequence = 1;                ///< in the series of this recipient
    std::optional<Sha256> previous;  ///< the pack before it in the series
    std::string supersedes;          ///< pack_id of the pack that this one replaces, or empty
    std::string reason = "initial";  ///< "initial", "complément", "rectificatif", "réémission"
    Organisation sender, recipient;
    std::string legal_basis;  ///< "CASF, art. L271-1"
    Instant generated_at;
    std::string software;  ///< "paraphe 0.1.0"
};

struct Content {
    Metadata metadata;
    std::vector<Contract> contracts;
    /// More files directly under data/preuves/: checkpoint, journal, policy.
    std::vector<File> evidence;
};

/// All but the seal: a pure function of the content.
struct Prepared {
    struct Entry {
        std::string name;
        Bytes bytes;
        std::string media_type;
    };
    std::vector<Entry> entries;  ///< of the bag, in the order of the container
    Bytes to_seal;               ///< the ASiCManifest, over which the CMS is made
};

/// Throws Error{malformed_input} for a reference or file name that is not plain ASCII, empty or
/// doubled, and for a pack without any contract.
Prepared prepare(const Content&);
/// The container with a seal that was made over `to_seal`: rebuilt with the stored seal, the same
/// bytes as the first time. The CMS comes from crypto::sign_cades with its signing time. Throws
/// Error{forbidden} "wrong_signature" when the seal does not fit.
Bytes seal(const Prepared&, ByteView cms);
/// Both with the organisation's key at hand.
Bytes build(const Content&, const crypto::Signer&);

/// What a recipient checks: the seal, every file against the bag's manifests, nothing missing,
/// nothing more than listed.
struct Report {
    signature::ValidationReport seal;
    std::vector<signature::Finding> findings;
    std::string pack_id;                 ///< of bag-info.txt
    std::vector<std::string> payload;    ///< names under data/
    signature::Verdict verdict() const;  ///< the worst of seal and findings
};

/// Throws Error{malformed_input} for what is no readable container.
Report verify(Bytes, const std::string& source, const crypto::TrustStore&, Instant at);

/// "lot_<siret>_<recipient>_<AAAA-MM>_<sequence>.asice": the file name of a pack, ASCII.
std::string file_name(const Metadata&);

}  // namespace paraphe::pack
