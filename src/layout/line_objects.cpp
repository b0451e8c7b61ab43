#include <algorithm>

#include "layout/line_builder.hpp"

/// A part of LineBuilder: objects that stand in a line as characters (ODF 1.3 part 3 §§20.402,
/// 20.403), as Writer places them. Their margins belong to them.
namespace paraphe::layout {

void LineBuilder::measure_objects() {
    placed_.clear();
    for (const Object& object : p_.objects) {
        PlacedObject placed;
        placed.fragment = objects_(object, right_ - left_, placed.size);
        placed.width = placed.size.width;
        placed.height = placed.size.height;
        if (object.style != nullptr) {
            placed.left_margin = object.style->margin_left;
            placed.width += object.style->margin_left + object.style->margin_right;
            placed.height += object.style->margin_top + object.style->margin_bottom;
        }
        // What a ruby stands at is text of the line.
        if (object.kind == Object::Kind::ruby && !placed.fragment.lines.empty())
            placed.ascent = placed.fragment.lines.front().baseline;
        placed_.push_back(std::move(placed));
    }
}

void LineBuilder::add_object_height(Height& height, std::uint32_t begin, std::uint32_t end) {
    enum class Beside { baseline, text, line };
    const auto beside = [](const Object& object) {
        if (object.style == nullptr || object.style->vertical_position == "from-top")
            return Beside::baseline;
        // Measured: "char" is taken for the baseline.
        const std::string& relation = object.style->vertical_relation;
        return relation == "text"   ? Beside::text
               : relation == "line" ? Beside::line
                                    : Beside::baseline;
    };
    // What stands on the line itself makes it higher before what is placed beside its edges.
    for (const Beside turn : {Beside::baseline, Beside::text, Beside::line}) {
        const Height before = height;
        for (std::size_t i = 0; i < p_.objects.size(); ++i) {
            const Object& object = p_.objects[i];
            if (object.at < begin || object.at >= end || beside(object) != turn) continue;
            PlacedObject& placed = placed_[i];
            LineMetrics room{before.ascent, before.descent};
            if (turn == Beside::line)
                room = {std::max(before.ascent, before.object_ascent),
                        std::max(before.descent, before.object_descent)};
            else if (turn == Beside::text && room.ascent == Length())
                room = shaper_.metrics(*span_at(object.at).style);
            if (object.kind != Object::Kind::ruby)
                placed.ascent = ascent_of(object, placed.height, room, turn == Beside::baseline);
            height.object_ascent = std::max(height.object_ascent, placed.ascent);
            height.object_descent = std::max(height.object_descent, placed.height - placed.ascent);
        }
    }
}

Length LineBuilder::ascent_of(const Object& object, Length height, LineMetrics room,
                              bool on_baseline) {
    if (object.style == nullptr) return height;
    const std::string& position = object.style->vertical_position;
    if (position == "from-top") return object.y ? -*object.y : height;
    if (position == "middle")
        return on_baseline ? height / 2 : (height + room.ascent - room.descent) / 2;
    if (position == "bottom") return on_baseline ? Length() : height - room.descent;
    if (position == "below") return Length();
    return on_baseline ? height : room.ascent;
}

}  // namespace paraphe::layout
