#include "crypto/openssl.hpp"

#include <ctime>
#include <limits>

namespace paraphe::crypto {

Bio memory(ByteView bytes) {
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw Error(ErrorKind::malformed_input, "more than 2 GiB of data");
    Bio bio(BIO_new_mem_buf(bytes.data() ? bytes.data() : "", static_cast<int>(bytes.size())));
    require(bio != nullptr, "reading from memory");
    return bio;
}

std::string openssl_problem() {
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return "no reason given";
    const char* reason = ERR_reason_error_string(code);
    return reason ? reason : "OpenSSL error " + std::to_string(code);
}

void require(bool done, const char* what) {
    if (!done)
        throw Error(ErrorKind::internal, std::string(what) + " failed: " + openssl_problem());
}

const EVP_MD* message_digest(Digest digest) {
    switch (digest) {
        case Digest::sha1:
            return EVP_sha1();
        case Digest::sha256:
            return EVP_sha256();
        case Digest::sha384:
            return EVP_sha384();
        case Digest::sha512:
            return EVP_sha512();
    }
    return EVP_sha256();
}

Instant to_instant(const ASN1_TIME* time) {
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        throw Error(ErrorKind::malformed_input,
                    "certificate with an unreadable date: " + openssl_problem());
    const std::chrono::year_month_day day{std::chrono::year(parts.tm_year + 1900),
                                          std::chrono::month(unsigned(parts.tm_mon + 1)),
                                          std::chrono::day(unsigned(parts.tm_mday))};
    return std::chrono::sys_days(day) + std::chrono::hours(parts.tm_hour) +
           std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

std::time_t to_seconds(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

}  // namespace paraphe::crypto
