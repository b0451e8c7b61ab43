#include "crypto/signer.hpp"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

#include "crypto/openssl.hpp"

namespace paraphe::crypto {

namespace {

using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freeing<ECDSA_SIG_free>>;

}  // namespace

PrivateKey PrivateKey::generate(KeyType type) {
    EVP_PKEY* key = nullptr;
    switch (type) {
        case KeyType::p256:
            key = EVP_EC_gen("P-256");
            break;
        case KeyType::p384:
            key = EVP_EC_gen("P-384");
            break;
        case KeyType::rsa2048:
            key = EVP_RSA_gen(2048u);
            break;
        case KeyType::rsa3072:
            key = EVP_RSA_gen(3072u);
            break;
    }
    require(key != nullptr, "making a key");
    return PrivateKey(std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free));
}

Bytes PrivateKey::sign(ByteView data, SignatureAlgorithm algorithm) const {
    const DigestContext context(EVP_MD_CTX_new());
    std::size_t length = 0;
    require(context &&
                EVP_DigestSignInit(context.get(), nullptr, message_digest(digest_of(algorithm)),
                                   nullptr, handle()) == 1 &&
                EVP_DigestSign(context.get(), nullptr, &length, octets(data), data.size()) == 1,
            "signing");
    Bytes out(length, '\0');
    require(EVP_DigestSign(context.get(), octets(out), &length, octets(data), data.size()) == 1,
            "signing");
    out.resize(length);
    return out;
}

KeySigner::KeySigner(PrivateKey key, Certificate certificate, std::vector<Certificate> chain)
    : key_(std::move(key)), certificate_(std::move(certificate)), chain_(std::move(chain)) {
    if (X509_check_private_key(certificate_.handle(), key_.handle()) != 1) {
        ERR_clear_error();
        throw Error(ErrorKind::malformed_input, "the key does not belong to the certificate of '" +
                                                    certificate_.common_name() + "'");
    }
}

Bytes KeySigner::sign(ByteView data) const {
    return key_.sign(data, algorithm());
}

Digest digest_of(SignatureAlgorithm algorithm) {
    return algorithm == SignatureAlgorithm::ecdsa_sha384 ? Digest::sha384 : Digest::sha256;
}

bool verify(const Certificate& certificate, ByteView data, ByteView signature) {
    return verify(certificate, digest_of(certificate.algorithm()), data, signature);
}

bool verify(const Certificate& certificate, Digest digest, ByteView data, ByteView signature) {
    EVP_PKEY* key = X509_get0_pubkey(certificate.handle());
    const DigestContext context(EVP_MD_CTX_new());
    const bool fits =
        key && context &&
        EVP_DigestVerifyInit(context.get(), nullptr, message_digest(digest), nullptr, key) == 1 &&
        EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(data),
                         data.size()) == 1;
    ERR_clear_error();
    return fits;
}

Bytes raw_ecdsa(ByteView der, SignatureAlgorithm algorithm) {
    const unsigned char* cursor = octets(der);
    const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size())));
    const int half = algorithm == SignatureAlgorithm::ecdsa_sha384 ? 48 : 32;
    Bytes out(static_cast<std::size_t>(2 * half), '\0');
    if (!signature || cursor != octets(der) + der.size() ||
        BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), octets(out), half) != half ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), octets(out) + half, half) != half) {
        ERR_clear_error();
        throw Error(ErrorKind::malformed_input, "not an ECDSA signature value");
    }
    return out;
}

Bytes der_ecdsa(ByteView raw) {
    if (raw.empty() || raw.size() % 2 != 0 || raw.size() > 264)
        throw Error(ErrorKind::malformed_input, "not an ECDSA signature value r‖s");
    const int half = static_cast<int>(raw.size() / 2);
    const EcdsaSignature signature(ECDSA_SIG_new());
    require(signature && ECDSA_SIG_set0(signature.get(), BN_bin2bn(octets(raw), half, nullptr),
                                        BN_bin2bn(octets(raw) + half, half, nullptr)) == 1,
            "encoding an ECDSA signature");
    return to_der(i2d_ECDSA_SIG, signature.get());
}

}  // namespace paraphe::crypto
