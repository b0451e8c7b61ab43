#pragma once

#include "crypto/signer.hpp"

namespace paraphe::crypto {

struct Subject {
    std::string common_name;
    std::string organization;
    std::string country = "FR";
};

/// A certification authority made on the spot, for tests, the demonstration and a first
/// installation. What it issues is worth what its root's holder is worth: no qualified signature.
class Authority {
public:
    static Authority create(const Subject&, Instant not_before, Instant not_after, Random&,
                            KeyType = KeyType::p256);
    /// The authority of a key written earlier with write_pkcs12(authority.signer(), …).
    explicit Authority(KeySigner signer) : signer_(std::move(signer)) {}

    /// A certificate for signing documents (digitalSignature, nonRepudiation) over a new key.
    KeySigner issue(const Subject&, Instant not_before, Instant not_after, Random&,
                    KeyType = KeyType::p256) const;
    const Certificate& certificate() const { return signer_.certificate(); }
    const KeySigner& signer() const { return signer_; }

private:
    KeySigner signer_;
};

}  // namespace paraphe::crypto
