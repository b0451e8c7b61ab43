#include "layout/dib.hpp"

#include <array>
#include <bit>

#include "layout/octets.hpp"
#include "odf/picture.hpp"

namespace paraphe::layout {

namespace {

constexpr std::int64_t most_pixels = 4'000'000;

void append_big_endian(Bytes& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(value >> shift & 0xFF);
}

/// ISO 3309, as PNG (third edition, annex D) asks for it.
std::uint32_t crc32(ByteView bytes) {
    static constexpr auto table = [] {
        std::array<std::uint32_t, 256> out{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            std::uint32_t c = i;
            for (int bit = 0; bit < 8; ++bit)
                c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
            out[i] = c;
        }
        return out;
    }();
    std::uint32_t c = 0xFFFFFFFF;
    for (const char each : bytes)
        c = table[(c ^ static_cast<unsigned char>(each)) & 0xFF] ^ (c >> 8);
    return c ^ 0xFFFFFFFF;
}

void append_chunk(Bytes& out, const char* type, ByteView data) {
    append_big_endian(out, static_cast<std::uint32_t>(data.size()));
    const std::size_t begin = out.size();
    out.append(type, 4);
    out += data;
    append_big_endian(out, crc32(ByteView(out).substr(begin)));
}

/// Rows of RGB, each after its filter octet 0. Stored as they are: who writes a PDF packs them.
Bytes png(int width, int height, ByteView rows) {
    Bytes out("\x89PNG\r\n\x1A\n");
    Bytes header;
    append_big_endian(header, static_cast<std::uint32_t>(width));
    append_big_endian(header, static_cast<std::uint32_t>(height));
    header.append("\x08\x02\x00\x00\x00", 5);
    append_chunk(out, "IHDR", header);
    Bytes data("\x78\x01");  // zlib (RFC 1950), blocks that are stored (RFC 1951)
    std::uint32_t a = 1, b = 0;
    for (const char each : rows) {
        a = (a + static_cast<unsigned char>(each)) % 65521;
        b = (b + a) % 65521;
    }
    for (std::size_t at = 0; at < rows.size(); at += 65535) {
        const ByteView block = rows.substr(at, 65535);
        const auto size = static_cast<std::uint32_t>(block.size());
        data += static_cast<char>(at + block.size() == rows.size() ? 1 : 0);
        for (const std::uint32_t each : {size, ~size}) {
            data += static_cast<char>(each & 0xFF);
            data += static_cast<char>(each >> 8 & 0xFF);
        }
        data += block;
    }
    append_big_endian(data, b << 16 | a);
    append_chunk(out, "IDAT", data);
    append_chunk(out, "IEND", {});
    return out;
}

struct Header {
    std::size_t size = 0;  ///< of itself
    std::int64_t width = 0, height = 0;
    bool top_down = false;
    int bits = 0;
    std::uint32_t compression = 0;
    std::size_t colors = 0;  ///< of the palette
};

Header read_header(ByteView bytes) {
    Octets in(bytes);
    Header out;
    out.size = in.u32();
    out.width = in.i32();
    out.height = in.i32();
    out.top_down = out.height < 0;
    out.height = out.top_down ? -out.height : out.height;
    in.u16();
    out.bits = in.u16();
    out.compression = in.u32();
    in.skip(12);
    const std::uint32_t used = in.u32();
    if (out.bits > 0 && out.bits <= 8) out.colors = used == 0 ? std::size_t{1} << out.bits : used;
    if (in.failed() || out.size < 40 || out.colors > 256) out.width = 0;
    return out;
}

/// Values of `compression` (MS-WMF §2.1.1.7).
enum Compression : std::uint32_t { none, runs_of_8, runs_of_4, masks, jpeg, png_file };

/// Rows that are written as runs (MS-WMF §3.1.6), from the lowest up, as they would be without;
/// what lies outside is left out.
Bytes unpacked_runs(ByteView packed, std::size_t width, std::size_t height, std::size_t bits) {
    const std::size_t stride = (width * bits + 31) / 32 * 4;
    Bytes out(stride * height, '\0');
    std::size_t x = 0, y = 0;
    const auto put = [&](unsigned value) {
        if (x < width && y < height) {
            char& octet = out[y * stride + x * bits / 8];
            octet = static_cast<char>(bits == 8    ? value
                                      : x % 2 == 0 ? value << 4
                                                   : (static_cast<unsigned char>(octet) | value));
        }
        ++x;
    };
    // Of two pixels of 4 bits in an octet, the upper half comes first.
    const auto nth = [bits](unsigned octet, unsigned i) {
        return bits == 8 ? octet : i % 2 == 0 ? octet >> 4 : octet & 15;
    };
    Octets in(packed);
    while (in.left() >= 2) {
        const unsigned count = in.u8(), value = in.u8();
        if (count > 0) {
            for (unsigned i = 0; i < count; ++i)
                put(nth(value, i));
        } else if (value == 0) {
            x = 0;
            ++y;
        } else if (value == 1) {
            break;
        } else if (value == 2) {
            x += in.u8();
            y += in.u8();
        } else {
            const std::size_t octets = bits == 8 ? value : (value + 1) / 2;
            const ByteView plain = in.take(octets + octets % 2);
            for (unsigned i = 0; i < value; ++i)
                if (const std::size_t at = bits == 8 ? i : i / 2; at < plain.size())
                    put(nth(static_cast<unsigned char>(plain[at]), i));
        }
    }
    return out;
}

/// A whole file in place of the rows; nullptr when it is none that can be set, or not shown whole.
std::shared_ptr<const Picture> picture_of_file(ByteView file, const DibPart* part) {
    const auto facts = odf::picture_facts(file);
    if (!facts || facts->channels == 4 ||
        (facts->media_type != "image/jpeg" && facts->media_type != "image/png"))
        return nullptr;
    if (part != nullptr && (part->width != facts->width || part->height != facts->height))
        return nullptr;
    Picture out;
    out.media_type = facts->media_type;
    out.width = facts->width;
    out.height = facts->height;
    out.bytes = std::make_shared<const Bytes>(file);
    return std::make_shared<const Picture>(std::move(out));
}

}  // namespace

std::shared_ptr<const Picture> picture_of_dib(ByteView header_octets, ByteView pixels,
                                              const DibPart* part) {
    const Header header = read_header(header_octets);
    const int bits = header.bits;
    if (header.compression == jpeg || header.compression == png_file)
        return picture_of_file(pixels, part);
    const bool in_runs = (header.compression == runs_of_8 && bits == 8) ||
                         (header.compression == runs_of_4 && bits == 4);
    const bool known =
        bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
    // Masks of colours that are usual say the same as none.
    if (!known ||
        (header.compression != none && !in_runs && !(header.compression == masks && bits == 32)) ||
        header.width <= 0 || header.height <= 0 || header.width > 65'000 ||
        header.height > 65'000 || header.width * header.height > most_pixels)
        return nullptr;
    const auto width = static_cast<std::size_t>(header.width);
    const auto height = static_cast<std::size_t>(header.height);
    const auto depth = static_cast<std::size_t>(bits);
    const std::size_t stride = (width * depth + 31) / 32 * 4;
    Bytes unpacked;
    if (in_runs) {
        unpacked = unpacked_runs(pixels, width, height, depth);
        pixels = unpacked;
    }
    if (pixels.size() < stride * height) return nullptr;
    ByteView palette = header_octets.substr(std::min(header.size, header_octets.size()));
    if (palette.size() < header.colors * 4) return nullptr;

    DibPart all{0, 0, static_cast<int>(width), static_cast<int>(height)};
    if (part != nullptr && part->x >= 0 && part->y >= 0 && part->width > 0 && part->height > 0 &&
        part->x <= all.width - part->width && part->y <= all.height - part->height)
        all = *part;
    const auto octet = [](ByteView bytes, std::size_t at) {
        return static_cast<unsigned char>(bytes[at]);
    };
    Bytes rows;
    rows.reserve(static_cast<std::size_t>(all.height) *
                 (static_cast<std::size_t>(all.width) * 3 + 1));
    for (int y = all.y; y < all.y + all.height; ++y) {
        const auto from = static_cast<std::size_t>(y);
        const ByteView row = pixels.substr(
            (header.top_down && !in_runs ? from : height - 1 - from) * stride, stride);
        rows += '\0';
        for (int column = all.x; column < all.x + all.width; ++column) {
            const auto x = static_cast<std::size_t>(column);
            unsigned red = 0, green = 0, blue = 0;
            if (depth <= 8) {
                const std::size_t bit = x * depth;
                const std::size_t index =
                    octet(row, bit / 8) >> (8 - depth - bit % 8) & ((1u << depth) - 1);
                if (index < header.colors) {
                    blue = octet(palette, index * 4);
                    green = octet(palette, index * 4 + 1);
                    red = octet(palette, index * 4 + 2);
                }
            } else if (depth == 16) {
                const unsigned value = octet(row, x * 2) | octet(row, x * 2 + 1) << 8;
                red = (value >> 10 & 31) * 255 / 31;
                green = (value >> 5 & 31) * 255 / 31;
                blue = (value & 31) * 255 / 31;
            } else {
                const std::size_t at = x * depth / 8;
                blue = octet(row, at);
                green = octet(row, at + 1);
                red = octet(row, at + 2);
            }
            for (const unsigned value : {red, green, blue})
                rows += static_cast<char>(value);
        }
    }
    Picture out;
    out.media_type = "image/png";
    out.width = all.width;
    out.height = all.height;
    out.bytes = std::make_shared<const Bytes>(png(all.width, all.height, rows));
    return std::make_shared<const Picture>(std::move(out));
}

std::shared_ptr<const Picture> picture_of_packed_dib(ByteView dib, const DibPart* part) {
    const Header header = read_header(dib);
    const std::size_t more = header.compression == masks && header.size == 40 ? 12 : 0;
    const std::size_t pixels = header.size + header.colors * 4 + more;
    if (header.width <= 0 || pixels > dib.size()) return nullptr;
    return picture_of_dib(dib.substr(0, pixels), dib.substr(pixels), part);
}

}  // namespace paraphe::layout
