#include "server/password.hpp"

#include <argon2.h>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace paraphe::server {

std::string hash_password(std::string_view password, Random& random, const PasswordCost& cost) {
    const std::size_t length = utf8::length(password);
    if (length < 12 || length > 128)
        throw Error(ErrorKind::malformed_input, "le mot de passe doit avoir de 12 à 128 caractères",
                    {}, "choisissez une phrase de quelques mots", "weak_password");
    const Bytes salt = random.bytes(16);
    constexpr std::size_t hash_length = 32;
    std::string encoded(
        argon2_encodedlen(cost.passes, cost.memory_kib, 1, salt.size(), hash_length, Argon2_id),
        '\0');
    const int result = argon2id_hash_encoded(cost.passes, cost.memory_kib, 1, password.data(),
                                             password.size(), salt.data(), salt.size(), hash_length,
                                             encoded.data(), encoded.size());
    if (result != ARGON2_OK)
        throw Error(ErrorKind::unavailable,
                    std::string("cannot hash the password: ") + argon2_error_message(result));
    encoded.resize(encoded.find('\0'));
    return encoded;
}

bool verify_password(std::string_view password, const std::string& hash) {
    if (utf8::length(password) > 128) return false;
    return argon2id_verify(hash.c_str(), password.data(), password.size()) == ARGON2_OK;
}

}  // namespace paraphe::server
