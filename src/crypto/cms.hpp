#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/signer.hpp"

/// CMS SignedData with the signed attributes of CAdES B-B (ETSI EN 319 122-1 §5, RFC 5652):
/// content-type, message-digest, signing-certificate-v2, and signing-time where it is asked for.
/// PAdES forbids that one (EN 319 142-1 §6.3), CAdES B-B wants it; OpenSSL always adds it.
namespace paraphe::crypto {

/// What a signature will be made over, before the key is asked.
struct CadesRequest {
    Bytes signed_attributes;  ///< DER SET OF Attribute: what the key signs
    SignatureAlgorithm algorithm = SignatureAlgorithm::rsa_pkcs1_sha256;
    std::vector<Certificate> certificates;  ///< signer's first
};

/// `content_digest` was made with digest_of(certificate.algorithm()).
CadesRequest prepare_cades(ByteView content_digest, const Certificate& certificate,
                           const std::vector<Certificate>& chain,
                           std::optional<Instant> signing_time = {});
/// Puts the signature value (ECDSA in DER) in place: a DER ContentInfo, detached. Throws
/// Error{forbidden, code "wrong_signature"} when the value does not fit the request.
Bytes finish_cades(const CadesRequest&, ByteView signature_value);
/// Both at once.
Bytes sign_cades(ByteView content, const Signer&, std::optional<Instant> signing_time = {});

/// The length of the DER element at the start of `bytes`; 0 when it does not fit in. PDF pads a CMS
/// with zeros.
std::size_t der_length(ByteView bytes);

/// What a detached CMS says, and whether it holds over the content.
struct CmsVerdict {
    bool readable = false;     ///< one SignedData with exactly one signer
    bool digest_fits = false;  ///< message-digest is that of the content
    bool signature_fits = false;
    bool certificate_bound = false;  ///< signing-certificate(-v2) names the signer's certificate
    bool has_signing_time = false;   ///< the signed attribute that PAdES forbids
    bool weak_digest = false;        ///< SHA-1 or older
    std::optional<Instant> signing_time;
    std::string problem;  ///< why not readable
    std::optional<Certificate> signer;
    std::vector<Certificate> certificates;
};

/// `parts` are the pieces of the content in order. Never throws for a bad CMS: that is a verdict.
CmsVerdict verify_cms(ByteView cms, const std::vector<ByteView>& parts);

}  // namespace paraphe::crypto
