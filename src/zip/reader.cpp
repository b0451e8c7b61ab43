#include <zip.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"
#include "zip/entry_name.hpp"
#include "zip/zip.hpp"

namespace paraphe::zip {

namespace {

struct ArchiveDeleter {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Handle = std::unique_ptr<zip_t, ArchiveDeleter>;

struct FileDeleter {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using File = std::unique_ptr<zip_file_t, FileDeleter>;

/// Below this an entry cannot hurt, however well it packs.
constexpr std::uint64_t ratio_matters_from = 64u << 10;
constexpr std::size_t piece = 64u << 10;

std::string text(zip_error_t& error) {
    std::string out = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (out.size() > 1 && out[0] >= 'A' && out[0] <= 'Z' && out[1] >= 'a')
        out[0] = static_cast<char>(out[0] - 'A' + 'a');
    return out;
}

[[noreturn]] void refuse(const std::string& source, const std::string& part,
                         const std::string& problem, const std::string& code,
                         const std::string& remedy = {}) {
    throw Error(ErrorKind::malformed_input, problem, {source, 0, 0, part}, remedy, code);
}

/// The names of the central directory, as far as it can be walked, and the number of entries that
/// the last record announces. libzip reads all entries before it tells their number, cuts names at
/// a NUL and does not say which name comes twice, so these three are judged here. `stray`: between
/// the directory and its end stands something else, so the directory may be that of another
/// archive.
struct Listing {
    std::size_t announced = 0;
    bool stray = false;
    std::vector<ByteView> names;
};

Listing list(ByteView bytes) {
    Listing listing;
    const auto number = [&](std::size_t at, std::size_t octets) {
        std::size_t value = 0;
        for (std::size_t i = octets; i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
        return value;
    };
    const std::size_t last = bytes.rfind(ByteView("PK\5\6", 4));
    if (last == ByteView::npos || bytes.size() - last < 22) return listing;
    listing.announced = number(last + 10, 2);
    const std::size_t end = number(last + 16, 4) + number(last + 12, 4);
    listing.stray = end < last && bytes.substr(end, 4) != ByteView("PK\6\6", 4);  // ZIP64's end
    constexpr std::size_t fixed_part = 46;
    for (std::size_t at = number(last + 16, 4); at < last && last - at >= fixed_part;) {
        if (bytes.substr(at, 4) != ByteView("PK\1\2", 4)) break;
        const std::size_t name = number(at + 28, 2);
        if (last - at - fixed_part < name) break;
        listing.names.push_back(bytes.substr(at + fixed_part, name));
        at += fixed_part + name + number(at + 30, 2) + number(at + 32, 2);
    }
    return listing;
}

bool is_ascii(ByteView name) {
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

struct Archive::Data {
    Bytes bytes;
    std::string source;
    Handle handle;
    std::vector<Entry> entries;
    std::unordered_map<std::string_view, std::size_t> by_name;
};

Archive::Archive(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

const std::string& Archive::source() const {
    return data_->source;
}
const std::vector<Entry>& Archive::entries() const {
    return data_->entries;
}

namespace {

void check_name(const std::string& source, const std::string& name) {
    switch (judge_name(name)) {
        case NameFault::none:
            return;
        case NameFault::absolute:
            refuse(source, name, "an entry has an absolute path", "absolute_path");
        case NameFault::traversal:
            refuse(source, name, "an entry's path leads out of its folder", "path_traversal");
        case NameFault::bad:
            refuse(source, {}, "an entry has a name that no file can have", "bad_name");
    }
}

void check_kind(zip_t* handle, zip_uint64_t index, const std::string& source,
                const std::string& name) {
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(handle, index, 0, &system, &attributes) != 0) return;
    constexpr zip_uint32_t kind_mask = 0170000;
    constexpr zip_uint32_t symbolic_link = 0120000;
    if (system != ZIP_OPSYS_DOS && ((attributes >> 16) & kind_mask) == symbolic_link)
        refuse(source, name, "an entry is a symbolic link", "symbolic_link");
}

/// OpenOffice.org 3 wrote "/Configurations2/": a folder without content may begin with a slash.
std::size_t from_root(ByteView name, std::uint64_t size) {
    return name.starts_with('/') && name.ends_with('/') && size == 0 ? 1 : 0;
}

Entry read_entry(zip_t* handle, zip_uint64_t index, const std::string& source, const Caps& caps) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(handle, index, 0, &stat) != 0)
        refuse(source, {}, "the archive is damaged: " + text(*zip_get_error(handle)), "not_a_zip");
    Entry entry;
    entry.name = stat.name;
    entry.name.erase(0, from_root(entry.name, stat.size));
    check_name(source, entry.name);
    check_kind(handle, index, source, entry.name);
    entry.size = stat.size;
    entry.packed_size = stat.comp_size;
    if (stat.encryption_method != ZIP_EM_NONE)
        refuse(source, entry.name, "an entry is encrypted", "encrypted",
               "save the file without a password");
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        refuse(source, entry.name,
               "an entry is compressed by method " + std::to_string(stat.comp_method) +
                   ", only stored and deflated are read",
               "unsupported_method");
    entry.method = stat.comp_method == ZIP_CM_STORE ? Method::stored : Method::deflated;
    if (entry.size > ratio_matters_from &&
        entry.size / std::max<std::uint64_t>(entry.packed_size, 1) >= caps.ratio)
        refuse(source, entry.name,
               "an entry expands more than " + std::to_string(caps.ratio) + " times", "zip_bomb");
    entry.extra_field = zip_file_extra_fields_count(handle, index, ZIP_FL_LOCAL) > 0;
    return entry;
}

}  // namespace

Archive Archive::open(Bytes bytes, const std::string& source, const Caps& caps) {
    auto data = std::make_unique<Data>();
    data->bytes = std::move(bytes);
    data->source = source;
    const auto too_many = [&] {
        refuse(source, {}, "the archive has more than " + std::to_string(caps.entries) + " entries",
               "too_many_entries");
    };
    const Listing listing = list(data->bytes);
    if (std::max(listing.announced, listing.names.size()) > caps.entries) too_many();
    std::unordered_set<ByteView> seen;
    for (const ByteView name : listing.names) {
        if (name.find('\0') != ByteView::npos) check_name(source, std::string(name));
        if (!seen.insert(name).second)
            refuse(source, std::string(name), "two entries have the same name", "duplicate_name");
    }

    const std::string remedy = "the file may be cut short or damaged; save or send it again";
    if (listing.stray)
        refuse(source, {}, "the file holds more than one archive, and readers would choose apart",
               "two_archives", remedy);
    // libzip takes no octets at all for an archive without entries.
    if (data->bytes.empty())
        refuse(source, {}, "not a ZIP archive: it is empty", "not_a_zip", remedy);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* octets =
        zip_source_buffer_create(data->bytes.data(), data->bytes.size(), 0, &error);
    if (octets == nullptr) refuse(source, {}, "not a ZIP archive: " + text(error), "not_a_zip");
    data->handle.reset(zip_open_from_source(octets, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (!data->handle) {
        zip_source_free(octets);
        refuse(source, {}, "not a ZIP archive: " + text(error), "not_a_zip", remedy);
    }
    zip_error_fini(&error);

    zip_t* handle = data->handle.get();
    const auto count =
        static_cast<zip_uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(handle, 0), 0));
    if (count > caps.entries) too_many();
    std::uint64_t expanded = 0;
    data->entries.reserve(count);
    for (zip_uint64_t index = 0; index < count; ++index) {
        Entry entry = read_entry(handle, index, source, caps);
        if (entry.size > caps.expanded || (expanded += entry.size) > caps.expanded)
            refuse(source, {},
                   "the archive expands to more than " + std::to_string(caps.expanded) + " octets",
                   "too_large");
        // A second name in an extra field: some readers take the one, some the other.
        if (listing.names.size() == count && is_ascii(listing.names[index]) &&
            listing.names[index].substr(from_root(listing.names[index], entry.size)) != entry.name)
            refuse(source, entry.name, "an entry has two names", "two_names", remedy);
        data->entries.push_back(std::move(entry));
    }
    for (std::size_t index = 0; index < data->entries.size(); ++index) {
        const std::string& name = data->entries[index].name;
        if (!data->by_name.emplace(name, index).second)
            refuse(source, name, "two entries have the same name", "duplicate_name");
    }
    return Archive(std::move(data));
}

const Entry* Archive::find(std::string_view name) const {
    const auto found = data_->by_name.find(name);
    return found == data_->by_name.end() ? nullptr : &data_->entries[found->second];
}

void Archive::read(std::string_view name, const std::function<void(ByteView)>& sink) const {
    const auto found = data_->by_name.find(name);
    if (found == data_->by_name.end())
        throw Error(ErrorKind::not_found, "the archive has no entry '" + std::string(name) + "'",
                    {data_->source, 0, 0, {}});
    const Entry& entry = data_->entries[found->second];
    const auto corrupt = [&](const std::string& why) {
        refuse(data_->source, entry.name, "an entry is damaged: " + why, "corrupt_entry");
    };
    const File file(zip_fopen_index(data_->handle.get(), found->second, 0));
    if (!file) corrupt(text(*zip_get_error(data_->handle.get())));
    std::array<char, piece> buffer;
    std::uint64_t total = 0;
    // libzip checks the CRC-32 when it comes to the end, so the end has to be read as well.
    for (;;) {
        const zip_int64_t got = zip_fread(file.get(), buffer.data(), buffer.size());
        if (got < 0) corrupt(text(*zip_file_get_error(file.get())));
        if (got == 0) break;
        total += static_cast<std::uint64_t>(got);
        if (total > entry.size) corrupt("it is longer than the directory says");
        sink(ByteView(buffer.data(), static_cast<std::size_t>(got)));
    }
    if (total != entry.size) corrupt("it is shorter than the directory says");
}

Bytes Archive::read(std::string_view name) const {
    Bytes out;
    if (const Entry* entry = find(name)) out.reserve(entry->size);
    read(name, [&](ByteView bytes) { out.append(bytes); });
    return out;
}

std::optional<Bytes> Archive::read_if_present(std::string_view name) const {
    if (find(name) == nullptr) return std::nullopt;
    return read(name);
}

}  // namespace paraphe::zip
