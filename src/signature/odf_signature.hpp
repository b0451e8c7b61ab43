#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "crypto/signer.hpp"

/// Signatures of OpenDocument packages: META-INF/documentsignatures.xml (OpenDocument 1.3 part 2
/// §5.2) with XAdES-B-B (ETSI EN 319 132-1). Every entry is signed but directories and META-INF/
/// (the manifest is); several signers stand side by side, each over the same entries.
namespace paraphe::signature {

struct OdfPreparation {
    Sha256 base;
    Bytes to_sign;  ///< canonical SignedInfo
    crypto::SignatureAlgorithm algorithm = crypto::SignatureAlgorithm::ecdsa_sha256;
    std::optional<crypto::Certificate> certificate;
    Bytes package;             ///< the package before this signature
    Bytes signatures;          ///< documentsignatures.xml, complete but for the value
    std::size_t value_at = 0;  ///< where the value goes in it
};

/// `at` is SigningTime; the certificate must be valid then (errors as pades::prepare). Throws
/// Error{malformed_input} for what is no ODF package, carries a DTD, has unsafe or non-ASCII entry
/// names (LibreOffice cannot verify these).
OdfPreparation prepare_odf(Bytes package, const std::string& source, Instant at,
                           const crypto::Certificate&,
                           const std::vector<crypto::Certificate>& chain);
/// As pades::embed.
Bytes embed_odf(const OdfPreparation&, const Sha256& current, ByteView signature_value);
Bytes odf_sign(Bytes package, const std::string& source, Instant at, const crypto::Signer&);

}  // namespace paraphe::signature
