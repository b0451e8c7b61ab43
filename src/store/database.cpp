#include "store/database.hpp"

#include "store/migrations.hpp"

namespace paraphe::store {

const std::string in_scope =
    " (dossier.organisation = ? AND (? = '' OR dossier.agency = ?) AND (? = 0 OR EXISTS (SELECT 1 "
    "FROM relation WHERE relation.dossier = dossier.id AND relation.subject = ?))) ";

Statement& bind_scope(Statement& statement, const contract::AccessScope& scope) {
    const bool related = scope.relation == contract::AccessScope::Relation::related;
    return statement.bind(scope.organisation)
        .bind(scope.agency)
        .bind(scope.agency)
        .bind(related)
        .bind(scope.subject);
}

void require_dossier(Connection& connection, const contract::AccessScope& scope,
                     const std::string& dossier) {
    static const std::string sql = "SELECT 1 FROM dossier WHERE id = ? AND" + in_scope;
    Statement found = connection.prepare(sql.c_str());
    found.bind(dossier);
    if (!bind_scope(found, scope).step())
        throw Error(ErrorKind::not_found, "there is no dossier " + dossier, {},
                    "check the identifier", "no_dossier");
}

namespace {

std::filesystem::path made(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder / "blobs", error);
    if (error)
        throw Error(ErrorKind::unavailable,
                    "the folder of the store cannot be made: " + error.message(),
                    {folder.string(), 0, 0, {}}, "check the path and its rights", "cannot_open");
    return folder;
}

}  // namespace

Database::Database(const std::filesystem::path& folder, Instant now, std::size_t group,
                   const std::string& vfs)
    : folder_(made(folder)),
      file_((folder / "paraphe.sqlite").string()),
      vfs_(vfs),
      blobs_(folder / "blobs"),
      connection_([&] {
          auto connection = std::make_unique<Connection>(file_, vfs, false);
          migrate(*connection, now);
          return connection;
      }()),
      writer_(*connection_, group) {}

void Database::empty_log() const {
    try {
        Connection(file_, vfs_, false).execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const Error&) {  // the erasure itself is durable already
    }
}

Database::Lease::Lease(const Database& database) : database_(database) {
    {
        std::lock_guard lock(database.mutex_);
        if (!database.readers_.empty()) {
            connection_ = std::move(database.readers_.back());
            database.readers_.pop_back();
        }
    }
    if (!connection_)
        connection_ = std::make_unique<Connection>(database.file_, database.vfs_, true);
}

Database::Lease::~Lease() {
    std::lock_guard lock(database_.mutex_);
    if (database_.readers_.size() < 8) database_.readers_.push_back(std::move(connection_));
}

}  // namespace paraphe::store
