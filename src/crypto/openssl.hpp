#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"

/// For crypto/ alone: owners of OpenSSL's handles and its errors as ours.
namespace paraphe::crypto {

template <auto free_function>
struct Freeing {
    template <typename T>
    void operator()(T* handle) const {
        free_function(handle);
    }
};
using Bio = std::unique_ptr<BIO, Freeing<BIO_free_all>>;
using BigNumber = std::unique_ptr<BIGNUM, Freeing<BN_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freeing<EVP_CIPHER_CTX_free>>;

struct CertificatesFree {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using CertificateStack = std::unique_ptr<STACK_OF(X509), CertificatesFree>;

/// A read-only view of `bytes`, which must live longer.
Bio memory(ByteView bytes);

/// OpenSSL's words for what went wrong last; empties its queue.
std::string openssl_problem();

/// Throws Error{internal} with OpenSSL's words unless `done`.
void require(bool done, const char* what);

const EVP_MD* message_digest(Digest);

inline const unsigned char* octets(ByteView view) {
    return reinterpret_cast<const unsigned char*>(view.data());
}
inline unsigned char* octets(Bytes& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

/// The DER form of anything that has an i2d function.
template <typename T, typename Encode>
Bytes to_der(Encode encode, const T* value) {
    const int length = encode(value, nullptr);
    require(length > 0, "encoding DER");
    Bytes out(static_cast<std::size_t>(length), '\0');
    unsigned char* cursor = octets(out);
    encode(value, &cursor);
    return out;
}

Instant to_instant(const ASN1_TIME*);
std::time_t to_seconds(Instant);

}  // namespace paraphe::crypto
