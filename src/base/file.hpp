#pragma once

#include <cstddef>
#include <filesystem>

#include "base/bytes.hpp"

namespace paraphe {

/// What a foreign file may weigh unless a reader says otherwise.
inline constexpr std::size_t default_file_cap = 64u << 20;

/// Whole content. Throws Error{not_found}, Error{forbidden}, or Error{malformed_input, "too_large"}
/// before reading more than `cap` octets.
Bytes read_file(const std::filesystem::path&, std::size_t cap = default_file_cap);

/// When a written file is safe from a loss of power: on return, or after a later sync_files_of().
enum class Durability { now, later };

/// All or nothing: writes beside the target, syncs, renames. On failure the old file stays and
/// nothing is left behind. Throws Error{unavailable} (disk full, read-only) or Error{forbidden}.
void write_file(const std::filesystem::path&, ByteView, Durability = Durability::now);

/// Makes durable what was written with Durability::later on the disk of this folder (syncfs): one
/// wait for a thousand files. Throws Error{unavailable}.
void sync_files_of(const std::filesystem::path& folder);

}  // namespace paraphe
