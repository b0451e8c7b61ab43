#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "crypto/cms.hpp"
#include "crypto/signer.hpp"
#include "pdf/pdf.hpp"

/// PAdES baseline signatures (ETSI EN 319 142-1): one incremental revision a signatory, but
/// for a seal made while the file is written.
namespace paraphe::signature {

/// The technical level; the levels with time-stamps and revocation data follow.
enum class Level { b_b };

}  // namespace paraphe::signature

namespace paraphe::signature::pades {

/// What the field shows on paper. Empty lines are left out; without a face the field keeps the
/// appearance that it has.
struct Visible {
    text::FacePtr face;
    std::string name;      ///< "Awa Sarr"
    std::string capacity;  ///< "directrice de l'association"
    std::string date;  ///< in words, from the caller's locale; empty: day, time and "UTC" of `at`
    std::string reason;
    pdf::Strokes strokes;
};

struct Request {
    std::string field;  ///< an empty signature field of the file
    Level level = Level::b_b;
    Instant at;                          ///< goes into /M; the certificate must be valid then
    std::string name, reason, location;  ///< entries of the signature dictionary, UTF-8
    Visible visible;
};

/// What is signed and where the value goes. Equal inputs give equal values, so a service may keep
/// the request alone and prepare again.
struct Preparation {
    Sha256 base;    ///< of the file that was prepared
    Bytes to_sign;  ///< give this to the key; it digests it as `algorithm` says
    crypto::SignatureAlgorithm algorithm = crypto::SignatureAlgorithm::ecdsa_sha256;
    pdf::PreparedSignature file;
    crypto::CadesRequest cades;
};

/// Throws Error{not_found} "no_such_field", Error{conflict} "already_signed" or "certified",
/// Error{forbidden} "certificate_expired" or "certificate_not_yet_valid".
Preparation prepare(const pdf::File&, const Request&, const crypto::Certificate&,
                    const std::vector<crypto::Certificate>& chain, pdf::FontCache&);

/// The signed file. `current` names what is now the newest version of the document: throws
/// Error{conflict} "stale_base" when that is not what was prepared, Error{forbidden}
/// "wrong_signature" when the value (ECDSA in DER) was made over something else or by another key.
Bytes embed(const Preparation&, const Sha256& current, ByteView signature_value);

/// Both with a key at hand.
Bytes sign(const pdf::File&, const Request&, const crypto::Signer&, pdf::FontCache&);

/// The pages as a file with one signature that is made while it is written: no revision before it,
/// nothing read again. Errors as above and of pdf::write.
Bytes seal(const layout::Pages&, const Request&, const crypto::Signer&, pdf::FontCache&,
           const pdf::WriteOptions& = {});

/// What seal() gave, when the pages and the request (with its name) are those of then: made again
/// with the value that it has, without the key. For proofs.
Bytes sealed_again(const layout::Pages&, const Request&, const pdf::Signature& seal,
                   pdf::FontCache&, const pdf::WriteOptions& = {});

}  // namespace paraphe::signature::pades
