#include "layout/emf_records.hpp"

namespace paraphe::layout::emf {

std::optional<Lines> lines_of(Record record) {
    switch (record) {
        case Record::poly_bezier:
            return Lines{.curves = true};
        case Record::polygon:
            return Lines{.reach = Reach::closed};
        case Record::polyline:
            return Lines{};
        case Record::poly_bezier_to:
            return Lines{.reach = Reach::on, .curves = true};
        case Record::polyline_to:
            return Lines{.reach = Reach::on};
        case Record::poly_polyline:
            return Lines{.parts = true};
        case Record::poly_polygon:
            return Lines{.reach = Reach::closed, .parts = true};
        case Record::line_to:
            return Lines{.reach = Reach::on, .one = true};
        case Record::poly_bezier_16:
            return Lines{.curves = true, .small = true};
        case Record::polygon_16:
            return Lines{.reach = Reach::closed, .small = true};
        case Record::polyline_16:
            return Lines{.small = true};
        case Record::poly_bezier_to_16:
            return Lines{.reach = Reach::on, .curves = true, .small = true};
        case Record::polyline_to_16:
            return Lines{.reach = Reach::on, .small = true};
        case Record::poly_polyline_16:
            return Lines{.small = true, .parts = true};
        case Record::poly_polygon_16:
            return Lines{.reach = Reach::closed, .small = true, .parts = true};
        default:
            return std::nullopt;
    }
}

const char* not_drawn(Record record) {
    switch (record) {
        case Record::bit_copy:
        case Record::stretched_copy:
        case Record::masked_copy:
        case Record::slanted_copy:
        case Record::dib_to_device:
        case Record::alpha_blend:
        case Record::transparent_copy:
            return "une photo incorporée";
        case Record::gradient_fill:
            return "des dégradés";
        case Record::exclude_clip:
            return "une découpe";
        case Record::flood_fill:
        case Record::fill_region:
        case Record::frame_region:
        case Record::paint_region:
            return "un remplissage";
        case Record::angle_arc:
        case Record::arc_to:
        case Record::poly_draw:
        case Record::poly_draw_16:
            return "une partie des tracés";
        case Record::texts_ansi:
        case Record::texts_wide:
            return "une partie du texte";
        default:
            return nullptr;
    }
}

std::optional<gdi::Object> stock_object(std::uint32_t number) {
    const auto grey = [](std::uint8_t value) { return Color{value, value, value, 255}; };
    switch (number) {
        case 0:
            return gdi::Brush{grey(255)};
        case 1:
            return gdi::Brush{grey(0xC0)};
        case 2:
            return gdi::Brush{grey(0x80)};
        case 3:
            return gdi::Brush{grey(0x40)};
        case 4:
            return gdi::Brush{grey(0)};
        case 5:
            return gdi::Brush{};
        case 6:
            return gdi::Pen{.color = grey(255), .dashes = {}};
        case 7:
            return gdi::Pen{.color = grey(0), .dashes = {}};
        case 8:
            return gdi::Pen{.color = std::nullopt, .dashes = {}};
        default:
            return std::nullopt;
    }
}

}  // namespace paraphe::layout::emf
