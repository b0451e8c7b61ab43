#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "layout/shaping_cache.hpp"
#include "locale/line_breaking.hpp"
#include "text/shaping.hpp"

/// What is known of a text once its font and language are. Private to layout/.
namespace paraphe::layout {

struct ShapedRun {
    locale::TextRun run;
    std::vector<text::ShapedPiece> pieces;
};

/// Of one key: glyphs, or line breaks.
struct ShapedText {
    std::vector<ShapedRun> runs;
    std::vector<std::uint32_t> breaks;
};
using ShapedTextPtr = std::shared_ptr<const ShapedText>;

struct ShapingCache::State {
    State(const text::FontMap& map, std::size_t most) : fonts(map), capacity(most) {}

    /// What `make` gives, made now or for an earlier document.
    ShapedTextPtr get(const std::string& key, const std::function<ShapedText()>& make);

    const text::FontMap& fonts;

private:
    friend class ShapingCache;
    /// Two generations: when the young one is full, it becomes the old one, and what is not asked
    /// for again goes with the next turn.
    using Generation = std::unordered_map<std::string, ShapedTextPtr>;
    void keep(const std::string& key, const ShapedTextPtr&);

    mutable std::mutex mutex;  ///< of all below
    Generation young, old;
    std::size_t capacity, octets = 0;  ///< of the young one
    std::size_t hits = 0, misses = 0;
};

}  // namespace paraphe::layout
