#include "pdf/preview.hpp"

#include <cairo-ft.h>
#include <cairo.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <cmath>
#include <map>
#include <memory>
#include <mutex>

#include "base/error.hpp"
#include "pdf/picture.hpp"
#include "pdf/png.hpp"

namespace paraphe::pdf {

namespace {

struct SurfaceDeleter {
    void operator()(cairo_surface_t* it) const { cairo_surface_destroy(it); }
};
struct ContextDeleter {
    void operator()(cairo_t* it) const { cairo_destroy(it); }
};
struct FontDeleter {
    void operator()(cairo_font_face_t* it) const { cairo_font_face_destroy(it); }
};
struct OptionsDeleter {
    void operator()(cairo_font_options_t* it) const { cairo_font_options_destroy(it); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDeleter>;
using Context = std::unique_ptr<cairo_t, ContextDeleter>;
using Font = std::unique_ptr<cairo_font_face_t, FontDeleter>;
using Options = std::unique_ptr<cairo_font_options_t, OptionsDeleter>;

/// FreeType faces are not to be used by two threads at once; drawing a page takes about 1 ms.
std::mutex& drawing() {
    static std::mutex mutex;
    return mutex;
}

void check(cairo_status_t status) {
    if (status == CAIRO_STATUS_SUCCESS) return;
    throw Error(ErrorKind::internal,
                std::string("drawing a page failed: ") + cairo_status_to_string(status));
}

/// cairo keeps scaled fonts for later: the face must live as long as they do.
Font make_font(const text::FacePtr& face) {
    struct Kept {
        text::FacePtr face;
        FT_Library library = nullptr;
        FT_Face own = nullptr;
    };
    auto kept = std::make_unique<Kept>(Kept{face, nullptr, nullptr});
    auto* freetype = static_cast<FT_Face>(face->freetype_face());
    const ByteView data = face->data();
    if (!freetype) {
        if (FT_Init_FreeType(&kept->library) != 0 ||
            FT_New_Memory_Face(kept->library, reinterpret_cast<const FT_Byte*>(data.data()),
                               static_cast<FT_Long>(data.size()), 0, &kept->own) != 0) {
            if (kept->library) FT_Done_FreeType(kept->library);
            throw Error(ErrorKind::malformed_input,
                        "font " + face->postscript_name() + " cannot be drawn");
        }
        freetype = kept->own;
    }
    Font out(cairo_ft_font_face_create_for_ft_face(freetype, FT_LOAD_NO_HINTING));
    static const cairo_user_data_key_t key{};
    const auto release = [](void* data_pointer) {
        const std::unique_ptr<Kept> old(static_cast<Kept*>(data_pointer));
        if (old->own) FT_Done_Face(old->own);
        if (old->library) FT_Done_FreeType(old->library);
    };
    // cairo shares one font of an FT_Face; the first owner serves.
    if (!cairo_font_face_get_user_data(out.get(), &key)) {
        check(cairo_font_face_set_user_data(out.get(), &key, kept.release(), release));
    }
    return out;
}

class Painter {
public:
    explicit Painter(cairo_t* cr) : cr_(cr) {
        const Options options(cairo_font_options_create());
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
        cairo_set_font_options(cr_, options.get());
    }

    void paint(const layout::Page& page) {
        cairo_set_source_rgb(cr_, 1, 1, 1);
        cairo_paint(cr_);
        for (const layout::Item& item : page.items) {
            std::visit([this](const auto& one) { draw(one); }, item);
        }
        check(cairo_status(cr_));
    }

private:
    void set_colour(Color colour) {
        cairo_set_source_rgba(cr_, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0,
                              colour.alpha / 255.0);
    }

    void draw(const layout::GlyphRun& run) {
        if (run.glyphs.empty()) return;
        Font& font = fonts_[run.face.get()];
        if (!font) font = make_font(run.face);
        cairo_set_font_face(cr_, font.get());
        const double size = run.size.points();
        // The slant by hand: cairo's own leans the wrong way.
        const double cos = std::cos(run.turn), sin = std::sin(run.turn);
        const cairo_matrix_t matrix{run.stretch * cos * size,
                                    run.stretch * sin * size,
                                    (-run.slant * cos - sin) * size,
                                    (cos - run.slant * sin) * size,
                                    0,
                                    0};
        cairo_set_font_matrix(cr_, &matrix);
        set_colour(run.color);
        std::vector<cairo_glyph_t> glyphs;
        glyphs.reserve(run.glyphs.size());
        Length pen;
        for (const layout::Glyph& glyph : run.glyphs) {
            const double x = (pen + glyph.dx).points(), y = glyph.dy.points();
            glyphs.push_back({glyph.id, run.origin.x.points() + cos * x - sin * y,
                              run.origin.y.points() + sin * x + cos * y});
            pen += glyph.advance;
        }
        const int count = static_cast<int>(glyphs.size());
        cairo_show_glyphs(cr_, glyphs.data(), count);
        if (run.embolden > 0) {
            cairo_glyph_path(cr_, glyphs.data(), count);
            cairo_set_line_width(cr_, run.embolden * size);
            cairo_set_dash(cr_, nullptr, 0, 0);
            cairo_stroke(cr_);
        }
    }

    void append_outline(const layout::Path& path) {
        std::size_t at = 0;
        const auto next = [&]() -> Point {
            if (at >= path.points.size()) {
                throw Error(ErrorKind::internal, "a path has too few points");
            }
            return path.points[at++];
        };
        cairo_new_path(cr_);
        for (const layout::Verb verb : path.verbs) {
            switch (verb) {
                case layout::Verb::move: {
                    const Point p = next();
                    cairo_move_to(cr_, p.x.points(), p.y.points());
                    break;
                }
                case layout::Verb::line: {
                    const Point p = next();
                    cairo_line_to(cr_, p.x.points(), p.y.points());
                    break;
                }
                case layout::Verb::curve: {
                    const Point a = next(), b = next(), c = next();
                    cairo_curve_to(cr_, a.x.points(), a.y.points(), b.x.points(), b.y.points(),
                                   c.x.points(), c.y.points());
                    break;
                }
                case layout::Verb::close:
                    cairo_close_path(cr_);
                    break;
            }
        }
    }

    void draw(const layout::Path& path) {
        cairo_save(cr_);
        if (path.clip) {
            cairo_rectangle(cr_, path.clip->x.points(), path.clip->y.points(),
                            path.clip->width.points(), path.clip->height.points());
            cairo_clip(cr_);
        }
        cairo_set_fill_rule(cr_,
                            path.even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
        cairo_set_line_cap(cr_, static_cast<cairo_line_cap_t>(path.cap));
        cairo_set_line_join(cr_, static_cast<cairo_line_join_t>(path.join));
        append_outline(path);
        if (path.fill) {
            set_colour(*path.fill);
            cairo_fill_preserve(cr_);
        }
        if (path.filling) {
            cairo_save(cr_);
            cairo_clip(cr_);
            for (const layout::Image& picture : path.filling->pictures)
                draw(picture);
            for (const layout::Path& inside : path.filling->paths)
                draw(inside);
            cairo_restore(cr_);
            append_outline(path);
        }
        if (path.stroke) {
            set_colour(*path.stroke);
            cairo_set_line_width(cr_, path.stroke_width.points());
            std::vector<double> dashes;
            for (const Length dash : path.dashes)
                dashes.push_back(dash.points());
            cairo_set_dash(cr_, dashes.data(), static_cast<int>(dashes.size()), 0);
            cairo_stroke_preserve(cr_);
        }
        cairo_new_path(cr_);
        cairo_restore(cr_);
    }

    void draw(const layout::Image& image) {
        if (!image.picture) throw Error(ErrorKind::internal, "image without a picture");
        // A frame without a size: cairo gives up the whole page for a scale of zero.
        if (image.box.width <= Length() || image.box.height <= Length()) return;
        Surface& surface = pictures_[image.picture.get()];
        if (!surface) surface = picture_surface(*image.picture);
        const double width = cairo_image_surface_get_width(surface.get());
        const double height = cairo_image_surface_get_height(surface.get());
        cairo_save(cr_);
        cairo_translate(cr_, image.box.x.points(), image.box.y.points());
        cairo_scale(cr_, image.box.width.points() / width, image.box.height.points() / height);
        cairo_rectangle(cr_, 0, 0, width, height);
        cairo_set_source_surface(cr_, surface.get(), 0, 0);
        cairo_pattern_set_extend(cairo_get_source(cr_), CAIRO_EXTEND_PAD);
        if (image.alpha == 255) {
            cairo_fill(cr_);
        } else {
            cairo_clip(cr_);
            cairo_paint_with_alpha(cr_, image.alpha / 255.0);
        }
        cairo_restore(cr_);
    }

    static Surface picture_surface(const layout::Picture& picture) {
        const Pixels pixels = decode(picture);
        Surface out(cairo_image_surface_create(
            pixels.alpha.empty() ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, pixels.width,
            pixels.height));
        check(cairo_surface_status(out.get()));
        unsigned char* data = cairo_image_surface_get_data(out.get());
        const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(out.get()));
        const auto width = static_cast<std::size_t>(pixels.width);
        const auto channels = static_cast<std::size_t>(pixels.channels);
        for (std::size_t y = 0; y < static_cast<std::size_t>(pixels.height); ++y) {
            auto* row = reinterpret_cast<std::uint32_t*>(data + y * stride);
            for (std::size_t x = 0; x < width; ++x) {
                const std::size_t at = y * width + x;
                const auto part = [&](std::size_t channel) -> std::uint32_t {
                    return static_cast<unsigned char>(
                        pixels.data[at * channels + (channels == 3 ? channel : 0)]);
                };
                const std::uint32_t alpha =
                    pixels.alpha.empty() ? 255 : static_cast<unsigned char>(pixels.alpha[at]);
                const auto scaled = [alpha](std::uint32_t value) {
                    return (value * alpha + 127) / 255;
                };
                row[x] =
                    alpha << 24 | scaled(part(0)) << 16 | scaled(part(1)) << 8 | scaled(part(2));
            }
        }
        cairo_surface_mark_dirty(out.get());
        return out;
    }

    cairo_t* cr_;
    std::map<const text::Face*, Font> fonts_;
    std::map<const layout::Picture*, Surface> pictures_;
};

}  // namespace

Bytes png(const layout::Pages& pages, std::size_t number, double dpi) {
    const layout::Page& page = layout::page_at(pages, number);
    if (!(dpi >= 10 && dpi <= 600)) {
        throw Error(ErrorKind::malformed_input, "a picture must have from 10 to 600 dpi");
    }
    const double scale = dpi / 72;
    const int width = static_cast<int>(std::ceil(page.size.width.points() * scale));
    const int height = static_cast<int>(std::ceil(page.size.height.points() * scale));
    if (width <= 0 || height <= 0 || std::int64_t{width} * height > std::int64_t{most_pixels}) {
        throw Error(ErrorKind::malformed_input, "a page is too large for a picture of " +
                                                    std::to_string(static_cast<int>(dpi)) + " dpi");
    }
    Surface surface;
    {
        const std::lock_guard lock(drawing());
        surface.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
        check(cairo_surface_status(surface.get()));
        const Context context(cairo_create(surface.get()));
        cairo_scale(context.get(), scale, scale);
        Painter(context.get()).paint(page);
        cairo_surface_flush(surface.get());
    }
    return encode_png(
        {reinterpret_cast<const std::uint32_t*>(cairo_image_surface_get_data(surface.get())),
         static_cast<std::size_t>(width), static_cast<std::size_t>(height),
         static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get())) /
             sizeof(std::uint32_t)});
}

}  // namespace paraphe::pdf
