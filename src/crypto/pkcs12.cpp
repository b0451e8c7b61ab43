#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include <vector>

#include "crypto/openssl.hpp"
#include "crypto/signer.hpp"

namespace paraphe::crypto {

namespace {

using Container = std::unique_ptr<PKCS12, Freeing<PKCS12_free>>;

constexpr std::size_t container_limit = 1 << 20;

/// RC2 and RC4 of old files live in OpenSSL's legacy provider. It is loaded into a library context
/// of its own, which is this thread's default while the object lives, so that nothing else changes.
class LegacyProvider {
public:
    LegacyProvider() : context_(OSSL_LIB_CTX_new()) {
        require(context_ != nullptr, "preparing to read an old PKCS#12 file");
        default_ = OSSL_PROVIDER_load(context_, "default");
        legacy_ = OSSL_PROVIDER_load(context_, "legacy");
        previous_ = OSSL_LIB_CTX_set0_default(context_);
        ERR_clear_error();
    }
    ~LegacyProvider() {
        OSSL_LIB_CTX_set0_default(previous_);
        if (legacy_) OSSL_PROVIDER_unload(legacy_);
        if (default_) OSSL_PROVIDER_unload(default_);
        OSSL_LIB_CTX_free(context_);
    }
    LegacyProvider(const LegacyProvider&) = delete;
    LegacyProvider& operator=(const LegacyProvider&) = delete;

private:
    OSSL_LIB_CTX* context_;
    OSSL_PROVIDER* default_ = nullptr;
    OSSL_PROVIDER* legacy_ = nullptr;
    OSSL_LIB_CTX* previous_ = nullptr;
};

/// Ten times what careful programs write; a file may ask for 2³¹, which takes an hour.
constexpr std::int64_t most_iterations = 5'000'000;

struct BagsFree {
    void operator()(STACK_OF(PKCS12_SAFEBAG) * stack) const {
        sk_PKCS12_SAFEBAG_pop_free(stack, PKCS12_SAFEBAG_free);
    }
};
struct SafesFree {
    void operator()(STACK_OF(PKCS7) * stack) const { sk_PKCS7_pop_free(stack, PKCS7_free); }
};
using Bags = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), BagsFree>;
using Safes = std::unique_ptr<STACK_OF(PKCS7), SafesFree>;
using PbeParameters = std::unique_ptr<PBEPARAM, Freeing<PBEPARAM_free>>;
using Pbes2Parameters = std::unique_ptr<PBE2PARAM, Freeing<PBE2PARAM_free>>;
using Pbkdf2Parameters = std::unique_ptr<PBKDF2PARAM, Freeing<PBKDF2PARAM_free>>;

bool too_many(const ASN1_INTEGER* iterations) {
    std::int64_t count = 0;
    return iterations &&
           (ASN1_INTEGER_get_int64(&count, iterations) != 1 || count > most_iterations);
}

/// Of a password-based encryption (RFC 8018): PBES2 with PBKDF2, or the older schemes. OpenSSL
/// itself bounds what scrypt may take.
bool too_many(const X509_ALGOR* algorithm) {
    const ASN1_OBJECT* scheme = nullptr;
    int type = 0;
    const void* value = nullptr;
    X509_ALGOR_get0(&scheme, &type, &value, algorithm);
    if (type != V_ASN1_SEQUENCE) return false;
    const auto* parameters = static_cast<const ASN1_STRING*>(value);
    const unsigned char* cursor = ASN1_STRING_get0_data(parameters);
    const long length = ASN1_STRING_length(parameters);
    if (OBJ_obj2nid(scheme) == NID_pbes2) {
        const Pbes2Parameters pbes2(d2i_PBE2PARAM(nullptr, &cursor, length));
        return pbes2 && too_many(pbes2->keyfunc);
    }
    if (OBJ_obj2nid(scheme) == NID_id_pbkdf2) {
        const Pbkdf2Parameters pbkdf2(d2i_PBKDF2PARAM(nullptr, &cursor, length));
        return pbkdf2 && too_many(pbkdf2->iter);
    }
    const PbeParameters pbe(d2i_PBEPARAM(nullptr, &cursor, length));
    return pbe && too_many(pbe->iter);
}

bool too_many(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth = 0) {
    for (int i = 0; bags && i < sk_PKCS12_SAFEBAG_num(bags); ++i) {
        const PKCS12_SAFEBAG* bag = sk_PKCS12_SAFEBAG_value(bags, i);
        const int kind = PKCS12_SAFEBAG_get_nid(bag);
        if (kind == NID_pkcs8ShroudedKeyBag) {
            const X509_ALGOR* algorithm = nullptr;
            X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &algorithm, nullptr);
            if (too_many(algorithm)) return true;
        }
        if (kind == NID_safeContentsBag &&
            (depth > 8 || too_many(PKCS12_SAFEBAG_get0_safes(bag), depth + 1)))
            return true;
    }
    return false;
}

/// Whether opening the container would take a derivation of too many rounds. Its own MAC was
/// asked before.
bool too_many(const PKCS12* container, const std::string& password) {
    const Safes safes(PKCS12_unpack_authsafes(container));
    for (int i = 0; safes && i < sk_PKCS7_num(safes.get()); ++i) {
        PKCS7* safe = sk_PKCS7_value(safes.get(), i);
        Bags bags;
        if (PKCS7_type_is_data(safe)) {
            bags.reset(PKCS12_unpack_p7data(safe));
        } else if (PKCS7_type_is_encrypted(safe)) {
            if (too_many(safe->d.encrypted->enc_data->algorithm)) return true;
            bags.reset(
                PKCS12_unpack_p7encdata(safe, password.c_str(), static_cast<int>(password.size())));
        }
        if (too_many(bags.get())) return true;
    }
    ERR_clear_error();
    return false;
}

[[noreturn]] void refuse_iterations(const Location& where) {
    throw Error(ErrorKind::malformed_input,
                "the PKCS#12 file asks for more than 5,000,000 rounds of key derivation", where,
                "export the key again with a usual count", "too_large");
}

/// What a container holds, as plain DER: no handle outlives the library context it was made in.
struct Contents {
    Bytes key, certificate;
    std::vector<Bytes> chain;
    std::string problem;  ///< empty: read
};

Contents parse(ByteView file, const std::string& password, const Location& where) {
    Contents out;
    const unsigned char* cursor = octets(file);
    const Container container(d2i_PKCS12(nullptr, &cursor, static_cast<long>(file.size())));
    if (container && too_many(container.get(), password)) refuse_iterations(where);
    EVP_PKEY* raw_key = nullptr;
    X509* raw_certificate = nullptr;
    STACK_OF(X509)* raw_chain = nullptr;
    const bool parsed = container && PKCS12_parse(container.get(), password.c_str(), &raw_key,
                                                  &raw_certificate, &raw_chain) == 1;
    const std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>> key(raw_key);
    const std::unique_ptr<X509, Freeing<X509_free>> certificate(raw_certificate);
    const CertificateStack chain(raw_chain);
    if (!parsed) {
        out.problem = openssl_problem();
        return out;
    }
    if (key) out.key = to_der(i2d_PrivateKey, key.get());
    if (certificate) out.certificate = to_der(i2d_X509, certificate.get());
    for (int i = 0; chain && i < sk_X509_num(chain.get()); ++i)
        out.chain.push_back(to_der(i2d_X509, sk_X509_value(chain.get(), i)));
    return out;
}

bool mac_fits(PKCS12* container, const std::string& password) {
    if (PKCS12_verify_mac(container, password.c_str(), static_cast<int>(password.size())) == 1)
        return true;
    // An empty password is written as nothing by some programs and as two zero octets by others.
    return password.empty() && PKCS12_verify_mac(container, nullptr, 0) == 1;
}

}  // namespace

KeySigner read_pkcs12(ByteView file, std::string_view password, const std::string& source) {
    Location where;
    where.source = source;
    if (file.size() > container_limit)
        throw Error(ErrorKind::malformed_input, "PKCS#12 file of more than 1 MiB", where);
    const unsigned char* cursor = octets(file);
    const Container container(d2i_PKCS12(nullptr, &cursor, static_cast<long>(file.size())));
    if (!container)
        throw Error(ErrorKind::malformed_input, "not a PKCS#12 file: " + openssl_problem(), where,
                    "give a .p12 or .pfx file with the key and its certificate");
    const std::string secret(password);
    const bool has_mac = PKCS12_mac_present(container.get()) == 1;
    const Error wrong_password(ErrorKind::forbidden,
                               "the password does not open the key file (or it is damaged)", where,
                               "check the password", "wrong_password");
    const ASN1_INTEGER* mac_iterations = nullptr;
    if (has_mac) PKCS12_get0_mac(nullptr, nullptr, nullptr, &mac_iterations, container.get());
    if (too_many(mac_iterations)) refuse_iterations(where);
    if (has_mac && !mac_fits(container.get(), secret)) {
        ERR_clear_error();
        throw wrong_password;
    }
    Contents contents = parse(file, secret, where);
    if (!contents.problem.empty()) {
        const LegacyProvider legacy;
        contents = parse(file, secret, where);
    }
    if (!contents.problem.empty()) {
        if (!has_mac) throw wrong_password;
        throw Error(ErrorKind::malformed_input, "unreadable PKCS#12 file: " + contents.problem,
                    where);
    }
    if (contents.key.empty() || contents.certificate.empty())
        throw Error(ErrorKind::malformed_input,
                    "the PKCS#12 file holds no key with its certificate", where,
                    "export both from where the key was made");
    const unsigned char* key_cursor = octets(contents.key);
    const std::shared_ptr<EVP_PKEY> key(
        d2i_AutoPrivateKey(nullptr, &key_cursor, static_cast<long>(contents.key.size())),
        EVP_PKEY_free);
    OPENSSL_cleanse(contents.key.data(), contents.key.size());
    require(key != nullptr, "reading a key");
    std::vector<Certificate> issuers;
    for (const Bytes& issuer : contents.chain)
        issuers.push_back(Certificate::from_der(issuer));
    return KeySigner(PrivateKey(key), Certificate::from_der(contents.certificate),
                     std::move(issuers));
}

Bytes write_pkcs12(const KeySigner& signer, std::string_view password,
                   const std::string& friendly_name) {
    const CertificateStack chain(sk_X509_new_null());
    for (const Certificate& issuer : signer.chain()) {
        X509_up_ref(issuer.handle());
        require(sk_X509_push(chain.get(), issuer.handle()) > 0, "writing PKCS#12");
    }
    const Container container(PKCS12_create(std::string(password).c_str(), friendly_name.c_str(),
                                            signer.key().handle(), signer.certificate().handle(),
                                            chain.get(), NID_aes_256_cbc, NID_aes_256_cbc,
                                            PKCS12_DEFAULT_ITER, PKCS12_DEFAULT_ITER, 0));
    require(container != nullptr, "writing PKCS#12");
    return to_der(i2d_PKCS12, container.get());
}

}  // namespace paraphe::crypto
