#pragma once

#include <sqlite3.h>

#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>

#include "base/file.hpp"

/// A SQLite VFS over the system's that remembers which sectors of 512 octets were not synced. A
/// power cut ends every writing; afterwards the files on disk are put into a state that a real cut
/// could leave: synced sectors as they are, of the others all lost or a random half kept. It can
/// also play a full disk and a read-only one.
namespace power {

constexpr std::size_t sector = 512;

struct Image {
    std::string durable;          ///< what a cut leaves for certain
    std::set<std::size_t> dirty;  ///< sectors written since the last sync
    bool existed = false;         ///< was synced at least once
};

class Disk {
public:
    static Disk& get() {
        static Disk disk;
        return disk;
    }
    const char* name() const { return "paraphe-power"; }

    /// The power goes after this many more writes and syncs; -1: never.
    void cut_after(long operations) {
        std::lock_guard lock(mutex_);
        left_ = operations;
        off_ = false;
    }
    bool off() {
        std::lock_guard lock(mutex_);
        return off_;
    }
    void full(bool now) {
        std::lock_guard lock(mutex_);
        full_ = now;
    }
    void read_only(bool now) {
        std::lock_guard lock(mutex_);
        read_only_ = now;
    }

    /// Rewrites the files as the cut left them. Every connection must be closed.
    void restart(unsigned seed) {
        std::lock_guard lock(mutex_);
        std::mt19937 random(seed);
        const bool all_lost = seed % 2 == 0;
        for (auto& [path, image] : files_) {
            std::string actual;
            try {
                actual = paraphe::read_file(path);
            } catch (const paraphe::Error&) {
            }
            std::string left = image.durable;
            if (!all_lost)
                for (std::size_t index : image.dirty) {
                    if (random() % 2) continue;
                    const std::size_t at = index * sector;
                    if (at >= actual.size()) continue;
                    const std::size_t count = std::min(sector, actual.size() - at);
                    if (left.size() < at + count) left.resize(at + count, '\0');
                    left.replace(at, count, actual, at, count);
                }
            if (image.existed || !left.empty())
                paraphe::write_file(path, left);
            else
                ::unlink(path.c_str());
            const auto stem = path.rfind("-wal");
            if (stem != std::string::npos) ::unlink((path.substr(0, stem) + "-shm").c_str());
        }
        files_.clear();
        off_ = false;
        left_ = -1;
    }
    void forget() {
        std::lock_guard lock(mutex_);
        files_.clear();
        off_ = full_ = read_only_ = false;
        left_ = -1;
    }

private:
    struct File {
        sqlite3_file base;
        Disk* disk;
        std::string* path;  ///< null: not followed (shm, temporary)
        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };

    Disk() {
        real_ = sqlite3_vfs_find(nullptr);
        vfs_ = *real_;
        vfs_.zName = name();
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = open;
        vfs_.xDelete = [](sqlite3_vfs*, const char* path, int sync) {
            Disk& disk = get();
            {
                std::lock_guard lock(disk.mutex_);
                if (disk.off_) return SQLITE_IOERR_DELETE;
                disk.files_.erase(path);
            }
            return disk.real_->xDelete(disk.real_, path, sync);
        };
        methods_.iVersion = 2;
        methods_.xClose = [](sqlite3_file* file) {
            File* self = of(file);
            const int code = self->real()->pMethods->xClose(self->real());
            delete self->path;
            return code;
        };
        methods_.xRead = [](sqlite3_file* f, void* to, int count, sqlite3_int64 at) {
            return of(f)->real()->pMethods->xRead(of(f)->real(), to, count, at);
        };
        methods_.xWrite = write;
        methods_.xTruncate = truncate;
        methods_.xSync = sync;
        methods_.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
            return of(f)->real()->pMethods->xFileSize(of(f)->real(), size);
        };
        methods_.xLock = [](sqlite3_file* f, int level) {
            return of(f)->real()->pMethods->xLock(of(f)->real(), level);
        };
        methods_.xUnlock = [](sqlite3_file* f, int level) {
            return of(f)->real()->pMethods->xUnlock(of(f)->real(), level);
        };
        methods_.xCheckReservedLock = [](sqlite3_file* f, int* out) {
            return of(f)->real()->pMethods->xCheckReservedLock(of(f)->real(), out);
        };
        methods_.xFileControl = [](sqlite3_file* f, int operation, void* argument) {
            return of(f)->real()->pMethods->xFileControl(of(f)->real(), operation, argument);
        };
        methods_.xSectorSize = [](sqlite3_file*) { return static_cast<int>(sector); };
        methods_.xDeviceCharacteristics = [](sqlite3_file*) { return 0; };
        methods_.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** to) {
            return of(f)->real()->pMethods->xShmMap(of(f)->real(), page, size, extend, to);
        };
        methods_.xShmLock = [](sqlite3_file* f, int offset, int count, int flags) {
            return of(f)->real()->pMethods->xShmLock(of(f)->real(), offset, count, flags);
        };
        methods_.xShmBarrier = [](sqlite3_file* f) {
            of(f)->real()->pMethods->xShmBarrier(of(f)->real());
        };
        methods_.xShmUnmap = [](sqlite3_file* f, int remove) {
            return of(f)->real()->pMethods->xShmUnmap(of(f)->real(), remove);
        };
        sqlite3_vfs_register(&vfs_, 0);
    }

    static File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

    static int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out) {
        Disk& disk = get();
        File* self = of(file);
        self->base.pMethods = nullptr;
        self->path = nullptr;
        self->disk = &disk;
        if (disk.off()) return SQLITE_CANTOPEN;
        const int code = disk.real_->xOpen(disk.real_, path, self->real(), flags, out);
        if (code != SQLITE_OK) return code;
        self->base.pMethods = &disk.methods_;
        if (path && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL))) {
            self->path = new std::string(path);
            std::lock_guard lock(disk.mutex_);
            auto [found, added] = disk.files_.try_emplace(path);
            if (added) {  // what was there before the test began is durable
                found->second.durable = paraphe::read_file(path);
                found->second.existed = !found->second.durable.empty();
            }
        }
        return SQLITE_OK;
    }

    /// Counts one operation; false when the power is off.
    bool powered() {
        if (off_) return false;
        if (left_ == 0) off_ = true;
        if (left_ > 0) --left_;
        return !off_;
    }

    static int write(sqlite3_file* f, const void* from, int count, sqlite3_int64 at) {
        File* self = of(f);
        Disk& disk = *self->disk;
        std::lock_guard lock(disk.mutex_);
        if (self->path) {
            if (disk.read_only_) return SQLITE_READONLY;
            if (disk.full_) return SQLITE_FULL;
            if (!disk.powered()) return SQLITE_IOERR_WRITE;
            Image& image = disk.files_[*self->path];
            const auto first = static_cast<std::size_t>(at) / sector;
            const auto last = static_cast<std::size_t>(at + count - 1) / sector;
            for (std::size_t index = first; index <= last; ++index)
                image.dirty.insert(index);
        }
        return self->real()->pMethods->xWrite(self->real(), from, count, at);
    }

    static int truncate(sqlite3_file* f, sqlite3_int64 size) {
        File* self = of(f);
        Disk& disk = *self->disk;
        std::lock_guard lock(disk.mutex_);
        if (self->path) {
            if (!disk.powered()) return SQLITE_IOERR_TRUNCATE;
            Image& image = disk.files_[*self->path];
            if (image.durable.size() > static_cast<std::size_t>(size))
                image.durable.resize(static_cast<std::size_t>(size));
        }
        return self->real()->pMethods->xTruncate(self->real(), size);
    }

    static int sync(sqlite3_file* f, int flags) {
        File* self = of(f);
        Disk& disk = *self->disk;
        std::lock_guard lock(disk.mutex_);
        if (!self->path) return self->real()->pMethods->xSync(self->real(), flags);
        if (!disk.powered()) return SQLITE_IOERR_FSYNC;
        // What the disk holds now is durable; the real fsync would only cost time here.
        Image& image = disk.files_[*self->path];
        const std::string actual = paraphe::read_file(*self->path);
        image.durable.resize(actual.size());
        for (std::size_t index : image.dirty) {
            const std::size_t begin = index * sector;
            if (begin >= actual.size()) continue;
            const std::size_t length = std::min(sector, actual.size() - begin);
            image.durable.replace(begin, length, actual, begin, length);
        }
        image.dirty.clear();
        image.existed = true;
        return SQLITE_OK;
    }

    std::mutex mutex_;
    sqlite3_vfs* real_ = nullptr;
    sqlite3_vfs vfs_{};
    sqlite3_io_methods methods_{};
    std::map<std::string, Image> files_;
    long left_ = -1;
    bool off_ = false, full_ = false, read_only_ = false;
};

}  // namespace power
