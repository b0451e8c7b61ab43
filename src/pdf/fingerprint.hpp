#pragma once

#include <string>
#include <vector>

#include "layout/pages.hpp"
#include "pdf/file.hpp"

/// What a document was made by and from, as its XMP packet says it: the same template, data, fonts,
/// engine and libraries give the same octets again (`paraphe rebuild`).
namespace paraphe::pdf {

struct Fingerprint {
    std::string engine;     ///< pdf:Producer, "paraphe 0.1.0"
    std::string libraries;  ///< "FreeType 2.12.1, HarfBuzz 6.0.0, ICU 72.1, libdeflate 1.14"
    std::vector<std::string> fonts;    ///< "Carlito sha256:…", by name
    std::vector<std::string> sources;  ///< Metadata::sources
    std::string created;               ///< xmp:CreateDate, RFC 3339

    bool operator==(const Fingerprint&) const = default;
};

Fingerprint fingerprint(const layout::Pages&);

/// Of a file; what it does not say is empty.
Fingerprint read_fingerprint(const File&);

/// The namespace of our XMP properties; its prefix is "paraphe".
inline constexpr std::string_view provenance_namespace = "urn:paraphe:provenance:1/";

}  // namespace paraphe::pdf
