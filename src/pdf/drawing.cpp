#include "pdf/drawing.hpp"

#include <array>
#include <cmath>

#include "base/error.hpp"
#include "pdf/glyph_text.hpp"
#include "pdf/picture.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

Resources::Font& Resources::font(const text::FacePtr& face) {
    auto& slot = by_face_[face.get()];
    if (!slot) {
        if (!face) throw Error(ErrorKind::internal, "text without a font");
        slot = std::make_unique<Font>(
            Font{"F" + std::to_string(by_face_.size()), UsedFont(face), objects_.reserve()});
        fonts_.push_back(slot.get());
    }
    return *slot;
}

namespace {

std::string picture_entries(int width, int height, int channels) {
    return "/Type/XObject/Subtype/Image/Width " + std::to_string(width) + "/Height " +
           std::to_string(height) + "/ColorSpace" + (channels == 1 ? "/DeviceGray" : "/DeviceRGB") +
           "/BitsPerComponent 8";
}

int write_picture(Objects& objects, const layout::Picture& picture) {
    if (format_of(picture) == PictureFormat::jpeg) {
        const JpegFrame frame = read_jpeg_frame(*picture.bytes);
        return objects.add_raw_stream(
            picture_entries(frame.width, frame.height, frame.channels) + "/Filter/DCTDecode",
            *picture.bytes);
    }
    const Pixels pixels = decode_png(*picture.bytes);
    std::string entries = picture_entries(pixels.width, pixels.height, pixels.channels);
    if (!pixels.alpha.empty()) {
        const int mask =
            objects.add_stream(picture_entries(pixels.width, pixels.height, 1), pixels.alpha);
        entries += "/SMask " + reference(mask);
    }
    return objects.add_stream(entries, pixels.data);
}

}  // namespace

const std::string& Resources::picture(const std::shared_ptr<const layout::Picture>& picture) {
    if (!picture) throw Error(ErrorKind::internal, "image without a picture");
    Named& slot = pictures_[picture.get()];
    if (slot.object == 0) {
        slot = {"I" + std::to_string(pictures_.size()), write_picture(objects_, *picture)};
        kept_.push_back(picture);
    }
    return slot.name;
}

const std::string& Resources::alpha(int fill, int stroke) {
    Named& slot = alphas_[{fill, stroke}];
    if (slot.object == 0) {
        slot = {"G" + std::to_string(alphas_.size()),
                objects_.add("<</Type/ExtGState/ca " + number(fill / 255.0) + "/CA " +
                             number(stroke / 255.0) + ">>")};
    }
    return slot.name;
}

std::string Resources::finish() {
    std::string out = "<<";
    if (!fonts_.empty()) {
        out += "/Font<<";
        for (const Font* font : fonts_) {
            write_font(objects_, font->object, *embed(cache_.state(), font->used));
            out += "/" + font->name + " " + reference(font->object);
        }
        out += ">>";
    }
    const auto list = [&out](const char* category, const std::map<std::string, int>& named) {
        if (named.empty()) return;
        out += category;
        for (const auto& [name, object] : named)
            out += "/" + name + " " + reference(object);
        out += ">>";
    };
    std::map<std::string, int> pictures, states;  // by name: the maps above go by address
    for (const auto& [picture, named] : pictures_)
        pictures[named.name] = named.object;
    for (const auto& [alphas, named] : alphas_)
        states[named.name] = named.object;
    list("/XObject<<", pictures);
    list("/ExtGState<<", states);
    out += ">>";
    return out;
}

void Content::begin_marked(std::string_view operands) {
    out_ += operands;
    out_ += " BDC\n";
}

void Content::end_marked() {
    out_ += "EMC\n";
}

void Content::append_point(Point point) {
    append_length(out_, point.x);
    out_ += ' ';
    append_length(out_, height_ - point.y);
    out_ += ' ';
}

namespace {

void append_colour(std::string& out, Color colour, const char* op) {
    for (const int part : {colour.red, colour.green, colour.blue}) {
        append_number(out, part / 255.0);
        out += ' ';
    }
    out += op;
}

bool same_rgb(Color a, Color b) {
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

}  // namespace

void Content::set_fill(Color colour) {
    if (same_rgb(state_.fill, colour)) return;
    append_colour(out_, colour, "rg\n");
    state_.fill = colour;
}

void Content::set_stroke(Color colour) {
    if (same_rgb(state_.stroke, colour)) return;
    append_colour(out_, colour, "RG\n");
    state_.stroke = colour;
}

void Content::set_alpha(int fill, int stroke) {
    if (fill != 255 || stroke != 255) transparent_ = true;
    if (fill == state_.fill_alpha && stroke == state_.stroke_alpha) return;
    out_ += "/" + resources_.alpha(fill, stroke) + " gs\n";
    state_.fill_alpha = fill;
    state_.stroke_alpha = stroke;
}

void Content::set_line_width(double width) {
    if (width == state_.line_width) return;
    append_number(out_, width);
    out_ += " w\n";
    state_.line_width = width;
}

void Content::save_state() {
    outside_.push_back(state_);
    out_ += "q ";
}

void Content::restore_state() {
    out_ += "Q\n";
    state_ = std::move(outside_.back());
    outside_.pop_back();
}

void Content::enter_clip(const Rect& box) {
    save_state();
    append_point({box.x, box.y + box.height});
    append_length(out_, box.width);
    out_ += ' ';
    append_length(out_, box.height);
    out_ += " re W n\n";
}

void Content::draw(const layout::Item& item) {
    std::visit([this](const auto& one) { draw_item(one); }, item);
}

namespace {

constexpr std::array<bool, 256> escaped = [] {
    std::array<bool, 256> out{};
    for (const unsigned char c : {'(', ')', '\\', '\r'})
        out[c] = true;
    return out;
}();

/// Writes TJ arrays: opens and closes array and string as they are needed.
class TextArray {
public:
    explicit TextArray(std::string& out) : out_(out) {}

    void glyph(unsigned id) {
        if (!in_array_) out_ += '[';
        if (!in_string_) out_ += '(';
        in_array_ = in_string_ = true;
        octet(static_cast<unsigned char>(id >> 8));
        octet(static_cast<unsigned char>(id & 0xFF));
    }
    void adjust(std::int64_t thousandths) {
        if (!in_array_) out_ += '[';
        if (in_string_) out_ += ')';
        in_array_ = true;
        in_string_ = false;
        append_number(out_, static_cast<double>(-thousandths), 0);
    }
    void close() {
        if (in_string_) out_ += ')';
        if (in_array_) out_ += "]TJ\n";
        in_array_ = in_string_ = false;
    }

private:
    void octet(unsigned char c) {
        if (!escaped[c]) {
            out_ += static_cast<char>(c);
        } else if (c == '\r') {
            out_ += "\\r";  // a bare CR would be read as LF
        } else {
            out_ += '\\';
            out_ += static_cast<char>(c);
        }
    }
    std::string& out_;
    bool in_array_ = false, in_string_ = false;
};

}  // namespace

void Content::draw_item(const layout::GlyphRun& run) {
    if (run.glyphs.empty()) return;
    if (run.size <= Length{}) throw Error(ErrorKind::internal, "text of no size");
    Resources::Font& font = resources_.font(run.face);
    for (const layout::Glyph& glyph : run.glyphs)
        font.used.use(glyph.id);
    thread_local std::vector<Cluster> clusters;
    collect_clusters(run, font.used, clusters);

    set_alpha(run.color.alpha, run.color.alpha);
    set_fill(run.color);
    const int rendering = run.embolden > 0 ? 2 : 0;
    if (rendering == 2) {
        set_stroke(run.color);
        set_line_width(run.embolden * run.size.points());
    }
    out_ += "BT\n";
    if (font_ != &font || font_size_ != run.size) {
        out_ += "/" + font.name + " ";
        append_length(out_, run.size);
        out_ += " Tf\n";
        font_ = &font;
        font_size_ = run.size;
    }
    if (rendering != rendering_) {
        out_ += rendering == 2 ? "2 Tr\n" : "0 Tr\n";
        rendering_ = rendering;
    }
    if (run.slant != 0 || run.turn != 0 || run.stretch != 1) {
        const double cos = std::cos(run.turn), sin = std::sin(run.turn);
        for (const double part : {run.stretch * cos, 0 - run.stretch * sin, run.slant * cos + sin,
                                  cos - run.slant * sin}) {
            append_number(out_, part, 5);
            out_ += ' ';
        }
        append_point(run.origin);
        out_ += "Tm\n";
    } else {
        append_point(run.origin);
        out_ += "Td\n";
    }

    // The pen goes by the widths that the reader has, in millionths of an em, so that errors of
    // rounding are seen and do not add up. Text from right to left is shown in its own order too
    // (ISO 32000-1 §14.8.2.3.3): each glyph by a step back from the one before.
    const bool backwards = run.right_to_left;
    const double em_units = static_cast<double>(run.size.units()) * run.stretch;
    std::int64_t pen = 0;
    Length wanted, rise;
    if (backwards)
        for (const layout::Glyph& glyph : run.glyphs)
            wanted += glyph.advance;
    TextArray array(out_);
    for (std::size_t n = 0; n < clusters.size(); ++n) {
        const Cluster& cluster = clusters[backwards ? clusters.size() - 1 - n : n];
        if (cluster.needs_actual_text) {
            array.close();
            out_ += "/Span<</ActualText " + text_string(cluster.text) + ">>BDC\n";
        }
        for (std::size_t i = 0; i < cluster.end - cluster.begin; ++i) {
            const layout::Glyph& glyph =
                run.glyphs[backwards ? cluster.end - 1 - i : cluster.begin + i];
            if (backwards) wanted -= glyph.advance;
            const double target = static_cast<double>((wanted + glyph.dx).units()) * 1e6 / em_units;
            const std::int64_t off = std::llround((target - static_cast<double>(pen)) / 1000);
            if (off != 0) {
                array.adjust(off);
                pen += off * 1000;
            }
            if (glyph.dy != rise) {
                array.close();
                append_length(out_, -glyph.dy);
                out_ += " Ts\n";
                rise = glyph.dy;
            }
            array.glyph(glyph.id);
            pen += font.used.use(glyph.id);
            if (!backwards) wanted += glyph.advance;
        }
        if (cluster.needs_actual_text) {
            array.close();
            out_ += "EMC\n";
        }
    }
    array.close();
    if (rise != Length{}) out_ += "0 Ts\n";
    out_ += "ET\n";
}

void Content::append_outline(const layout::Path& path) {
    std::size_t at = 0;
    for (const layout::Verb verb : path.verbs) {
        const std::size_t points = verb == layout::Verb::curve   ? 3
                                   : verb == layout::Verb::close ? 0
                                                                 : 1;
        if (at + points > path.points.size()) {
            throw Error(ErrorKind::internal, "a path has too few points");
        }
        for (std::size_t i = 0; i < points; ++i)
            append_point(path.points[at++]);
        switch (verb) {
            case layout::Verb::move:
                out_ += "m\n";
                break;
            case layout::Verb::line:
                out_ += "l\n";
                break;
            case layout::Verb::curve:
                out_ += "c\n";
                break;
            case layout::Verb::close:
                out_ += "h\n";
                break;
        }
    }
}

void Content::draw_outline(const layout::Path& path, const std::optional<Color>& fill,
                           const std::optional<Color>& stroke) {
    if (!fill && !stroke) return;
    set_alpha(fill ? fill->alpha : state_.fill_alpha, stroke ? stroke->alpha : state_.stroke_alpha);
    if (fill) set_fill(*fill);
    if (stroke) {
        set_stroke(*stroke);
        set_line_width(path.stroke_width.points());
        if (path.dashes != state_.dashes) {
            out_ += '[';
            for (const Length dash : path.dashes) {
                append_length(out_, dash);
                out_ += ' ';
            }
            out_ += "]0 d\n";
            state_.dashes = path.dashes;
        }
        if (path.cap != state_.cap) {
            out_ += std::to_string(static_cast<int>(path.cap)) + " J\n";
            state_.cap = path.cap;
        }
        if (path.join != state_.join) {
            out_ += std::to_string(static_cast<int>(path.join)) + " j\n";
            state_.join = path.join;
        }
    }
    append_outline(path);
    out_ += fill && stroke ? "B" : fill ? "f" : "S";
    out_ += path.even_odd && fill ? "*\n" : "\n";
}

void Content::draw_item(const layout::Path& path) {
    if (path.verbs.empty() || (!path.fill && !path.stroke && !path.filling)) return;
    if (path.clip) enter_clip(*path.clip);
    if (path.filling) {
        draw_outline(path, path.fill, std::nullopt);
        save_state();
        append_outline(path);
        out_ += path.even_odd ? "W* n\n" : "W n\n";
        for (const layout::Image& picture : path.filling->pictures)
            draw_item(picture);
        for (const layout::Path& inside : path.filling->paths)
            draw_item(inside);
        restore_state();
        draw_outline(path, std::nullopt, path.stroke);
    } else {
        draw_outline(path, path.fill, path.stroke);
    }
    if (path.clip) restore_state();
}

void Content::draw_item(const layout::Image& image) {
    const std::string& name = resources_.picture(image.picture);
    set_alpha(image.alpha, image.alpha);
    if (image.picture->media_type == "image/png") transparent_ = true;
    out_ += "q ";
    append_length(out_, image.box.width);
    out_ += " 0 0 ";
    append_length(out_, image.box.height);
    out_ += ' ';
    append_point({image.box.x, image.box.y + image.box.height});
    out_ += "cm /" + name + " Do Q\n";
}

}  // namespace paraphe::pdf
