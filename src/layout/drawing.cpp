#include "layout/drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>

#include "base/utf8.hpp"
#include "layout/fragment.hpp"
#include "layout/shaping.hpp"
#include "locale/line_breaking.hpp"

namespace paraphe::layout {

namespace {

/// Beyond any page; the numbers of a PDF end somewhere.
constexpr double farthest = 20'000;

/// Tabs stand as blanks; other control characters are nothing.
char32_t printed(char32_t c) {
    if (c == '\t' || c == 0x2028) return ' ';
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFD ? 0 : c;
}

bool has_glyph(char32_t c, const DrawnText& text, const text::FontChoice& font,
               const text::FontMap& fonts) {
    return font.face->glyph(c) != 0 || fonts.fallback(c, text.weight, text.italic).face != nullptr;
}

text::FontChoice font_of(const DrawnText& text, const text::FontMap& fonts) {
    return fonts.find(text.family, text.weight, text.italic, text.generic);
}

class Placer {
public:
    Placer(const Drawing& drawing, const Rect& box, Mark mark, Shaper& shaper, Fragment& out)
        : drawing_(drawing), box_(box), mark_(mark), shaper_(shaper), out_(out) {}

    void run() {
        std::size_t text = 0, photo = 0;
        for (std::size_t i = 0; i <= drawing_.paths.size(); ++i) {
            for (; photo < drawing_.photos.size() && drawing_.photos[photo].before <= i; ++photo)
                add(drawing_.photos[photo]);
            for (; text < drawing_.texts.size() && drawing_.texts[text].before <= i; ++text)
                add(drawing_.texts[text]);
            if (i < drawing_.paths.size()) add(drawing_.paths[i]);
        }
    }

private:
    Length x(double user) const { return bounded(left_ + user * sx_); }
    Length y(double user) const { return bounded(top_ + user * sy_); }
    static Length bounded(double points) {
        return Length::from_points(std::clamp(points, -farthest, farthest));
    }

    Rect rectangle(const DrawnBox& box) const {
        return {x(box.left), y(box.top), x(box.right) - x(box.left), y(box.bottom) - y(box.top)};
    }

    void add(const DrawnPath& drawn) {
        Path path = page_path(drawn, {sx_, 0, 0, sy_, left_, top_}, mark_);
        path.stroke_width = std::max(path.stroke_width, Length::from_points(hairline));
        // Half a line, and the spike of a mitred corner, stand beside the points.
        const double reach =
            drawn.stroke ? drawn.stroke_width * (drawn.join == Join::miter ? 2 : 0.5) : 0;
        const double slack = 1e-3 * std::max(drawing_.width, drawing_.height);
        DrawnBox view{0, 0, drawing_.width, drawing_.height};
        if (drawn.clip)
            view = {std::max(view.left, drawn.clip->left), std::max(view.top, drawn.clip->top),
                    std::min(view.right, drawn.clip->right),
                    std::min(view.bottom, drawn.clip->bottom)};
        if (view.right < view.left || view.bottom < view.top) return;
        bool inside = true;
        for (const auto& [px, py] : drawn.points)
            inside = inside && px - reach >= view.left - slack && py - reach >= view.top - slack &&
                     px + reach <= view.right + slack && py + reach <= view.bottom + slack;
        if (!inside) path.clip = drawn.clip ? rectangle(view) : box_;
        out_.items.emplace_back(std::move(path));
    }

    void add(const DrawnPhoto& photo) {
        Image image;
        image.picture = photo.picture;
        image.box = rectangle(photo.box);
        image.mark = mark_;
        if (image.box.width > Length() && image.box.height > Length())
            out_.items.emplace_back(std::move(image));
    }

    void add(const DrawnText& drawn) {
        TextStyle style;
        style.family = drawn.family;
        style.generic = drawn.generic;
        style.weight = drawn.weight;
        style.italic = drawn.italic;
        style.color = drawn.color;
        style.size = bounded(drawn.size * sy_);
        if (style.size < Length::from_points(0.1)) return;
        style.font = font_of(drawn, shaper_.fonts());
        // What can be printed; where each of its octets begins and the last one ends, in points.
        std::string text;
        std::vector<double> begins;
        double end = 0;
        bool letters = false;
        std::size_t number = 0;
        for (std::size_t at = 0; at < drawn.text.size(); ++number) {
            const auto [code, length] = utf8::decode(drawn.text, at);
            at += length;
            const double begin = end;
            if (number < drawn.ends.size()) end = drawn.ends[number] * sx_;
            const char32_t c = printed(code);
            if (c == 0 || !has_glyph(c, drawn, style.font, shaper_.fonts())) continue;
            utf8::append(text, c);
            begins.resize(text.size(), begin);
            letters = letters || c != ' ';
        }
        if (!letters) return;
        begins.push_back(end);
        std::vector<SetRun> runs = shaper_.shape(text, style, nullptr);
        bool reversed = false;
        for (const SetRun& run : runs)
            reversed = reversed || (run.level & 1) != 0;
        // The letters become as wide as the picture.
        const double stretch =
            std::abs(sx_ - sy_) > 0.005 * sy_ ? drawn.stretch * sx_ / sy_ : drawn.stretch;
        const double natural = width_of(runs).points();
        if (!drawn.ends.empty() && !reversed)
            space_out(runs, begins);
        else
            scale(runs, !drawn.ends.empty() ? end / natural
                        : drawn.width > 0   ? drawn.width * sx_ / natural
                                            : stretch);
        set(drawn, style, stretch, text, runs);
    }

    static void scale(std::vector<SetRun>& runs, double factor) {
        if (!std::isfinite(factor) || factor <= 0 || factor > 100) return;
        for (SetRun& run : runs)
            for (SetGlyph& glyph : run.glyphs)
                glyph.advance = Length::from_points(glyph.advance.points() * factor);
    }

    /// Each cluster begins where the file says.
    static void space_out(std::vector<SetRun>& runs, const std::vector<double>& begins) {
        for (SetRun& run : runs) {
            for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
                const std::uint32_t cluster = run.glyphs[i].cluster;
                Length others;
                std::size_t last = i;
                while (last + 1 < run.glyphs.size() && run.glyphs[last + 1].cluster == cluster)
                    others += run.glyphs[last++].advance;
                const std::uint32_t next =
                    last + 1 < run.glyphs.size() ? run.glyphs[last + 1].cluster : run.end;
                run.glyphs[last].advance = bounded(begins[next] - begins[cluster]) - others;
                i = last;
            }
        }
    }

    void set(const DrawnText& drawn, const TextStyle& style, double stretch,
             const std::string& text, const std::vector<SetRun>& runs) {
        const auto& metrics = style.font.face->metrics();
        const double em = style.size.points() / metrics.units_per_em;
        const double ascent = metrics.ascent * em, descent = -metrics.descent * em;
        const Length width = width_of(runs);
        const double turned = drawn.turn * std::numbers::pi / 180;
        const double right = std::cos(turned), up = std::sin(turned);
        const Point at{x(drawn.x), y(drawn.y)};
        /// `along` the baseline, `below` it.
        const auto point = [&](double along, double below) -> Point {
            return {at.x + Length::from_points(along * right + below * up),
                    at.y + Length::from_points(below * right - along * up)};
        };
        const double below = drawn.level == DrawnText::Level::top      ? ascent
                             : drawn.level == DrawnText::Level::bottom ? -descent
                                                                       : 0;
        const double start = drawn.side == DrawnText::Side::right    ? -width.points()
                             : drawn.side == DrawnText::Side::center ? -width.points() / 2
                                                                     : 0;
        std::vector<std::uint8_t> levels;
        for (const SetRun& run : runs)
            levels.push_back(run.level);
        double along = start;
        for (const int index : locale::visual_order(levels)) {
            const SetRun& run = runs[static_cast<std::size_t>(index)];
            GlyphRun glyphs;
            glyphs.face = run.font.face;
            glyphs.size = style.size;
            glyphs.slant = run.font.slant;
            glyphs.embolden = run.font.embolden;
            glyphs.stretch = stretch;
            glyphs.turn = -turned;
            glyphs.origin = point(along, below);
            glyphs.text = text.substr(run.begin, run.end - run.begin);
            glyphs.right_to_left = (run.level & 1) != 0;
            glyphs.color = style.color;
            glyphs.mark = mark_;
            for (const SetGlyph& glyph : run.glyphs) {
                glyphs.glyphs.push_back(
                    {glyph.id, glyph.cluster - run.begin, glyph.advance, glyph.dx, glyph.dy});
                along += glyph.advance.points();
            }
            out_.items.emplace_back(std::move(glyphs));
        }
        const auto rule = [&](double centre, double thickness) {
            Path path;
            path.verbs = {Verb::move, Verb::line};
            path.points = {point(start, below + centre), point(along, below + centre)};
            path.stroke = style.color;
            path.stroke_width = Length::from_points(std::max(thickness, hairline));
            path.mark = mark_;
            out_.items.emplace_back(std::move(path));
        };
        if (drawn.underlined)
            rule(-metrics.underline_position * em, metrics.underline_thickness * em);
        if (drawn.struck)
            rule(-(metrics.strikeout_position - metrics.strikeout_thickness / 2) * em,
                 metrics.strikeout_thickness * em);

        const std::array corners{point(start, below - ascent), point(along, below - ascent),
                                 point(along, below + descent), point(start, below + descent)};
        LineBox line;
        line.paragraph = -1;
        line.box = {corners[0].x, corners[0].y, {}, {}};
        Point end = corners[0];
        for (const Point& corner : corners) {
            line.box.x = std::min(line.box.x, corner.x);
            line.box.y = std::min(line.box.y, corner.y);
            end = {std::max(end.x, corner.x), std::max(end.y, corner.y)};
        }
        line.box.width = end.x - line.box.x;
        line.box.height = end.y - line.box.y;
        line.baseline = point(start, below).y;
        line.text = text;
        line.furniture = mark_.node < 0;
        out_.lines.push_back(std::move(line));
    }

    const Drawing& drawing_;
    const Rect& box_;
    const Mark mark_;
    Shaper& shaper_;
    Fragment& out_;
    const double sx_ = box_.width.points() / drawing_.width;
    const double sy_ = box_.height.points() / drawing_.height;
    const double left_ = box_.x.points(), top_ = box_.y.points();
};

}  // namespace

void place(const Drawing& drawing, const Rect& box, Mark mark, Shaper& shaper, Fragment& out) {
    Placer(drawing, box, mark, shaper, out).run();
}

std::vector<char32_t> unprintable(const Drawing& drawing, const text::FontMap& fonts) {
    std::set<char32_t> out;
    for (const DrawnText& text : drawing.texts) {
        const text::FontChoice font = font_of(text, fonts);
        for (std::size_t at = 0; at < text.text.size();) {
            const auto [code, length] = utf8::decode(text.text, at);
            at += length;
            if (const char32_t c = printed(code); c != 0 && !has_glyph(c, text, font, fonts))
                out.insert(c);
        }
    }
    return {out.begin(), out.end()};
}

}  // namespace paraphe::layout
