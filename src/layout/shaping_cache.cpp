#include "layout/shaping_cache.hpp"

#include "layout/shaped_text.hpp"

namespace paraphe::layout {
namespace {

/// About what an entry takes, with its node in the table.
std::size_t octets_of(const ShapedText& text) {
    std::size_t out = 256 + text.breaks.size() * sizeof(std::uint32_t);
    for (const ShapedRun& run : text.runs)
        for (const text::ShapedPiece& piece : run.pieces)
            out += sizeof run + sizeof piece + piece.glyphs.size() * sizeof(text::ShapedGlyph);
    return out;
}

}  // namespace

ShapedTextPtr ShapingCache::State::get(const std::string& key,
                                       const std::function<ShapedText()>& make) {
    return texts.get(
        key, [&] { return std::make_shared<const ShapedText>(make()); }, octets_of);
}

ShapingCache::ShapingCache(const text::FontMap& fonts, std::size_t capacity)
    : state_(std::make_unique<State>(fonts, capacity)) {}
ShapingCache::~ShapingCache() = default;

std::size_t ShapingCache::hits() const {
    return state_->texts.hits();
}

std::size_t ShapingCache::misses() const {
    return state_->texts.misses();
}

}  // namespace paraphe::layout
