#include "layout/picture.hpp"

namespace paraphe::layout {
namespace {

int big_endian(ByteView bytes, std::size_t at, std::size_t count) {
    int out = 0;
    for (std::size_t i = 0; i < count; ++i)
        out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
    return out;
}

/// Size from the first SOFn segment (ISO 10918-1 §B.2.2).
bool jpeg_size(ByteView bytes, Picture& out) {
    std::size_t at = 2;
    while (at + 9 < bytes.size()) {
        if (bytes[at] != '\xFF') return false;
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
            marker != 0xCC) {
            out.height = big_endian(bytes, at + 5, 2);
            out.width = big_endian(bytes, at + 7, 2);
            return out.width > 0 && out.height > 0;
        }
        at += 2 + static_cast<std::size_t>(big_endian(bytes, at + 2, 2));
    }
    return false;
}

}  // namespace

std::shared_ptr<const Picture> read_picture(std::shared_ptr<const Bytes> bytes) {
    if (!bytes) return nullptr;
    Picture out;
    const ByteView view(*bytes);
    if (view.starts_with("\x89PNG\r\n\x1A\n") && view.size() >= 33) {
        if ((static_cast<unsigned char>(view[16]) | static_cast<unsigned char>(view[20])) >= 0x80)
            return nullptr;
        out.media_type = "image/png";
        out.width = big_endian(view, 16, 4);
        out.height = big_endian(view, 20, 4);
        if (out.width <= 0 || out.height <= 0) return nullptr;
    } else if (view.starts_with("\xFF\xD8\xFF") && jpeg_size(view, out)) {
        out.media_type = "image/jpeg";
    } else {
        return nullptr;
    }
    out.bytes = std::move(bytes);
    return std::make_shared<const Picture>(std::move(out));
}

}  // namespace paraphe::layout
