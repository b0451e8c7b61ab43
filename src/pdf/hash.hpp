#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "base/bytes.hpp"

namespace paraphe::pdf {

/// One load where the machine is little-endian too; a loop is not compiled to one.
inline std::uint64_t little_endian(const unsigned char* octets) {
    if constexpr (std::endian::native == std::endian::little) {
        std::uint64_t out;
        std::memcpy(&out, octets, sizeof out);
        return out;
    }
    std::uint64_t out = 0;
    for (int i = 7; i >= 0; --i)
        out = out << 8 | octets[i];
    return out;
}

/// Sixteen octets that name a content: not cryptographic, the same everywhere. For file identifiers
/// (ISO 32000-1 §14.4) and subset prefixes. Two lanes of multiply and rotate, as in MurmurHash3.
inline Bytes content_hash(ByteView data) {
    constexpr std::uint64_t first = 0x87C37B91114253D5u, second = 0x4CF5AD432745937Fu;
    const auto rotate = [](std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); };
    const auto finish = [](std::uint64_t x) {
        x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCDu;
        x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53u;
        return x ^ (x >> 33);
    };
    std::uint64_t a = data.size(), b = ~a;
    for (std::size_t at = 0; at < data.size(); at += 16) {
        unsigned char block[16] = {};
        std::memcpy(block, data.data() + at, data.size() - at < 16 ? data.size() - at : 16);
        const std::uint64_t x = little_endian(block), y = little_endian(block + 8);
        a = (rotate(a ^ (rotate(x * first, 31) * second), 27) + b) * 5 + 0x52DCE729;
        b = (rotate(b ^ (rotate(y * second, 33) * first), 31) + a) * 5 + 0x38495AB5;
    }
    a += b;
    b += a;
    a = finish(a);
    b = finish(b);
    a += b;
    b += a;
    Bytes out;
    for (const std::uint64_t lane : {a, b}) {
        for (int i = 0; i < 8; ++i)
            out += static_cast<char>(lane >> (8 * i) & 0xFF);
    }
    return out;
}

}  // namespace paraphe::pdf
