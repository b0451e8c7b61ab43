#include "layout/metafile.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <tuple>

#include "base/utf8.hpp"

namespace paraphe::layout {

namespace {

constexpr std::size_t most_points = 400'000;
constexpr std::size_t most_drawn = 100'000;
constexpr std::size_t most_text_octets = 1u << 20;
constexpr std::size_t most_pixels = 16'000'000;
/// Numbers beyond it are damage; a drawing of metres in hundredths of a millimetre stays below.
constexpr double farthest = 1e8;

bool sane(const std::vector<DrawnPoint>& points) {
    return std::all_of(points.begin(), points.end(), [](const DrawnPoint& one) {
        return std::abs(one.first) < farthest && std::abs(one.second) < farthest;
    });
}

/// Windows-1252, 0x80 to 0x9F; 0: nothing there.
constexpr char16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

}  // namespace

std::string_view metafile_type(ByteView bytes) {
    if (bytes.starts_with("VCLMTF")) return "image/x-svm";
    // The key of a placeable one; else its kind (in memory, on disk), size of header and version.
    if (bytes.starts_with("\xD7\xCD\xC6\x9A")) return "image/wmf";
    if (bytes.size() > 6 && (bytes[0] == 1 || bytes[0] == 2) && bytes[1] == 0 && bytes[2] == 9 &&
        bytes[3] == 0 && bytes[4] == 0 && (bytes[5] == 1 || bytes[5] == 3))
        return "image/wmf";
    if (bytes.size() > 44 && bytes.starts_with(ByteView("\1\0\0\0", 4)) &&
        bytes.substr(40, 4) == " EMF")
        return "image/emf";
    return {};
}

std::optional<Drawing> read_metafile(ByteView bytes) {
    const std::string_view type = metafile_type(bytes);
    if (type == "image/x-svm") return read_svm(bytes);
    if (type == "image/wmf") return read_wmf(bytes);
    if (type == "image/emf") return read_emf(bytes);
    return std::nullopt;
}

DrawnPath path_through(const std::vector<DrawnPoint>& points, bool closed) {
    DrawnPath out;
    out.points = points;
    out.verbs.assign(points.size(), Verb::line);
    if (!points.empty()) {
        out.verbs.front() = Verb::move;
        if (closed) out.verbs.push_back(Verb::close);
    }
    return out;
}

void MetafileDevice::add(DrawnPath path) {
    path.fill = state.fill;
    path.stroke = state.line;
    if (full() || path.points.empty() || (!path.fill && !path.stroke)) return;
    points_ += path.points.size();
    for (auto& [x, y] : path.points)
        std::tie(x, y) = state.matrix(x, y);
    if (!sane(path.points)) return miss("un tracé abîmé");
    const double scale = state.matrix.scale();
    path.stroke_width = state.line_width * scale;
    for (const double each : state.dashes)
        path.dashes.push_back(each * scale);
    path.cap = state.cap;
    path.join = state.join;
    path.even_odd = state.even_odd;
    path.clip = state.clip;
    out_.paths.push_back(std::move(path));
}

void MetafileDevice::polygon(const std::vector<DrawnPoint>& points) {
    add(path_through(points, true));
}

void MetafileDevice::polyline(const std::vector<DrawnPoint>& points) {
    DrawnPath path = path_through(points, false);
    const auto fill = std::exchange(state.fill, std::nullopt);
    add(std::move(path));
    state.fill = fill;
}

void MetafileDevice::rectangle(const DrawnBox& box) {
    polygon({{box.left, box.top},
             {box.right, box.top},
             {box.right, box.bottom},
             {box.left, box.bottom}});
}

void MetafileDevice::round_rectangle(const DrawnBox& box, double rx, double ry) {
    DrawnPath path;
    append_rectangle(box.left, box.top, box.right - box.left, box.bottom - box.top, rx, ry, path);
    add(std::move(path));
}

void MetafileDevice::ellipse(const DrawnBox& box) {
    const double rx = (box.right - box.left) / 2, ry = (box.bottom - box.top) / 2;
    DrawnPath path;
    append_ellipse(box.left + rx, box.top + ry, rx, ry, path);
    add(std::move(path));
}

void MetafileDevice::arc(const DrawnBox& box, DrawnPoint from, DrawnPoint to, Arc kind) {
    const double rx = (box.right - box.left) / 2, ry = (box.bottom - box.top) / 2;
    if (!(rx > 0 && ry > 0)) return;
    const double cx = box.left + rx, cy = box.top + ry;
    const auto angle = [&](DrawnPoint at) {
        return std::atan2((at.second - cy) / ry, (at.first - cx) / rx);
    };
    const double begin = angle(from), end = angle(to);
    double length = begin - end;  // y grows downwards: anticlockwise is less
    if (length <= 0) length += 2 * std::numbers::pi;
    DrawnPath path;
    path.verbs = {Verb::move};
    path.points = {{cx + rx * std::cos(begin), cy + ry * std::sin(begin)}};
    const double half = begin - length / 2;
    append_arc(rx, ry, 0, false, false, cx + rx * std::cos(half), cy + ry * std::sin(half), path);
    append_arc(rx, ry, 0, false, false, cx + rx * std::cos(end), cy + ry * std::sin(end), path);
    if (kind == Arc::pie) {
        path.verbs.push_back(Verb::line);
        path.points.emplace_back(cx, cy);
    }
    if (kind != Arc::open) path.verbs.push_back(Verb::close);
    const auto fill = state.fill;
    if (kind == Arc::open) state.fill.reset();
    add(std::move(path));
    state.fill = fill;
}

void MetafileDevice::text(std::string text, DrawnPoint at, std::vector<double> ends, double width) {
    const MetafileFont& font = state.font;
    if (full() || text.empty()) return;
    octets_ += text.size();
    const Matrix& matrix = state.matrix;
    DrawnText out;
    out.before = out_.paths.size();
    std::tie(out.x, out.y) = matrix(at.first, at.second);
    // A text has no clip of its own: all of it, or nothing.
    if (state.clip &&
        (out.x < state.clip->left - font.size * matrix.scale() || out.x > state.clip->right ||
         out.y < state.clip->top || out.y > state.clip->bottom + font.size * matrix.scale()))
        return;
    const double across = std::hypot(matrix.a, matrix.b), down = std::hypot(matrix.c, matrix.d);
    out.size = font.size * down;
    if (!sane({{out.x, out.y}, {out.size, 0}}) || out.size <= 0) return miss("un texte abîmé");
    out.text = std::move(text);
    out.family = font.family;
    out.generic = font.generic;
    out.weight = font.weight;
    out.italic = font.italic;
    out.underlined = font.underlined;
    out.struck = font.struck;
    out.color = state.text_color;
    out.stretch = font.stretch;
    out.turn = font.turn - std::atan2(matrix.b, matrix.a) * 180 / std::numbers::pi;
    out.side = state.side;
    out.level = state.level;
    out.width = width * across;
    out.ends = std::move(ends);
    double last = 0;
    for (double& end : out.ends) {
        end = std::clamp(end * across, -farthest, farthest);
        last = std::max(last, end);
    }
    if (last <= 0) out.ends.clear();
    out_.texts.push_back(std::move(out));
}

void MetafileDevice::photo(std::shared_ptr<const Picture> picture, const DrawnBox& box) {
    if (!picture) return miss("une photo incorporée");
    pixels_ += static_cast<std::size_t>(picture->width) * static_cast<std::size_t>(picture->height);
    DrawnPhoto out;
    out.before = out_.paths.size();
    out.picture = std::move(picture);
    out.box = on_drawing(box);
    if (full() || !sane({{out.box.left, out.box.top}, {out.box.right, out.box.bottom}})) return;
    out_.photos.push_back(std::move(out));
}

DrawnBox MetafileDevice::on_drawing(const DrawnBox& box) const {
    const DrawnPoint corners[] = {state.matrix(box.left, box.top), state.matrix(box.right, box.top),
                                  state.matrix(box.right, box.bottom),
                                  state.matrix(box.left, box.bottom)};
    DrawnBox out{corners[0].first, corners[0].second, corners[0].first, corners[0].second};
    for (const auto& [x, y] : corners)
        out = {std::min(out.left, x), std::min(out.top, y), std::max(out.right, x),
               std::max(out.bottom, y)};
    return out;
}

void MetafileDevice::intersect_clip(const DrawnBox& box) {
    DrawnBox other = on_drawing(box);
    if (state.clip)
        other = {std::max(other.left, state.clip->left), std::max(other.top, state.clip->top),
                 std::min(other.right, state.clip->right),
                 std::min(other.bottom, state.clip->bottom)};
    state.clip = other;
}

bool MetafileDevice::full() const {
    return points_ > most_points || octets_ > most_text_octets || pixels_ > most_pixels ||
           out_.paths.size() + out_.texts.size() + out_.photos.size() >= most_drawn;
}

std::optional<Drawing> MetafileDevice::finish(double width, double height) {
    if (full() || !(width > 0 && height > 0 && width < farthest && height < farthest))
        return std::nullopt;
    out_.width = width;
    out_.height = height;
    out_.missing.assign(missing_.begin(), missing_.end());
    return std::move(out_);
}

Utf16Text from_utf16(ByteView bytes, const std::vector<double>& ends) {
    Utf16Text out;
    const std::size_t count = bytes.size() / 2;
    const auto unit = [&](std::size_t at) {
        return static_cast<char32_t>(static_cast<unsigned char>(bytes[at * 2]) |
                                     static_cast<unsigned char>(bytes[at * 2 + 1]) << 8);
    };
    for (std::size_t i = 0; i < count; ++i) {
        char32_t c = unit(i);
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < count && unit(i + 1) >= 0xDC00 &&
            unit(i + 1) < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (unit(i + 1) - 0xDC00);
            ++i;
        } else if (c >= 0xD800 && c < 0xE000) {
            c = 0xFFFD;
        }
        utf8::append(out.text, c);
        if (i < ends.size()) out.ends.push_back(ends[i]);
    }
    if (ends.size() < count) out.ends.clear();
    return out;
}

Utf16Text from_windows_1252(ByteView bytes, const std::vector<double>& ends) {
    Utf16Text out;
    for (const char each : bytes) {
        char32_t c = static_cast<unsigned char>(each);
        if (c >= 0x80 && c < 0xA0)
            c = windows_1252[c - 0x80] != 0 ? windows_1252[c - 0x80] : 0xFFFD;
        utf8::append(out.text, c);
    }
    if (ends.size() >= bytes.size())
        out.ends.assign(ends.begin(), ends.begin() + static_cast<std::ptrdiff_t>(bytes.size()));
    return out;
}

}  // namespace paraphe::layout
