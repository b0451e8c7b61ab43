#include "pdf/svg.hpp"

#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "pdf/outline.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

namespace {

/// A factor, by as many digits as a glyph far from its origin asks for.
void append_factor(std::string& out, double value) {
    char digits[32];
    out.append(digits,
               std::to_chars(digits, std::end(digits), value, std::chars_format::general, 8).ptr);
}

class Drawing {
public:
    explicit Drawing(const layout::Page& page) {
        body_ = "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
        for (const layout::Item& item : page.items)
            std::visit([this](const auto& one) { draw(one); }, item);
    }

    std::string file(const layout::Page& page) const {
        std::string width, height;
        append_length(width, page.size.width);
        append_length(height, page.size.height);
        // PDF's limit of mitres.
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "
               "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
               "width=\"" +
               width + "pt\" height=\"" + height + "pt\" viewBox=\"0 0 " + width + " " + height +
               "\" stroke-miterlimit=\"10\">\n<defs>\n" + definitions_ + "</defs>\n" + body_ +
               "</svg>\n";
    }

private:
    struct Font {
        Outlines outlines;
        std::map<text::GlyphId, std::string> names;  ///< of outlines; empty: nothing to draw
    };

    // --- attributes ---

    void length(const char* name, Length value) {
        body_.append(" ").append(name).append("=\"");
        append_length(body_, value);
        body_ += '"';
    }

    void paint(const char* of, Color color) {
        constexpr char digits[] = "0123456789abcdef";
        body_.append(" ").append(of).append("=\"#");
        for (const int part : {color.red, color.green, color.blue})
            body_.append({digits[part >> 4], digits[part & 15]});
        body_ += '"';
        if (color.alpha == 255) return;
        body_.append(" ").append(of).append("-opacity=\"");
        append_number(body_, color.alpha / 255.0);
        body_ += '"';
    }

    /// a, b, c, d by eight digits, e and f in points.
    void transform(double a, double b, double c, double d, Point origin) {
        body_ += " transform=\"matrix(";
        for (const double part : {a, b, c, d}) {
            append_factor(body_, part);
            body_ += ' ';
        }
        append_length(body_, origin.x);
        body_ += ' ';
        append_length(body_, origin.y);
        body_ += ")\"";
    }

    // --- items ---

    const std::string& outline(Font& font, text::GlyphId id) {
        const auto [slot, fresh] = font.names.try_emplace(id);
        if (!fresh) return slot->second;
        const std::string path = font.outlines.path(id);
        if (path.empty()) return slot->second;
        slot->second = "g" + std::to_string(++outlines_);
        definitions_ += "<path id=\"" + slot->second + "\" d=\"" + path + "\"/>\n";
        return slot->second;
    }

    void draw(const layout::GlyphRun& run) {
        if (run.glyphs.empty()) return;
        Font& font =
            fonts_.try_emplace(run.face.get(), Font{Outlines(*run.face), {}}).first->second;
        const double units = run.face->metrics().units_per_em;
        const double scale = run.size.points() / units;
        const double cos = std::cos(run.turn), sin = std::sin(run.turn);
        body_ += "<g";
        if (run.color != Color()) paint("fill", run.color);
        if (run.embolden > 0) {
            paint("stroke", run.color);
            body_ += " stroke-width=\"";
            append_number(body_, run.embolden * units);
            body_ += '"';
        }
        transform(run.stretch * cos * scale, run.stretch * sin * scale,
                  0 - (run.slant * cos + sin) * scale, (cos - run.slant * sin) * scale, run.origin);
        body_ += '>';
        Length pen;
        for (const layout::Glyph& glyph : run.glyphs) {
            if (const std::string& name = outline(font, glyph.id); !name.empty()) {
                // Where the glyph's origin stands before stretch and slant.
                const double y = glyph.dy.points() / scale;
                const double x = ((pen + glyph.dx).points() / scale + run.slant * y) / run.stretch;
                body_.append("<use xlink:href=\"#").append(name).append("\"");
                position("x", x);
                position("y", y);
                body_ += "/>";
            }
            pen += glyph.advance;
        }
        body_ += "</g>\n";
    }

    /// In whole font units, as the outlines are.
    void position(const char* name, double units) {
        const long whole = std::lround(units);
        if (whole == 0) return;
        body_.append(" ").append(name).append("=\"").append(std::to_string(whole)).append("\"");
    }

    void draw(const layout::Path& path) {
        if (path.clip) body_ += "<g clip-path=\"url(#" + clip(*path.clip) + ")\">\n";
        if (path.filling) {
            draw(path, path.fill, std::nullopt);
            const std::string name = "c" + std::to_string(++clips_);
            body_.swap(definitions_);
            body_ += "<clipPath id=\"" + name + "\"><path";
            if (path.even_odd) body_ += " clip-rule=\"evenodd\"";
            steps(path);
            body_ += "/></clipPath>\n";
            body_.swap(definitions_);
            body_ += "<g clip-path=\"url(#" + name + ")\">\n";
            for (const layout::Image& picture : path.filling->pictures)
                draw(picture);
            for (const layout::Path& inside : path.filling->paths)
                draw(inside);
            body_ += "</g>\n";
            draw(path, std::nullopt, path.stroke);
        } else {
            draw(path, path.fill, path.stroke);
        }
        if (path.clip) body_ += "</g>\n";
    }

    void draw(const layout::Path& path, const std::optional<Color>& fill,
              const std::optional<Color>& stroke) {
        if (!fill && !stroke) return;
        body_ += "<path";
        if (fill)
            paint("fill", *fill);
        else
            body_ += " fill=\"none\"";
        if (fill && path.even_odd) body_ += " fill-rule=\"evenodd\"";
        if (stroke) {
            paint("stroke", *stroke);
            length("stroke-width", path.stroke_width);
            if (path.cap != layout::Cap::butt)
                body_ += path.cap == layout::Cap::round ? " stroke-linecap=\"round\""
                                                        : " stroke-linecap=\"square\"";
            if (path.join != layout::Join::miter)
                body_ += path.join == layout::Join::round ? " stroke-linejoin=\"round\""
                                                          : " stroke-linejoin=\"bevel\"";
            const char* before = " stroke-dasharray=\"";
            for (const Length dash : path.dashes) {
                body_ += before;
                append_length(body_, dash);
                before = " ";
            }
            if (!path.dashes.empty()) body_ += '"';
        }
        steps(path);
        body_ += "/>\n";
    }

    void steps(const layout::Path& path) {
        body_ += " d=\"";
        std::size_t at = 0;
        for (const layout::Verb verb : path.verbs) {
            body_ += "MLCZ"[static_cast<int>(verb)];
            const int points = verb == layout::Verb::close   ? 0
                               : verb == layout::Verb::curve ? 3
                                                             : 1;
            for (int i = 0; i < points; ++i) {
                if (at >= path.points.size())
                    throw Error(ErrorKind::internal, "a path has too few points");
                if (i > 0) body_ += ' ';
                append_length(body_, path.points[at].x);
                body_ += ' ';
                append_length(body_, path.points[at++].y);
            }
        }
        body_ += '"';
    }

    std::string clip(const Rect& box) {
        const std::string name = "c" + std::to_string(++clips_);
        body_.swap(definitions_);
        body_ += "<clipPath id=\"" + name + "\"><rect";
        length("x", box.x);
        length("y", box.y);
        length("width", box.width);
        length("height", box.height);
        body_ += "/></clipPath>\n";
        body_.swap(definitions_);
        return name;
    }

    void draw(const layout::Image& image) {
        if (!image.picture) throw Error(ErrorKind::internal, "image without a picture");
        if (image.box.width <= Length() || image.box.height <= Length()) return;
        const auto [slot, fresh] = pictures_.try_emplace(image.picture.get());
        if (fresh) {
            slot->second = "p" + std::to_string(pictures_.size());
            definitions_ += "<image id=\"" + slot->second +
                            "\" width=\"1\" height=\"1\" preserveAspectRatio=\"none\" "
                            "xlink:href=\"data:" +
                            image.picture->media_type + ";base64," +
                            to_base64(*image.picture->bytes) + "\"/>\n";
        }
        body_ += "<use xlink:href=\"#" + slot->second + "\"";
        transform(image.box.width.points(), 0, 0, image.box.height.points(),
                  {image.box.x, image.box.y});
        if (image.alpha != 255) {
            body_ += " opacity=\"";
            append_number(body_, image.alpha / 255.0);
            body_ += '"';
        }
        body_ += "/>\n";
    }

    std::string definitions_, body_;
    std::map<const text::Face*, Font> fonts_;
    std::map<const layout::Picture*, std::string> pictures_;  ///< names
    int outlines_ = 0, clips_ = 0;
};

}  // namespace

std::string svg(const layout::Pages& pages, std::size_t number) {
    const layout::Page& page = layout::page_at(pages, number);
    return Drawing(page).file(page);
}

}  // namespace paraphe::pdf
