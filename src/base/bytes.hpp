#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace paraphe {

/// Octets; no encoding implied.
using Bytes = std::string;
using ByteView = std::string_view;

/// Lower-case hexadecimal, two digits an octet.
std::string to_hex(ByteView);
/// Throws Error{malformed_input} unless `hex` is an even number of hexadecimal digits.
Bytes from_hex(std::string_view hex);

/// RFC 4648 §4, padded.
std::string to_base64(ByteView);
/// Ignores white space; throws Error{malformed_input} for anything else outside the alphabet.
Bytes from_base64(std::string_view);

/// A SHA-256 value (FIPS 180-4). Computed by crypto/; here only the value, so that every layer can
/// name things by it.
struct Sha256 {
    std::array<std::uint8_t, 32> octets{};

    std::string hex() const;
    ByteView bytes() const;
    /// Throws Error{malformed_input} unless 64 hexadecimal digits.
    static Sha256 from_hex(std::string_view);
    /// Throws Error{malformed_input} unless 32 octets.
    static Sha256 from_bytes(ByteView);

    auto operator<=>(const Sha256&) const = default;
};

}  // namespace paraphe
