#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "pdf/signing.hpp"

namespace paraphe::pdf {

namespace {

constexpr Color ink{20, 40, 110, 255};
constexpr std::size_t most_stroke_points = 20'000;

text::GlyphId glyph_of(const text::Face& face, char32_t c) {
    const bool space = c == 0xA0 || c == 0x202F || c == 0x2009;
    const text::GlyphId out = face.glyph(c);
    if (out != 0 || !space) return out;
    return face.glyph(U' ');
}

/// One glyph a character; at 1 pt, scaled later.
layout::GlyphRun line_run(const text::FacePtr& face, const std::string& line, Length size) {
    layout::GlyphRun out;
    out.face = face;
    out.size = size;
    out.text = line;
    for (std::size_t at = 0; at < line.size();) {
        const auto [c, length] = utf8::decode(line, at);
        const text::GlyphId id = glyph_of(*face, c);
        if (id == 0) {
            char code[16];
            std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(c));
            throw Error(ErrorKind::malformed_input,
                        "the font " + face->postscript_name() + " has no character " + code +
                            " of \"" + line + "\"",
                        {}, "choose another font for the signature", "missing_glyph");
        }
        out.glyphs.push_back({id, static_cast<std::uint32_t>(at),
                              size.scaled(face->advance(id), face->metrics().units_per_em),
                              Length{}, Length{}});
        at += length;
    }
    return out;
}

double width_in_em(const text::FacePtr& face, const std::string& line) {
    const layout::GlyphRun run = line_run(face, line, Length::from_points(1000));
    Length width;
    for (const layout::Glyph& glyph : run.glyphs)
        width += glyph.advance;
    return width.points() / 1000;
}

/// The strokes, as large as the box allows, in its middle.
layout::Path stroke_path(const Strokes& strokes, const Rect& box) {
    double left = 1e30, right = -1e30, top = 1e30, bottom = -1e30;
    std::size_t count = 0;
    for (const auto& stroke : strokes) {
        for (const auto& [x, y] : stroke) {
            if (!(std::abs(x) < 1e9) || !(std::abs(y) < 1e9) || ++count > most_stroke_points) {
                throw Error(ErrorKind::malformed_input, "the drawn signature cannot be used", {},
                            "draw it again, smaller", "bad_strokes");
            }
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    }
    layout::Path out;
    if (count == 0) return out;
    const double width = std::max(right - left, 1e-6), height = std::max(bottom - top, 1e-6);
    const double scale = std::min(box.width.points() / width, box.height.points() / height);
    const double x0 = box.x.points() + (box.width.points() - width * scale) / 2;
    const double y0 = box.y.points() + (box.height.points() - height * scale) / 2;
    const auto place = [&](double x, double y) {
        return Point{Length::from_points(x0 + (x - left) * scale),
                     Length::from_points(y0 + (y - top) * scale)};
    };
    for (const auto& stroke : strokes) {
        for (std::size_t i = 0; i < stroke.size(); ++i) {
            out.verbs.push_back(i == 0 ? layout::Verb::move : layout::Verb::line);
            out.points.push_back(place(stroke[i][0], stroke[i][1]));
        }
        if (stroke.size() == 1) {  // a dot
            out.verbs.push_back(layout::Verb::line);
            Point end = out.points.back();
            end.x += Length::from_points(0.8);
            out.points.push_back(end);
        }
    }
    out.stroke = ink;
    out.stroke_width = Length::from_points(1);
    return out;
}

}  // namespace

Appearance text_appearance(Size box, const text::FacePtr& face,
                           const std::vector<std::string>& lines, const Strokes& strokes) {
    constexpr double margin = 3, leading = 1.2, largest = 9;
    Appearance out;
    const double width = box.width.points() - 2 * margin;
    const double height = box.height.points() - 2 * margin;
    if (width <= 0 || height <= 0) return out;
    const bool drawn = std::any_of(strokes.begin(), strokes.end(),
                                   [](const auto& stroke) { return !stroke.empty(); });
    // A drawn signature takes the upper half; the text needs the rest to be legible.
    const double text_height = drawn && !lines.empty() ? height / 2 : height;
    double size = largest;
    for (const auto& line : lines)
        size = std::min(size, width / std::max(0.1, width_in_em(face, line)));
    if (!lines.empty()) {
        size = std::min(size, text_height / (leading * static_cast<double>(lines.size())));
    }
    const double text_top = box.height.points() - margin - text_height;
    if (drawn) {
        Rect area{Length::from_points(margin), Length::from_points(margin),
                  Length::from_points(width),
                  Length::from_points(lines.empty() ? height : text_top - margin)};
        out.items.emplace_back(stroke_path(strokes, area));
    }
    double baseline = text_top + size;
    for (const auto& line : lines) {
        layout::GlyphRun run = line_run(face, line, Length::from_points(size));
        run.origin = {Length::from_points(margin), Length::from_points(baseline)};
        out.items.emplace_back(std::move(run));
        baseline += size * leading;
    }
    return out;
}

}  // namespace paraphe::pdf
