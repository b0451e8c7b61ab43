#include "crypto/certificate.hpp"

#include <openssl/pem.h>

#include "crypto/openssl.hpp"

namespace paraphe::crypto {

namespace {

constexpr std::size_t certificate_limit = 64 * 1024;
constexpr std::size_t count_limit = 1000;

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return std::string(data, static_cast<std::size_t>(length));
}

std::string name_text(const X509_NAME* name) {
    Bio bio(BIO_new(BIO_s_mem()));
    // RFC 2253, but letters beyond ASCII stay readable.
    require(
        bio && X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0,
        "printing a name");
    return text_of(bio.get());
}

std::shared_ptr<X509> own(X509* x509) {
    return std::shared_ptr<X509>(x509, X509_free);
}

}  // namespace

Certificate Certificate::from_der(ByteView der) {
    if (der.size() > certificate_limit)
        throw Error(ErrorKind::malformed_input, "certificate of more than 64 KiB");
    const unsigned char* cursor = octets(der);
    X509* x509 = d2i_X509(nullptr, &cursor, static_cast<long>(der.size()));
    if (!x509) throw Error(ErrorKind::malformed_input, "not a certificate: " + openssl_problem());
    Certificate out(own(x509));
    if (cursor != octets(der) + der.size())
        throw Error(ErrorKind::malformed_input, "more bytes after the certificate");
    to_instant(X509_get0_notBefore(x509));
    to_instant(X509_get0_notAfter(x509));
    return out;
}

Certificate Certificate::from_pem(std::string_view pem) {
    return read_all(pem).front();
}

std::vector<Certificate> Certificate::read_all(ByteView input) {
    if (input.find("-----BEGIN") == ByteView::npos) return {from_der(input)};
    std::vector<Certificate> out;
    const Bio bio = memory(input);
    while (X509* x509 = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        const auto owner = own(x509);
        out.push_back(from_der(to_der(i2d_X509, x509)));
        if (out.size() > count_limit)
            throw Error(ErrorKind::malformed_input, "more than 1,000 certificates in one file");
    }
    const unsigned long code = ERR_peek_last_error();
    const bool ended = code == 0 || ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
    const std::string problem = openssl_problem();
    if (!ended) throw Error(ErrorKind::malformed_input, "damaged certificate: " + problem);
    if (out.empty()) throw Error(ErrorKind::malformed_input, "no certificate in the PEM text");
    return out;
}

Bytes Certificate::der() const {
    return to_der(i2d_X509, handle());
}

std::string Certificate::pem() const {
    Bio bio(BIO_new(BIO_s_mem()));
    require(bio && PEM_write_bio_X509(bio.get(), handle()) == 1, "writing PEM");
    return text_of(bio.get());
}

std::string Certificate::subject() const {
    return name_text(X509_get_subject_name(handle()));
}
std::string Certificate::issuer() const {
    return name_text(X509_get_issuer_name(handle()));
}

std::string Certificate::common_name() const {
    const X509_NAME* name = X509_get_subject_name(handle());
    const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (at < 0) return subject();
    unsigned char* text = nullptr;
    const int length =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (length < 0) {
        ERR_clear_error();
        return subject();
    }
    std::string out(reinterpret_cast<char*>(text), static_cast<std::size_t>(length));
    OPENSSL_free(text);
    return out;
}

std::string Certificate::serial() const {
    const BigNumber number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(handle()), nullptr));
    require(number != nullptr, "reading a serial number");
    char* digits = BN_bn2dec(number.get());
    require(digits != nullptr, "printing a serial number");
    std::string out(digits);
    OPENSSL_free(digits);
    return out;
}

Instant Certificate::not_before() const {
    return to_instant(X509_get0_notBefore(handle()));
}
Instant Certificate::not_after() const {
    return to_instant(X509_get0_notAfter(handle()));
}
bool Certificate::valid_at(Instant at) const {
    return not_before() <= at && at <= not_after();
}

bool Certificate::self_issued() const {
    return X509_NAME_cmp(X509_get_subject_name(handle()), X509_get_issuer_name(handle())) == 0;
}

Sha256 Certificate::fingerprint() const {
    return sha256(der());
}

SignatureAlgorithm Certificate::algorithm() const {
    EVP_PKEY* key = X509_get0_pubkey(handle());
    if (!key)
        throw Error(
            ErrorKind::malformed_input,
            "certificate of '" + common_name() + "' has an unreadable key: " + openssl_problem());
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= 2048)
        return SignatureAlgorithm::rsa_pkcs1_sha256;
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC) {
        char group[64] = {};
        std::size_t length = 0;
        if (EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1) {
            if (std::string_view(group) == SN_X9_62_prime256v1)
                return SignatureAlgorithm::ecdsa_sha256;
            if (std::string_view(group) == SN_secp384r1) return SignatureAlgorithm::ecdsa_sha384;
        }
        ERR_clear_error();
    }
    throw Error(ErrorKind::malformed_input,
                "certificate of '" + common_name() + "' has a key of another kind", {},
                "use RSA of 2048 bits or more, P-256 or P-384");
}

bool Certificate::operator==(const Certificate& other) const {
    return X509_cmp(handle(), other.handle()) == 0;
}

}  // namespace paraphe::crypto
