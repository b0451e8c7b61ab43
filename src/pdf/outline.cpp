#include "pdf/outline.hpp"

#include <hb-ot.h>
#include <hb.h>

#include <cmath>

namespace paraphe::pdf {

namespace {

/// Whole units, by relative commands: a curve takes ten octets. Rounded are the places, not the
/// steps, so that errors do not add up.
class PathData {
public:
    void command(char letter, std::initializer_list<float> points) {
        begin(letter);
        int x = x_, y = y_;
        for (const float* at = points.begin(); at != points.end(); at += 2) {
            x = static_cast<int>(std::lround(at[0]));
            y = static_cast<int>(-std::lround(at[1]));
            number(x - x_);
            number(y - y_);
        }
        x_ = x;
        y_ = y;
        if (letter == 'm') {
            start_x_ = x;
            start_y_ = y;
        }
    }
    void close() {
        begin('z');
        x_ = start_x_;
        y_ = start_y_;
    }

    std::string text;

private:
    /// A letter that goes on need not be said again; a second moveto would be a lineto.
    void begin(char letter) {
        fresh_ = letter != before_ || letter == 'm' || letter == 'z';
        if (fresh_) text += letter;
        before_ = letter;
    }
    void number(int value) {
        if (!fresh_ && value >= 0) text += ' ';
        text += std::to_string(value);
        fresh_ = false;
    }

    int x_ = 0, y_ = 0, start_x_ = 0, start_y_ = 0;
    char before_ = 'z';
    bool fresh_ = false;
};

PathData& data(void* of) {
    return *static_cast<PathData*>(of);
}

hb_draw_funcs_t* make_functions() {
    hb_draw_funcs_t* out = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(
        out,
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float x, float y, void*) {
            data(to).command('m', {x, y});
        },
        nullptr, nullptr);
    hb_draw_funcs_set_line_to_func(
        out,
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float x, float y, void*) {
            data(to).command('l', {x, y});
        },
        nullptr, nullptr);
    hb_draw_funcs_set_quadratic_to_func(
        out,
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float x1, float y1, float x, float y,
           void*) {
            data(to).command('q', {x1, y1, x, y});
        },
        nullptr, nullptr);
    hb_draw_funcs_set_cubic_to_func(
        out,
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float x1, float y1, float x2, float y2,
           float x, float y, void*) {
            data(to).command('c', {x1, y1, x2, y2, x, y});
        },
        nullptr, nullptr);
    hb_draw_funcs_set_close_path_func(
        out, [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, void*) { data(to).close(); }, nullptr,
        nullptr);
    hb_draw_funcs_make_immutable(out);
    return out;
}

}  // namespace

void Outlines::FontDeleter::operator()(hb_font_t* font) const {
    hb_font_destroy(font);
}

Outlines::Outlines(const text::Face& face) {
    const ByteView octets = face.data();
    hb_blob_t* blob = hb_blob_create(octets.data(), static_cast<unsigned>(octets.size()),
                                     HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    hb_face_t* opened = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    font_.reset(hb_font_create(opened));
    hb_face_destroy(opened);
}

std::string Outlines::path(text::GlyphId id) const {
    static hb_draw_funcs_t* const functions = make_functions();
    PathData out;
    hb_font_get_glyph_shape(font_.get(), id, functions, &out);
    return std::move(out.text);
}

}  // namespace paraphe::pdf
