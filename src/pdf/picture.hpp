#pragma once

#include <cstddef>

#include "base/bytes.hpp"
#include "layout/pages.hpp"

/// PNG and JPEG files as pixels, for the writer and for the previews.
namespace paraphe::pdf {

/// Rows from the top, `channels` octets a pixel: 1 grey, 3 RGB.
struct Pixels {
    int width = 0, height = 0, channels = 3;
    Bytes data;
    Bytes alpha;  ///< one octet a pixel; empty: opaque
};

/// Facts of a JPEG file's frame header.
struct JpegFrame {
    int width = 0, height = 0, channels = 3;
};

inline constexpr std::size_t most_pixels = 50'000'000;
/// A PNG file of 150 KB may unpack to all of its pixels, each of up to four octets: an A4 page at
/// 400 dpi is enough.
inline constexpr std::size_t most_png_pixels = 16'000'000;

[[noreturn]] void refuse_picture(const std::string& problem);

enum class PictureFormat { png, jpeg };

/// All throw Error{malformed_input}, code "bad_picture".
/// By media type, of a picture that has octets.
PictureFormat format_of(const layout::Picture&);
Pixels decode_png(ByteView);
/// Refuses CMYK and anything but 8 bits a sample.
JpegFrame read_jpeg_frame(ByteView);
Pixels decode_jpeg(ByteView);
/// Of either.
Pixels decode(const layout::Picture&);

}  // namespace paraphe::pdf
