#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "base/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

/// SQLite's C interface and nothing else: a connection with cached statements, and its result
/// codes as Error. Private to store/.
namespace paraphe::store {

/// The statement of one execution; goes back to the connection's cache when it ends. Columns count
/// from 0, parameters are bound in the order of the calls.
class Statement {
public:
    Statement(sqlite3*, sqlite3_stmt*, bool* in_use);
    ~Statement();
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) = delete;

    Statement& bind(std::int64_t);
    Statement& bind(std::uint64_t value) { return bind(static_cast<std::int64_t>(value)); }
    Statement& bind(std::uint32_t value) { return bind(static_cast<std::int64_t>(value)); }
    Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
    Statement& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
    Statement& bind(const std::string& text);
    Statement& bind(const char* text) { return bind(std::string(text)); }
    Statement& bind(Instant);
    Statement& bind(const Sha256&);
    Statement& bind(const std::optional<Instant>&);
    Statement& bind_blob(ByteView);
    Statement& bind_null();

    /// True while there is a row.
    bool step();
    /// Runs to the end; how many rows were changed.
    int run();

    bool null(int column) const;
    std::int64_t integer(int column) const;
    std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    std::string text(int column) const;
    Bytes blob(int column) const;
    Instant instant(int column) const;
    std::optional<Instant> maybe_instant(int column) const;
    Sha256 hash(int column) const { return Sha256::from_bytes(blob(column)); }

private:
    void check(int code) const;
    sqlite3* db_;
    sqlite3_stmt* statement_;
    bool* in_use_;
    int bound_ = 0;
};

/// One connection; used by one thread at a time. WAL, synchronous=FULL, foreign keys on.
class Connection {
public:
    /// `vfs` empty: the system's. Throws Error{unavailable} or Error{malformed_input,
    /// "not_a_store"}.
    Connection(const std::string& file, const std::string& vfs, bool query_only);

    /// `sql` must live as long as the connection (a literal): it is the cache's key.
    Statement prepare(const char* sql);
    /// One or several statements without parameters or rows.
    void execute(const std::string& sql);
    /// A transaction is open (SQLite ends one by itself after some failures).
    bool in_transaction() const;
    /// The last failure was an fsync that the disk refused: what was written may be lost.
    bool lost_sync() const;

private:
    struct Closer {
        void operator()(sqlite3*) const;
    };
    struct Finaliser {
        void operator()(sqlite3_stmt*) const;
    };
    struct Cached {
        std::unique_ptr<sqlite3_stmt, Finaliser> statement;
        bool in_use = false;
    };
    std::unique_ptr<sqlite3, Closer> db_;
    std::map<const char*, Cached> cache_;
};

/// Throws what the connection's last failure means: Error{unavailable} "disk_full", "read_only",
/// "busy", "io_error", Error{malformed_input} "not_a_store", Error{conflict} "constraint", else
/// Error{internal}.
[[noreturn]] void fail(sqlite3*, int code);

}  // namespace paraphe::store
