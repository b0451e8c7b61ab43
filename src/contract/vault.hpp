#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/random.hpp"

namespace paraphe::contract {

/// The key of one dossier (AES-256-GCM). Whatever tells of a person is sealed with it before it
/// reaches the store; who destroys the wrapped key destroys all of it.
class Vault {
public:
    /// A new key.
    static Vault make(std::string dossier, Random&);
    /// Throws Error{forbidden, "authentication_failed"} under another organisation key.
    static Vault unwrap(std::string dossier, ByteView organisation_key, ByteView wrapped);
    Bytes wrap(ByteView organisation_key, Random&) const;

    /// `place` is the table, column and row ("event.body.7"): a value cannot be moved to another
    /// place or dossier unnoticed.
    Bytes seal(std::string_view place, ByteView plain, Random&) const;
    /// Throws Error{malformed_input, "damaged_store"} naming the place.
    Bytes open(std::string_view place, ByteView sealed) const;

    /// A key of its own for `purpose`, derived from the dossier's (HKDF).
    Bytes derive(std::string_view purpose) const;
    /// HMAC under a derived key: names content without telling it to who guesses.
    Sha256 digest(std::string_view purpose, ByteView) const;

private:
    Vault(std::string dossier, Bytes key) : dossier_(std::move(dossier)), key_(std::move(key)) {}
    std::string dossier_;
    Bytes key_;
};

}  // namespace paraphe::contract
