#pragma once

#include <string_view>
#include <vector>

#include "layout/pages.hpp"
#include "pdf/font.hpp"

namespace paraphe::pdf {

/// Glyphs [begin, end) of a run that together stand for `text`.
struct Cluster {
    std::size_t begin = 0, end = 0;
    std::string_view text;
    bool needs_actual_text = false;
};

/// The clusters of a run in visual order. Marks the glyphs as used and gives each its text; where
/// the texts of the glyphs are not the text of the cluster, ActualText must say it (ISO 32000-1
/// §14.9.4). Throws Error{internal} when a glyph stands for nothing.
void collect_clusters(const layout::GlyphRun&, UsedFont&, std::vector<Cluster>&);

}  // namespace paraphe::pdf
