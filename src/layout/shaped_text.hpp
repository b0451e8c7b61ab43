#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/recent_cache.hpp"
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
using ShapedTextPtr = RecentCache<ShapedText>::Pointer;

struct ShapingCache::State {
    State(const text::FontMap& map, std::size_t capacity) : fonts(map), texts(capacity) {}

    /// What `make` gives, made now or for an earlier document.
    ShapedTextPtr get(const std::string& key, const std::function<ShapedText()>& make);

    const text::FontMap& fonts;
    RecentCache<ShapedText> texts;
};

}  // namespace paraphe::layout
