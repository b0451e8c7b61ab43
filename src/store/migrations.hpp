#pragma once

#include "store/sqlite.hpp"

namespace paraphe::store {

/// Brings the schema up to date: numbered steps, forward only, each applied once in the one
/// transaction, its SHA-256 recorded. Throws Error{conflict, "newer_schema"} when the store was
/// made by a newer paraphe, and Error{malformed_input, "changed_migration"} when a recorded step is
/// not the one of this program.
void migrate(Connection&, Instant now);

/// The number of the newest step that this program knows.
int schema_version();

}  // namespace paraphe::store
