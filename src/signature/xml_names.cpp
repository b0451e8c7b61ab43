#include "signature/xml_names.hpp"

#include <chrono>

namespace paraphe::signature {

std::optional<crypto::Digest> digest_named(std::string_view uri) {
    if (uri == algorithm_sha256) return crypto::Digest::sha256;
    if (uri == "http://www.w3.org/2001/04/xmldsig-more#sha384") return crypto::Digest::sha384;
    if (uri == "http://www.w3.org/2001/04/xmlenc#sha512") return crypto::Digest::sha512;
    if (uri == "http://www.w3.org/2000/09/xmldsig#sha1") return crypto::Digest::sha1;
    return std::nullopt;
}

std::optional<SignatureMethod> signature_method_named(std::string_view uri) {
    constexpr std::string_view more = "http://www.w3.org/2001/04/xmldsig-more#";
    if (uri == "http://www.w3.org/2000/09/xmldsig#rsa-sha1")
        return SignatureMethod{crypto::Digest::sha1, false};
    if (!uri.starts_with(more)) return std::nullopt;
    uri.remove_prefix(more.size());
    if (uri == "rsa-sha256") return SignatureMethod{crypto::Digest::sha256, false};
    if (uri == "rsa-sha384") return SignatureMethod{crypto::Digest::sha384, false};
    if (uri == "rsa-sha512") return SignatureMethod{crypto::Digest::sha512, false};
    if (uri == "ecdsa-sha256") return SignatureMethod{crypto::Digest::sha256, true};
    if (uri == "ecdsa-sha384") return SignatureMethod{crypto::Digest::sha384, true};
    if (uri == "ecdsa-sha512") return SignatureMethod{crypto::Digest::sha512, true};
    return std::nullopt;
}

std::string_view uri_of(crypto::SignatureAlgorithm algorithm) {
    switch (algorithm) {
        case crypto::SignatureAlgorithm::rsa_pkcs1_sha256:
            return "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
        case crypto::SignatureAlgorithm::ecdsa_sha256:
            return "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
        case crypto::SignatureAlgorithm::ecdsa_sha384:
            return "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384";
    }
    return {};
}

std::string uri_escape(std::string_view name) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') ||
                           std::string_view("-._~/").find(c) != std::string_view::npos;
        if (plain) {
            out += c;
        } else {
            const auto octet = static_cast<unsigned char>(c);
            out += '%';
            out += digits[octet >> 4];
            out += digits[octet & 15];
        }
    }
    return out;
}

std::optional<std::string> uri_unescape(std::string_view uri) {
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    std::string out;
    for (std::size_t i = 0; i < uri.size(); ++i) {
        if (uri[i] != '%') {
            out += uri[i];
            continue;
        }
        if (i + 2 >= uri.size()) return std::nullopt;
        const int high = digit(uri[i + 1]), low = digit(uri[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high << 4 | low);
        i += 2;
    }
    return out;
}

std::string to_seconds_text(Instant at) {
    return to_string(Instant(std::chrono::floor<std::chrono::seconds>(at)));
}

}  // namespace paraphe::signature
