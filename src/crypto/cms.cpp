#include "crypto/cms.hpp"

#include <openssl/cms.h>
#include <openssl/ess.h>

#include "crypto/openssl.hpp"

namespace paraphe::crypto {

namespace {

using Message = std::unique_ptr<CMS_ContentInfo, Freeing<CMS_ContentInfo_free>>;
using SigningCertificate = std::unique_ptr<ESS_SIGNING_CERT, Freeing<ESS_SIGNING_CERT_free>>;
using SigningCertificateV2 =
    std::unique_ptr<ESS_SIGNING_CERT_V2, Freeing<ESS_SIGNING_CERT_V2_free>>;

constexpr std::size_t message_limit = 4 << 20;
constexpr int certificate_limit = 100;

/// The value of a signed attribute that stands once with one value; null otherwise.
template <typename Value>
const Value* attribute_value(CMS_SignerInfo* signer, int nid, int type) {
    return static_cast<const Value*>(
        CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(nid), -3, type));
}

Bytes digest_parts(const EVP_MD* md, const std::vector<ByteView>& parts) {
    const DigestContext context(EVP_MD_CTX_new());
    require(context && EVP_DigestInit_ex(context.get(), md, nullptr) == 1, "digest");
    for (const ByteView part : parts)
        require(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1, "digest");
    Bytes out(EVP_MAX_MD_SIZE, '\0');
    unsigned length = 0;
    require(EVP_DigestFinal_ex(context.get(), octets(out), &length) == 1, "digest");
    out.resize(length);
    return out;
}

/// RFC 5035: the attribute's first entry is the signer's certificate.
bool bound(CMS_SignerInfo* signer, X509* certificate, STACK_OF(X509) * others) {
    const auto* v2 =
        attribute_value<ASN1_STRING>(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
    const auto* v1 =
        attribute_value<ASN1_STRING>(signer, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE);
    SigningCertificateV2 second;
    SigningCertificate first;
    if (v2) {
        const unsigned char* cursor = ASN1_STRING_get0_data(v2);
        second.reset(d2i_ESS_SIGNING_CERT_V2(nullptr, &cursor, ASN1_STRING_length(v2)));
    }
    if (v1) {
        const unsigned char* cursor = ASN1_STRING_get0_data(v1);
        first.reset(d2i_ESS_SIGNING_CERT(nullptr, &cursor, ASN1_STRING_length(v1)));
    }
    if ((v2 && !second) || (v1 && !first) || (!first && !second)) return false;
    STACK_OF(X509)* chain = sk_X509_new_null();
    sk_X509_push(chain, certificate);
    for (int i = 0; i < sk_X509_num(others); ++i)
        if (X509_cmp(sk_X509_value(others, i), certificate) != 0)
            sk_X509_push(chain, sk_X509_value(others, i));
    const bool fits = OSSL_ESS_check_signing_certs(first.get(), second.get(), chain, 1) == 1;
    sk_X509_free(chain);
    return fits;
}

/// OpenSSL verifies by the key's kind and does not look at the name of the signature algorithm.
bool names_algorithm_of(const X509_ALGOR* algorithm, int digest, X509* certificate) {
    const EVP_PKEY* own = X509_get0_pubkey(certificate);
    if (!own) return false;
    const ASN1_OBJECT* name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
    const int nid = OBJ_obj2nid(name), key = EVP_PKEY_get_base_id(own);
    if (nid == NID_rsaEncryption || nid == NID_rsassaPss) return key == EVP_PKEY_RSA;
    int named_digest = NID_undef, named_key = NID_undef;
    return OBJ_find_sigid_algs(nid, &named_digest, &named_key) == 1 && named_digest == digest &&
           named_key == key;
}

CmsVerdict unreadable(std::string problem) {
    ERR_clear_error();
    CmsVerdict out;
    out.problem = std::move(problem);
    return out;
}

}  // namespace

std::size_t der_length(ByteView bytes) {
    if (bytes.size() < 2) return 0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    std::size_t length = at(1), header = 2;
    if (length >= 0x80) {
        const std::size_t count = length & 0x7f;
        if (count == 0 || count > 4 || bytes.size() < 2 + count) return 0;
        length = 0;
        for (std::size_t i = 0; i < count; ++i)
            length = length << 8 | at(2 + i);
        header += count;
    }
    return length <= bytes.size() - header ? header + length : 0;
}

CmsVerdict verify_cms(ByteView cms, const std::vector<ByteView>& parts) {
    if (cms.size() > message_limit) return unreadable("CMS of more than 4 MiB");
    const unsigned char* cursor = octets(cms);
    const Message message(d2i_CMS_ContentInfo(nullptr, &cursor, static_cast<long>(cms.size())));
    if (!message) return unreadable("not a CMS: " + openssl_problem());
    if (cursor != octets(cms) + cms.size()) return unreadable("more bytes after the CMS");
    if (OBJ_obj2nid(CMS_get0_type(message.get())) != NID_pkcs7_signed)
        return unreadable("the CMS is not SignedData");
    if (CMS_is_detached(message.get()) != 1)
        return unreadable("the CMS carries its content instead of being detached");
    STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(message.get());
    if (sk_CMS_SignerInfo_num(signers) != 1)
        return unreadable("the CMS has " + std::to_string(sk_CMS_SignerInfo_num(signers)) +
                          " signers instead of one");
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(signers, 0);

    CmsVerdict out;
    const CertificateStack certificates(CMS_get1_certs(message.get()));
    const int count = certificates ? sk_X509_num(certificates.get()) : 0;
    if (count > certificate_limit) return unreadable("the CMS has more than 100 certificates");
    X509* own = nullptr;
    for (int i = 0; i < count; ++i) {
        X509* x509 = sk_X509_value(certificates.get(), i);
        try {
            out.certificates.push_back(Certificate::from_der(to_der(i2d_X509, x509)));
        } catch (const Error& error) {
            return unreadable(error.problem());
        }
        if (!own && CMS_SignerInfo_cert_cmp(signer, x509) == 0) {
            own = x509;
            out.signer = out.certificates.back();
        }
    }
    if (!own) return unreadable("the signer's certificate is not in the CMS");
    CMS_SignerInfo_set1_signer_cert(signer, own);
    if (CMS_signed_get_attr_count(signer) <= 0)
        return unreadable("the CMS has no signed attributes");

    X509_ALGOR* digest_algorithm = nullptr;
    X509_ALGOR* signature_algorithm = nullptr;
    CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest_algorithm, &signature_algorithm);
    const ASN1_OBJECT* digest_name = nullptr;
    X509_ALGOR_get0(&digest_name, nullptr, nullptr, digest_algorithm);
    const int nid = OBJ_obj2nid(digest_name);
    const EVP_MD* md = EVP_get_digestbynid(nid);
    if (!md) return unreadable("the CMS uses an unknown digest");
    out.weak_digest = nid != NID_sha256 && nid != NID_sha384 && nid != NID_sha512 &&
                      nid != NID_sha3_256 && nid != NID_sha3_384 && nid != NID_sha3_512;
    out.readable = true;

    const auto* stated =
        attribute_value<ASN1_OCTET_STRING>(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
    const auto* type = attribute_value<ASN1_OBJECT>(signer, NID_pkcs9_contentType, V_ASN1_OBJECT);
    const bool type_fits = type && OBJ_cmp(type, CMS_get0_eContentType(message.get())) == 0;
    if (stated && type_fits) {
        const ByteView value(reinterpret_cast<const char*>(ASN1_STRING_get0_data(stated)),
                             static_cast<std::size_t>(ASN1_STRING_length(stated)));
        out.digest_fits = equal_constant_time(value, digest_parts(md, parts));
    }
    out.signature_fits =
        names_algorithm_of(signature_algorithm, nid, own) && CMS_SignerInfo_verify(signer) == 1;
    out.certificate_bound = bound(signer, own, certificates.get());
    out.has_signing_time = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1) >= 0;
    for (const int form : {V_ASN1_UTCTIME, V_ASN1_GENERALIZEDTIME})
        if (const auto* time = attribute_value<ASN1_TIME>(signer, NID_pkcs9_signingTime, form))
            try {
                out.signing_time = to_instant(time);
            } catch (const Error&) {
                // An unreadable claim is no claim.
            }
    ERR_clear_error();
    return out;
}

}  // namespace paraphe::crypto
