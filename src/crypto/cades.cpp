#include <algorithm>

#include "crypto/cms.hpp"
#include "crypto/der.hpp"
#include "crypto/openssl.hpp"

namespace paraphe::crypto {

namespace {

using namespace std::string_view_literals;

// Object identifiers, contents octets.
constexpr ByteView id_data = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"sv;
constexpr ByteView id_signed_data = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"sv;
constexpr ByteView id_content_type = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03"sv;
constexpr ByteView id_message_digest = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04"sv;
constexpr ByteView id_signing_time = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05"sv;
constexpr ByteView id_signing_certificate_v2 = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f"sv;
constexpr ByteView id_rsa_encryption = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"sv;
constexpr ByteView id_ecdsa_sha256 = "\x2a\x86\x48\xce\x3d\x04\x03\x02"sv;
constexpr ByteView id_ecdsa_sha384 = "\x2a\x86\x48\xce\x3d\x04\x03\x03"sv;
constexpr ByteView id_sha256 = "\x60\x86\x48\x01\x65\x03\x04\x02\x01"sv;
constexpr ByteView id_sha384 = "\x60\x86\x48\x01\x65\x03\x04\x02\x02"sv;

Bytes attribute(ByteView type, ByteView value) {
    return der::sequence(der::object(type) + der::set(value));
}

Bytes issuer_name(const Certificate& certificate) {
    return to_der(i2d_X509_NAME, X509_get_issuer_name(certificate.handle()));
}

Bytes serial_number(const Certificate& certificate) {
    return to_der(i2d_ASN1_INTEGER, X509_get0_serialNumber(certificate.handle()));
}

/// ESSCertIDv2 (RFC 5035 §4); the hash is SHA-256, its default, and so not named.
Bytes certificate_id(const Certificate& certificate) {
    const Sha256 fingerprint = certificate.fingerprint();
    const Bytes directory_name = der::wrap(0xa4, issuer_name(certificate));
    return der::sequence(der::octet_string(fingerprint.bytes()) +
                         der::sequence(der::sequence(directory_name) + serial_number(certificate)));
}

Bytes digest_identifier(SignatureAlgorithm algorithm) {
    return der::sequence(
        der::object(algorithm == SignatureAlgorithm::ecdsa_sha384 ? id_sha384 : id_sha256));
}

Bytes signature_identifier(SignatureAlgorithm algorithm) {
    switch (algorithm) {
        case SignatureAlgorithm::rsa_pkcs1_sha256:
            return der::sequence(der::object(id_rsa_encryption) + der::null());
        case SignatureAlgorithm::ecdsa_sha256:
            return der::sequence(der::object(id_ecdsa_sha256));
        case SignatureAlgorithm::ecdsa_sha384:
            return der::sequence(der::object(id_ecdsa_sha384));
    }
    return {};
}

/// UTCTime until 2049, GeneralizedTime after (RFC 5652 §11.3).
Bytes time_value(Instant at) {
    const std::unique_ptr<ASN1_TIME, Freeing<ASN1_TIME_free>> time(
        ASN1_TIME_set(nullptr, to_seconds(at)));
    require(time != nullptr, "writing a time");
    return der::wrap(static_cast<unsigned char>(ASN1_STRING_type(time.get())),
                     ByteView(reinterpret_cast<const char*>(ASN1_STRING_get0_data(time.get())),
                              static_cast<std::size_t>(ASN1_STRING_length(time.get()))));
}

Bytes sorted(std::vector<Bytes> elements) {
    std::sort(elements.begin(), elements.end());
    Bytes out;
    for (const Bytes& element : elements)
        out += element;
    return out;
}

}  // namespace

CadesRequest prepare_cades(ByteView content_digest, const Certificate& certificate,
                           const std::vector<Certificate>& chain,
                           std::optional<Instant> signing_time) {
    CadesRequest out;
    out.algorithm = certificate.algorithm();
    std::vector<Bytes> attributes{
        attribute(id_content_type, der::object(id_data)),
        attribute(id_message_digest, der::octet_string(content_digest)),
        attribute(id_signing_certificate_v2,
                  der::sequence(der::sequence(certificate_id(certificate))))};
    if (signing_time) attributes.push_back(attribute(id_signing_time, time_value(*signing_time)));
    out.signed_attributes = der::set(sorted(std::move(attributes)));
    out.certificates.push_back(certificate);
    for (const Certificate& issuer : chain)
        if (std::find(out.certificates.begin(), out.certificates.end(), issuer) ==
            out.certificates.end())
            out.certificates.push_back(issuer);
    return out;
}

Bytes finish_cades(const CadesRequest& request, ByteView signature_value) {
    const Certificate& signer = request.certificates.at(0);
    if (!verify(signer, request.signed_attributes, signature_value))
        throw Error(ErrorKind::forbidden,
                    "the signature value was not made over what was prepared with the key of '" +
                        signer.common_name() + "'",
                    {}, "sign the prepared octets anew", "wrong_signature");
    Bytes attributes = request.signed_attributes;
    attributes[0] = '\xa0';  // [0] IMPLICIT; signed as SET OF (RFC 5652 §5.4)
    const Bytes signer_info =
        der::sequence(der::integer(1) + der::sequence(issuer_name(signer) + serial_number(signer)) +
                      digest_identifier(request.algorithm) + attributes +
                      signature_identifier(request.algorithm) + der::octet_string(signature_value));
    std::vector<Bytes> certificates;
    for (const Certificate& certificate : request.certificates)
        certificates.push_back(certificate.der());
    const Bytes signed_data =
        der::sequence(der::integer(1) + der::set(digest_identifier(request.algorithm)) +
                      der::sequence(der::object(id_data)) + der::wrap(0xa0, sorted(certificates)) +
                      der::set(signer_info));
    return der::sequence(der::object(id_signed_data) + der::wrap(0xa0, signed_data));
}

Bytes sign_cades(ByteView content, const Signer& signer, std::optional<Instant> signing_time) {
    const CadesRequest request = prepare_cades(digest(digest_of(signer.algorithm()), content),
                                               signer.certificate(), signer.chain(), signing_time);
    return finish_cades(request, signer.sign(request.signed_attributes));
}

}  // namespace paraphe::crypto
