#pragma once

#include <string>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "crypto/trust.hpp"
#include "signature/report.hpp"
#include "zip/zip.hpp"

namespace paraphe::signature {

/// What a container may weigh: a year of contracts in one pack.
inline constexpr zip::Caps container_caps{20'000, 1u << 30, 1000};

/// Judges a PDF, an ODF package or an ASiC-E container, told apart by their content. Certificates
/// must be valid at `at`; an empty trust store makes everything indeterminate at best. Throws
/// Error{malformed_input} for a file that is none of the three or cannot be read, with the codes of
/// pdf::File and zip::Archive; `source` names it in messages.
ValidationReport verify(Bytes, const std::string& source, const crypto::TrustStore&, Instant at);

}  // namespace paraphe::signature
