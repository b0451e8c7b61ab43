#include <algorithm>
#include <cmath>

#include "layout/dib.hpp"
#include "layout/gdi.hpp"

/// Windows metafiles (MS-WMF), with or without the header that says how large they are.
namespace paraphe::layout {

namespace {

constexpr std::uint32_t placeable_key = 0x9AC6CDD7;
constexpr std::size_t header_octets = 18;

/// RecordType of MS-WMF §2.1.1.1.
enum class Function : std::uint16_t {
    end = 0x0000,
    save = 0x001E,
    set_fill_rule = 0x0106,
    restore = 0x0127,
    select_clip = 0x012C,
    select_object = 0x012D,
    set_text_align = 0x012E,
    dib_pattern_brush = 0x0142,
    delete_object = 0x01F0,
    create_pattern_brush = 0x01F9,
    create_palette = 0x00F7,
    set_text_color = 0x0209,
    set_window_origin = 0x020B,
    set_window_extent = 0x020C,
    offset_window = 0x020F,
    line_to = 0x0213,
    move_to = 0x0214,
    create_pen = 0x02FA,
    create_font = 0x02FB,
    create_brush = 0x02FC,
    polygon = 0x0324,
    polyline = 0x0325,
    scale_window = 0x0410,
    exclude_clip = 0x0415,
    intersect_clip = 0x0416,
    ellipse = 0x0418,
    flood_fill = 0x0419,
    rectangle = 0x041B,
    set_pixel = 0x041F,
    text_out = 0x0521,
    poly_polygon = 0x0538,
    extended_flood_fill = 0x0548,
    round_rectangle = 0x061C,
    pattern_copy = 0x061D,
    create_region = 0x06FF,
    arc = 0x0817,
    pie = 0x081A,
    chord = 0x0830,
    bit_copy = 0x0922,
    dib_copy = 0x0940,
    extended_text_out = 0x0A32,
    stretched_copy = 0x0B23,
    stretched_dib_copy = 0x0B41,
    stretched_dib = 0x0F43,
};

/// Numbers stand in the order in which the calls would push them: the last parameter first.
DrawnPoint reversed_point(Octets& in) {
    const double y = in.i16();
    const double x = in.i16();
    return {x, y};
}

DrawnBox reversed_box(Octets& in) {
    const DrawnPoint end = reversed_point(in), begin = reversed_point(in);
    return {std::min(begin.first, end.first), std::min(begin.second, end.second),
            std::max(begin.first, end.first), std::max(begin.second, end.second)};
}

std::vector<DrawnPoint> points(Octets& in, std::size_t count) {
    std::vector<DrawnPoint> out(std::min(count, in.left() / 4));
    for (auto& [x, y] : out) {
        x = in.i16();
        y = in.i16();
    }
    return out;
}

class Reader {
public:
    std::optional<Drawing> run(ByteView bytes) {
        Octets in(bytes);
        if (in.u32() == placeable_key) {
            in.u16();
            const double left = in.i16(), top = in.i16(), right = in.i16(), bottom = in.i16();
            frame_ = DrawnBox{left, top, right, bottom};
            device_.state.matrix = {1, 0, 0, 1, -left, -top};
            in.seek(22);
        } else {
            in.seek(0);
        }
        in.skip(header_octets);
        device_.state.level = DrawnText::Level::top;
        device_.state.font.size = 12;
        while (in.left() >= 6 && !device_.full()) {
            const std::size_t words = in.u32();
            const auto function = static_cast<Function>(in.u16());
            if (function == Function::end || words < 3) break;
            draw(function, Octets(in.take((words - 3) * 2)));
        }
        if (!frame_ && has_extent_)
            frame_ = DrawnBox{first_.left, first_.top, first_.right, first_.bottom};
        if (!frame_) return std::nullopt;
        return device_.finish(std::abs(frame_->right - frame_->left),
                              std::abs(frame_->bottom - frame_->top));
    }

private:
    void draw(Function function, Octets in) {
        MetafileState& state = device_.state;
        switch (function) {
            case Function::move_to:
                pen_ = reversed_point(in);
                return;
            case Function::line_to: {
                const DrawnPoint to = reversed_point(in);
                device_.polyline({pen_, to});
                pen_ = to;
                return;
            }
            case Function::polygon: {
                const std::uint16_t count = in.u16();
                device_.polygon(points(in, count));
                return;
            }
            case Function::polyline: {
                const std::uint16_t count = in.u16();
                device_.polyline(points(in, count));
                return;
            }
            case Function::poly_polygon: {
                std::vector<std::uint16_t> counts(std::min<std::size_t>(in.u16(), in.left() / 2));
                for (std::uint16_t& each : counts)
                    each = in.u16();
                DrawnPath path;
                for (const std::uint16_t each : counts) {
                    const DrawnPath one = path_through(points(in, each), true);
                    path.verbs.insert(path.verbs.end(), one.verbs.begin(), one.verbs.end());
                    path.points.insert(path.points.end(), one.points.begin(), one.points.end());
                }
                device_.add(std::move(path));
                return;
            }
            case Function::rectangle:
                device_.rectangle(reversed_box(in));
                return;
            case Function::round_rectangle: {
                const DrawnPoint corner = reversed_point(in);
                device_.round_rectangle(reversed_box(in), std::abs(corner.first) / 2,
                                        std::abs(corner.second) / 2);
                return;
            }
            case Function::ellipse:
                device_.ellipse(reversed_box(in));
                return;
            case Function::arc:
            case Function::pie:
            case Function::chord: {
                const DrawnPoint to = reversed_point(in), from = reversed_point(in);
                device_.arc(reversed_box(in), from, to,
                            function == Function::arc   ? MetafileDevice::Arc::open
                            : function == Function::pie ? MetafileDevice::Arc::pie
                                                        : MetafileDevice::Arc::chord);
                return;
            }
            case Function::set_pixel: {
                const MetafileState before = state;
                state.fill = gdi::color(in);
                state.line.reset();
                const auto [x, y] = reversed_point(in);
                device_.rectangle({x, y, x + 1, y + 1});
                state = before;
                return;
            }
            case Function::text_out: {
                const std::size_t count = in.u16();
                const ByteView octets = in.take(count);
                in.skip(count % 2);
                const DrawnPoint at = reversed_point(in);
                text(octets, at, {});
                return;
            }
            case Function::extended_text_out:
                extended_text(in);
                return;
            case Function::stretched_dib:
            case Function::stretched_dib_copy: {
                const bool copied = in.u32() == gdi::copy_bits;
                if (!copied) return device_.miss("une photo incorporée");
                if (function == Function::stretched_dib) in.u16();  // meaning of the palette
                photo(in);
                return;
            }
            case Function::bit_copy:
            case Function::dib_copy:
            case Function::stretched_copy:
                device_.miss("une photo incorporée");
                return;
            case Function::pattern_copy:
            case Function::flood_fill:
            case Function::extended_flood_fill:
                device_.miss("un remplissage");
                return;
            default:
                set(function, in);
        }
    }

    /// Records that change the state alone.
    void set(Function function, Octets& in) {
        MetafileState& state = device_.state;
        switch (function) {
            case Function::save:
                if (saved_.size() < gdi::most_saved_states)
                    saved_.push_back({state, pen_, window_, charset_, at_pen_});
                return;
            case Function::restore: {
                const int which = in.i16();
                const auto size = static_cast<int>(saved_.size());
                const int index = which < 0 ? size + which : which - 1;
                if (index < 0 || index >= size) return;
                const Saved& last = saved_[static_cast<std::size_t>(index)];
                state = last.state;
                pen_ = last.pen;
                window_ = last.window;
                charset_ = last.charset;
                at_pen_ = last.at_pen;
                saved_.resize(static_cast<std::size_t>(index));
                return;
            }
            case Function::set_fill_rule:
                state.even_odd = in.u16() != 2;
                return;
            case Function::set_text_align:
                at_pen_ = gdi::set_text_align(in.u16(), state);
                return;
            case Function::set_text_color:
                state.text_color = gdi::color(in);
                return;
            case Function::set_window_origin: {
                const auto [x, y] = reversed_point(in);
                set_window(x, y, window_.right - window_.left, window_.bottom - window_.top);
                return;
            }
            case Function::offset_window: {
                const auto [x, y] = reversed_point(in);
                set_window(window_.left + x, window_.top + y, window_.right - window_.left,
                           window_.bottom - window_.top);
                return;
            }
            case Function::set_window_extent: {
                const auto [width, height] = reversed_point(in);
                if (width == 0 || height == 0) return;
                has_extent_ = true;
                set_window(window_.left, window_.top, width, height);
                return;
            }
            case Function::scale_window: {
                const double y_by = in.i16(), y = in.i16(), x_by = in.i16(), x = in.i16();
                if (x == 0 || y == 0 || x_by == 0 || y_by == 0) return;
                set_window(window_.left, window_.top, (window_.right - window_.left) * x / x_by,
                           (window_.bottom - window_.top) * y / y_by);
                return;
            }
            case Function::intersect_clip:
                device_.intersect_clip(reversed_box(in));
                return;
            case Function::exclude_clip:
                device_.miss("une découpe");
                return;
            case Function::select_clip:
                state.clip.reset();
                return;
            case Function::create_pen: {
                const std::uint16_t style = in.u16();
                const double width = in.i16();
                in.i16();
                add(gdi::pen(style, width, gdi::color(in)), 0);
                return;
            }
            case Function::create_brush: {
                const std::uint16_t style = in.u16();
                add(gdi::brush(style, gdi::color(in), device_), 0);
                return;
            }
            case Function::create_font:
                create_font(in);
                return;
            case Function::dib_pattern_brush:
            case Function::create_pattern_brush:
                add(gdi::brush(3, {}, device_), 0);
                return;
            case Function::create_palette:
            case Function::create_region:
                add(std::nullopt, 0);
                return;
            case Function::select_object: {
                const auto found = objects_.find(in.u16());
                if (found == objects_.end() || !found->second.object) return;
                gdi::select(*found->second.object, state);
                if (std::holds_alternative<MetafileFont>(*found->second.object))
                    charset_ = found->second.charset;
                return;
            }
            case Function::delete_object:
                objects_.erase(in.u16());
                return;
            default:
                return;  // how bits are mixed, backgrounds, palettes, escapes to printers
        }
    }

    /// The part that is shown, the place, the bitmap (MS-WMF §2.3.1.6).
    void photo(Octets& in) {
        DibPart part;
        for (int* each : {&part.height, &part.width, &part.y, &part.x})
            *each = in.i16();
        const DrawnPoint size = reversed_point(in), at = reversed_point(in);
        device_.photo(picture_of_packed_dib(in.take(in.left()), &part),
                      {at.first, at.second, at.first + size.first, at.second + size.second});
    }

    void create_font(Octets& in) {
        const double height = in.i16();
        in.i16();
        const double escapement = in.i16();
        in.i16();
        const int weight = in.i16();
        const bool italic = in.u8() != 0, underlined = in.u8() != 0, struck = in.u8() != 0;
        const int charset = in.u8();
        in.skip(3);
        const int family = in.u8();
        const ByteView name = in.take(std::min<std::size_t>(32, in.left()));
        add(gdi::font(height, escapement, weight, italic, underlined, struck, family,
                      from_windows_1252(name.substr(0, name.find('\0')), {}).text),
            charset);
    }

    /// A new object takes the first free place of the table.
    void add(std::optional<gdi::Object> object, int charset) {
        std::size_t place = 0;
        for (const auto& [taken, one] : objects_) {
            if (taken != place) break;
            ++place;
        }
        if (place < gdi::most_objects) objects_[place] = {std::move(object), charset};
    }

    /// The first window is the picture, later ones are stretched over it.
    void set_window(double left, double top, double width, double height) {
        window_ = {left, top, left + width, top + height};
        if (!drawn_in_window_) first_ = window_;
        const DrawnBox view = frame_.value_or(first_);
        const double view_width = std::abs(view.right - view.left);
        const double view_height = std::abs(view.bottom - view.top);
        Matrix matrix;
        if (frame_ && !has_extent_) {
            matrix = {1, 0, 0, 1, -view.left, -view.top};
        } else {
            if (width == 0 || height == 0) return;
            matrix = Matrix{view_width / width, 0, 0, view_height / height, 0, 0} *
                     Matrix{1, 0, 0, 1, -left, -top};
        }
        if (matrix.finite()) device_.state.matrix = matrix;
        drawn_in_window_ = has_extent_;
    }

    void extended_text(Octets& in) {
        const DrawnPoint at = reversed_point(in);
        const std::size_t count = in.u16();
        const int options = in.u16();
        if (options & 6) in.skip(8);
        const ByteView octets = in.take(count);
        in.skip(count % 2);
        std::vector<double> ends;
        double end = 0;
        for (std::size_t i = 0; i < count && in.left() >= 2; ++i)
            ends.push_back(end += in.i16());
        if (in.failed()) return device_.miss("un texte abîmé");
        text(octets, at, ends);
    }

    void text(ByteView octets, DrawnPoint at, const std::vector<double>& ends) {
        Utf16Text out = gdi::decoded(octets, charset_, ends, device_);
        device_.text(std::move(out.text), at_pen_ ? pen_ : at, std::move(out.ends));
        if (at_pen_ && !ends.empty()) pen_.first += ends.back();
    }

    struct Saved {
        MetafileState state;
        DrawnPoint pen;
        DrawnBox window;
        int charset = 0;
        bool at_pen = false;
    };
    struct Entry {
        std::optional<gdi::Object> object;
        int charset = 0;
    };

    MetafileDevice device_;
    std::map<std::size_t, Entry> objects_;
    std::vector<Saved> saved_;
    DrawnPoint pen_;
    DrawnBox window_, first_;
    std::optional<DrawnBox> frame_;  ///< of the placeable header
    bool has_extent_ = false, drawn_in_window_ = false, at_pen_ = false;
    int charset_ = 0;
};

}  // namespace

std::optional<Drawing> read_wmf(ByteView bytes) {
    if (bytes.size() > most_metafile_octets) return std::nullopt;
    return Reader().run(bytes);
}

}  // namespace paraphe::layout
