#include "pdf/picture.hpp"

#include <png.h>

#include <algorithm>

#include "base/error.hpp"

namespace paraphe::pdf {

void refuse_picture(const std::string& problem) {
    throw Error(ErrorKind::malformed_input, problem, {},
                "insérez l’image de nouveau, en PNG ou en JPEG aux couleurs RVB", "bad_picture");
}

namespace {

void check_size(std::size_t width, std::size_t height, std::size_t most = most_pixels) {
    if (width == 0 || height == 0) refuse_picture("image sans pixels");
    if (width > 65'000 || height > 65'000 || width * height > most) {
        refuse_picture("image de " + std::to_string(width) + " × " + std::to_string(height) +
                       " pixels : elle est trop grande");
    }
}

struct PngImage : png_image {
    PngImage() : png_image{} { version = PNG_IMAGE_VERSION; }
    ~PngImage() { png_image_free(this); }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
};

void split_alpha(const Bytes& interleaved, Pixels& out) {
    const auto channels = static_cast<std::size_t>(out.channels);
    const std::size_t count = interleaved.size() / (channels + 1);
    out.data.resize(count * channels);
    out.alpha.resize(count);
    bool opaque = true;
    for (std::size_t i = 0; i < count; ++i) {
        const char* from = interleaved.data() + i * (channels + 1);
        std::copy_n(from, channels, out.data.data() + i * channels);
        out.alpha[i] = from[channels];
        opaque = opaque && from[channels] == '\xFF';
    }
    if (opaque) out.alpha.clear();
}

}  // namespace

PictureFormat format_of(const layout::Picture& picture) {
    if (!picture.bytes) refuse_picture("image sans contenu");
    if (picture.media_type == "image/jpeg") return PictureFormat::jpeg;
    if (picture.media_type == "image/png") return PictureFormat::png;
    refuse_picture("image de type « " + picture.media_type + " »");
}

Pixels decode_png(ByteView file) {
    PngImage image;
    if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0) {
        refuse_picture(std::string("image PNG abîmée : ") + image.message);
    }
    check_size(image.width, image.height, most_png_pixels);
    const bool colour = (image.format & PNG_FORMAT_FLAG_COLOR) != 0;
    const bool alpha = (image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
    image.format = (colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY) |
                   (alpha ? unsigned{PNG_FORMAT_FLAG_ALPHA} : 0u);
    Bytes data(PNG_IMAGE_SIZE(image), '\0');
    if (png_image_finish_read(&image, nullptr, data.data(), 0, nullptr) == 0 ||
        PNG_IMAGE_FAILED(image)) {
        refuse_picture(std::string("image PNG abîmée : ") + image.message);
    }
    Pixels out;
    out.width = static_cast<int>(image.width);
    out.height = static_cast<int>(image.height);
    out.channels = colour ? 3 : 1;
    if (alpha) {
        split_alpha(data, out);
    } else {
        out.data = std::move(data);
    }
    return out;
}

JpegFrame read_jpeg_frame(ByteView file) {
    const auto octet = [file](std::size_t at) {
        if (at >= file.size()) refuse_picture("image JPEG abîmée : elle s’arrête trop tôt");
        return static_cast<unsigned char>(file[at]);
    };
    if (octet(0) != 0xFF || octet(1) != 0xD8) refuse_picture("ce n’est pas une image JPEG");
    for (std::size_t at = 2;;) {
        if (octet(at) != 0xFF) refuse_picture("image JPEG abîmée : un repère manque");
        while (octet(at) == 0xFF)
            ++at;
        const unsigned marker = octet(at++);
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) continue;
        if (marker == 0xD9 || marker == 0xDA)
            refuse_picture("image JPEG abîmée : son en-tête manque");
        const std::size_t length = std::size_t{octet(at)} << 8 | octet(at + 1);
        if (length < 2) refuse_picture("image JPEG abîmée : un segment est trop court");
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) {
            if (octet(at + 2) != 8)
                refuse_picture("image JPEG à autre chose que 8 bits par couleur");
            JpegFrame out;
            out.height = octet(at + 3) << 8 | octet(at + 4);
            out.width = octet(at + 5) << 8 | octet(at + 6);
            out.channels = octet(at + 7);
            check_size(static_cast<std::size_t>(out.width), static_cast<std::size_t>(out.height));
            if (out.channels == 4) refuse_picture("image JPEG aux couleurs d’imprimerie (CMJN)");
            if (out.channels != 1 && out.channels != 3)
                refuse_picture("image JPEG aux couleurs inconnues");
            return out;
        }
        at += length;
    }
}

}  // namespace paraphe::pdf
