#pragma once

#include <cstddef>
#include <memory>

#include "text/font_map.hpp"

namespace paraphe::layout {

/// What constant paragraphs look like: the glyphs and line breaks of those that a template shares
/// with every document merged from it (odf::Element::constant), kept from one document to the next.
/// What data printed is not kept. Never changes what is set: a hit gives what a miss would make.
/// May be shared by any number of threads.
class ShapingCache {
public:
    /// For the fonts of this map alone, which must outlive the cache. `capacity` in octets; the
    /// least recently used go first.
    explicit ShapingCache(const text::FontMap&, std::size_t capacity = 4u << 20);
    ~ShapingCache();
    ShapingCache(const ShapingCache&) = delete;
    ShapingCache& operator=(const ShapingCache&) = delete;

    std::size_t hits() const;
    std::size_t misses() const;

    struct State;  ///< private to the layer
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

}  // namespace paraphe::layout
