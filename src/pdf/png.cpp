#include "pdf/png.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "pdf/container.hpp"

namespace paraphe::pdf {

namespace {

constexpr std::uint32_t colour = 0xFFFFFF;
constexpr std::size_t pixel_octets = 3;
constexpr std::size_t longest = 258 / pixel_octets;  ///< match, in pixels
constexpr std::size_t window = 32768;                ///< octets
constexpr std::size_t block_tokens = 1 << 16;
constexpr int longest_code = 15;  ///< bits

/// How a length or a distance is written: a code, then `extra` bits (RFC 1951 §3.2.5).
struct Coded {
    unsigned code, extra, value;
};

Coded coded_length(unsigned length) {
    if (length == 258) return {285, 0, 0};
    const unsigned from = length - 3;
    if (from < 8) return {257 + from, 0, 0};
    const unsigned extra = static_cast<unsigned>(std::bit_width(from)) - 3;
    return {257 + 4 * extra + (from >> extra), extra, from & ((1U << extra) - 1)};
}

Coded coded_distance(unsigned distance) {
    const unsigned from = distance - 1;
    if (from < 4) return {from, 0, 0};
    const unsigned extra = static_cast<unsigned>(std::bit_width(from)) - 2;
    return {2 * extra + (from >> extra), extra, from & ((1U << extra) - 1)};
}

/// A prefix code for symbols that are used so often, no code longer than 15 bits.
template <std::size_t Size>
class PrefixCode {
public:
    explicit PrefixCode(std::array<std::uint32_t, Size> uses) {
        // A decoder wants two codes at least.
        for (std::size_t i = 0; i < 2; ++i)
            uses[i] = std::max<std::uint32_t>(uses[i], 1);
        // Rarer symbols count for more until the tree is flat enough.
        while (!grow(uses))
            for (std::uint32_t& one : uses)
                if (one > 0) one = one / 2 + 1;
        // Codes of one length follow each other; they are written from their highest bit.
        std::array<unsigned, longest_code + 1> first{};
        unsigned code = 0;
        for (std::size_t bits = 1; bits <= longest_code; ++bits) {
            const auto shorter = std::count(lengths.begin(), lengths.end(), bits - 1);
            code = (code + (bits > 1 ? static_cast<unsigned>(shorter) : 0)) << 1;
            first[bits] = code;
        }
        for (std::size_t i = 0; i < Size; ++i) {
            const unsigned bits = lengths[i];
            if (bits == 0) continue;
            const unsigned straight = first[bits]++;
            for (unsigned bit = 0; bit < bits; ++bit)
                codes[i] = static_cast<std::uint16_t>(codes[i] | (straight >> bit & 1)
                                                                     << (bits - 1 - bit));
        }
    }

    std::array<std::uint8_t, Size> lengths{};
    std::array<std::uint16_t, Size> codes{};  ///< lowest bit first

private:
    /// Huffman's tree by two queues; false when it is too deep.
    bool grow(const std::array<std::uint32_t, Size>& uses) {
        std::vector<std::size_t> leaves;
        for (std::size_t i = 0; i < Size; ++i)
            if (uses[i] > 0) leaves.push_back(i);
        std::stable_sort(leaves.begin(), leaves.end(),
                         [&](std::size_t a, std::size_t b) { return uses[a] < uses[b]; });
        std::vector<std::uint64_t> weights;
        for (const std::size_t leaf : leaves)
            weights.push_back(uses[leaf]);
        std::vector<std::size_t> parents(2 * leaves.size() - 1);
        std::size_t leaf = 0, inner = leaves.size();
        while (weights.size() < parents.size()) {
            std::uint64_t weight = 0;
            for (int i = 0; i < 2; ++i) {
                const bool is_leaf = leaf < leaves.size() &&
                                     (inner >= weights.size() || weights[leaf] <= weights[inner]);
                const std::size_t least = is_leaf ? leaf++ : inner++;
                parents[least] = weights.size();
                weight += weights[least];
            }
            weights.push_back(weight);
        }
        std::vector<int> depths(parents.size());
        for (std::size_t i = parents.size() - 1; i-- > 0;)
            depths[i] = depths[parents[i]] + 1;
        lengths = {};
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            if (depths[i] > longest_code) return false;
            lengths[leaves[i]] = static_cast<std::uint8_t>(depths[i]);
        }
        return true;
    }
};

/// A zlib stream (RFC 1950) of literals and matches, in blocks with codes of their own.
class Deflater {
public:
    void literals(std::uint32_t pixel) {
        literal(pixel >> 16 & 0xFF);
        literal(pixel >> 8 & 0xFF);
        literal(pixel & 0xFF);
    }
    void literal(unsigned octet) {
        tokens_.push_back(octet);
        ++literal_uses_[octet];
        if (tokens_.size() >= block_tokens) flush(false);
    }
    /// In octets.
    void match(std::size_t length, std::size_t distance) {
        const auto long_ = static_cast<unsigned>(length), far = static_cast<unsigned>(distance);
        tokens_.push_back(is_match | long_ << 16 | (far - 1));
        ++literal_uses_[coded_length(long_).code];
        ++distance_uses_[coded_distance(far).code];
        if (tokens_.size() >= block_tokens) flush(false);
    }
    Bytes finish(std::uint32_t adler) {
        flush(true);
        put(0, 7);
        held_ = 0;
        bits_ = 0;
        append_big_endian(out_, adler, 4);
        return std::move(out_);
    }

private:
    static constexpr std::uint32_t is_match = 1U << 31;

    void put(unsigned value, unsigned bits) {
        held_ |= std::uint64_t{value} << bits_;
        bits_ += bits;
        while (bits_ >= 8) {
            out_ += static_cast<char>(held_);
            held_ >>= 8;
            bits_ -= 8;
        }
    }

    void flush(bool last) {
        ++literal_uses_[end_of_block];
        const PrefixCode<286> literals(literal_uses_);
        const PrefixCode<30> distances(distance_uses_);
        put(last ? 1 : 0, 1);
        put(2, 2);  // codes of its own
        put(286 - 257, 5);
        put(30 - 1, 5);
        put(19 - 4, 4);
        // The lengths 0 to 15 by four bits each, no repeats: 158 octets. RFC 1951's order begins
        // with 16, 17, 18.
        for (int i = 0; i < 19; ++i)
            put(i < 3 ? 0 : 4, 3);
        const auto lengths = [&](const auto& code) {
            for (const unsigned length : code.lengths)
                put((length & 1) << 3 | (length & 2) << 1 | (length & 4) >> 1 | length >> 3, 4);
        };
        lengths(literals);
        lengths(distances);
        const auto symbol = [&](const auto& code, unsigned index) {
            put(code.codes[index], code.lengths[index]);
        };
        for (const std::uint32_t token : tokens_) {
            if ((token & is_match) == 0) {
                symbol(literals, token);
                continue;
            }
            const Coded length = coded_length(token >> 16 & 0x1FF);
            symbol(literals, length.code);
            put(length.value, length.extra);
            const Coded distance = coded_distance((token & 0xFFFF) + 1);
            symbol(distances, distance.code);
            put(distance.value, distance.extra);
        }
        symbol(literals, end_of_block);
        tokens_.clear();
        literal_uses_ = {};
        distance_uses_ = {};
    }

    static constexpr unsigned end_of_block = 256;
    Bytes out_ = "\x78\x01";
    std::uint64_t held_ = 0;
    unsigned bits_ = 0;
    std::vector<std::uint32_t> tokens_;
    std::array<std::uint32_t, 286> literal_uses_{};
    std::array<std::uint32_t, 30> distance_uses_{};
};

class Matcher {
public:
    Matcher(const Raster& raster, Deflater& to) : raster_(raster), to_(to) {}

    void row(std::size_t y) {
        to_.literal(0);  // filter type 0
        const std::uint32_t* here = raster_.row(y);
        for (std::size_t x = 0; x < raster_.width;) {
            const std::size_t most = std::min(longest, raster_.width - x);
            std::size_t best = 0, distance = pixel_octets;
            if (x > 0) best = common(here + x, here + x - 1, most);
            if (best < 8) {  // else as good as it gets: a distance of three needs no extra bits
                if (y > 0 && stride() <= window) {
                    const std::size_t above = common(here + x, raster_.row(y - 1) + x, most);
                    // That distance costs as much as half a pixel more.
                    if (above > best + 1) {
                        best = above;
                        distance = stride();
                    }
                }
                if (x + 3 <= raster_.width) remembered(x, y, most, best, distance);
            }
            if (best == 0 || (best == 1 && distance > pixel_octets)) {
                to_.literals(here[x++] & colour);
            } else {
                to_.match(best * pixel_octets, distance);
                x += best;
            }
        }
    }

private:
    struct Place {
        std::uint32_t x = 0, y = ~std::uint32_t{0};
    };

    std::size_t stride() const { return 1 + pixel_octets * raster_.width; }

    static std::size_t common(const std::uint32_t* a, const std::uint32_t* b, std::size_t most) {
        std::size_t out = 0;
        while (out < most && ((a[out] ^ b[out]) & colour) == 0)
            ++out;
        return out;
    }

    /// Looks where these three pixels stood last, and keeps where they stand now.
    void remembered(std::size_t x, std::size_t y, std::size_t most, std::size_t& best,
                    std::size_t& distance) {
        const std::uint32_t* here = raster_.row(y) + x;
        std::uint32_t hash = 0;
        for (int i = 0; i < 3; ++i)
            hash = (hash ^ (here[i] & colour)) * 0x9E3779B1U;
        Place& place = places_[hash >> 19];
        if (place.y != ~std::uint32_t{0}) {
            const std::size_t far =
                (y - place.y) * stride() + pixel_octets * x - pixel_octets * std::size_t{place.x};
            if (far <= window) {
                const std::size_t found =
                    common(here, raster_.row(place.y) + place.x,
                           std::min<std::size_t>(most, raster_.width - place.x));
                if (found > best + 1) {
                    best = found;
                    distance = far;
                }
            }
        }
        place = {static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
    }

    const Raster& raster_;
    Deflater& to_;
    std::vector<Place> places_ = std::vector<Place>(1 << 13);
};

void append_chunk(Bytes& out, const char* type, ByteView data) {
    append_big_endian(out, data.size(), 4);
    const std::size_t begin = out.size();
    out += type;
    out += data;
    append_big_endian(out, libdeflate_crc32(0, out.data() + begin, out.size() - begin), 4);
}

}  // namespace

Bytes encode_png(const Raster& raster) {
    Deflater deflater;
    Matcher matcher(raster, deflater);
    Bytes octets(1 + pixel_octets * raster.width, '\0');
    std::uint32_t adler = 1;
    for (std::size_t y = 0; y < raster.height; ++y) {
        const std::uint32_t* from = raster.row(y);
        char* to = octets.data() + 1;
        for (std::size_t x = 0; x < raster.width; ++x) {
            *to++ = static_cast<char>(from[x] >> 16);
            *to++ = static_cast<char>(from[x] >> 8);
            *to++ = static_cast<char>(from[x]);
        }
        adler = libdeflate_adler32(adler, octets.data(), octets.size());
        matcher.row(y);
    }
    Bytes header;
    append_big_endian(header, raster.width, 4);
    append_big_endian(header, raster.height, 4);
    header += ByteView("\x08\x02\x00\x00\x00", 5);
    Bytes out = "\x89PNG\r\n\x1A\n";
    append_chunk(out, "IHDR", header);
    append_chunk(out, "IDAT", deflater.finish(adler));
    append_chunk(out, "IEND", {});
    return out;
}

}  // namespace paraphe::pdf
