#include "crypto/authority.hpp"

#include <openssl/x509v3.h>

#include "crypto/openssl.hpp"

namespace paraphe::crypto {

namespace {

void set_name(X509_NAME* name, const Subject& subject) {
    const auto add = [&](const char* field, const std::string& value) {
        if (value.empty()) return;
        require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, octets(value),
                                           static_cast<int>(value.size()), -1, 0) == 1,
                "naming a certificate's subject");
    };
    add("C", subject.country);
    add("O", subject.organization);
    add("CN", subject.common_name);
}

void set_time(ASN1_TIME* field, Instant at) {
    require(ASN1_TIME_set(field, to_seconds(at)) != nullptr, "dating a certificate");
}

void add_extension(X509* x509, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, x509, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_nconf_nid(nullptr, &context, nid, value);
    const bool added = extension && X509_add_ext(x509, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    require(added, "adding a certificate's extension");
}

/// `issuer` null: self-signed authority.
Certificate make(const Subject& subject, const PrivateKey& key, Instant not_before,
                 Instant not_after, Random& random, const KeySigner* issuer) {
    if (not_after <= not_before)
        throw Error(ErrorKind::malformed_input, "a certificate must end after it begins");
    std::shared_ptr<X509> x509(X509_new(), X509_free);
    require(x509 && X509_set_version(x509.get(), X509_VERSION_3) == 1, "making a certificate");
    // 16 octets, positive and without a leading zero (RFC 5280 §4.1.2.2).
    Bytes serial = random.bytes(16);
    serial[0] = static_cast<char>((serial[0] & 0x7f) | 0x40);
    const BigNumber number(BN_bin2bn(octets(serial), static_cast<int>(serial.size()), nullptr));
    require(
        number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x509.get())) != nullptr,
        "numbering a certificate");
    set_name(X509_get_subject_name(x509.get()), subject);
    X509* parent = issuer ? issuer->certificate().handle() : x509.get();
    require(X509_set_issuer_name(x509.get(), X509_get_subject_name(parent)) == 1 &&
                X509_set_pubkey(x509.get(), key.handle()) == 1,
            "making a certificate");
    set_time(X509_getm_notBefore(x509.get()), not_before);
    set_time(X509_getm_notAfter(x509.get()), not_after);
    add_extension(x509.get(), parent, NID_basic_constraints,
                  issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
    add_extension(
        x509.get(), parent, NID_key_usage,
        issuer ? "critical,digitalSignature,nonRepudiation" : "critical,keyCertSign,cRLSign");
    add_extension(x509.get(), parent, NID_subject_key_identifier, "hash");
    add_extension(x509.get(), parent, NID_authority_key_identifier, "keyid:always");
    const PrivateKey& signing = issuer ? issuer->key() : key;
    const SignatureAlgorithm algorithm =
        issuer ? issuer->algorithm() : Certificate(x509).algorithm();
    require(
        X509_sign(x509.get(), signing.handle(),
                  algorithm == SignatureAlgorithm::ecdsa_sha384 ? EVP_sha384() : EVP_sha256()) > 0,
        "signing a certificate");
    return Certificate::from_der(to_der(i2d_X509, x509.get()));
}

}  // namespace

Authority Authority::create(const Subject& subject, Instant not_before, Instant not_after,
                            Random& random, KeyType type) {
    PrivateKey key = PrivateKey::generate(type);
    Certificate certificate = make(subject, key, not_before, not_after, random, nullptr);
    return Authority(KeySigner(std::move(key), std::move(certificate)));
}

KeySigner Authority::issue(const Subject& subject, Instant not_before, Instant not_after,
                           Random& random, KeyType type) const {
    PrivateKey key = PrivateKey::generate(type);
    Certificate leaf = make(subject, key, not_before, not_after, random, &signer_);
    return KeySigner(std::move(key), std::move(leaf), {signer_.certificate()});
}

}  // namespace paraphe::crypto
