#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/date.hpp"

namespace paraphe::server {

/// Slows down whoever guesses passwords: after five failures of a name, a pause of one minute that
/// doubles up to fifteen, never a lock for good. Kept in memory, bounded.
class Throttle {
public:
    /// When the name may be tried again; nullopt: now.
    std::optional<Instant> paused_until(const std::string& name, Instant now);
    void failed(const std::string& name, Instant now);
    void succeeded(const std::string& name);

private:
    struct Entry {
        int failures = 0;
        Instant until{};
        Instant last{};
    };
    std::mutex mutex_;
    std::map<std::string, Entry> entries_;
};

}  // namespace paraphe::server
