#include "contract/vault.hpp"

#include "base/error.hpp"
#include "crypto/cipher.hpp"
#include "crypto/hash.hpp"

namespace paraphe::contract {

namespace {

std::string associated(std::string_view place, const std::string& dossier) {
    return std::string(place) + "\n" + dossier;
}

}  // namespace

Vault Vault::make(std::string dossier, Random& random) {
    return Vault(std::move(dossier), random.bytes(32));
}

Vault Vault::unwrap(std::string dossier, ByteView organisation_key, ByteView wrapped) {
    Bytes key = crypto::open(organisation_key, associated("dossier_key.wrapped", dossier), wrapped);
    return Vault(std::move(dossier), std::move(key));
}

Bytes Vault::wrap(ByteView organisation_key, Random& random) const {
    return crypto::seal(organisation_key, random, associated("dossier_key.wrapped", dossier_),
                        key_);
}

Bytes Vault::seal(std::string_view place, ByteView plain, Random& random) const {
    return crypto::seal(key_, random, associated(place, dossier_), plain);
}

Bytes Vault::open(std::string_view place, ByteView sealed) const {
    try {
        return crypto::open(key_, associated(place, dossier_), sealed);
    } catch (const Error&) {
        throw Error(ErrorKind::malformed_input,
                    "what the store holds at " + std::string(place) + " of dossier " + dossier_ +
                        " is not what was put there",
                    {}, "restore it from a backup", "damaged_store");
    }
}

Bytes Vault::derive(std::string_view purpose) const {
    return crypto::hkdf_sha256(key_, {}, purpose, 32);
}

Sha256 Vault::digest(std::string_view purpose, ByteView data) const {
    return crypto::hmac_sha256(derive(purpose), data);
}

}  // namespace paraphe::contract
