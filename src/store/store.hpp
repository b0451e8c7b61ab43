#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "contract/accounts.hpp"
#include "contract/repository.hpp"

/// The store of one machine: SQLite (WAL, synchronous=FULL, one writer with group commit) and a
/// folder of content-addressed files. The home of SQL: nothing of SQLite shows.
///
/// An acknowledged verb survives a crash and a power cut. A full disk, a read-only one, or one that
/// fails is Error{unavailable}, and then nothing of the verb was stored.
namespace paraphe::store {

struct Options {
    std::size_t group = 64;  ///< most acts that share one sync
    std::string vfs;         ///< name of a registered SQLite VFS; empty: the system's
};

class Store {
public:
    /// Opens or makes `folder`/paraphe.sqlite and `folder`/blobs, and brings the schema up to date.
    /// Throws Error{unavailable} "cannot_open", "read_only", "busy", Error{malformed_input}
    /// "not_a_store", Error{conflict} "newer_schema". Not for a network file system.
    explicit Store(const std::filesystem::path& folder, Instant now, const Options& = {});
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// Thread-safe, as is accounts(); both live as long as the store.
    contract::Repository& repository();
    contract::Accounts& accounts();

    /// A consistent copy while others write: `target`/paraphe.sqlite and `target`/blobs.
    void backup(const std::filesystem::path& target) const;

private:
    class Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace paraphe::store
