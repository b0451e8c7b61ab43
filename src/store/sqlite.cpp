#include "store/sqlite.hpp"

#include <sqlite3.h>

namespace paraphe::store {

void fail(sqlite3* db, int code) {
    const int extended = db ? sqlite3_extended_errcode(db) : code;
    const std::string text = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    switch (code & 0xff) {
        case SQLITE_FULL:
            throw Error(ErrorKind::unavailable, "the disk of the store is full; nothing was stored",
                        {}, "free some space, then try again", "disk_full");
        case SQLITE_READONLY:
        case SQLITE_PERM:
            throw Error(ErrorKind::unavailable, "the store is read-only; nothing was stored", {},
                        "mount it writable, then try again", "read_only");
        case SQLITE_CANTOPEN:
            throw Error(ErrorKind::unavailable, "the store cannot be opened: " + text, {},
                        "check that the folder exists and may be written", "cannot_open");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Error(ErrorKind::unavailable, "the store is busy", {}, "try again", "busy");
        case SQLITE_IOERR:
            throw Error(ErrorKind::unavailable,
                        "the disk of the store failed (" + text + ", " + std::to_string(extended) +
                            "); nothing was stored",
                        {}, "check the disk and its journal", "io_error");
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            throw Error(ErrorKind::malformed_input,
                        "the file is no store, or it is damaged: " + text, {}, "restore a backup",
                        "not_a_store");
        case SQLITE_CONSTRAINT:
            throw Error(ErrorKind::conflict, "the store refused a row: " + text, {}, {},
                        "constraint");
        default:
            throw Error(ErrorKind::internal, "SQLite: " + text);
    }
}

Statement::Statement(sqlite3* db, sqlite3_stmt* statement, bool* in_use)
    : db_(db), statement_(statement), in_use_(in_use) {
    *in_use_ = true;
}

Statement::Statement(Statement&& other) noexcept
    : db_(other.db_), statement_(other.statement_), in_use_(other.in_use_), bound_(other.bound_) {
    other.statement_ = nullptr;
}

Statement::~Statement() {
    if (!statement_) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    *in_use_ = false;
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) fail(db_, code);
}

Statement& Statement::bind(std::int64_t value) {
    check(sqlite3_bind_int64(statement_, ++bound_, value));
    return *this;
}

Statement& Statement::bind(const std::string& text) {
    check(sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(Instant instant) {
    return bind(instant.time_since_epoch().count());
}

Statement& Statement::bind(const Sha256& hash) {
    return bind_blob(hash.bytes());
}

Statement& Statement::bind(const std::optional<Instant>& instant) {
    return instant ? bind(*instant) : bind_null();
}

Statement& Statement::bind_blob(ByteView bytes) {
    // A null pointer would bind NULL, which an empty blob is not.
    check(sqlite3_bind_blob64(statement_, ++bound_, bytes.empty() ? "" : bytes.data(), bytes.size(),
                              SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind_null() {
    check(sqlite3_bind_null(statement_, ++bound_));
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(db_, code);
}

int Statement::run() {
    while (step()) {
    }
    return sqlite3_changes(db_);
}

bool Statement::null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text ? std::string(text,
                              static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                : std::string();
}

Bytes Statement::blob(int column) const {
    const auto* octets = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return octets
               ? Bytes(octets, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
               : Bytes();
}

Instant Statement::instant(int column) const {
    return Instant(std::chrono::microseconds(integer(column)));
}

std::optional<Instant> Statement::maybe_instant(int column) const {
    if (null(column)) return std::nullopt;
    return instant(column);
}

void Connection::Closer::operator()(sqlite3* db) const {
    sqlite3_close_v2(db);
}
void Connection::Finaliser::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Connection::Connection(const std::string& file, const std::string& vfs, bool query_only) {
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(
        file.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
        vfs.empty() ? nullptr : vfs.c_str());
    db_.reset(db);
    if (code != SQLITE_OK) fail(db, code);
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, 5000);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA cache_size=-8000;");
    if (query_only) execute("PRAGMA query_only=ON");
}

Statement Connection::prepare(const char* sql) {
    Cached& cached = cache_[sql];
    if (cached.in_use)
        throw Error(ErrorKind::internal, std::string("a statement is already running: ") + sql);
    if (!cached.statement) {
        sqlite3_stmt* statement = nullptr;
        const int code =
            sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) fail(db_.get(), code);
        cached.statement.reset(statement);
    }
    return Statement(db_.get(), cached.statement.get(), &cached.in_use);
}

void Connection::execute(const std::string& sql) {
    const int code = sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(db_.get(), code);
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(db_.get()) == 0;
}

bool Connection::lost_sync() const {
    const int code = sqlite3_extended_errcode(db_.get());
    return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

}  // namespace paraphe::store
