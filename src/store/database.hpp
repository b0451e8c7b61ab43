#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "contract/access.hpp"
#include "store/blobs.hpp"
#include "store/sqlite.hpp"
#include "store/writer.hpp"

/// What the repositories share: one writer, a few readers, the folder of blobs. Private to store/.
namespace paraphe::store {

class Database {
public:
    Database(const std::filesystem::path& folder, Instant now, std::size_t group,
             const std::string& vfs);

    void write(Writer::Work work) { writer_.write(std::move(work)); }

    /// Lends a reader to `use` for one consistent read.
    template <class Use>
    auto read(Use use) const {
        Lease lease(*this);
        lease.connection().execute("BEGIN");
        const End end{lease.connection()};
        return use(lease.connection());
    }

    /// Moves what the log holds into the database and empties it, so that erased values do not live
    /// on there. Best effort: a busy reader only delays it to the next checkpoint.
    void empty_log() const;

    const Blobs& blobs() const { return blobs_; }
    const std::filesystem::path& folder() const { return folder_; }

private:
    class Lease {
    public:
        explicit Lease(const Database&);
        ~Lease();
        Connection& connection() { return *connection_; }

    private:
        const Database& database_;
        std::unique_ptr<Connection> connection_;
    };
    struct End {
        Connection& connection;
        ~End() {
            try {
                if (connection.in_transaction()) connection.execute("ROLLBACK");
            } catch (const Error&) {  // the next BEGIN on it will say so
            }
        }
    };

    std::filesystem::path folder_;
    std::string file_, vfs_;
    Blobs blobs_;
    mutable std::mutex mutex_;
    mutable std::vector<std::unique_ptr<Connection>> readers_;
    std::unique_ptr<Connection> connection_;  ///< the writer's
    Writer writer_;
};

/// The dossier exists inside the scope; else throws Error{not_found}.
void require_dossier(Connection&, const contract::AccessScope&, const std::string& dossier);

/// A condition on a table or alias named `dossier`; its four parameters are bound by bind_scope().
extern const std::string in_scope;
Statement& bind_scope(Statement&, const contract::AccessScope&);

}  // namespace paraphe::store
