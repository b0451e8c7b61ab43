#include "cairo.hpp"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo.h>

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "measure.hpp"
#include "renderer.hpp"

namespace paraphe::bench {

namespace {

struct Surface {
    cairo_surface_t* surface;
    cairo_t* context;
    std::size_t octets = 0;

    Surface()
        : surface(cairo_pdf_surface_create_for_stream(
              [](void* to, const unsigned char*, unsigned size) {
                  static_cast<Surface*>(to)->octets += size;
                  return CAIRO_STATUS_SUCCESS;
              },
              this, 595, 842)),
          context(cairo_create(surface)) {}
    ~Surface() {
        cairo_destroy(context);
        cairo_surface_destroy(surface);
    }
    Surface(const Surface&) = delete;
    Surface& operator=(const Surface&) = delete;
};

/// Fonts live as long as the program, as a server would keep them.
cairo_font_face_t* font(const text::FacePtr& face) {
    static std::map<text::FacePtr, cairo_font_face_t*> fonts;
    cairo_font_face_t*& out = fonts[face];
    if (!out) {
        FT_Library library = nullptr;
        FT_Face own = nullptr;
        const ByteView data = face->data();
        if (FT_Init_FreeType(&library) != 0 ||
            FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(data.data()),
                               static_cast<FT_Long>(data.size()), 0, &own) != 0)
            throw Error(ErrorKind::malformed_input, "cairo's peer cannot read a font");
        out = cairo_ft_font_face_create_for_ft_face(own, FT_LOAD_NO_HINTING);
    }
    return out;
}

std::size_t draw(const layout::Pages& pages, std::vector<cairo_glyph_t>& glyphs) {
    Surface to;
    for (const layout::Page& page : pages.pages) {
        cairo_pdf_surface_set_size(to.surface, page.size.width.points(), page.size.height.points());
        for (const layout::Item& item : page.items) {
            const auto* run = std::get_if<layout::GlyphRun>(&item);
            if (!run) continue;
            cairo_set_font_face(to.context, font(run->face));
            cairo_set_font_size(to.context, run->size.points());
            cairo_set_source_rgb(to.context, run->color.red / 255.0, run->color.green / 255.0,
                                 run->color.blue / 255.0);
            glyphs.clear();
            Length x = run->origin.x;
            for (const layout::Glyph& glyph : run->glyphs) {
                glyphs.push_back(
                    {glyph.id, (x + glyph.dx).points(), (run->origin.y + glyph.dy).points()});
                x += glyph.advance;
            }
            cairo_show_glyphs(to.context, glyphs.data(), static_cast<int>(glyphs.size()));
        }
        cairo_show_page(to.context);
    }
    cairo_surface_finish(to.surface);
    if (cairo_surface_status(to.surface) != CAIRO_STATUS_SUCCESS ||
        cairo_status(to.context) != CAIRO_STATUS_SUCCESS)
        throw Error(ErrorKind::internal, "cairo did not draw");
    return to.octets;
}

}  // namespace

void bench_cairo(const std::string& template_file, int rounds) {
    constexpr int warm_up = 10;
    Renderer renderer(template_file);
    Stopwatch cairo, ours;
    std::vector<cairo_glyph_t> glyphs;
    std::size_t octets = 0;
    for (int i = 0; i < warm_up + rounds; ++i) {
        const layout::Pages pages = renderer.pages(renderer.merge(json::write(loan(i))));
        Stopwatch unheard;
        (i < warm_up ? unheard : cairo).time([&] { octets = draw(pages, glyphs); });
        (i < warm_up ? unheard : ours).time([&] { renderer.pdf(pages); });
    }
    row("— cairo's PDF surface: the same glyphs, untagged, glyphs alone", cairo.times(),
        text("pdf::write of the same pages, whole and tagged: %.2f; %zu octets",
             ours.times().median, octets));
}

std::size_t cairo_png(Stopwatch& watch, const Bytes& png) {
    std::string_view rest = png;
    cairo_surface_t* surface = cairo_image_surface_create_from_png_stream(
        [](void* from, unsigned char* to, unsigned size) {
            auto& left = *static_cast<std::string_view*>(from);
            if (left.size() < size) return CAIRO_STATUS_READ_ERROR;
            std::copy_n(left.begin(), size, to);
            left.remove_prefix(size);
            return CAIRO_STATUS_SUCCESS;
        },
        &rest);
    std::size_t octets = 0;
    watch.time([&] {
        cairo_surface_write_to_png_stream(
            surface,
            [](void* to, const unsigned char*, unsigned size) {
                *static_cast<std::size_t*>(to) += size;
                return CAIRO_STATUS_SUCCESS;
            },
            &octets);
    });
    cairo_surface_destroy(surface);
    return octets;
}

}  // namespace paraphe::bench
