#pragma once

#include <memory>

#include "base/bytes.hpp"

/// Digests, message authentication and authenticated encryption. OpenSSL's only home is this
/// folder; no header of it shows. Randomness comes in as base's Random.
namespace paraphe::crypto {

Sha256 sha256(ByteView);

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1).
Sha256 hmac_sha256(ByteView key, ByteView data);

/// Any digest that signatures name. Throws Error{internal} if OpenSSL refuses.
enum class Digest { sha1, sha256, sha384, sha512 };
Bytes digest(Digest, ByteView);

/// Compares in time that depends on the lengths alone.
bool equal_constant_time(ByteView, ByteView);

/// SHA-256 of data that arrives in pieces.
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;

    Sha256Stream& update(ByteView);
    /// The digest of everything given; the stream is then empty and may be used again.
    Sha256 finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace paraphe::crypto
