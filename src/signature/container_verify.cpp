#include "signature/container_verify.hpp"

#include <set>

#include "base/error.hpp"
#include "crypto/cms.hpp"
#include "crypto/hash.hpp"
#include "signature/package.hpp"
#include "signature/validity.hpp"
#include "signature/xml_names.hpp"
#include "signature/xml_verify.hpp"
#include "xml/xml.hpp"

namespace paraphe::signature {

namespace {

constexpr std::size_t reference_limit = 20'000;

PartReader reader_of(const zip::Archive& archive) {
    return [&archive](const std::string& name) { return archive.read_if_present(name); };
}

/// Entries that every signature of this kind of container should cover.
std::vector<std::string> payload_of(const zip::Archive& archive, bool odf) {
    std::vector<std::string> out;
    for (const zip::Entry& entry : archive.entries()) {
        const bool counts = odf ? signed_in_odf(entry)
                                : !entry.is_directory() && entry.name != "mimetype" &&
                                      !entry.name.starts_with("META-INF/");
        if (counts) out.push_back(entry.name);
    }
    return out;
}

/// Compares what is there with what is signed: neither libxmlsec1 nor EU DSS minds a file that was
/// added to a signed package.
void judge_coverage(ValidationReport& report, const std::vector<std::string>& payload) {
    std::set<std::string> anywhere;
    for (SignatureReport& signature : report.signatures) {
        const std::set<std::string> own(signature.covered.begin(), signature.covered.end());
        anywhere.insert(own.begin(), own.end());
        std::size_t missing = 0;
        for (const std::string& name : payload)
            if (!own.contains(name)) {
                ++missing;
                signature.add(finding("not_covered", name));
            }
        signature.covers = missing == 0 ? "tous les fichiers du conteneur"
                                        : std::to_string(payload.size() - missing) +
                                              " fichiers sur " + std::to_string(payload.size());
    }
    for (const std::string& name : payload)
        if (!anywhere.contains(name)) report.findings.push_back(finding("unsigned_entry", name));
}

SignatureReport judge_manifest(const zip::Archive& archive, const std::string& manifest_name,
                               std::set<std::string>& known, const crypto::TrustStore& trust,
                               Instant at) {
    SignatureReport report;
    report.format = "CAdES";
    report.place = manifest_name;
    const Bytes manifest = archive.read(manifest_name);
    try {
        const xml::Document document = xml::parse(manifest, {archive.source(), manifest_name});
        const xml::Element& root = document.root();
        const xml::Element* signature = root.child(ns_asic, "SigReference");
        const std::string* uri = signature ? signature->attribute("URI") : nullptr;
        const auto name = uri ? uri_unescape(*uri) : std::nullopt;
        const auto cms = name ? archive.read_if_present(*name) : std::nullopt;
        if (!root.is(ns_asic, "ASiCManifest") || !cms) {
            report.add(finding("missing_reference", uri ? *uri : "SigReference"));
            return report;
        }
        known.insert(*name);
        report.place = *name;
        const auto references = root.elements(ns_asic, "DataObjectReference");
        if (references.empty() || references.size() > reference_limit) {
            report.add(finding("unreadable_signature", "le manifeste ne désigne aucun fichier"));
            return report;
        }
        for (const xml::Element* reference : references) {
            const std::string* target = reference->attribute("URI");
            const xml::Element* method = reference->child(ns_ds, "DigestMethod");
            const xml::Element* value = reference->child(ns_ds, "DigestValue");
            const auto digest = digest_named(method ? method->attribute_or_empty("Algorithm") : "");
            const auto entry = target ? uri_unescape(*target) : std::nullopt;
            if (!entry || !digest || !value) {
                report.add(finding("unsupported_format", "référence du manifeste"));
                continue;
            }
            if (*digest == crypto::Digest::sha1) report.add(finding("weak_digest"));
            const auto bytes = archive.read_if_present(*entry);
            if (!bytes) {
                report.add(finding("missing_reference", *entry));
                continue;
            }
            if (crypto::digest(*digest, *bytes) != from_base64(value->text()))
                report.add(finding("hash_mismatch", " (" + *entry + ")"));
            report.covered.push_back(*entry);
        }
        const crypto::CmsVerdict verdict = crypto::verify_cms(*cms, {manifest});
        judge_cms(report, verdict, trust, at, true);
        if (verdict.readable && verdict.certificate_bound && verdict.signing_time)
            report.level = "B-B";
    } catch (const Error& error) {
        report.add(finding("unreadable_signature", error.what()));
    }
    return report;
}

bool is_xades_file(const std::string& name) {
    return name.starts_with("META-INF/") && name.ends_with(".xml") &&
           name.find("signatures") != std::string::npos;
}

}  // namespace

ValidationReport verify_odf(const zip::Archive& archive, const crypto::TrustStore& trust,
                            Instant at) {
    constexpr const char* name = "META-INF/documentsignatures.xml";
    ValidationReport out;
    out.format = "ODF";
    if (const auto signatures = archive.read_if_present(name))
        out.signatures = judge_xml_signatures(*signatures, {archive.source(), name},
                                              reader_of(archive), trust, at);
    if (out.signatures.empty()) {
        out.findings.push_back(finding("no_signature"));
        return out;
    }
    judge_coverage(out, payload_of(archive, true));
    for (const zip::Entry& entry : archive.entries())
        if (entry.name.starts_with("META-INF/") && !entry.is_directory() && entry.name != name &&
            entry.name != "META-INF/manifest.xml")
            out.findings.push_back(finding("unsigned_entry", entry.name));
    return out;
}

ValidationReport verify_asice(const zip::Archive& archive, const crypto::TrustStore& trust,
                              Instant at) {
    ValidationReport out;
    out.format = "ASiC-E";
    std::set<std::string> known;
    for (const zip::Entry& entry : archive.entries()) {
        if (!entry.name.starts_with("META-INF/") || entry.is_directory()) continue;
        if (entry.name.find("ASiCManifest") != std::string::npos && entry.name.ends_with(".xml")) {
            known.insert(entry.name);
            out.signatures.push_back(judge_manifest(archive, entry.name, known, trust, at));
        } else if (is_xades_file(entry.name)) {
            known.insert(entry.name);
            for (SignatureReport& one :
                 judge_xml_signatures(archive.read(entry.name), {archive.source(), entry.name},
                                      reader_of(archive), trust, at))
                out.signatures.push_back(std::move(one));
        }
    }
    if (out.signatures.empty()) {
        out.findings.push_back(finding("no_signature"));
        return out;
    }
    const auto type = archive.read_if_present("mimetype");
    if (type && *type != "application/vnd.etsi.asic-e+zip")
        out.findings.push_back(finding("unsupported_format", "mimetype « " + *type + " »"));
    judge_coverage(out, payload_of(archive, false));
    for (const zip::Entry& entry : archive.entries())
        if (entry.name.starts_with("META-INF/") && !entry.is_directory() &&
            !known.contains(entry.name) && entry.name != "META-INF/manifest.xml")
            out.findings.push_back(finding("unsigned_entry", entry.name));
    return out;
}

}  // namespace paraphe::signature
