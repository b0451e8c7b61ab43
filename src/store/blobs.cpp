#include "store/blobs.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "crypto/hash.hpp"

namespace paraphe::store {

namespace {

/// A folder's entries are durable only once the folder itself is synced.
void sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!synced)
        throw Error(ErrorKind::unavailable, "the folder of the blobs cannot be synced",
                    {folder.string(), 0, 0, {}}, "check the disk", "io_error");
}

}  // namespace

std::filesystem::path Blobs::path(const std::string& name) const {
    return folder_ / name.substr(0, 2) / name;
}

void Blobs::put(const std::string& name, ByteView octets) const {
    const std::filesystem::path target = path(name);
    std::error_code error;
    if (std::filesystem::exists(target, error)) return;
    if (!std::filesystem::exists(target.parent_path(), error)) {
        std::filesystem::create_directories(target.parent_path(), error);
        if (error)
            throw Error(ErrorKind::unavailable,
                        "the folder of the blobs cannot be made: " + error.message(),
                        {target.parent_path().string(), 0, 0, {}}, "check the disk and its rights",
                        "read_only");
        sync_folder(folder_);
    }
    write_file(target, octets);  // syncs the file and its folder
}

Bytes Blobs::get(const std::string& name) const {
    Bytes octets = read_file(path(name), std::size_t{1} << 30);
    if (crypto::sha256(octets).hex() != name)
        throw Error(ErrorKind::malformed_input, "the content of the blob is not what was stored",
                    {path(name).string(), 0, 0, {}}, "restore it from a backup", "damaged_blob");
    return octets;
}

void Blobs::remove(const std::string& name) const {
    std::error_code ignored;  // one that is left over is rubbish, not a loss
    std::filesystem::remove(path(name), ignored);
}

}  // namespace paraphe::store
