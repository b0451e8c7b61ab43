#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"

struct x509_st;      // OpenSSL's X509
struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace paraphe::crypto {

/// How a key signs; follows from the key of the certificate. ECDSA values are DER
/// (Ecdsa-Sig-Value, RFC 3279) everywhere but in XML (raw_ecdsa).
enum class SignatureAlgorithm { rsa_pkcs1_sha256, ecdsa_sha256, ecdsa_sha384 };

/// An X.509 certificate (RFC 5280); a value, cheap to copy.
class Certificate {
public:
    /// Throws Error{malformed_input} unless exactly one DER certificate of at most 64 KiB.
    static Certificate from_der(ByteView);
    /// The first certificate of a PEM text. Throws Error{malformed_input}.
    static Certificate from_pem(std::string_view);
    /// All certificates of a PEM text, or the one of a DER file; at most 1,000. Throws
    /// Error{malformed_input} when there is none.
    static std::vector<Certificate> read_all(ByteView pem_or_der);

    Bytes der() const;
    std::string pem() const;
    /// RFC 2253, UTF-8: "CN=Sceau de l'association,O=…".
    std::string subject() const;
    std::string issuer() const;
    /// The common name, or the whole subject without one.
    std::string common_name() const;
    /// Decimal.
    std::string serial() const;
    Instant not_before() const;
    Instant not_after() const;
    bool valid_at(Instant) const;
    bool self_issued() const;
    /// SHA-256 of the DER form.
    Sha256 fingerprint() const;
    /// Throws Error{malformed_input} for a key that paraphe does not sign with (RSA under 2048
    /// bits, curves other than P-256 and P-384, other algorithms).
    SignatureAlgorithm algorithm() const;

    bool operator==(const Certificate&) const;

    /// For crypto/ alone.
    explicit Certificate(std::shared_ptr<x509_st> handle) : handle_(std::move(handle)) {}
    x509_st* handle() const { return handle_.get(); }

private:
    std::shared_ptr<x509_st> handle_;
};

}  // namespace paraphe::crypto
