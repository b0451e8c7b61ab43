#include "store/repository.hpp"

namespace paraphe::store {

using namespace contract;

void SqliteRepository::publish_kind(const Scope& scope, const KindRow& row) {
    database_.write([&](Connection& connection) {
        const int added =
            connection
                .prepare(
                    "INSERT OR IGNORE INTO kind (organisation, hash, name, published, "
                    "position) VALUES (?,?,?,?,(SELECT count(*) FROM kind))")
                .bind(scope.organisation)
                .bind(row.hash)
                .bind(row.name)
                .bind(row.published)
                .run();
        // Parameters stand outside the kind's hash and may have grown: they are written again.
        for (const auto& [path, octets] : row.files)
            if (added == 1 || path == "parameters.json")
                connection
                    .prepare(
                        "INSERT OR REPLACE INTO kind_file (organisation, hash, path, octets) "
                        "VALUES (?,?,?,?)")
                    .bind(scope.organisation)
                    .bind(row.hash)
                    .bind(path)
                    .bind_blob(octets)
                    .run();
    });
}

std::vector<KindRow> SqliteRepository::kinds(const Scope& scope) const {
    return database_.read([&](Connection& connection) {
        Statement row = connection.prepare(
            "SELECT name, hash, published FROM kind WHERE organisation = ? ORDER BY position");
        row.bind(scope.organisation);
        std::vector<KindRow> out;
        while (row.step())
            out.push_back({row.text(0), row.hash(1), row.instant(2), {}});
        return out;
    });
}

KindRow SqliteRepository::kind(const Scope& scope, const Sha256& hash) const {
    return database_.read([&](Connection& connection) {
        Statement row = connection.prepare(
            "SELECT name, hash, published FROM kind WHERE organisation = ? AND hash = ?");
        if (!row.bind(scope.organisation).bind(hash).step())
            throw Error(ErrorKind::not_found, "there is no published kind " + hash.hex(), {}, {},
                        "no_kind");
        KindRow out{row.text(0), row.hash(1), row.instant(2), {}};
        Statement file = connection.prepare(
            "SELECT path, octets FROM kind_file WHERE organisation = ? AND hash = ?");
        file.bind(scope.organisation).bind(hash);
        while (file.step())
            out.files[file.text(0)] = file.blob(1);
        return out;
    });
}

}  // namespace paraphe::store
