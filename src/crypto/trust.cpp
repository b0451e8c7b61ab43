#include "crypto/trust.hpp"

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <filesystem>

#include "base/file.hpp"
#include "crypto/openssl.hpp"

namespace paraphe::crypto {

namespace {

using Store = std::unique_ptr<X509_STORE, Freeing<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freeing<X509_STORE_CTX_free>>;

Location place(const std::string& path) {
    Location out;
    out.source = path;
    return out;
}

CertificateStack stack_of(const std::vector<Certificate>& certificates) {
    CertificateStack stack(sk_X509_new_null());
    for (const Certificate& certificate : certificates) {
        X509_up_ref(certificate.handle());
        require(stack && sk_X509_push(stack.get(), certificate.handle()) > 0,
                "collecting certificates");
    }
    return stack;
}

ChainStatus status_of(int error) {
    switch (error) {
        case X509_V_OK:
            return ChainStatus::trusted;
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return ChainStatus::expired;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return ChainStatus::not_yet_valid;
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_CERT_UNTRUSTED:
            return ChainStatus::no_anchor;
        default:
            return ChainStatus::broken;
    }
}

}  // namespace

TrustStore TrustStore::load(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code problem;
    if (!fs::is_directory(path, problem)) {
        try {
            return TrustStore(Certificate::read_all(read_file(path)));
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::malformed_input) throw;
            throw Error(error.kind(), error.problem(), place(path),
                        "give certificates in PEM or DER form");
        }
    }
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path, problem)) {
        const std::string extension = entry.path().extension().string();
        if (extension == ".pem" || extension == ".crt" || extension == ".cer" ||
            extension == ".der")
            names.push_back(entry.path().string());
    }
    std::sort(names.begin(), names.end());
    TrustStore out;
    for (const std::string& name : names)
        for (const TrustStore one = load(name); const Certificate& certificate : one.anchors())
            out.add(certificate);
    if (out.anchors().empty())
        throw Error(ErrorKind::not_found, "no certificate in the directory", place(path),
                    "put *.pem, *.crt, *.cer or *.der files there");
    return out;
}

ChainVerdict verify_chain(const Certificate& certificate, const std::vector<Certificate>& others,
                          const TrustStore& trust, Instant at) {
    const Store store(X509_STORE_new());
    const StoreContext context(X509_STORE_CTX_new());
    const CertificateStack untrusted = stack_of(others);
    const CertificateStack anchors = stack_of(trust.anchors());
    require(store && context &&
                X509_STORE_CTX_init(context.get(), store.get(), certificate.handle(),
                                    untrusted.get()) == 1,
            "checking a certificate");
    X509_STORE_CTX_set0_trusted_stack(context.get(), anchors.get());
    X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
    // An intermediate or end certificate named as trusted is an anchor too.
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(parameters, to_seconds(at));

    ChainVerdict out;
    const bool verified = X509_verify_cert(context.get()) == 1;
    const int error = X509_STORE_CTX_get_error(context.get());
    out.status = verified ? ChainStatus::trusted : status_of(error);
    if (!verified) {
        if (out.status == ChainStatus::trusted) out.status = ChainStatus::broken;
        out.detail = X509_verify_cert_error_string(error);
    }
    ERR_clear_error();
    if (STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get()))
        for (int i = 0; i < sk_X509_num(chain); ++i) {
            X509* x509 = sk_X509_value(chain, i);
            X509_up_ref(x509);
            out.chain.emplace_back(std::shared_ptr<X509>(x509, X509_free));
        }
    constexpr std::uint32_t signing = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
    if (out.status == ChainStatus::trusted &&
        (X509_get_key_usage(certificate.handle()) & signing) == 0) {
        out.status = ChainStatus::forbidden_use;
        out.detail = "key usage allows neither digital signature nor non-repudiation";
    }
    return out;
}

}  // namespace paraphe::crypto
