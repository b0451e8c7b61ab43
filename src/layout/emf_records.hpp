#pragma once

#include <cstdint>
#include <optional>

#include "layout/gdi.hpp"

/// The records of enhanced metafiles. Private to layout/.
namespace paraphe::layout::emf {

/// RecordType of MS-EMF §2.1.1, those that the reader regards.
enum class Record : std::uint32_t {
    poly_bezier = 2,
    polygon = 3,
    polyline = 4,
    poly_bezier_to = 5,
    polyline_to = 6,
    poly_polyline = 7,
    poly_polygon = 8,
    set_window_extent = 9,
    set_window_origin = 10,
    set_viewport_extent = 11,
    set_viewport_origin = 12,
    end = 14,
    set_pixel = 15,
    set_map_mode = 17,
    set_fill_rule = 19,
    set_text_align = 22,
    set_text_color = 24,
    move_to = 27,
    exclude_clip = 29,
    intersect_clip = 30,
    save = 33,
    restore = 34,
    set_world = 35,
    modify_world = 36,
    select_object = 37,
    create_pen = 38,
    create_brush = 39,
    delete_object = 40,
    angle_arc = 41,
    ellipse = 42,
    rectangle = 43,
    round_rectangle = 44,
    arc = 45,
    chord = 46,
    pie = 47,
    flood_fill = 53,
    line_to = 54,
    arc_to = 55,
    poly_draw = 56,
    set_arc_direction = 57,
    begin_path = 59,
    end_path = 60,
    close_figure = 61,
    fill_path = 62,
    stroke_and_fill_path = 63,
    stroke_path = 64,
    select_clip_path = 67,
    abort_path = 68,
    fill_region = 71,
    frame_region = 72,
    paint_region = 74,
    select_clip_region = 75,
    bit_copy = 76,
    stretched_copy = 77,
    masked_copy = 78,
    slanted_copy = 79,
    dib_to_device = 80,
    stretched_dib = 81,
    create_font = 82,
    text_ansi = 83,
    text_wide = 84,
    poly_bezier_16 = 85,
    polygon_16 = 86,
    polyline_16 = 87,
    poly_bezier_to_16 = 88,
    polyline_to_16 = 89,
    poly_polyline_16 = 90,
    poly_polygon_16 = 91,
    poly_draw_16 = 92,
    create_mono_brush = 93,
    create_dib_brush = 94,
    create_extended_pen = 95,
    texts_ansi = 96,
    texts_wide = 97,
    small_text = 108,
    alpha_blend = 114,
    transparent_copy = 116,
    gradient_fill = 118,
};

/// `on`: from the pen's place, and the pen follows.
enum class Reach : std::uint8_t { open, closed, on };
struct Lines {
    Reach reach = Reach::open;
    bool curves = false;
    bool small = false;  ///< numbers of 16 bits
    bool parts = false;  ///< several polygons
    bool one = false;    ///< a single point, without a count
};
/// Of records that are lines.
std::optional<Lines> lines_of(Record);

/// In French, what a record would draw that is not drawn; nullptr for all others.
const char* not_drawn(Record);

/// StockObject of MS-EMF §2.1.31, pens and brushes.
std::optional<gdi::Object> stock_object(std::uint32_t number);

}  // namespace paraphe::layout::emf
