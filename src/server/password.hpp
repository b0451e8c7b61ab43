#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.hpp"

/// Passwords by argon2id (RFC 9106); home of libargon2.
namespace paraphe::server {

struct PasswordCost {
    std::uint32_t memory_kib = 64 * 1024;
    std::uint32_t passes = 3;
};

/// PHC string "$argon2id$v=19$m=…". Throws Error{malformed_input} (French) for a password shorter
/// than 12 or longer than 128 characters.
std::string hash_password(std::string_view password, Random&, const PasswordCost& = {});

/// In constant shape: a malformed hash is a wrong password.
bool verify_password(std::string_view password, const std::string& hash);

}  // namespace paraphe::server
