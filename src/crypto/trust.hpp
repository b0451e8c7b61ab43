#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/certificate.hpp"

namespace paraphe::crypto {

/// The certificates that a verifier trusts by decision: roots, or intermediate and end
/// certificates named directly. Empty: nothing can be more than indeterminate.
class TrustStore {
public:
    TrustStore() = default;
    explicit TrustStore(std::vector<Certificate> anchors) : anchors_(std::move(anchors)) {}
    /// A PEM or DER file, or a directory of *.pem, *.crt, *.cer, *.der. Throws Error{not_found} or
    /// Error{malformed_input}.
    static TrustStore load(const std::string& path);

    void add(Certificate certificate) { anchors_.push_back(std::move(certificate)); }
    const std::vector<Certificate>& anchors() const { return anchors_; }

private:
    std::vector<Certificate> anchors_;
};

enum class ChainStatus { trusted, no_anchor, expired, not_yet_valid, forbidden_use, broken };

struct ChainVerdict {
    ChainStatus status = ChainStatus::no_anchor;
    std::vector<Certificate> chain;  ///< from the certificate to the anchor, as far as found
    std::string detail;              ///< OpenSSL's words, for logs
};

/// Builds a path from `certificate` through `others` to an anchor (RFC 5280 §6) with all
/// certificates valid at `at`. No revocation data is asked for.
ChainVerdict verify_chain(const Certificate& certificate, const std::vector<Certificate>& others,
                          const TrustStore&, Instant at);

}  // namespace paraphe::crypto
