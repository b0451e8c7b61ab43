#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace paraphe {

/// Values by their keys, the most recently used ones up to a size in octets. May be shared by any
/// number of threads.
template <class Value>
class RecentCache {
public:
    using Pointer = std::shared_ptr<const Value>;

    explicit RecentCache(std::size_t capacity) : capacity_(capacity) {}

    /// What is kept under the key, else what `make` gives; `octets_of` says how much that takes.
    /// `make` runs without a lock: two threads may make the same, and one of the two is kept.
    template <class Make, class OctetsOf>
    Pointer get(const std::string& key, Make make, OctetsOf octets_of) {
        {
            const std::lock_guard lock(mutex_);
            if (const auto found = by_key_.find(key); found != by_key_.end()) {
                ++hits_;
                entries_.splice(entries_.begin(), entries_, found->second);
                return found->second->value;
            }
            ++misses_;
        }
        Pointer made = make();
        const std::lock_guard lock(mutex_);
        if (by_key_.contains(key)) return made;
        entries_.push_front({key, made, key.size() + octets_of(*made)});
        by_key_.emplace(entries_.front().key, entries_.begin());
        octets_ += entries_.front().octets;
        while (octets_ > capacity_ && entries_.size() > 1) {
            octets_ -= entries_.back().octets;
            by_key_.erase(entries_.back().key);
            entries_.pop_back();
        }
        return made;
    }

    std::size_t hits() const {
        const std::lock_guard lock(mutex_);
        return hits_;
    }
    std::size_t misses() const {
        const std::lock_guard lock(mutex_);
        return misses_;
    }

private:
    struct Entry {
        std::string key;
        Pointer value;
        std::size_t octets;
    };
    using Entries = std::list<Entry>;

    mutable std::mutex mutex_;  ///< of all below
    const std::size_t capacity_;
    Entries entries_;  ///< most recently used first
    std::unordered_map<std::string_view, typename Entries::iterator> by_key_;  ///< keys of entries
    std::size_t octets_ = 0, hits_ = 0, misses_ = 0;
};

}  // namespace paraphe
