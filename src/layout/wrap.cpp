#include "layout/wrap.hpp"

#include <algorithm>

#include "layout/measure.hpp"

namespace paraphe::layout {
namespace {

/// Measured: a line that ends where a frame begins is touched by it, and so is one that begins
/// where it ends, or a twip below; text stands two twips clear of a frame.
const Length touched_above = from_twips(1) / 2;
const Length touched_below = from_twips(3) / 2;
const Length clear = from_twips(2);

/// Of "dynamic" wrap, as Writer has it: a frame broader than this has text on its broader side
/// alone, and no text stands in less than the other.
const Length broad = from_twips(850);
const Length narrow = from_twips(1134);

bool reaches(const Rect& box, Length top, Length bottom) {
    return bottom > box.y - touched_above && top < box.y + box.height + touched_below;
}

/// What of the line the zone takes.
Stretch taken(const Zone& zone, const Paragraph& paragraph, Length column, Length left,
              Length right) {
    const bool mirrored = paragraph.style->right_to_left;
    const Length from = mirrored ? column - zone.box.x - zone.box.width : zone.box.x;
    const Length to = from + zone.box.width + clear;
    WrapMode mode = zone.style->wrap;  // measured: "left" and "right" are mirrored, too
    if (zone.style->wraps_anchor_only && zone.anchor != &paragraph) mode = WrapMode::none;
    if (mode == WrapMode::dynamic) {
        Length before = from - left, after = right - from - zone.box.width;
        if (zone.box.width > broad) (before < after ? before : after) = Length();
        const bool text_before = before >= narrow, text_after = after >= narrow;
        if (before == Length() && after == Length())
            mode = WrapMode::parallel;
        else
            mode = text_before && text_after ? WrapMode::parallel
                   : text_before             ? WrapMode::left
                   : text_after              ? WrapMode::right
                                             : WrapMode::none;
    }
    switch (mode) {
        case WrapMode::left:
            return {from, std::max(to, right)};
        case WrapMode::right:
            return {std::min(from, Length()), to};
        case WrapMode::none:
            return {std::min(from, Length()), std::max(to, right)};
        default:
            return {from, to};
    }
}

}  // namespace

std::vector<Stretch> Zones::free(const Paragraph& paragraph, Length column, Stretch text, Length y,
                                 Length height, std::optional<Length>& next) const {
    const auto [left, right] = text;
    std::vector<Stretch> used;
    next.reset();
    for (const Zone& zone : zones_) {
        if (!reaches(zone.box, y, y + height)) continue;
        // Measured: a frame in the margin, or in another column, is beside no text at all.
        const Length from =
            paragraph.style->right_to_left ? column - zone.box.x - zone.box.width : zone.box.x;
        if (from >= right || from + zone.box.width <= left) continue;
        const Stretch one = taken(zone, paragraph, column, left, right);
        if (one.right <= left || one.left >= right) continue;
        used.push_back(one);
        const Length below = zone.box.y + zone.box.height + clear;
        if (!next || below < *next) next = below;
    }
    std::sort(used.begin(), used.end(),
              [](const Stretch& a, const Stretch& b) { return a.left < b.left; });
    std::vector<Stretch> out;
    Length at;
    for (const Stretch& one : used) {
        // A frame that starts where the text does leaves nothing before it.
        if (one.left > std::max(at, left)) out.push_back({at, one.left});
        at = std::max(at, one.right);
    }
    if (at < right) out.push_back({at, right});
    return out;
}

void Zones::add(const Zones& others, Point offset) {
    for (Zone zone : others.zones_) {
        zone.box.x += offset.x;
        zone.box.y += offset.y;
        zones_.push_back(zone);
    }
}

void Zones::move(Point by) {
    for (Zone& zone : zones_) {
        zone.box.x += by.x;
        zone.box.y += by.y;
    }
}

void Zones::remove(const Paragraph& anchor) {
    std::erase_if(zones_, [&](const Zone& zone) { return zone.anchor == &anchor; });
}

bool Zones::touch(Length top, Length bottom) const {
    return std::any_of(zones_.begin(), zones_.end(),
                       [&](const Zone& zone) { return reaches(zone.box, top, bottom); });
}

}  // namespace paraphe::layout
