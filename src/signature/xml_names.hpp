#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/signer.hpp"

/// For signature/ alone: the names of XML Signature 1.1, XAdES, ODF and ASiC.
namespace paraphe::signature {

inline constexpr std::string_view ns_ds = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view ns_xades = "http://uri.etsi.org/01903/v1.3.2#";
inline constexpr std::string_view ns_odf =
    "urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0";
inline constexpr std::string_view ns_asic = "http://uri.etsi.org/02918/v1.2.1#";
inline constexpr std::string_view ns_dc = "http://purl.org/dc/elements/1.1/";

inline constexpr std::string_view algorithm_c14n =
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
inline constexpr std::string_view algorithm_exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
inline constexpr std::string_view algorithm_sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
inline constexpr std::string_view type_signed_properties =
    "http://uri.etsi.org/01903#SignedProperties";

/// A digest by its algorithm URI.
std::optional<crypto::Digest> digest_named(std::string_view uri);

struct SignatureMethod {
    crypto::Digest digest;
    bool ecdsa;
};
std::optional<SignatureMethod> signature_method_named(std::string_view uri);
std::string_view uri_of(crypto::SignatureAlgorithm);

/// The name of a package entry as a relative URI: everything but unreserved characters and "/" is
/// escaped (RFC 3986).
std::string uri_escape(std::string_view name);
/// Nullopt for a broken escape.
std::optional<std::string> uri_unescape(std::string_view uri);

/// "2026-11-25T07:10:56Z", without a fraction.
std::string to_seconds_text(Instant);

}  // namespace paraphe::signature
