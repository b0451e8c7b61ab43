#pragma once

#include "crypto/trust.hpp"
#include "signature/report.hpp"
#include "zip/zip.hpp"

/// For signature/ alone.
namespace paraphe::signature {

ValidationReport verify_odf(const zip::Archive&, const crypto::TrustStore&, Instant at);
ValidationReport verify_asice(const zip::Archive&, const crypto::TrustStore&, Instant at);

}  // namespace paraphe::signature
