#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "crypto/authority.hpp"
#include "crypto/trust.hpp"

/// Fictional keys for tests: made anew in each run, valid from 2026 to 2098, since some outside
/// verifiers know no other time than now.
namespace paraphe::fixtures {

inline Instant instant(const char* text) {
    return *parse_instant(text);
}
inline Instant now() {
    return instant("2026-11-25T07:10:56Z");
}

struct Keys {
    SequenceRandom random{42};
    crypto::Authority authority =
        crypto::Authority::create({"Autorité d'essai", "Association Escale Logement"},
                                  instant("2026-01-01"), instant("2120-01-01"), random);
    crypto::KeySigner p256 = issue("Awa Sarr", crypto::KeyType::p256);
    crypto::KeySigner p384 = issue("Léa Vasseur", crypto::KeyType::p384);
    crypto::KeySigner rsa = issue("Département de l'Essai", crypto::KeyType::rsa2048);
    crypto::TrustStore trust{{authority.certificate()}};

    crypto::KeySigner issue(const std::string& name, crypto::KeyType type,
                            const char* from = "2026-01-01", const char* until = "2099-01-01") {
        return authority.issue({name, "Association Escale Logement"}, instant(from), instant(until),
                               random, type);
    }
};

/// One set for a whole test program: making RSA keys takes time.
inline Keys& keys() {
    static Keys keys;
    return keys;
}

/// The whole message of the Error that `call` throws; empty when it throws none.
template <typename Call>
std::string error_of(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

template <typename Call>
std::string code_of(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return {};
}

/// A path in a folder of the build tree for files that outside programs read.
inline std::string scratch(const std::string& name) {
    const auto folder = std::filesystem::path(PARAPHE_BINARY_DIR) / "signature_scratch";
    std::filesystem::create_directories(folder);
    return (folder / name).string();
}

/// The exit status of a shell command, its output dropped.
inline int run(const std::string& command) {
    return std::system(("{ " + command + "\n} >/dev/null 2>&1").c_str());
}

}  // namespace paraphe::fixtures
