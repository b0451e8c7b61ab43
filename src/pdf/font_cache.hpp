#pragma once

#include <cstddef>
#include <memory>

namespace paraphe::pdf {

/// Subset fonts by exact glyph set: two documents that use the same glyphs of a face with the same
/// texts share one subset, made once. Never changes what is written: a hit gives the bytes that a
/// miss would make. May be shared by any number of threads.
class FontCache {
public:
    /// `capacity` in octets of finished subsets; the least recently used go first.
    explicit FontCache(std::size_t capacity = 4u << 20);
    ~FontCache();
    FontCache(const FontCache&) = delete;
    FontCache& operator=(const FontCache&) = delete;

    std::size_t hits() const;
    std::size_t misses() const;

    struct State;  ///< private to the layer
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

}  // namespace paraphe::pdf
