#include "layout/surround.hpp"

#include <algorithm>

#include "layout/indents.hpp"
#include "layout/measure.hpp"

namespace paraphe::layout {
namespace {

/// A page on which frames push each other about is left as it is after so many attempts.
constexpr int most_restarts = 8;

/// Distinguishes what a piece was broken for: no two pages or attempts share a number.
int next_epoch() {
    thread_local int epoch = 0;
    return ++epoch;
}

bool hangs_on_character(const Object& object) {
    const std::string& relation = object.style->vertical_relation;
    return relation == "char" || relation == "line" || relation == "baseline" || relation == "text";
}

}  // namespace

Surround::Surround(Flow& flow, Typesetter& typesetter, const FrameArea& area)
    : flow_(flow), typesetter_(typesetter), area_(area) {
    begin();
}

Surround::Surround(const Surround& outer, Point at)
    : flow_(outer.flow_), typesetter_(outer.typesetter_), area_(outer.area_) {
    page_zones_.add(outer.zones_, {-at.x, -at.y});
    for (Rect* rect : {&area_.page, &area_.content}) {
        rect->x -= at.x;
        rect->y -= at.y;
    }
    begin();
}

void Surround::enter_column(Length x) {
    const Length by = column_x_ - x;
    zones_.move({by, Length()});
    area_.page.x += by;
    area_.content.x += by;
    column_x_ = x;
    epoch_ = next_epoch();
}

void Surround::forget(const Paragraph& paragraph) {
    zones_.remove(paragraph);
    met_.remove(paragraph);
    epoch_ = next_epoch();
}

void Surround::leave_section(const Surround& section, Point at) {
    zones_.add(section.met_, at);
    met_.add(section.met_, at);
    epoch_ = next_epoch();
}

void Surround::begin() {
    enter_column(Length());
    zones_ = page_zones_;
    met_ = Zones();
    lowest_ = Length();
    epoch_ = next_epoch();
    for (const auto& [object, early] : early_) {
        const Zone zone{with_margins(early.box, *object), object->style, early.anchor};
        zones_.add(zone);
        met_.add(zone);
    }
}

bool Surround::fills(const Rect& zone) const {
    return area_.on_page && zone.y <= area_.content.y && zone.x <= area_.content.x &&
           zone.y + zone.height >= area_.content.y + area_.content.height;
}

PlacedFrame Surround::add_page_frame(const Object& object) {
    Size size;
    PlacedFrame out;
    out.content = typesetter_.object(object, area_.content.width, area_.page.width, size);
    AnchorPlace anchor;
    anchor.right = anchor.column = area_.content.width;
    const Rect box = place_frame(object, size, area_, anchor);
    out.at = {box.x, box.y};
    out.z = object.z;
    out.background = object.style->background;
    const Rect zone = with_margins(box, object);
    if (object.style->wrap != WrapMode::through && !fills(zone)) {
        page_zones_.add({zone, object.style, nullptr});
        begin();
    }
    return out;
}

bool Surround::add_frames(FlowPiece& piece, std::size_t at, const Stack& stack, Length top,
                          Length space, bool first) {
    const Paragraph& p = *piece.paragraph;
    const bool goes_on =
        at + 1 < stack.pieces.size() && stack.pieces[at + 1].paragraph == piece.paragraph;
    AnchorPlace anchor;
    anchor.top = top - space + (first ? Length() : std::min(piece.space_before, space));
    anchor.content_top = top;
    anchor.column = piece.column;
    const Indents indents = indents_of(p, flow_.settings());
    const Extent extent = extent_of(p, indents, piece.column);
    anchor.left = extent.left;
    anchor.right = extent.right;
    anchor.right_to_left = p.style->right_to_left;
    anchor.line_top = top;
    anchor.line_bottom = top + piece.height;
    const Length begins = indents.before + indents.first;
    anchor.character_x = anchor.right_to_left ? piece.column - begins : begins;
    bool known = true;
    for (const Object& object : p.anchored) {
        if (hangs_on_character(object)) {
            const bool here =
                object.at >= piece.begin && (!goes_on || object.at < stack.pieces[at + 1].begin);
            if (!here) continue;
        } else if (piece.line != 0) {
            continue;
        }
        Size size;
        PlacedFrame frame;
        frame.content = typesetter_.object(object, piece.column,
                                           area_.on_page ? area_.page.width : piece.column, size);
        const auto early = early_.find(&object);
        Rect box = place_frame(object, size, area_, anchor);
        if (early != early_.end()) {
            box = early->second.box;
            box.x -= column_x_;
        }
        frame.at = {box.x, box.y - top};
        frame.z = object.z;
        frame.background = object.style->background;
        piece.frames.push_back(std::move(frame));
        const Rect zone = with_margins(box, object);
        if (area_.holds_all ? object.style->wrap != WrapMode::through
                            : object.style->flows_with_text)
            lowest_ = std::max(lowest_, zone.y + zone.height);
        if (object.style->wrap == WrapMode::through || fills(zone)) continue;
        if (early != early_.end()) continue;
        Zone here{zone, object.style, &p};
        zones_.add(here);
        here.box.x += column_x_;
        met_.add(here);
        epoch_ = next_epoch();
        const bool above = !first && zone.y < top - space;
        const bool beside = column_x_ > Length() && zone.x < Length();
        if ((above || beside) && restarts_ < most_restarts) {
            early_[&object] = {{box.x + column_x_, box.y, box.width, box.height}, &p};
            known = false;
        }
    }
    return known;
}

bool Surround::meet(Stack& stack, std::size_t at, Length top, Length space, bool first) {
    FlowPiece& piece = stack.pieces[at];
    piece.frames.clear();
    if (piece.paragraph == nullptr) return true;
    if (!piece.paragraph->anchored.empty() && !add_frames(piece, at, stack, top, space, first)) {
        ++restarts_;
        return false;
    }
    if (piece.epoch == epoch_) return true;
    if (!piece.beside && !zones_.touch(top, top + piece.height)) return true;
    const Paragraph& p = *piece.paragraph;
    std::vector<PlacedFrame> frames = std::move(piece.frames);
    const Length text_top = top + piece.inset, column = piece.column;
    flow_.break_again(stack, at, column,
                      [&](Stretch text, Length y, Length height, std::optional<Length>& next) {
                          auto out = zones_.free(p, column, text, text_top + y, height, next);
                          if (next) *next -= text_top;
                          return out;
                      });
    for (std::size_t i = at; i < stack.pieces.size() && stack.pieces[i].paragraph == &p; ++i) {
        stack.pieces[i].epoch = epoch_;
        stack.pieces[i].beside = !zones_.empty();
    }
    stack.pieces[at].frames = std::move(frames);
    return true;
}

bool Surround::complete(const Stack& stack, std::size_t begin, std::size_t end) {
    std::set<const Paragraph*> here;
    if (!early_.empty())
        for (std::size_t i = begin; i < end; ++i)
            here.insert(stack.pieces[i].paragraph);
    return std::erase_if(early_, [&](const auto& one) {
               if (here.contains(one.second.anchor)) return false;
               waiting_.insert(one.second.anchor);
               return true;
           }) == 0;
}

}  // namespace paraphe::layout
