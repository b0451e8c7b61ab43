#include "layout/fragment.hpp"

#include <algorithm>
#include <iterator>

#include "layout/area_fill.hpp"

namespace paraphe::layout {
namespace {

Point moved(Point point, Point offset) {
    return {point.x + offset.x, point.y + offset.y};
}
Rect moved(Rect rect, Point offset) {
    return {rect.x + offset.x, rect.y + offset.y, rect.width, rect.height};
}

/// All of `from` behind what `into` holds.
template <class T>
void take(std::vector<T>& into, std::vector<T>& from) {
    if (into.empty())
        into.swap(from);
    else
        into.insert(into.end(), std::move_iterator(from.begin()), std::move_iterator(from.end()));
}

Mark& mark_of(Item& item) {
    return std::visit([](auto& one) -> Mark& { return one.mark; }, item);
}

void translate(Path& path, Point offset) {
    for (Point& point : path.points)
        point = moved(point, offset);
    if (path.clip) *path.clip = moved(*path.clip, offset);
    if (!path.filling) return;
    for (Path& inside : path.filling.make().paths)
        translate(inside, offset);
    for (Image& picture : path.filling.make().pictures)
        picture.box = moved(picture.box, offset);
}

template <class Span>
void turn(Image& image, const Span& span) {
    const Rect room = span(image.box);
    image.box.x = room.x + (room.width - image.box.width) / 2;
    image.box.y = room.y + (room.height - image.box.height) / 2;
}

/// Maps each point; `span` gives what a turned box spans. Pictures stay upright.
template <class Mapped, class Span>
void turn(Path& path, const Mapped& mapped, const Span& span) {
    for (Point& point : path.points)
        point = mapped(point);
    if (path.clip) path.clip = span(*path.clip);
    if (!path.filling) return;
    for (Path& inside : path.filling.make().paths)
        turn(inside, mapped, span);
    for (Image& picture : path.filling.make().pictures)
        turn(picture, span);
}

}  // namespace

void translate(Item& item, Point offset) {
    if (auto* run = std::get_if<GlyphRun>(&item)) {
        run->origin = moved(run->origin, offset);
    } else if (auto* path = std::get_if<Path>(&item)) {
        translate(*path, offset);
    } else {
        auto& image = std::get<Image>(item);
        image.box = moved(image.box, offset);
    }
}

Length longest_line(const Fragment& text) {
    Length out;
    for (const LineBox& line : text.lines)
        out = std::max(out, line.box.width);
    return out;
}

void Fragment::append(Fragment&& other, Point offset) {
    for (Item& item : other.items)
        translate(item, offset);
    for (LineBox& line : other.lines) {
        line.box = moved(line.box, offset);
        line.baseline += offset.y;
    }
    take(items, other.items);
    take(lines, other.lines);
    for (PlacedLink& link : other.links) {
        link.box = moved(link.box, offset);
        links.push_back(link);
    }
    for (PlacedSlot& slot : other.slots) {
        slot.box = moved(slot.box, offset);
        slots.push_back(std::move(slot));
    }
    for (PlacedTarget& target : other.targets) {
        target.at = moved(target.at, offset);
        targets.push_back(std::move(target));
    }
    notes.insert(notes.end(), other.notes.begin(), other.notes.end());
    other = Fragment();
}

void Fragment::append_turned(Fragment&& other, const Matrix& matrix) {
    const double angle = matrix.turn();
    if (angle == 0) {
        append(std::move(other),
               Point{Length::from_points(matrix.e), Length::from_points(matrix.f)});
        return;
    }
    const auto mapped = [&](Point point) {
        const auto [x, y] = matrix(point.x.points(), point.y.points());
        return Point{Length::from_points(x), Length::from_points(y)};
    };
    // Of a box, what its turned corners span.
    const auto span = [&](Rect box) {
        const Point corners[] = {mapped({box.x, box.y}), mapped({box.x + box.width, box.y}),
                                 mapped({box.x, box.y + box.height}),
                                 mapped({box.x + box.width, box.y + box.height})};
        Point least = corners[0], most = corners[0];
        for (const Point& corner : corners) {
            least = {std::min(least.x, corner.x), std::min(least.y, corner.y)};
            most = {std::max(most.x, corner.x), std::max(most.y, corner.y)};
        }
        return Rect{least.x, least.y, most.x - least.x, most.y - least.y};
    };
    for (Item& item : other.items) {
        if (auto* run = std::get_if<GlyphRun>(&item)) {
            run->origin = mapped(run->origin);
            run->turn += angle;
        } else if (auto* path = std::get_if<Path>(&item)) {
            turn(*path, mapped, span);
        } else {
            turn(std::get<Image>(item), span);
        }
    }
    // A line is told by where its baseline begins.
    for (LineBox& line : other.lines) {
        const Point begin = mapped({line.box.x, line.baseline});
        line.box = span(line.box);
        line.box.x = begin.x;
        line.baseline = begin.y;
    }
    for (PlacedLink& link : other.links)
        link.box = span(link.box);
    for (PlacedSlot& slot : other.slots)
        slot.box = span(slot.box);
    for (PlacedTarget& target : other.targets)
        target.at = mapped(target.at);
    append(std::move(other), Point());
}

Fragment Fragment::repeated_header() const {
    Fragment out;
    out.items = items;
    for (Item& item : out.items)
        mark_of(item) = {-1, Artifact::repeated_header, mark_of(item).node};
    out.lines = lines;
    for (LineBox& line : out.lines)
        line.furniture = true;
    return out;
}

Path fill_path(const Rect& box, Color color, Mark mark) {
    Path out;
    out.verbs = {Verb::move, Verb::line, Verb::line, Verb::line, Verb::close};
    out.points = {{box.x, box.y},
                  {box.x + box.width, box.y},
                  {box.x + box.width, box.y + box.height},
                  {box.x, box.y + box.height}};
    out.fill = color;
    out.mark = mark;
    return out;
}

void add_border_paths(std::vector<Item>& items, const BoxStyle& box, const Rect& outer, Mark mark) {
    const Length right_x = outer.x + outer.width, bottom_y = outer.y + outer.height;
    for (const Side side : {left, top, right, bottom}) {
        const Border& border = box.border[side];
        if (!border.visible()) continue;
        const bool vertical = side == left || side == right;
        // A double line: two of a third of the width.
        const int lines = border.stroke == Stroke::doubled ? 2 : 1;
        const Length stroke = border.width / (lines == 2 ? 3 : 1);
        for (int line = 0; line < lines; ++line) {
            const Length inside = stroke / 2 + (line == 1 ? border.width - stroke : Length());
            Path path;
            path.verbs = {Verb::move, Verb::line};
            if (vertical) {
                const Length x = side == left ? outer.x + inside : right_x - inside;
                path.points = {{x, outer.y}, {x, bottom_y}};
            } else {
                const Length y = side == top ? outer.y + inside : bottom_y - inside;
                path.points = {{outer.x, y}, {right_x, y}};
            }
            path.stroke = border.color;
            path.stroke_width = stroke;
            if (border.stroke == Stroke::dashed) path.dashes = {stroke * 3, stroke * 2};
            if (border.stroke == Stroke::dotted) path.dashes = {stroke, stroke};
            path.mark = mark;
            items.emplace_back(std::move(path));
        }
    }
}

void add_background(std::vector<Item>& items, const BoxStyle& style, const Rect& box,
                    FillBudget& budget, Mark mark) {
    if (!style.background && !style.area) return;
    Path path = fill_path(box, style.background.value_or(Color{}), mark);
    if (!style.background) path.fill.reset();
    if (style.area) fill_area(*style.area, box, budget, path);
    items.emplace_back(std::move(path));
}

void add_box(std::vector<Item>& items, const BoxStyle& style, const Rect& outer, FillBudget& budget,
             Mark background, Mark border) {
    Rect box = outer;
    if (style.shadow) {
        const BoxShadow& shadow = *style.shadow;
        box.x += shadow.space(left);
        box.y += shadow.space(top);
        box.width -= shadow.space(left) + shadow.space(right);
        box.height -= shadow.space(top) + shadow.space(bottom);
        // Only what is not behind the box, through which one may see: a strip beside it, and one
        // above or below.
        const Rect cast{box.x + shadow.x, box.y + shadow.y, box.width, box.height};
        const bool below = shadow.y > Length();
        const Length wide = shadow.space(left) + shadow.space(right),
                     high = shadow.space(top) + shadow.space(bottom);
        const Length beside = shadow.x > Length() ? box.x + box.width : cast.x;
        Path path = fill_path({cast.x, below ? box.y + box.height : cast.y, cast.width, high},
                              shadow.color, background);
        const Path strip = fill_path({beside, below ? cast.y : box.y, wide, cast.height - high},
                                     shadow.color, background);
        path.verbs.insert(path.verbs.end(), strip.verbs.begin(), strip.verbs.end());
        path.points.insert(path.points.end(), strip.points.begin(), strip.points.end());
        items.emplace_back(std::move(path));
    }
    add_background(items, style, box, budget, background);
    add_border_paths(items, style, box, border);
}

}  // namespace paraphe::layout
