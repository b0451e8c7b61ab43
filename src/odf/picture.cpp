#include "odf/picture.hpp"

#include <charconv>
#include <cmath>

#include "base/error.hpp"
#include "xml/xml.hpp"

namespace paraphe::odf {

namespace {

constexpr double pixels_per_inch = 96;

std::uint32_t big_endian(ByteView bytes, std::size_t at, std::size_t count) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < count; ++i)
        out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
    return out;
}

/// `x` and `y`: pixels an inch. Files name resolutions that nobody means (0, 1, 65535).
void set_natural(PictureFacts& facts, double x, double y) {
    const auto sane = [](double each) { return each >= 20 && each <= 5000; };
    if (!sane(x) || !sane(y)) x = y = pixels_per_inch;
    facts.natural = {Length::from_points(facts.width * 72.0 / x),
                     Length::from_points(facts.height * 72.0 / y)};
}

/// Header and pHYs chunk (PNG, third edition, §11.2.1 and §11.3.4.3).
std::optional<PictureFacts> png(ByteView bytes) {
    if (bytes.size() < 33) return std::nullopt;
    PictureFacts out;
    out.media_type = "image/png";
    const std::uint32_t width = big_endian(bytes, 16, 4), height = big_endian(bytes, 20, 4);
    if (width == 0 || height == 0 || width > 0x7FFFFFFF || height > 0x7FFFFFFF) return std::nullopt;
    out.width = static_cast<int>(width);
    out.height = static_cast<int>(height);
    double x = 0, y = 0;
    for (std::size_t at = 33; at + 12 <= bytes.size();) {
        const std::size_t length = big_endian(bytes, at, 4);
        const ByteView type = bytes.substr(at + 4, 4);
        if (type == "IDAT" || length > bytes.size() - at - 12) break;
        if (type == "pHYs" && length == 9 && bytes[at + 16] == 1) {
            x = big_endian(bytes, at + 8, 4) * 0.0254;
            y = big_endian(bytes, at + 12, 4) * 0.0254;
        }
        at += 12 + length;
    }
    set_natural(out, x, y);
    return out;
}

/// First SOFn segment (ISO 10918-1 §B.2.2) and the JFIF APP0 before it.
std::optional<PictureFacts> jpeg(ByteView bytes) {
    PictureFacts out;
    out.media_type = "image/jpeg";
    double x = 0, y = 0;
    std::size_t at = 2;
    while (at + 9 < bytes.size()) {
        if (bytes[at] != '\xFF') return std::nullopt;
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        if (marker == 0xE0 && at + 16 <= bytes.size() &&
            bytes.substr(at + 4, 5) == ByteView("JFIF\0", 5)) {
            const double unit = bytes[at + 11] == 1 ? 1 : bytes[at + 11] == 2 ? 2.54 : 0;
            x = big_endian(bytes, at + 12, 2) * unit;
            y = big_endian(bytes, at + 14, 2) * unit;
        }
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
            marker != 0xCC) {
            out.height = static_cast<int>(big_endian(bytes, at + 5, 2));
            out.width = static_cast<int>(big_endian(bytes, at + 7, 2));
            out.channels = static_cast<unsigned char>(bytes[at + 9]);
            if (out.width == 0 || out.height == 0) return std::nullopt;
            set_natural(out, x, y);
            return out;
        }
        at += 2 + big_endian(bytes, at + 2, 2);
    }
    return std::nullopt;
}

/// Stops reading after the root's start tag.
class RootReader : public xml::Handler {
public:
    struct Found {};

    std::string width, height, view_box;
    bool is_svg = false;

    void start_element(const xml::StartTag& tag) override {
        is_svg = tag.name.local == "svg" && tag.name.uri == "http://www.w3.org/2000/svg";
        for (const xml::AttributeView& attribute : tag.attributes) {
            if (!attribute.name.uri.empty()) continue;
            if (attribute.name.local == "width") width = attribute.value;
            if (attribute.name.local == "height") height = attribute.value;
            if (attribute.name.local == "viewBox") view_box = attribute.value;
        }
        throw Found{};
    }
    void end_element(const xml::NameView&) override {}
    void text(std::string_view, int) override {}
};

std::optional<PictureFacts> svg(ByteView bytes) {
    RootReader reader;
    try {
        xml::read(xml::without_doctype(bytes), {"image"}, reader);
    } catch (const RootReader::Found&) {
    } catch (const Error&) {
        return std::nullopt;
    }
    if (!reader.is_svg) return std::nullopt;
    PictureFacts out;
    out.media_type = "image/svg+xml";
    auto width = parse_absolute_length(reader.width), height = parse_absolute_length(reader.height);
    // Without width and height the view box counts as pixels, and gives the missing side.
    double box[4] = {0, 0, 0, 0};
    int count = 0;
    const char* at = reader.view_box.data();
    const char* const end = at + reader.view_box.size();
    while (at < end && count < 4) {
        while (at < end && (*at == ' ' || *at == ',' || *at == '\n' || *at == '\t'))
            ++at;
        const auto [next, fault] = std::from_chars(at, end, box[count]);
        if (fault != std::errc()) break;
        at = next;
        ++count;
    }
    const bool boxed = count == 4 && box[2] > 0 && box[3] > 0 && box[2] < 1e6 && box[3] < 1e6;
    const auto pixels = [](double each) {
        return Length::from_points(each * 72 / pixels_per_inch);
    };
    if (!width && !height && boxed) {
        width = pixels(box[2]);
        height = pixels(box[3]);
    } else if (width && !height && boxed) {
        height = Length::from_points(width->points() * box[3] / box[2]);
    } else if (height && !width && boxed) {
        width = Length::from_points(height->points() * box[2] / box[3]);
    }
    if (!width || !height || *width <= Length() || *height <= Length()) return std::nullopt;
    out.natural = {*width, *height};
    return out;
}

}  // namespace

std::optional<PictureFacts> picture_facts(ByteView bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return png(bytes);
    if (bytes.starts_with("\xFF\xD8\xFF")) return jpeg(bytes);
    // An SVG file may begin with a byte order mark, a declaration, comments.
    if (bytes.substr(0, 4096).find('<') == ByteView::npos) return std::nullopt;
    return svg(bytes);
}

std::optional<Length> parse_absolute_length(std::string_view text) {
    double number = 0;
    const auto [next, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || !std::isfinite(number) || std::abs(number) > 1e6)
        return std::nullopt;
    const std::string_view unit(next, static_cast<std::size_t>(text.data() + text.size() - next));
    if (unit.empty() || unit == "px") return Length::from_points(number * 72 / pixels_per_inch);
    if (unit == "pt") return Length::from_points(number);
    if (unit == "pc") return Length::from_points(number * 12);
    if (unit == "in") return Length::from_points(number * 72);
    if (unit == "mm") return Length::from_millimetres(number);
    if (unit == "cm") return Length::from_millimetres(number * 10);
    return std::nullopt;
}

}  // namespace paraphe::odf
