#include "signature/validity.hpp"

#include "base/error.hpp"

namespace paraphe::signature {

void require_valid(const crypto::Certificate& certificate, Instant at) {
    if (at > certificate.not_after())
        throw Error(ErrorKind::forbidden,
                    "the certificate of '" + certificate.common_name() + "' expired on " +
                        to_string(certificate.not_after()),
                    {}, "sign with a renewed certificate", "certificate_expired");
    if (at < certificate.not_before())
        throw Error(ErrorKind::forbidden,
                    "the certificate of '" + certificate.common_name() + "' is valid only from " +
                        to_string(certificate.not_before()),
                    {}, "wait, or check the clock", "certificate_not_yet_valid");
}

void judge_certificate(SignatureReport& report, const crypto::Certificate& certificate,
                       const std::vector<crypto::Certificate>& others,
                       const crypto::TrustStore& trust, Instant at) {
    report.certificate = certificate;
    report.signer = certificate.common_name();
    if (report.claimed_at && !certificate.valid_at(*report.claimed_at))
        report.add(finding("claimed_time_outside_validity"));
    const crypto::ChainVerdict chain = crypto::verify_chain(certificate, others, trust, at);
    switch (chain.status) {
        case crypto::ChainStatus::trusted:
            break;
        case crypto::ChainStatus::no_anchor:
            report.add(finding("no_trust_anchor"));
            break;
        case crypto::ChainStatus::expired:
            report.add(finding("certificate_expired"));
            break;
        case crypto::ChainStatus::not_yet_valid:
            report.add(finding("certificate_not_yet_valid"));
            break;
        case crypto::ChainStatus::forbidden_use:
            report.add(finding("certificate_forbidden_use"));
            break;
        case crypto::ChainStatus::broken:
            report.add(finding("certificate_chain_broken", chain.detail));
            break;
    }
}

void judge_cms(SignatureReport& report, const crypto::CmsVerdict& cms,
               const crypto::TrustStore& trust, Instant at, bool strict) {
    if (!cms.readable) {
        report.add(finding("unreadable_signature", cms.problem));
        return;
    }
    if (!cms.digest_fits) report.add(finding("hash_mismatch"));
    if (!cms.signature_fits) report.add(finding("bad_signature_value"));
    if (strict && !cms.certificate_bound) report.add(finding("certificate_not_bound"));
    if (cms.weak_digest) report.add(finding("weak_digest"));
    if (!report.claimed_at) report.claimed_at = cms.signing_time;
    judge_certificate(report, *cms.signer, cms.certificates, trust, at);
}

}  // namespace paraphe::signature
