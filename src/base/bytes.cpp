#include "base/bytes.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace paraphe {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_hex(ByteView bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (unsigned char c : bytes) {
        out += digits[c >> 4];
        out += digits[c & 15];
    }
    return out;
}

Bytes from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0)
        throw Error(ErrorKind::malformed_input, "odd number of hexadecimal digits");
    Bytes out;
    out.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = hex_digit(hex[i]);
        const int low = hex_digit(hex[i + 1]);
        if (high < 0 || low < 0) throw Error(ErrorKind::malformed_input, "not a hexadecimal digit");
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

std::string to_base64(ByteView bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= n ? base64_alphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

Bytes from_base64(std::string_view text) {
    Bytes out;
    std::uint32_t group = 0;
    int bits = 0;
    std::size_t digits = 0;
    std::size_t padding = 0;
    for (char c : text) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const auto value = base64_alphabet.find(c);
        if (value == std::string_view::npos || padding > 0)
            throw Error(ErrorKind::malformed_input, "not base64");
        ++digits;
        group = group << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(group >> bits & 255);
        }
    }
    if (padding > 2 || (digits + padding) % 4 != 0)
        throw Error(ErrorKind::malformed_input, "base64 of a wrong length");
    return out;
}

std::string Sha256::hex() const {
    return to_hex(bytes());
}

ByteView Sha256::bytes() const {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

Sha256 Sha256::from_hex(std::string_view hex) {
    return from_bytes(paraphe::from_hex(hex));
}

Sha256 Sha256::from_bytes(ByteView bytes) {
    Sha256 out;
    if (bytes.size() != out.octets.size())
        throw Error(ErrorKind::malformed_input, "a SHA-256 value has 32 octets");
    std::copy(bytes.begin(), bytes.end(), out.octets.begin());
    return out;
}

}  // namespace paraphe
