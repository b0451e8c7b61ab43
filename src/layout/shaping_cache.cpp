#include "layout/shaping_cache.hpp"

#include "layout/shaped_text.hpp"

namespace paraphe::layout {
namespace {

/// About what an entry takes, with its node in the table.
std::size_t octets_of(const std::string& key, const ShapedText& text) {
    std::size_t out = 256 + key.size() + text.breaks.size() * sizeof(std::uint32_t);
    for (const ShapedRun& run : text.runs)
        for (const text::ShapedPiece& piece : run.pieces)
            out += sizeof run + sizeof piece + piece.glyphs.size() * sizeof(text::ShapedGlyph);
    return out;
}

}  // namespace

ShapedTextPtr ShapingCache::State::get(const std::string& key,
                                       const std::function<ShapedText()>& make) {
    {
        const std::lock_guard lock(mutex);
        if (const auto found = young.find(key); found != young.end()) {
            ++hits;
            return found->second;
        }
        if (const auto found = old.find(key); found != old.end()) {
            ++hits;
            const ShapedTextPtr out = found->second;
            keep(key, out);
            return out;
        }
        ++misses;
    }
    // Without the lock: two threads may make the same, which is the same.
    const auto made = std::make_shared<const ShapedText>(make());
    const std::lock_guard lock(mutex);
    keep(key, made);
    return made;
}

void ShapingCache::State::keep(const std::string& key, const ShapedTextPtr& text) {
    octets += octets_of(key, *text);
    if (octets > capacity / 2) {
        old = std::move(young);
        young.clear();
        octets = octets_of(key, *text);
    }
    if (octets <= capacity / 2) young.emplace(key, text);
}

ShapingCache::ShapingCache(const text::FontMap& fonts, std::size_t capacity)
    : state_(std::make_unique<State>(fonts, capacity)) {}
ShapingCache::~ShapingCache() = default;

std::size_t ShapingCache::hits() const {
    const std::lock_guard lock(state_->mutex);
    return state_->hits;
}

std::size_t ShapingCache::misses() const {
    const std::lock_guard lock(state_->mutex);
    return state_->misses;
}

}  // namespace paraphe::layout
