#pragma once

#include <vector>

#include "crypto/cms.hpp"
#include "crypto/trust.hpp"
#include "signature/report.hpp"

/// For signature/ alone: what all formats ask of a certificate.
namespace paraphe::signature {

/// Before signing: throws Error{forbidden, "certificate_expired" or "certificate_not_yet_valid"}.
void require_valid(const crypto::Certificate&, Instant at);

/// Adds what a certificate's chain gives cause to.
void judge_certificate(SignatureReport&, const crypto::Certificate&,
                       const std::vector<crypto::Certificate>& others, const crypto::TrustStore&,
                       Instant at);

/// Fills a report from a detached CMS. `strict`: CAdES, which must bind its certificate.
void judge_cms(SignatureReport&, const crypto::CmsVerdict&, const crypto::TrustStore&, Instant at,
               bool strict);

}  // namespace paraphe::signature
