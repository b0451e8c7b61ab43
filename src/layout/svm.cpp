#include <algorithm>

#include "layout/dib.hpp"
#include "layout/metafile.hpp"
#include "layout/svm_records.hpp"
#include "layout/svm_values.hpp"

/// StarView metafiles. A file and each of its records begin with a version and a length, so that a
/// reader passes over what it does not know.
namespace paraphe::layout {

namespace {

using namespace svm;

constexpr int most_levels = 8;
constexpr std::size_t most_saved_states = 1000;

/// What a push saves.
enum Saved : std::uint16_t {
    saved_line = 1,
    saved_fill = 2,
    saved_font = 4,
    saved_text_color = 8,
    saved_map_mode = 16,
    saved_clip = 32,
    saved_align = 256,
};

constexpr std::uint16_t unicode = 0xFFFF, utf8_encoding = 76;

class Reader {
public:
    std::optional<Drawing> run(ByteView bytes) {
        Octets in(bytes);
        std::optional<DrawnPoint> size;
        if (!file(in, size, 0) || !size) return std::nullopt;
        return device_.finish(size->first, size->second);
    }

private:
    /// One metafile; the outermost says how large the drawing is.
    bool file(Octets& in, std::optional<DrawnPoint>& size, int level) {
        if (level >= most_levels || in.take(6) != "VCLMTF") return false;
        Octets header = versioned(in).in;
        header.u32();  // compression of pictures
        const MapMode preferred = map_mode(header);
        const double width = header.i32(), height = header.i32();
        std::uint32_t count = header.u32();
        if (header.failed()) return false;
        if (!size) {
            size = {width, height};
            per_inch_ = preferred.per_inch == 0 ? 2540 : preferred.per_inch;
            device_.state.matrix =
                Matrix{1, 0, 0, 1, preferred.origin.first, preferred.origin.second};
            device_.state.font.size = 0;
        }
        for (; count > 0 && in.left() >= 8 && !device_.full(); --count) {
            const auto action = static_cast<Action>(in.u16());
            if (action == Action{}) continue;
            Versioned record = versioned(in);
            draw(action, record.version, record.in, level);
        }
        return true;
    }

    void draw(Action action, int version, Octets& in, int level) {
        MetafileState& state = device_.state;
        switch (action) {
            case Action::pixel:
            case Action::point: {
                const auto [x, y] = point(in);
                const MetafileState before = state;
                state.fill = action == Action::pixel ? color(in) : state.line;
                state.line.reset();
                device_.rectangle({x, y, x + 1, y + 1});
                state = before;
                return;
            }
            case Action::line: {
                const DrawnPoint from = point(in);
                const DrawnPoint to = point(in);
                stroke(path_through({from, to}, false), version >= 2, in);
                return;
            }
            case Action::polyline:
                polyline(version, in);
                return;
            case Action::polygon: {
                Polygon one;
                one.points = points(in);
                if (version >= 2 && in.u8() != 0) one = flagged_polygon(in);
                device_.add(path_of({one}));
                return;
            }
            case Action::poly_polygon: {
                std::vector<Polygon> all = poly_polygon(in);
                if (version >= 2)
                    for (int count = in.u16(); count > 0 && !in.failed(); --count) {
                        const std::size_t index = in.u16();
                        Polygon one = flagged_polygon(in);
                        if (index < all.size()) all[index] = std::move(one);
                    }
                device_.add(path_of(all));
                return;
            }
            case Action::rectangle:
                device_.rectangle(box(in));
                return;
            case Action::round_rectangle: {
                const DrawnBox all = box(in);
                const double rx = in.u32();
                device_.round_rectangle(all, rx, in.u32());
                return;
            }
            case Action::ellipse:
                device_.ellipse(box(in));
                return;
            case Action::arc:
            case Action::pie:
            case Action::chord: {
                const DrawnBox all = box(in);
                const DrawnPoint from = point(in);
                device_.arc(all, from, point(in),
                            action == Action::arc   ? MetafileDevice::Arc::open
                            : action == Action::pie ? MetafileDevice::Arc::pie
                                                    : MetafileDevice::Arc::chord);
                return;
            }
            case Action::text:
            case Action::text_array:
            case Action::stretch_text:
                text(action, version, in);
                return;
            case Action::text_rectangle:
                text_in_rectangle(version, in);
                return;
            case Action::transparent: {
                const std::vector<Polygon> all = poly_polygon(in);
                const int percent = std::clamp<int>(in.u16(), 0, 100);
                const MetafileState before = state;
                for (std::optional<Color>* one : {&state.fill, &state.line})
                    if (*one)
                        (*one)->alpha =
                            static_cast<std::uint8_t>((*one)->alpha * (100 - percent) / 100);
                if (percent < 100) device_.add(path_of(all));
                state = before;
                return;
            }
            case Action::float_transparent: {
                std::optional<DrawnPoint> known{{0, 0}};
                device_.miss("une transparence en dégradé");
                const MetafileState before = state;
                file(in, known, level + 1);
                state = before;
                return;
            }
            case Action::gradient: {
                const DrawnPath path = path_through(corners(box(in)), true);
                filled(path, gradient(in));
                return;
            }
            case Action::gradient_in_path: {
                // Among the comments of a gradient its steps follow as polygons.
                if (in_gradient_) return;
                const DrawnPath path = path_of(poly_polygon(in));
                filled(path, gradient(in));
                return;
            }
            case Action::hatch:
                device_.miss("des hachures");
                return;
            case Action::wallpaper:
                device_.miss("un fond");
                return;
            case Action::bitmap_scaled:
            case Action::bitmap_part:
                photo(action, in);
                return;
            case Action::bitmap:
            case Action::bitmap_masked:
            case Action::bitmap_masked_scaled:
            case Action::bitmap_masked_part:
            case Action::mask:
            case Action::mask_scaled:
            case Action::mask_part:
            case Action::postscript:
                device_.miss("une photo incorporée");
                return;
            case Action::text_line: {
                const auto [x, y] = point(in);
                const double width = in.i32();
                const MetafileState before = state;
                state.line = state.text_color;
                state.line_width = state.font.size / 20;
                device_.polyline(
                    {{x, y + state.font.size / 10}, {x + width, y + state.font.size / 10}});
                state = before;
                return;
            }
            default:
                set(action, in);
        }
    }

    /// Records that change the state alone.
    void set(Action action, Octets& in) {
        MetafileState& state = device_.state;
        switch (action) {
            case Action::line_color:
                state.line = optional_color(in);
                return;
            case Action::fill_color:
                state.fill = optional_color(in);
                return;
            case Action::text_color:
                state.text_color = color(in);
                return;
            case Action::text_align: {
                const int level = in.u16();
                state.level = level == 0   ? DrawnText::Level::top
                              : level == 2 ? DrawnText::Level::bottom
                                           : DrawnText::Level::baseline;
                return;
            }
            case Action::font:
                state.font = font(in, encoding_);
                return;
            case Action::map_mode:
                set_map_mode(map_mode(in));
                return;
            case Action::push:
                if (saved_.size() >= most_saved_states) return device_.miss("un état abîmé");
                saved_.push_back({in.u16(), state, per_inch_, encoding_});
                return;
            case Action::pop:
                pop();
                return;
            case Action::intersect_rectangle:
                device_.intersect_clip(box(in));
                return;
            case Action::intersect_region:
                clip_to(in);
                return;
            case Action::clip_region: {
                Octets after = in;
                versioned(after);
                state.clip.reset();
                if (after.u8() != 0) clip_to(in);
                return;
            }
            case Action::move_clip:
                device_.miss("une découpe");
                return;
            case Action::comment: {
                const std::uint16_t length = in.u16();
                const ByteView name = in.take(length);
                if (name == "XGRAD_SEQ_BEGIN") in_gradient_ = true;
                if (name == "XGRAD_SEQ_END") in_gradient_ = false;
                return;
            }
            default:
                return;  // how text is laid out, reference points, records of later versions
        }
    }

    static std::vector<DrawnPoint> corners(const DrawnBox& all) {
        return {{all.left, all.top},
                {all.right, all.top},
                {all.right, all.bottom},
                {all.left, all.bottom}};
    }

    void filled(const DrawnPath& path, Color mean) {
        const MetafileState before = device_.state;
        device_.state.fill = mean;
        device_.state.line.reset();
        device_.add(path);
        device_.state = before;
        device_.miss("des dégradés (une couleur unie les remplace)");
    }

    void pop() {
        if (saved_.empty()) return;
        SavedState last = std::move(saved_.back());
        saved_.pop_back();
        MetafileState& state = device_.state;
        if (last.what & saved_line) state.line = last.state.line;
        if (last.what & saved_fill) state.fill = last.state.fill;
        if (last.what & saved_text_color) state.text_color = last.state.text_color;
        if (last.what & saved_clip) state.clip = last.state.clip;
        if (last.what & saved_align) state.level = last.state.level;
        if (last.what & saved_font) {
            state.font = last.state.font;
            encoding_ = last.encoding;
        }
        if (last.what & saved_map_mode) {
            state.matrix = last.state.matrix;
            per_inch_ = last.per_inch;
        }
    }

    void set_map_mode(const MapMode& mode) {
        const Matrix own{mode.scale_x,
                         0,
                         0,
                         mode.scale_y,
                         mode.origin.first * mode.scale_x,
                         mode.origin.second * mode.scale_y};
        Matrix outer = device_.state.matrix;
        if (mode.per_inch != 0) {
            const double scale = per_inch_ / mode.per_inch;
            outer = Matrix{scale, 0, 0, scale, 0, 0};
        }
        if ((outer * own).finite()) device_.state.matrix = outer * own;
    }

    void clip_to(Octets& in) {
        const Region region = svm::region(in);
        if (region.everywhere) return;
        if (!region.rectangle) device_.miss("une découpe");
        device_.intersect_clip(region.box);
    }

    /// A file of its own (BITMAPFILEHEADER), then where it stands and which part of it is shown.
    void photo(Action action, Octets& in) {
        constexpr std::size_t file_header = 14;
        Octets file = in;
        const bool starts = file.take(2) == "BM";
        const std::size_t size = file.u32();
        if (!starts || size < file_header || size > in.left())
            return device_.miss("une photo incorporée");
        const ByteView octets = in.take(size);
        const DrawnPoint at = point(in), extent = point(in);
        DibPart part;
        if (action == Action::bitmap_part)
            for (int* each : {&part.x, &part.y, &part.width, &part.height})
                *each = in.i32();
        device_.photo(picture_of_packed_dib(octets.substr(file_header),
                                            action == Action::bitmap_part ? &part : nullptr),
                      {at.first, at.second, at.first + extent.first, at.second + extent.second});
    }

    void polyline(int version, Octets& in) {
        Polygon one;
        one.points = points(in);
        Octets line = in;
        if (version >= 2) versioned(in);
        if (version >= 3 && in.u8() != 0) one = flagged_polygon(in);
        DrawnPath path;
        one.append_to(path, false);
        stroke(std::move(path), version >= 2, line);
    }

    /// `in` is at the line's properties where there are any.
    void stroke(DrawnPath path, bool has_properties, Octets& in) {
        MetafileState& state = device_.state;
        const MetafileState before = state;
        state.fill.reset();
        if (has_properties) set_line(in, state);
        device_.add(std::move(path));
        state = before;
    }

    /// The octets of a text, and how many of them make a unit of its encoding.
    struct Units {
        ByteView octets;
        std::size_t size = 1;
    };
    /// Of the first version: in the encoding of the font.
    Units old_text(Octets& in) const {
        if (encoding_ != unicode) {
            const std::size_t length = in.u16();
            return {in.take(length), 1};
        }
        const std::size_t length = in.u32();
        return {in.take(length * 2), 2};
    }
    static Units new_text(Octets& in) {
        const std::size_t length = in.u16();
        return {in.take(length * 2), 2};
    }

    void text(Action action, int version, Octets& in) {
        const DrawnPoint at = point(in);
        Units units = old_text(in);
        double width = 0;
        if (action == Action::stretch_text) width = in.u32();
        std::size_t index = in.u16();
        const std::size_t length = in.u16();
        std::vector<double> ends;
        if (action == Action::text_array) {
            const std::uint32_t count = in.u32();
            if (count <= length)
                for (std::uint32_t i = 0; i < count && !in.failed(); ++i)
                    ends.push_back(in.i32());
        }
        if (version >= 2) units = new_text(in);
        if (in.failed()) return device_.miss("un texte abîmé");
        index = std::min(index * units.size, units.octets.size());
        units.octets = units.octets.substr(index, length * units.size);
        Utf16Text out = decoded(units, ends);
        device_.text(std::move(out.text), at, std::move(out.ends), width);
    }

    Utf16Text decoded(const Units& units, const std::vector<double>& ends) const {
        if (units.size == 2) return from_utf16(units.octets, ends);
        if (encoding_ == utf8_encoding) return {std::string(units.octets), {}};
        return from_windows_1252(units.octets, ends);
    }

    /// One line, at the side of the rectangle that the flags name.
    void text_in_rectangle(int version, Octets& in) {
        const DrawnBox all = box(in);
        Units units = old_text(in);
        const int flags = in.u16();
        if (version >= 2) units = new_text(in);
        if (in.failed()) return device_.miss("un texte abîmé");
        constexpr int center = 4, right = 8, middle = 32, bottom = 64;
        MetafileState& state = device_.state;
        const MetafileState before = state;
        DrawnPoint at{all.left, all.top};
        if (flags & center) at.first = (all.left + all.right) / 2;
        if (flags & right) at.first = all.right;
        state.side = flags & center  ? DrawnText::Side::center
                     : flags & right ? DrawnText::Side::right
                                     : DrawnText::Side::left;
        state.level = DrawnText::Level::top;
        if (flags & middle) {
            at.second = (all.top + all.bottom) / 2 - state.font.size * 0.58;
        } else if (flags & bottom) {
            at.second = all.bottom;
            state.level = DrawnText::Level::bottom;
        }
        device_.text(decoded(units, {}).text, at, {});
        state = before;
    }

    struct SavedState {
        std::uint16_t what = 0;
        MetafileState state;
        double per_inch = 0;
        std::uint16_t encoding = 0;
    };

    MetafileDevice device_;
    std::vector<SavedState> saved_;
    double per_inch_ = 2540;  ///< of the drawing's units
    std::uint16_t encoding_ = 1;
    bool in_gradient_ = false;
};

}  // namespace

std::optional<Drawing> read_svm(ByteView bytes) {
    if (bytes.size() > most_metafile_octets) return std::nullopt;
    return Reader().run(bytes);
}

}  // namespace paraphe::layout
