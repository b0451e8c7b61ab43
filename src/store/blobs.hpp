#pragma once

#include <filesystem>
#include <string>

#include "base/bytes.hpp"

namespace paraphe::store {

/// Files named by the SHA-256 of their content, for blobs too large for the database. A file is
/// durable before the transaction that names it begins; one that no transaction names is rubbish,
/// and harmless.
class Blobs {
public:
    /// What stays in the database: SQLite's own measurements favour files from about 100 kB on.
    static constexpr std::size_t inline_limit = 64 * 1024;

    explicit Blobs(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Throws Error{unavailable}; then no part of it is there.
    void put(const std::string& name, ByteView octets) const;
    /// Throws Error{not_found} or, when the content no longer has its name, Error{malformed_input,
    /// "damaged_blob"}.
    Bytes get(const std::string& name) const;
    void remove(const std::string& name) const;

private:
    std::filesystem::path path(const std::string& name) const;
    std::filesystem::path folder_;
};

}  // namespace paraphe::store
