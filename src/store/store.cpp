#include "store/store.hpp"

#include "store/accounts.hpp"
#include "store/repository.hpp"

namespace paraphe::store {

class Store::Parts {
public:
    Parts(const std::filesystem::path& folder, Instant now, const Options& options)
        : database(folder, now, options.group, options.vfs),
          repository(database),
          accounts(database) {}

    Database database;
    SqliteRepository repository;
    SqliteAccounts accounts;
};

Store::Store(const std::filesystem::path& folder, Instant now, const Options& options)
    : parts_(std::make_unique<Parts>(folder, now, options)) {}
Store::~Store() = default;

contract::Repository& Store::repository() {
    return parts_->repository;
}
contract::Accounts& Store::accounts() {
    return parts_->accounts;
}

void Store::backup(const std::filesystem::path& target) const {
    std::error_code error;
    std::filesystem::create_directories(target / "blobs", error);
    const std::filesystem::path copy = target / "paraphe.sqlite";
    if (error || std::filesystem::exists(copy, error))
        throw Error(ErrorKind::conflict, "the target of the backup is not an empty folder",
                    {target.string(), 0, 0, {}}, "name a new folder", "target_exists");
    parts_->database.read([&](Connection& connection) {
        // Blobs are never changed: those that the copy names exist already.
        connection.execute("ROLLBACK");
        std::string quoted;
        for (char c : copy.string())
            quoted += c == '\'' ? std::string("''") : std::string(1, c);
        connection.execute("PRAGMA query_only=OFF; VACUUM INTO '" + quoted +
                           "'; PRAGMA query_only=ON");
        return 0;
    });
    std::filesystem::copy(
        parts_->database.folder() / "blobs", target / "blobs",
        std::filesystem::copy_options::recursive | std::filesystem::copy_options::skip_existing,
        error);
    if (error)
        throw Error(ErrorKind::unavailable, "the blobs cannot be copied: " + error.message(),
                    {target.string(), 0, 0, {}}, "check the space and the rights", "io_error");
}

}  // namespace paraphe::store
