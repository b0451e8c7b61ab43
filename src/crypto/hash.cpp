#include "crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "crypto/openssl.hpp"

namespace paraphe::crypto {

namespace {

/// Looked up once; OpenSSL 3 searches its providers at every EVP_sha256().
const EVP_MD* sha256_method() {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return method;
}

}  // namespace

Sha256 sha256(ByteView data) {
    Sha256 out;
    require(EVP_Digest(data.data(), data.size(), out.octets.data(), nullptr, sha256_method(),
                       nullptr) == 1,
            "SHA-256");
    return out;
}

Sha256 hmac_sha256(ByteView key, ByteView data) {
    Sha256 out;
    unsigned length = 0;
    // A null key would mean "keep the last one" to OpenSSL.
    const char empty = 0;
    require(HMAC(sha256_method(), key.empty() ? &empty : key.data(), static_cast<int>(key.size()),
                 octets(data), data.size(), out.octets.data(), &length) != nullptr,
            "HMAC");
    return out;
}

Bytes digest(Digest which, ByteView data) {
    Bytes out(EVP_MAX_MD_SIZE, '\0');
    unsigned length = 0;
    require(EVP_Digest(data.data(), data.size(), octets(out), &length, message_digest(which),
                       nullptr) == 1,
            "digest");
    out.resize(length);
    return out;
}

bool equal_constant_time(ByteView left, ByteView right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

struct Sha256Stream::State {
    DigestContext context{EVP_MD_CTX_new()};
    void start() {
        require(context && EVP_DigestInit_ex(context.get(), sha256_method(), nullptr) == 1,
                "SHA-256");
    }
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
    state_->start();
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

Sha256Stream& Sha256Stream::update(ByteView data) {
    require(EVP_DigestUpdate(state_->context.get(), data.data(), data.size()) == 1, "SHA-256");
    return *this;
}

Sha256 Sha256Stream::finish() {
    Sha256 out;
    require(EVP_DigestFinal_ex(state_->context.get(), out.octets.data(), nullptr) == 1, "SHA-256");
    state_->start();
    return out;
}

}  // namespace paraphe::crypto
