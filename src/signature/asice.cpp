#include "signature/asice.hpp"

#include "crypto/cms.hpp"
#include "crypto/hash.hpp"
#include "signature/validity.hpp"
#include "signature/xml_names.hpp"
#include "xml/writer.hpp"
#include "zip/zip.hpp"

namespace paraphe::signature {

Bytes asice_manifest(const std::vector<ContainerFile>& files) {
    xml::Writer out;
    out.start("asic:ASiCManifest")
        .attribute("xmlns:asic", ns_asic)
        .attribute("xmlns:ds", ns_ds)
        .start("asic:SigReference")
        .attribute("MimeType", "application/pkcs7-signature")
        .attribute("URI", asice_signature_name)
        .end();
    for (const ContainerFile& file : files) {
        out.text("\n")
            .start("asic:DataObjectReference")
            .attribute("MimeType", file.media_type.empty() ? "application/octet-stream"
                                                           : std::string_view(file.media_type))
            .attribute("URI", uri_escape(file.name))
            .start("ds:DigestMethod")
            .attribute("Algorithm", algorithm_sha256)
            .end()
            .element("ds:DigestValue", to_base64(crypto::sha256(file.bytes).bytes()))
            .end();
    }
    return out.text("\n").end().take();
}

Bytes asice(const std::vector<ContainerFile>& files, ByteView manifest, ByteView cms) {
    std::vector<zip::Item> items;
    items.push_back({"mimetype", asice_media_type, zip::Method::stored});
    for (const ContainerFile& file : files)
        items.push_back({file.name, file.bytes});
    items.push_back({asice_manifest_name, Bytes(manifest)});
    items.push_back({asice_signature_name, Bytes(cms)});
    return zip::write(items);
}

Bytes sign_asice(const std::vector<ContainerFile>& files, Instant at,
                 const crypto::Signer& signer) {
    require_valid(signer.certificate(), at);
    const Bytes manifest = asice_manifest(files);
    return asice(files, manifest, crypto::sign_cades(manifest, signer, at));
}

}  // namespace paraphe::signature
