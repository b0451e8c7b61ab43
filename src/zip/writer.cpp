#include <zip.h>

#include <unordered_set>

#include "base/error.hpp"
#include "zip/entry_name.hpp"
#include "zip/zip.hpp"

namespace paraphe::zip {

namespace {

struct SourceDeleter {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Source = std::unique_ptr<zip_source_t, SourceDeleter>;

struct ArchiveDeleter {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Handle = std::unique_ptr<zip_t, ArchiveDeleter>;

[[noreturn]] void fail(const std::string& what, const char* why) {
    throw Error(ErrorKind::internal, what + ": " + why);
}

/// 1980-01-01 00:00:02, the first time that a DOS date can hold and that Java does not take for an
/// earlier one (it then sees an extra field, which a package's mimetype must not have).
constexpr zip_uint16_t dos_date = (0 << 9) | (1 << 5) | 1;
constexpr zip_uint16_t dos_time = 1;
constexpr zip_uint32_t regular_file_0644 = 0100644u << 16;
constexpr zip_uint32_t directory_0755 = (040755u << 16) | 0x10;
/// zlib's own middle way: level 9 takes three times as long for 1 % of XML.
constexpr zip_uint32_t deflate_level = 6;

void add(zip_t* archive, const Item& item) {
    // The item outlives the archive, so libzip may read its bytes where they are.
    Source source(zip_source_buffer(archive, item.bytes.data(), item.bytes.size(), 0));
    if (!source) fail("zip entry '" + item.name + "'", zip_strerror(archive));
    const zip_int64_t added =
        zip_file_add(archive, item.name.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
    if (added < 0) fail("zip entry '" + item.name + "'", zip_strerror(archive));
    source.release();
    const auto index = static_cast<zip_uint64_t>(added);
    const bool directory = item.name.ends_with('/');
    const bool stored = item.method == Method::stored || item.bytes.empty();
    if (zip_set_file_compression(archive, index, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                 stored ? 0 : deflate_level) != 0 ||
        // Not zip_file_set_mtime: it turns the time into local time.
        zip_file_set_dostime(archive, index, dos_time, dos_date, 0) != 0 ||
        zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX,
                                         directory ? directory_0755 : regular_file_0644) != 0)
        fail("zip entry '" + item.name + "'", zip_strerror(archive));
}

Bytes content(zip_source_t* source) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
        fail("zip archive", zip_error_strerror(zip_source_error(source)));
    Bytes out(stat.size, '\0');
    const zip_int64_t got = zip_source_read(source, out.data(), out.size());
    zip_source_close(source);
    if (got < 0 || static_cast<zip_uint64_t>(got) != stat.size)
        fail("zip archive", "read back short");
    return out;
}

/// What libzip writes for an archive without entries is no archive but nothing at all.
Bytes empty_archive() {
    Bytes out("PK\5\6", 4);
    out.append(18, '\0');
    return out;
}

}  // namespace

Bytes write(const std::vector<Item>& items) {
    if (items.empty()) return empty_archive();
    std::unordered_set<std::string_view> names;
    for (const Item& item : items) {
        if (judge_name(item.name) != NameFault::none)
            fail("zip entry '" + item.name + "'", "not a name that the reader accepts");
        if (!names.insert(item.name).second) fail("zip entry '" + item.name + "'", "comes twice");
    }
    zip_error_t error;
    zip_error_init(&error);
    const Source octets(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!octets) throw std::bad_alloc();
    zip_source_keep(octets.get());
    Handle archive(zip_open_from_source(octets.get(), ZIP_CREATE | ZIP_TRUNCATE, &error));
    if (!archive) {
        zip_source_free(octets.get());
        fail("zip archive", zip_error_strerror(&error));
    }
    for (const Item& item : items)
        add(archive.get(), item);
    if (zip_close(archive.get()) != 0) fail("zip archive", zip_strerror(archive.get()));
    archive.release();
    return content(octets.get());
}

}  // namespace paraphe::zip
