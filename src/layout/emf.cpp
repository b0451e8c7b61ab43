#include <algorithm>
#include <cmath>

#include "layout/dib.hpp"
#include "layout/emf_records.hpp"
#include "layout/gdi.hpp"

/// Enhanced metafiles (MS-EMF).
namespace paraphe::layout {

namespace {

using emf::Reach;
using emf::Record;

constexpr std::uint32_t stock = 0x80000000;
constexpr std::size_t most_points_of_path = 100'000;

DrawnPoint point(Octets& in) {
    const double x = in.i32();
    return {x, in.i32()};
}

DrawnBox box(Octets& in) {
    const auto [left, top] = point(in);
    const auto [right, bottom] = point(in);
    return {std::min(left, right), std::min(top, bottom), std::max(left, right),
            std::max(top, bottom)};
}

std::vector<DrawnPoint> points(Octets& in, std::size_t count, bool small) {
    std::vector<DrawnPoint> out(std::min(count, in.left() / (small ? 4 : 8)));
    for (auto& [x, y] : out) {
        x = small ? in.i16() : in.i32();
        y = small ? in.i16() : in.i32();
    }
    return out;
}

class Reader {
public:
    std::optional<Drawing> run(ByteView bytes) {
        Octets in(bytes);
        in.u32();
        const std::size_t header = in.u32();
        DrawnBox view = box(in), frame = box(in);
        in.skip(32);  // signature, version, counts, description
        const double pixels_x = in.i32(), pixels_y = in.i32();
        const double mm_x = in.i32(), mm_y = in.i32();
        if (in.failed() || header < 88) return std::nullopt;
        if (frame.right > frame.left && frame.bottom > frame.top && mm_x > 0 && mm_y > 0 &&
            pixels_x > 0 && pixels_y > 0) {
            // In hundredths of a millimetre.
            const double x = pixels_x / mm_x / 100, y = pixels_y / mm_y / 100;
            view = {frame.left * x, frame.top * y, frame.right * x, frame.bottom * y};
        }
        view_ = view;
        unit_x_ = mm_x > 0 ? pixels_x / mm_x : 96 / 25.4;
        unit_y_ = mm_y > 0 ? pixels_y / mm_y : 96 / 25.4;
        device_.state.level = DrawnText::Level::top;
        device_.state.font.size = 12;
        place();
        in = Octets(bytes);
        in.skip(header);
        while (in.left() >= 8 && !device_.full()) {
            const auto record = static_cast<Record>(in.u32());
            const std::size_t size = in.u32();
            if (record == Record::end || size < 8) break;
            const std::size_t begin = in.at() - 8;
            draw(record, Octets(in.take(size - 8)), bytes.substr(begin, size));
        }
        return device_.finish(view.right - view.left, view.bottom - view.top);
    }

private:
    /// `whole`: the record with its type and size, from which offsets count.
    void draw(Record record, Octets in, ByteView whole) {
        MetafileState& state = device_.state;
        if (const auto lines = emf::lines_of(record)) return draw_lines(*lines, in);
        switch (record) {
            case Record::move_to:
                pen_ = point(in);
                if (path_) add_to_path(path_through({pen_}, false));
                return;
            case Record::rectangle:
                return device_.rectangle(box(in));
            case Record::round_rectangle: {
                const DrawnBox all = box(in);
                const double width = in.i32();
                return device_.round_rectangle(all, width / 2, in.i32() / 2.0);
            }
            case Record::ellipse:
                return device_.ellipse(box(in));
            case Record::arc:
            case Record::chord:
            case Record::pie: {
                const DrawnBox all = box(in);
                DrawnPoint from = point(in), to = point(in);
                if (clockwise_) std::swap(from, to);
                return device_.arc(all, from, to,
                                   record == Record::arc   ? MetafileDevice::Arc::open
                                   : record == Record::pie ? MetafileDevice::Arc::pie
                                                           : MetafileDevice::Arc::chord);
            }
            case Record::begin_path:
                path_.emplace();
                return;
            case Record::close_figure:
                if (path_ && !path_->verbs.empty()) path_->verbs.push_back(Verb::close);
                return;
            case Record::end_path:
                ended_ = std::exchange(path_, std::nullopt).value_or(DrawnPath{});
                return;
            case Record::abort_path:
                path_.reset();
                return;
            case Record::fill_path:
                return finish_path(true, false);
            case Record::stroke_and_fill_path:
                return finish_path(true, true);
            case Record::stroke_path:
                return finish_path(false, true);
            case Record::select_clip_path: {
                DrawnBox around{1e9, 1e9, -1e9, -1e9};
                for (const auto& [x, y] : ended_.points)
                    around = {std::min(around.left, x), std::min(around.top, y),
                              std::max(around.right, x), std::max(around.bottom, y)};
                if (ended_.points.size() > 5) device_.miss("une découpe");
                if (!ended_.points.empty()) device_.intersect_clip(around);
                ended_ = {};
                return;
            }
            case Record::text_ansi:
            case Record::text_wide:
                return text(in, whole, record == Record::text_wide);
            case Record::small_text:
                return small_text(in);
            case Record::stretched_dib:
                return photo(in, whole);
            case Record::set_pixel: {
                const auto [x, y] = point(in);
                const MetafileState before = state;
                state.fill = gdi::color(in);
                state.line.reset();
                device_.rectangle({x, y, x + 1, y + 1});
                state = before;
                return;
            }
            default:
                if (const char* what = emf::not_drawn(record)) return device_.miss(what);
                set(record, in);
        }
    }

    /// Records that change the state alone.
    void set(Record record, Octets& in) {
        MetafileState& state = device_.state;
        switch (record) {
            case Record::set_window_extent:
                window_size_ = point(in);
                return place();
            case Record::set_window_origin:
                window_ = point(in);
                return place();
            case Record::set_viewport_extent:
                viewport_size_ = point(in);
                return place();
            case Record::set_viewport_origin:
                viewport_ = point(in);
                return place();
            case Record::set_map_mode:
                map_mode_ = in.u32();
                return place();
            case Record::set_world: {
                world_ = matrix(in);
                return place();
            }
            case Record::modify_world: {
                const Matrix other = matrix(in);
                switch (in.u32()) {
                    case 1:
                        world_ = {};
                        break;
                    case 2:
                        world_ = world_ * other;  // first the new one
                        break;
                    case 3:
                        world_ = other * world_;
                        break;
                    default:
                        world_ = other;
                }
                return place();
            }
            case Record::set_fill_rule:
                state.even_odd = in.u32() != 2;
                return;
            case Record::set_text_align:
                at_pen_ = gdi::set_text_align(in.u32(), state);
                return;
            case Record::set_text_color:
                state.text_color = gdi::color(in);
                return;
            case Record::set_arc_direction:
                clockwise_ = in.u32() == 2;
                return;
            case Record::intersect_clip:
                return device_.intersect_clip(box(in));
            case Record::select_clip_region: {
                const std::uint32_t size = in.u32(), mode = in.u32();
                if (size == 0 || mode != 1) state.clip.reset();
                if (size == 0) return;
                in.skip(16);  // header of the region, whose box follows
                if (mode > 1 || in.left() > 32) device_.miss("une découpe");
                const Matrix before = std::exchange(state.matrix, on_view());
                device_.intersect_clip(box(in));
                state.matrix = before;
                return;
            }
            case Record::save:
                if (saved_.size() < gdi::most_saved_states)
                    saved_.push_back({state, pen_, window_, window_size_, viewport_, viewport_size_,
                                      world_, map_mode_, at_pen_, clockwise_});
                return;
            case Record::restore:
                return restore(in.i32());
            case Record::select_object:
                return select(in.u32());
            case Record::delete_object:
                objects_.erase(in.u32());
                return;
            case Record::create_pen: {
                const std::uint32_t index = in.u32(), style = in.u32();
                const double width = in.i32();
                in.i32();
                return add(index, gdi::pen(style, width, gdi::color(in)));
            }
            case Record::create_extended_pen: {
                const std::uint32_t index = in.u32();
                in.skip(16);
                const std::uint32_t style = in.u32();
                const double width = in.u32();
                in.u32();
                // A cosmetic pen is one pixel wide, whatever it says.
                const bool geometric = (style & 0x10000) != 0;
                return add(index, gdi::pen(style, geometric ? width : 0, gdi::color(in)));
            }
            case Record::create_brush: {
                const std::uint32_t index = in.u32(), style = in.u32();
                return add(index, gdi::brush(style, gdi::color(in), device_));
            }
            case Record::create_mono_brush:
            case Record::create_dib_brush:
                return add(in.u32(), gdi::brush(3, {}, device_));
            case Record::create_font:
                return create_font(in);
            default:
                return;  // how bits are mixed, backgrounds, palettes, comments
        }
    }

    void draw_lines(emf::Lines lines, Octets& in) {
        DrawnPath path;
        if (lines.parts) {
            in.skip(16);
            const std::size_t parts = in.u32();
            in.u32();
            std::vector<std::uint32_t> counts(std::min(parts, in.left() / 4));
            for (std::uint32_t& each : counts)
                each = in.u32();
            for (const std::uint32_t each : counts) {
                const DrawnPath one =
                    path_through(points(in, each, lines.small), lines.reach == Reach::closed);
                path.verbs.insert(path.verbs.end(), one.verbs.begin(), one.verbs.end());
                path.points.insert(path.points.end(), one.points.begin(), one.points.end());
            }
        } else {
            std::vector<DrawnPoint> all;
            if (lines.one) {
                all = {point(in)};
            } else {
                in.skip(16);
                const std::uint32_t count = in.u32();
                all = points(in, count, lines.small);
            }
            if (all.empty()) return;
            // Lines from the pen's place go on with the figure of a path, or begin one.
            const bool joins = lines.reach == Reach::on && path_ && !path_->verbs.empty() &&
                               path_->verbs.back() != Verb::close;
            if (lines.reach == Reach::on) {
                if (!joins) all.insert(all.begin(), pen_);
                pen_ = all.back();
            }
            if (lines.curves) {
                std::size_t at = 0;
                if (!joins) {
                    path.verbs = {Verb::move};
                    path.points = {all[at++]};
                }
                for (; at + 3 <= all.size(); at += 3) {
                    const auto from = all.begin() + static_cast<std::ptrdiff_t>(at);
                    path.verbs.push_back(Verb::curve);
                    path.points.insert(path.points.end(), from, from + 3);
                }
            } else {
                path = path_through(all, lines.reach == Reach::closed);
                if (joins) path.verbs.front() = Verb::line;
            }
        }
        if (path_) return add_to_path(path);
        MetafileState& state = device_.state;
        const auto fill = state.fill;
        if (lines.reach != Reach::closed) state.fill.reset();
        device_.add(std::move(path));
        state.fill = fill;
    }

    void add_to_path(const DrawnPath& one) {
        if (path_->points.size() + one.points.size() > most_points_of_path)
            return device_.miss("un tracé abîmé");
        path_->verbs.insert(path_->verbs.end(), one.verbs.begin(), one.verbs.end());
        path_->points.insert(path_->points.end(), one.points.begin(), one.points.end());
    }

    void finish_path(bool fill, bool stroke) {
        MetafileState& state = device_.state;
        const MetafileState before = state;
        if (!fill) state.fill.reset();
        if (!stroke) state.line.reset();
        device_.add(std::exchange(ended_, {}));
        state = before;
    }

    void text(Octets& in, ByteView whole, bool wide) {
        in.skip(28);  // box, mode, scales
        const DrawnPoint at = point(in);
        const std::size_t count = in.u32();
        const std::size_t offset = in.u32();
        in.u32();
        in.skip(16);
        const std::size_t offset_ends = in.u32();
        const std::size_t size = wide ? 2 : 1;
        if (in.failed() || offset > whole.size() || count > (whole.size() - offset) / size)
            return device_.miss("un texte abîmé");
        std::vector<double> ends;
        if (offset_ends >= 8 && offset_ends < whole.size()) {
            Octets list(whole.substr(offset_ends));
            double end = 0;
            for (std::size_t i = 0; i < count && list.left() >= 4; ++i)
                ends.push_back(end += list.i32());
        }
        const ByteView octets = whole.substr(offset, count * size);
        Utf16Text out = wide ? from_utf16(octets, ends) : gdi::decoded(octets, 0, ends, device_);
        device_.text(std::move(out.text), at_pen_ ? pen_ : at, std::move(out.ends));
        if (at_pen_ && !ends.empty()) pen_.first += ends.back();
    }

    void small_text(Octets& in) {
        const DrawnPoint at = point(in);
        const std::size_t count = in.u32();
        const std::uint32_t options = in.u32();
        in.skip(12);
        if ((options & 0x100) == 0) in.skip(16);
        const bool narrow = (options & 0x200) != 0;
        const ByteView octets = in.take(narrow ? count : count * 2);
        if (in.failed()) return device_.miss("un texte abîmé");
        device_.text((narrow ? from_windows_1252(octets, {}) : from_utf16(octets, {})).text, at,
                     {});
    }

    /// EMR_STRETCHDIBITS (MS-EMF §2.3.1.7); a height below 0 turns it over, which is not done.
    void photo(Octets& in, ByteView whole) {
        in.skip(16);
        const DrawnPoint at = point(in);
        DibPart part;
        for (int* each : {&part.x, &part.y, &part.width, &part.height})
            *each = in.i32();
        const std::size_t header = in.u32(), header_size = in.u32();
        const std::size_t bits = in.u32(), bits_size = in.u32();
        in.u32();  // meaning of the palette
        const bool copied = in.u32() == gdi::copy_bits;
        const DrawnPoint size = point(in);
        const bool inside = copied && header <= whole.size() &&
                            header_size <= whole.size() - header && bits <= whole.size() &&
                            bits_size <= whole.size() - bits;
        device_.photo(inside ? picture_of_dib(whole.substr(header, header_size),
                                              whole.substr(bits, bits_size), &part)
                             : nullptr,
                      {at.first, at.second, at.first + size.first, at.second + size.second});
    }

    static Matrix matrix(Octets& in) {
        Matrix out;
        for (double* each : {&out.a, &out.b, &out.c, &out.d, &out.e, &out.f})
            *each = static_cast<double>(in.f32());
        return out.finite() ? out : Matrix{};
    }

    Matrix on_view() const { return {1, 0, 0, 1, -view_.left, -view_.top}; }

    /// MapMode of MS-EMF §2.1.21.
    void place() {
        double x = 1, y = 1;
        static constexpr double millimetres[] = {0.1, 0.01, 0.254, 0.0254, 25.4 / 1440};
        if (map_mode_ >= 2 && map_mode_ <= 6) {
            x = millimetres[map_mode_ - 2] * unit_x_;
            y = -millimetres[map_mode_ - 2] * unit_y_;
        } else if (map_mode_ >= 7 && window_size_.first != 0 && window_size_.second != 0) {
            x = viewport_size_.first / window_size_.first;
            y = viewport_size_.second / window_size_.second;
        }
        const Matrix page = Matrix{x, 0, 0, y, viewport_.first, viewport_.second} *
                            Matrix{1, 0, 0, 1, -window_.first, -window_.second};
        const Matrix all = on_view() * page * world_;
        if (all.finite()) device_.state.matrix = all;
    }

    void restore(int which) {
        const auto size = static_cast<int>(saved_.size());
        const int index = which < 0 && which >= -size ? size + which : which - 1;
        if (index < 0 || index >= size) return;
        const Saved& last = saved_[static_cast<std::size_t>(index)];
        device_.state = last.state;
        pen_ = last.pen;
        window_ = last.window;
        window_size_ = last.window_size;
        viewport_ = last.viewport;
        viewport_size_ = last.viewport_size;
        world_ = last.world;
        map_mode_ = last.map_mode;
        at_pen_ = last.at_pen;
        clockwise_ = last.clockwise;
        saved_.resize(static_cast<std::size_t>(index));
    }

    void select(std::uint32_t index) {
        if (index < stock) {
            const auto found = objects_.find(index);
            if (found != objects_.end()) gdi::select(found->second, device_.state);
            return;
        }
        if (const auto object = emf::stock_object(index - stock))
            gdi::select(*object, device_.state);
    }

    void add(std::uint32_t index, gdi::Object object) {
        if (objects_.size() < gdi::most_objects)
            objects_.insert_or_assign(index, std::move(object));
    }

    void create_font(Octets& in) {
        const std::uint32_t index = in.u32();
        const double height = in.i32();
        in.i32();
        const double escapement = in.i32();
        in.i32();
        const int weight = in.i32();
        const bool italic = in.u8() != 0, underlined = in.u8() != 0, struck = in.u8() != 0;
        in.skip(4);
        const int family = in.u8();
        std::string name = from_utf16(in.take(std::min<std::size_t>(64, in.left())), {}).text;
        name = name.substr(0, name.find('\0'));
        add(index, gdi::font(height, escapement, weight, italic, underlined, struck, family,
                             std::move(name)));
    }

    struct Saved {
        MetafileState state;
        DrawnPoint pen, window, window_size, viewport, viewport_size;
        Matrix world;
        std::uint32_t map_mode = 1;
        bool at_pen = false, clockwise = false;
    };

    MetafileDevice device_;
    DrawnBox view_;
    double unit_x_ = 1, unit_y_ = 1;  ///< pixels a millimetre
    DrawnPoint window_, window_size_{1, 1}, viewport_, viewport_size_{1, 1}, pen_;
    Matrix world_;
    std::uint32_t map_mode_ = 1;
    bool at_pen_ = false, clockwise_ = false;
    std::optional<DrawnPath> path_;  ///< being built
    DrawnPath ended_;
    std::map<std::uint32_t, gdi::Object> objects_;
    std::vector<Saved> saved_;
};

}  // namespace

std::optional<Drawing> read_emf(ByteView bytes) {
    if (bytes.size() > most_metafile_octets) return std::nullopt;
    return Reader().run(bytes);
}

}  // namespace paraphe::layout
