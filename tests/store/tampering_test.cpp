#include <doctest/doctest.h>
#include <sqlite3.h>

#include "store/office.hpp"

using namespace office;

namespace {

/// A hand on the file that the store's own rules do not bind.
class Forger {
public:
    explicit Forger(const std::filesystem::path& folder) {
        REQUIRE(sqlite3_open((folder / "paraphe.sqlite").c_str(), &db_) == SQLITE_OK);
        run("DROP TRIGGER event_evidence_stays; DROP TRIGGER event_stays; PRAGMA foreign_keys=OFF");
    }
    ~Forger() { sqlite3_close(db_); }
    void run(const std::string& sql) {
        char* message = nullptr;
        const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &message);
        CHECK_MESSAGE(code == SQLITE_OK, sql, ": ", message ? message : "");
        sqlite3_free(message);
    }
    Bytes read(const std::string& column, int seq) {
        sqlite3_stmt* row = nullptr;
        sqlite3_prepare_v2(
            db_, ("SELECT " + column + " FROM event WHERE seq = " + std::to_string(seq)).c_str(),
            -1, &row, nullptr);
        sqlite3_step(row);
        const char* octets = static_cast<const char*>(sqlite3_column_blob(row, 0));
        Bytes out = octets ? Bytes(octets, static_cast<std::size_t>(sqlite3_column_bytes(row, 0)))
                           : Bytes();
        sqlite3_finalize(row);
        return out;
    }
    void write(const std::string& column, int seq, const Bytes& value, bool text) {
        const std::string hex = "x'" + to_hex(value) + "'";
        run("UPDATE event SET " + column + " = " + (text ? "CAST(" + hex + " AS TEXT)" : hex) +
            " WHERE seq = " + std::to_string(seq));
    }

private:
    sqlite3* db_ = nullptr;
};

}  // namespace

TEST_CASE("every flipped bit of the evidence in the file is found, and its link named") {
    Folder folder;
    Office office(folder.path());
    const Caller reader = office.caller("referent");
    const std::string id = office.create().dossier;
    office.act(id, "referent", "submit");
    office.work();
    REQUIRE(office.service->audit(reader, id).state == "valid");
    const auto links = static_cast<int>(office.service->journal(reader, id).size());
    REQUIRE(links == 3);
    Forger forger(folder.path());
    int flips = 0;
    const auto found = [&](int seq, const std::string& what) {
        const AuditReport report = office.service->audit(reader, id);
        CHECK_MESSAGE(report.state == "altered", what);
        CHECK_MESSAGE(report.broken == static_cast<std::uint64_t>(seq), what);
        ++flips;
    };
    struct Column {
        const char* name;
        bool text;
        std::size_t step;  ///< bits; every bit of the short ones, a sample of the sealed body
    };
    for (int seq = 1; seq <= links; ++seq)
        for (const Column& column :
             {Column{"commitment", false, 3}, Column{"hash", false, 3},
              Column{"previous", false, 3}, Column{"document_commitments", false, 7},
              Column{"log_id", false, 3}, Column{"type", true, 3}, Column{"actor", true, 7},
              Column{"body", false, 1013}}) {
            const Bytes original = forger.read(column.name, seq);
            for (std::size_t bit = 0; bit < original.size() * 8; bit += column.step) {
                Bytes altered = original;
                altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << bit % 8));
                if (column.text && altered[bit / 8] == '\0') continue;
                forger.write(column.name, seq, altered, column.text);
                found(seq, std::string(column.name) + " bit " + std::to_string(bit));
            }
            forger.write(column.name, seq, original, column.text);
        }
    forger.run("UPDATE event SET at = at + 1 WHERE seq = 2");
    found(2, "instant");
    forger.run("UPDATE event SET at = at - 1 WHERE seq = 2");
    CHECK(flips > 500);
    CHECK(office.service->audit(reader, id).state == "valid");

    forger.run("DELETE FROM event WHERE seq = 3");
    CHECK(office.service->audit(reader, id).problem ==
          "link 3: missing; the chain once had 3 links");
}

TEST_CASE("a changed snapshot, revision or file is found though the chain holds") {
    Folder folder;
    Office office(folder.path());
    const Caller reader = office.caller("referent");
    const std::string id = office.create().dossier;
    office.act(id, "referent", "submit");
    office.work();
    Forger forger(folder.path());
    forger.run("UPDATE document_version SET pdf = odt");
    const AuditReport report = office.service->audit(reader, id);
    CHECK(report.state == "valid");
    CHECK(!report.documents_match);
    CHECK(report.problem == "document 'contrat', version 1: not the file of the journal");
    forger.run("UPDATE revision SET data = zeroblob(64)");
    CHECK_THROWS_AS(office.service->dossier(reader, id), Error);
    CHECK(!office.service->audit(reader, id).snapshot_matches);
}

TEST_CASE("the store itself refuses to change or delete evidence") {
    Folder folder;
    Office office(folder.path());
    office.create();
    sqlite3* db = nullptr;
    sqlite3_open((folder.path() / "paraphe.sqlite").c_str(), &db);
    CHECK(sqlite3_exec(db, "UPDATE event SET type = 'x'", nullptr, nullptr, nullptr) ==
          SQLITE_CONSTRAINT);
    CHECK(std::string(sqlite3_errmsg(db)) == "the journal is append-only");
    CHECK(sqlite3_exec(db, "DELETE FROM event", nullptr, nullptr, nullptr) == SQLITE_CONSTRAINT);
    sqlite3_close(db);
}
