#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

/// ZIP archives (APPNOTE.TXT 6.3) in memory.
/// In: the bytes of a foreign archive, judged whole before any entry is read. Out: its entries; or
/// the bytes of an archive that are the same whenever, wherever and by whomever it is written.
namespace paraphe::zip {

/// What a foreign archive may weigh.
struct Caps {
    std::size_t entries = 2000;
    std::uint64_t expanded = 200u << 20;  ///< octets of all entries together
    std::uint64_t ratio = 100;            ///< expanded to packed, for entries over 64 KiB
};

enum class Method { stored, deflated };

struct Entry {
    std::string name;  ///< UTF-8, relative, "/" between its segments
    std::uint64_t size = 0;
    std::uint64_t packed_size = 0;
    Method method = Method::stored;
    bool extra_field = false;  ///< its local header carries one

    bool is_directory() const { return name.ends_with('/'); }
};

/// A readable archive; owns its bytes. Reading is not synchronized: one thread at a time.
class Archive {
public:
    /// Throws Error{malformed_input}; its code names the case: "not_a_zip", "too_many_entries",
    /// "too_large", "zip_bomb", "encrypted", "absolute_path", "path_traversal", "bad_name",
    /// "symbolic_link", "duplicate_name", "two_names", "two_archives", "unsupported_method".
    static Archive open(Bytes, const std::string& source, const Caps& = {});

    Archive(Archive&&) noexcept;
    Archive& operator=(Archive&&) noexcept;
    ~Archive();

    const std::string& source() const;
    /// In the order of the central directory.
    const std::vector<Entry>& entries() const;
    /// nullptr when there is none of that name.
    const Entry* find(std::string_view name) const;
    /// Throws Error{not_found}, or Error{malformed_input, "corrupt_entry"} when the data does not
    /// unpack to what the directory promised (length, CRC-32).
    Bytes read(std::string_view name) const;
    std::optional<Bytes> read_if_present(std::string_view name) const;
    /// The same in pieces of at most 64 KiB, so that a large entry never stands in memory whole.
    void read(std::string_view name, const std::function<void(ByteView)>& sink) const;

private:
    struct Data;
    explicit Archive(std::unique_ptr<Data>);
    std::unique_ptr<Data> data_;
};

struct Item {
    std::string name;
    Bytes bytes;
    Method method = Method::deflated;
};

/// An archive of the items in the given order: 1980-01-01 00:00:02 as their time, mode 0644, no
/// extra field, no data descriptor, no comment. Throws Error{internal} for a name that `open` would
/// refuse or that comes twice.
Bytes write(const std::vector<Item>&);

}  // namespace paraphe::zip
