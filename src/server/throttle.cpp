#include "server/throttle.hpp"

#include <algorithm>
#include <optional>

namespace paraphe::server {

namespace {
constexpr std::size_t most_names = 10'000;
}

std::optional<Instant> Throttle::paused_until(const std::string& name, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end() || found->second.until <= now) return std::nullopt;
    return found->second.until;
}

void Throttle::failed(const std::string& name, Instant now) {
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= most_names)
        std::erase_if(entries_, [&](const auto& entry) {
            return now - entry.second.last > std::chrono::minutes(15);
        });
    if (entries_.size() >= most_names) entries_.erase(entries_.begin());
    Entry& entry = entries_[name];
    entry.last = now;
    if (++entry.failures >= 5)
        entry.until =
            now + std::chrono::minutes(std::min(15, 1 << std::min(entry.failures - 5, 4)));
}

void Throttle::succeeded(const std::string& name) {
    const std::lock_guard lock(mutex_);
    entries_.erase(name);
}

}  // namespace paraphe::server
