#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "crypto/signer.hpp"

/// ASiC-E containers with CAdES (ETSI EN 319 162-1 §4.4): a ZIP whose ASiCManifest lists every file
/// with its SHA-256, and a detached CMS over that manifest.
namespace paraphe::signature {

struct ContainerFile {
    std::string name;  ///< ASCII, relative
    Bytes bytes;
    std::string media_type;  ///< empty: application/octet-stream
};

inline constexpr const char* asice_media_type = "application/vnd.etsi.asic-e+zip";
inline constexpr const char* asice_manifest_name = "META-INF/ASiCManifest001.xml";
inline constexpr const char* asice_signature_name = "META-INF/signature001.p7s";

/// What the CMS is made over. Equal files give equal bytes.
Bytes asice_manifest(const std::vector<ContainerFile>&);
/// The container: mimetype first and stored, the files in their order, manifest, signature. Equal
/// inputs give equal bytes. Throws Error{internal} for unsafe or doubled names.
Bytes asice(const std::vector<ContainerFile>&, ByteView manifest, ByteView cms);
/// All at once. Throws Error{forbidden} when the certificate is not valid at `at`.
Bytes sign_asice(const std::vector<ContainerFile>&, Instant at, const crypto::Signer&);

}  // namespace paraphe::signature
