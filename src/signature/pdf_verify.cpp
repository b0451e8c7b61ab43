#include "signature/pdf_verify.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "signature/revision_changes.hpp"
#include "signature/validity.hpp"

namespace paraphe::signature {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts)
        out += (out.empty() ? "" : ", ") + part;
    return out;
}

/// Why the octets of /Contents are not one DER value padded with zeros; empty when they are.
std::string contents_fault(ByteView contents, std::size_t length) {
    if (length == 0 || contents.front() != '\x30') return "elle n'est pas en DER";
    if (contents.find_first_not_of('\0', length) != ByteView::npos)
        return "d'autres octets suivent la valeur";
    return {};
}

void judge_value(SignatureReport& report, const pdf::File& file, const pdf::Signature& signature,
                 const crypto::TrustStore& trust, Instant at) {
    const bool pades = signature.sub_filter == "ETSI.CAdES.detached";
    if (!pades && signature.sub_filter != "adbe.pkcs7.detached") {
        report.add(finding("unsupported_format", "« " + signature.sub_filter + " »"));
        return;
    }
    const std::size_t length = crypto::der_length(signature.contents);
    if (const std::string fault = contents_fault(signature.contents, length); !fault.empty()) {
        report.add(finding("odd_contents", fault));
        return;
    }
    if (!signature.range_fault.empty()) {
        report.add(finding("odd_byte_range", signature.range_fault));
        return;
    }
    const auto parts = file.signed_octets(signature);
    const crypto::CmsVerdict cms =
        crypto::verify_cms(ByteView(signature.contents).substr(0, length), {parts[0], parts[1]});
    judge_cms(report, cms, trust, at, pades);
    if (pades && cms.has_signing_time) report.add(finding("signing_time_attribute"));
    if (pades && cms.readable && cms.certificate_bound && !cms.has_signing_time &&
        report.claimed_at)
        report.level = "B-B";
}

/// What the revisions after `index` brought, in words.
std::vector<std::string> additions(const pdf::File& file, int index) {
    std::vector<std::string> out;
    const int last = static_cast<int>(file.revisions().size()) - 1;
    for (int i = index + 1; i <= last; ++i) {
        std::vector<std::string> signatures;
        for (const pdf::SignatureField& field : file.signature_fields())
            if (field.signature && field.signature->revision == i)
                signatures.push_back(
                    (field.signature->type == "DocTimeStamp" ? "horodatage « " : "signature « ") +
                    field.name + " »");
        out.push_back("révision " + std::to_string(i + 1) + " : " +
                      (signatures.empty() ? "sans signature" : joined(signatures)));
    }
    return out;
}

SignatureReport judge(const pdf::File& file, const pdf::SignatureField& field,
                      const crypto::TrustStore& trust, Instant at) {
    const pdf::Signature& signature = *field.signature;
    SignatureReport report;
    report.format = signature.type == "DocTimeStamp"                ? "RFC 3161"
                    : signature.sub_filter == "ETSI.CAdES.detached" ? "PAdES"
                                                                    : "PKCS#7";
    report.place = field.name;
    report.claimed_at = signature.signed_at;
    report.name = signature.name;
    report.reason = signature.reason;
    report.location = signature.location;
    judge_value(report, file, signature, trust, at);
    const int last = static_cast<int>(file.revisions().size()) - 1;
    if (signature.revision < 0 || !signature.range_fault.empty()) return report;
    report.covers = signature.revision == last
                        ? "tout le fichier"
                        : "la révision " + std::to_string(signature.revision + 1) + " sur " +
                              std::to_string(last + 1);
    report.added_after = additions(file, signature.revision);
    const Changes changes = changes_since(file, signature.revision);
    if (!changes.forbidden.empty())
        report.add(finding("changed_after_signing", joined(changes.forbidden)));
    if (!changes.unexamined.empty())
        report.add(finding("unexamined_changes", joined(changes.unexamined)));
    return report;
}

}  // namespace

ValidationReport verify_pdf(const pdf::File& file, const crypto::TrustStore& trust, Instant at) {
    ValidationReport out;
    out.format = "PDF";
    std::vector<const pdf::SignatureField*> fields;
    for (const pdf::SignatureField& field : file.signature_fields())
        if (field.is_signed())
            fields.push_back(&field);
        else
            out.empty_fields.push_back(field.name);
    std::stable_sort(fields.begin(), fields.end(), [](const auto* left, const auto* right) {
        return left->signature->revision < right->signature->revision;
    });
    for (const pdf::SignatureField* field : fields)
        out.signatures.push_back(judge(file, *field, trust, at));
    if (out.signatures.empty()) {
        out.findings.push_back(finding("no_signature"));
        return out;
    }
    const int last = static_cast<int>(file.revisions().size()) - 1;
    if (std::none_of(fields.begin(), fields.end(),
                     [&](const auto* field) { return field->signature->revision == last; }))
        out.findings.push_back(finding("unsigned_revision"));
    if (file.facts().has_xfa) out.findings.push_back(finding("xfa_form"));
    if (file.facts().has_script) out.findings.push_back(finding("script"));
    return out;
}

}  // namespace paraphe::signature
