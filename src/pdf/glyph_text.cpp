#include "pdf/glyph_text.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace paraphe::pdf {

namespace {

/// Spaces of other widths extract as a space without more ado.
bool is_space(char32_t c) {
    return c == 0x09 || c == 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F;
}

/// Private use says nothing to a reader: ISO 19005-3 §6.2.11.7.3 wants ActualText beside it.
bool is_private(char32_t c) {
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

/// End of the cluster that begins at `cluster`, for runs whose clusters go neither up nor down.
std::size_t next_cluster(const layout::GlyphRun& run, std::uint32_t cluster) {
    std::size_t end = run.text.size();
    for (const layout::Glyph& glyph : run.glyphs) {
        if (glyph.cluster > cluster) end = std::min(end, std::size_t{glyph.cluster});
    }
    return end;
}

bool assign_texts(const layout::GlyphRun& run, UsedFont& font, const Cluster& cluster) {
    const std::string_view text = cluster.text;
    const auto first = utf8::decode(text, 0);
    const text::GlyphId id = run.glyphs[cluster.begin].id;
    const bool alone = cluster.end - cluster.begin == 1;
    if (alone && first.length == text.size()) {
        const char32_t c = first.code_point;
        if (font.extracts_to(id, c)) return is_private(c);
        return !is_space(c) || !font.extracts_to(id, U' ');
    }
    const std::u32string wanted = utf8::to_utf32(text);
    if (alone) return !font.extracts_to(id, wanted);
    std::u32string given;
    const std::size_t count = cluster.end - cluster.begin;
    for (std::size_t i = 0; i < count; ++i) {
        const text::GlyphId glyph =
            run.glyphs[run.right_to_left ? cluster.end - 1 - i : cluster.begin + i].id;
        font.extracts_to(glyph, wanted[std::min(i, wanted.size() - 1)]);
        given += font.text(glyph);
    }
    return given != wanted;
}

}  // namespace

void collect_clusters(const layout::GlyphRun& run, UsedFont& font, std::vector<Cluster>& out) {
    out.clear();
    const auto& glyphs = run.glyphs;
    bool rising = true, falling = true;
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        if (glyphs[i].cluster >= run.text.size()) {
            throw Error(ErrorKind::internal, "a glyph of \"" + run.text + "\" stands for no text");
        }
        if (i > 0) {
            rising = rising && glyphs[i].cluster >= glyphs[i - 1].cluster;
            falling = falling && glyphs[i].cluster <= glyphs[i - 1].cluster;
        }
    }
    const std::string_view text = run.text;
    std::size_t previous_begin = text.size();
    for (std::size_t i = 0; i < glyphs.size();) {
        const std::uint32_t begin = glyphs[i].cluster;
        std::size_t next = i + 1;
        while (next < glyphs.size() && glyphs[next].cluster == begin)
            ++next;
        std::size_t end = 0;
        if (rising) {
            end = next < glyphs.size() ? glyphs[next].cluster : text.size();
        } else if (falling) {
            end = previous_begin;
        } else {
            end = next_cluster(run, begin);
        }
        Cluster cluster{i, next, text.substr(begin, end - begin), false};
        cluster.needs_actual_text = assign_texts(run, font, cluster);
        out.push_back(cluster);
        previous_begin = begin;
        i = next;
    }
}

}  // namespace paraphe::pdf
