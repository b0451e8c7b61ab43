#pragma once

#include "base/bytes.hpp"
#include "base/random.hpp"

namespace paraphe::crypto {

/// AES-256-GCM (NIST SP 800-38D): 32 octets of key, 12 of nonce, 16 of tag. A nonce is used once
/// under a key. Throws Error{internal} for other lengths.
/// Returns ciphertext ‖ tag.
Bytes aes_256_gcm_seal(ByteView key, ByteView nonce, ByteView associated_data, ByteView plaintext);
/// Throws Error{forbidden, code "authentication_failed"} when key, nonce, associated data or one
/// bit of `sealed` differ.
Bytes aes_256_gcm_open(ByteView key, ByteView nonce, ByteView associated_data, ByteView sealed);

/// The same with a random nonce in front: nonce ‖ ciphertext ‖ tag.
Bytes seal(ByteView key, Random&, ByteView associated_data, ByteView plaintext);
Bytes open(ByteView key, ByteView associated_data, ByteView sealed);

/// HKDF-SHA-256 (RFC 5869): `length` octets, at most 8160.
Bytes hkdf_sha256(ByteView secret, ByteView salt, ByteView info, std::size_t length);

}  // namespace paraphe::crypto
