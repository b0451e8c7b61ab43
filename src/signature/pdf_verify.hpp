#pragma once

#include "crypto/trust.hpp"
#include "pdf/file.hpp"
#include "signature/report.hpp"

/// For signature/ alone.
namespace paraphe::signature {

ValidationReport verify_pdf(const pdf::File&, const crypto::TrustStore&, Instant at);

}  // namespace paraphe::signature
