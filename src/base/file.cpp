#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace paraphe {

namespace {

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
    int close() {
        const int result = ::close(fd_);
        fd_ = -1;
        return result;
    }

private:
    int fd_;
};

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& act, int error) {
    const std::string reason = std::strerror(error);
    const Location where{path.string(), 0, 0, {}};
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            throw Error(ErrorKind::not_found, "no such file or folder", where, "check the path");
        case EACCES:
        case EPERM:
            throw Error(ErrorKind::forbidden, "cannot " + act + ": " + reason, where,
                        "check the permissions");
        case ENOSPC:
        case EDQUOT:
            throw Error(ErrorKind::unavailable, "cannot " + act + ": " + reason, where,
                        "free some space and try again", "disk_full");
        case EROFS:
            throw Error(ErrorKind::unavailable, "cannot " + act + ": " + reason, where,
                        "choose a folder that can be written", "read_only");
        default:
            throw Error(ErrorKind::unavailable, "cannot " + act + ": " + reason, where);
    }
}

/// A new file beside the path, with the rights that the umask leaves: mkostemp() gives fewer, and
/// the umask cannot be read without setting it for all threads.
int create_beside(const std::filesystem::path& path, std::string& name) {
    static std::atomic<unsigned> number = 0;
    const std::string start = path.string() + "." + std::to_string(::getpid()) + "-";
    for (;;) {
        name = start + std::to_string(number++);
        const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
}

}  // namespace

Bytes read_file(const std::filesystem::path& path, std::size_t cap) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) fail(path, "read", errno);
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) fail(path, "read", errno);
    if (S_ISDIR(info.st_mode))
        throw Error(ErrorKind::malformed_input, "this is a folder, not a file",
                    {path.string(), 0, 0, {}});
    Bytes out;
    if (info.st_size > 0) out.reserve(std::min<std::size_t>(std::size_t(info.st_size), cap));
    char buffer[65536];
    for (;;) {
        const auto got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path, "read", errno);
        if (got == 0) return out;
        if (out.size() + std::size_t(got) > cap)
            throw Error(ErrorKind::malformed_input,
                        "the file is larger than " + std::to_string(cap) + " octets",
                        {path.string(), 0, 0, {}}, "use a smaller file", "too_large");
        out.append(buffer, std::size_t(got));
    }
}

void write_file(const std::filesystem::path& path, ByteView bytes, Durability durability) {
    std::string temporary;
    Descriptor file(create_beside(path, temporary));
    if (file.get() < 0) fail(path, "write", errno);
    const auto give_up = [&](int error) {
        ::unlink(temporary.c_str());
        fail(path, "write", error);
    };
    for (std::size_t done = 0; done < bytes.size();) {
        const auto put = ::write(file.get(), bytes.data() + done, bytes.size() - done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) give_up(errno);
        done += std::size_t(put);
    }
    const bool now = durability == Durability::now;
    if ((now && ::fsync(file.get()) != 0) || file.close() != 0) give_up(errno);
    if (::rename(temporary.c_str(), path.c_str()) != 0) give_up(errno);
    if (!now) return;
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() >= 0) ::fsync(directory.get());
}

void sync_files_of(const std::filesystem::path& folder) {
    Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0) fail(folder, "open", errno);
    if (::syncfs(directory.get()) != 0) fail(folder, "write", errno);
}

}  // namespace paraphe
