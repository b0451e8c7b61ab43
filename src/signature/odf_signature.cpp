#include "signature/odf_signature.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "signature/exclusive_c14n.hpp"
#include "signature/package.hpp"
#include "signature/validity.hpp"
#include "signature/xml_names.hpp"
#include "xml/canonical.hpp"
#include "xml/writer.hpp"
#include "zip/zip.hpp"

namespace paraphe::signature {

namespace {

constexpr std::string_view signatures_name = "META-INF/documentsignatures.xml";

struct Reference {
    std::string uri;
    bool canonical = false;
    std::string media_type;
    Bytes digest;
};

std::string media_type_of(const std::string& name) {
    if (name.ends_with(".xml")) return "text/xml";
    if (name.ends_with(".rdf")) return "application/rdf+xml";
    if (name.ends_with(".png")) return "image/png";
    if (name.ends_with(".jpg") || name.ends_with(".jpeg")) return "image/jpeg";
    return "application/octet-stream";
}

std::vector<Reference> references_of(const zip::Archive& archive) {
    std::vector<Reference> out;
    for (const zip::Entry& entry : archive.entries()) {
        if (!signed_in_odf(entry)) continue;
        for (const char c : entry.name)
            if (static_cast<unsigned char>(c) >= 0x80) {
                Location where;
                where.source = archive.source();
                where.part = entry.name;
                throw Error(ErrorKind::malformed_input,
                            "the entry's name is not ASCII, and LibreOffice cannot verify such a "
                            "signature",
                            where, "rename the picture", "name_not_ascii");
            }
        Reference reference{
            uri_escape(entry.name), is_xml(entry.name), media_type_of(entry.name), {}};
        Bytes bytes = archive.read(entry.name);
        if (reference.canonical)
            bytes = xml::canonical(
                xml::parse(bytes, {archive.source(), entry.name}, {}, xml::Keep::everything));
        reference.digest = Bytes(crypto::sha256(bytes).bytes());
        out.push_back(std::move(reference));
    }
    return out;
}

std::string digest_elements(ByteView digest) {
    return "<DigestMethod Algorithm=\"" + std::string(algorithm_sha256) +
           "\"></DigestMethod><DigestValue>" + to_base64(digest) + "</DigestValue>";
}

std::string transforms(std::string_view algorithm) {
    return "<Transforms><Transform Algorithm=\"" + std::string(algorithm) +
           "\"></Transform></Transforms>";
}

/// The ids of one signature; `count` makes them unlike those of the signatures before.
struct Ids {
    explicit Ids(int count)
        : signature("paraphe-" + std::to_string(count)),
          date(signature + "-date"),
          properties(signature + "-properties"),
          value(signature + "-value") {}
    std::string reference(std::size_t index) const {
        return signature + "-r" + std::to_string(index);
    }
    std::string signature, date, properties, value;
};

std::string signed_info(const Ids& ids, crypto::SignatureAlgorithm algorithm,
                        const std::vector<Reference>& references, ByteView date_digest,
                        ByteView properties_digest) {
    std::string out = "<SignedInfo><CanonicalizationMethod Algorithm=\"" +
                      std::string(algorithm_exclusive) +
                      "\"></CanonicalizationMethod><SignatureMethod Algorithm=\"" +
                      std::string(uri_of(algorithm)) + "\"></SignatureMethod>";
    for (std::size_t i = 0; i < references.size(); ++i)
        out += "<Reference Id=\"" + ids.reference(i) + "\" URI=\"" + references[i].uri + "\">" +
               (references[i].canonical ? transforms(algorithm_c14n) : "") +
               digest_elements(references[i].digest) + "</Reference>";
    const std::string own = transforms(algorithm_exclusive);
    out += "<Reference URI=\"#" + ids.date + "\">" + own + digest_elements(date_digest) +
           "</Reference><Reference Type=\"" + std::string(type_signed_properties) + "\" URI=\"#" +
           ids.properties + "\">" + own + digest_elements(properties_digest) +
           "</Reference></SignedInfo>";
    return out;
}

std::string key_info(const crypto::Certificate& certificate,
                     const std::vector<crypto::Certificate>& chain) {
    std::string out = "<KeyInfo><X509Data><X509IssuerSerial><X509IssuerName>" +
                      xml::escape_text(certificate.issuer()) +
                      "</X509IssuerName><X509SerialNumber>" + certificate.serial() +
                      "</X509SerialNumber></X509IssuerSerial>";
    const auto add = [&](const crypto::Certificate& one) {
        out += "<X509Certificate>" + to_base64(one.der()) + "</X509Certificate>";
    };
    add(certificate);
    for (const crypto::Certificate& issuer : chain)
        if (!(issuer == certificate)) add(issuer);
    return out + "</X509Data></KeyInfo>";
}

std::string objects(const Ids& ids, const crypto::Certificate& certificate,
                    const std::vector<Reference>& references, Instant at) {
    const std::string when = to_seconds_text(at);
    std::string out = "<Object><SignatureProperties><SignatureProperty Id=\"" + ids.date +
                      "\" Target=\"#" + ids.signature + "\"><dc:date xmlns:dc=\"" +
                      std::string(ns_dc) + "\">" + when +
                      "</dc:date></SignatureProperty></SignatureProperties></Object>";
    out += "<Object><xd:QualifyingProperties xmlns:xd=\"" + std::string(ns_xades) +
           "\" Target=\"#" + ids.signature + "\"><xd:SignedProperties Id=\"" + ids.properties +
           "\"><xd:SignedSignatureProperties><xd:SigningTime>" + when +
           "</xd:SigningTime><xd:SigningCertificateV2><xd:Cert><xd:CertDigest>" +
           digest_elements(certificate.fingerprint().bytes()) +
           "</xd:CertDigest></xd:Cert></xd:SigningCertificateV2></xd:SignedSignatureProperties>"
           "<xd:SignedDataObjectProperties>";
    for (std::size_t i = 0; i < references.size(); ++i)
        out += "<xd:DataObjectFormat ObjectReference=\"#" + ids.reference(i) + "\"><xd:MimeType>" +
               references[i].media_type + "</xd:MimeType></xd:DataObjectFormat>";
    return out +
           "</xd:SignedDataObjectProperties></xd:SignedProperties></xd:QualifyingProperties>"
           "</Object>";
}

[[noreturn]] void refuse_signatures(const std::string& source) {
    Location where;
    where.source = source;
    where.part = signatures_name;
    throw Error(ErrorKind::malformed_input, "no list of document signatures", where);
}

/// What stands before and after the new Signature: a new document, or the one that is there, whose
/// octets stay as they are so that its signatures stay valid.
struct Frame {
    std::string before, after;
    int count = 1;  ///< of the new signature
};

Frame frame_of(const zip::Archive& archive) {
    const std::optional<Bytes> present = archive.read_if_present(signatures_name);
    if (!present) {
        // dsig:version is what the schema of OpenDocument 1.3 asks for. LibreOffice 7.4 forgets the
        // root's namespaces when it verifies, so what lies in this document is canonicalized
        // exclusively: then they are in no digest.
        return {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document-signatures xmlns=\"" +
                    std::string(ns_odf) + "\" xmlns:dsig=\"" + std::string(ns_odf) +
                    "\" dsig:version=\"1.3\">",
                "</document-signatures>", 1};
    }
    const xml::Origin origin{archive.source(), std::string(signatures_name)};
    const xml::Document document = xml::parse(*present, origin);
    const auto end = present->rfind("</");
    if (!document.root().is(ns_odf, "document-signatures") || end == Bytes::npos)
        refuse_signatures(archive.source());
    Frame out{present->substr(0, end), present->substr(end), 1};
    while (xml::find_by_attribute(document.root(), "Id", Ids(out.count).signature))
        ++out.count;
    return out;
}

}  // namespace

OdfPreparation prepare_odf(Bytes package, const std::string& source, Instant at,
                           const crypto::Certificate& certificate,
                           const std::vector<crypto::Certificate>& chain) {
    require_valid(certificate, at);
    OdfPreparation out;
    out.algorithm = certificate.algorithm();
    out.certificate = certificate;
    out.base = crypto::sha256(package);
    out.package = std::move(package);
    const zip::Archive archive = zip::Archive::open(out.package, source);
    if (!archive.find("META-INF/manifest.xml") || !archive.find("content.xml")) {
        Location where;
        where.source = source;
        throw Error(ErrorKind::malformed_input, "not an OpenDocument package", where,
                    "give an .odt file", "not_odf");
    }
    const std::vector<Reference> references = references_of(archive);
    const Frame frame = frame_of(archive);
    const Ids ids(frame.count);
    const std::string rest = key_info(certificate, chain) +
                             objects(ids, certificate, references, at) + "</Signature>" +
                             frame.after;
    const auto assemble = [&](ByteView date_digest, ByteView properties_digest) {
        out.signatures =
            frame.before + "<Signature xmlns=\"" + std::string(ns_ds) + "\" Id=\"" + ids.signature +
            "\">" + signed_info(ids, out.algorithm, references, date_digest, properties_digest) +
            "<SignatureValue Id=\"" + ids.value + "\">";
        out.value_at = out.signatures.size();
        out.signatures += "</SignatureValue>" + rest;
        return xml::parse(out.signatures, {source, std::string(signatures_name)}, {},
                          xml::Keep::everything);
    };
    // SignedInfo is complete only when the elements of this very document are digested.
    const xml::Document draft = assemble({}, {});
    const auto digest_of_element = [&](const std::string& id) {
        const xml::Element* element = xml::find_by_attribute(draft.root(), "Id", id);
        if (!element) refuse_signatures(source);
        return crypto::sha256(exclusive_canonical(*element));
    };
    const Sha256 date = digest_of_element(ids.date), properties = digest_of_element(ids.properties);
    const xml::Document complete = assemble(date.bytes(), properties.bytes());
    const xml::Element* signature = xml::find_by_attribute(complete.root(), "Id", ids.signature);
    out.to_sign = exclusive_canonical(*signature->child(ns_ds, "SignedInfo"));
    return out;
}

Bytes embed_odf(const OdfPreparation& preparation, const Sha256& current,
                ByteView signature_value) {
    if (current != preparation.base)
        throw Error(ErrorKind::conflict,
                    "the document has changed since it was prepared for this signature", {},
                    "prepare the newest version and sign that", "stale_base");
    if (!crypto::verify(*preparation.certificate, preparation.to_sign, signature_value))
        throw Error(ErrorKind::forbidden,
                    "the signature value was not made over what was prepared with the key of '" +
                        preparation.certificate->common_name() + "'",
                    {}, "sign the prepared octets anew", "wrong_signature");
    Bytes signatures = preparation.signatures;
    const bool ecdsa = preparation.algorithm != crypto::SignatureAlgorithm::rsa_pkcs1_sha256;
    signatures.insert(preparation.value_at,
                      to_base64(ecdsa ? crypto::raw_ecdsa(signature_value, preparation.algorithm)
                                      : Bytes(signature_value)));
    const zip::Archive archive = zip::Archive::open(preparation.package, "ODF");
    std::vector<zip::Item> items = items_of(archive);
    std::erase_if(items, [](const zip::Item& item) { return item.name == signatures_name; });
    items.push_back({std::string(signatures_name), std::move(signatures)});
    return zip::write(items);
}

Bytes odf_sign(Bytes package, const std::string& source, Instant at, const crypto::Signer& signer) {
    const OdfPreparation prepared =
        prepare_odf(std::move(package), source, at, signer.certificate(), signer.chain());
    return embed_odf(prepared, prepared.base, signer.sign(prepared.to_sign));
}

}  // namespace paraphe::signature
