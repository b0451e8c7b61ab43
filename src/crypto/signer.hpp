#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "crypto/certificate.hpp"
#include "crypto/hash.hpp"

namespace paraphe::crypto {

/// Whoever holds a key and signs with it: a PKCS#12 file here, a token or a remote service later.
/// Where the key is out of reach for a call, signature/ has the split form: prepare, signature made
/// elsewhere, embed.
class Signer {
public:
    virtual ~Signer() = default;
    virtual const Certificate& certificate() const = 0;
    /// Issuers that travel with the signature, nearest first, without the signer's own.
    virtual const std::vector<Certificate>& chain() const = 0;
    virtual SignatureAlgorithm algorithm() const { return certificate().algorithm(); }
    /// The signature over `data` (which is digested here, as the algorithm says); ECDSA in DER.
    virtual Bytes sign(ByteView data) const = 0;
};

/// The digest with which `algorithm` digests content and attributes.
Digest digest_of(SignatureAlgorithm);

enum class KeyType { p256, p384, rsa2048, rsa3072 };

/// A private key in memory; a value, cheap to copy.
class PrivateKey {
public:
    static PrivateKey generate(KeyType);
    Bytes sign(ByteView data, SignatureAlgorithm) const;

    /// For crypto/ alone.
    explicit PrivateKey(std::shared_ptr<evp_pkey_st> handle) : handle_(std::move(handle)) {}
    evp_pkey_st* handle() const { return handle_.get(); }

private:
    std::shared_ptr<evp_pkey_st> handle_;
};

/// A key in memory with its certificate.
class KeySigner final : public Signer {
public:
    /// Throws Error{malformed_input} when the key does not belong to the certificate.
    KeySigner(PrivateKey, Certificate, std::vector<Certificate> chain = {});
    const Certificate& certificate() const override { return certificate_; }
    const std::vector<Certificate>& chain() const override { return chain_; }
    Bytes sign(ByteView data) const override;
    const PrivateKey& key() const { return key_; }

private:
    PrivateKey key_;
    Certificate certificate_;
    std::vector<Certificate> chain_;
};

/// Reads a PKCS#12 file (RFC 7292), old RC2 and 3DES files too. Throws Error{forbidden, code
/// "wrong_password"}, or Error{malformed_input} for a damaged file or one without key and
/// certificate; `source` names the file in messages.
KeySigner read_pkcs12(ByteView, std::string_view password, const std::string& source = {});
/// AES-256-CBC, PBKDF2 and HMAC-SHA-256.
Bytes write_pkcs12(const KeySigner&, std::string_view password, const std::string& friendly_name);

/// True when `signature` over `data` is right for the certificate's key; ECDSA in DER.
bool verify(const Certificate&, ByteView data, ByteView signature);

/// The same with another digest than the key's usual one, as foreign signatures may name it.
bool verify(const Certificate&, Digest, ByteView data, ByteView signature);

/// DER Ecdsa-Sig-Value ↔ r‖s of twice the curve's length (XML Signature 1.1, PKCS#11). Throws
/// Error{malformed_input}.
Bytes raw_ecdsa(ByteView der, SignatureAlgorithm);
Bytes der_ecdsa(ByteView raw);

}  // namespace paraphe::crypto
