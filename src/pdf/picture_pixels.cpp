#define POINTERHOLDER_TRANSITION 4  // libqpdf: no compatibility with its old pointer type

#include <qpdf/Pl_DCT.hh>
#include <qpdf/Pl_String.hh>

#include "pdf/picture.hpp"

namespace paraphe::pdf {

Pixels decode_jpeg(ByteView file) {
    const JpegFrame frame = read_jpeg_frame(file);
    Pixels out;
    out.width = frame.width;
    out.height = frame.height;
    out.channels = frame.channels;
    try {
        Pl_String sink("pixels", nullptr, out.data);
        Pl_DCT decoder("jpeg", &sink);
        Bytes input(file);
        decoder.write(reinterpret_cast<unsigned char*>(input.data()), input.size());
        decoder.finish();
    } catch (const std::exception& failure) {
        refuse_picture(std::string("image JPEG abîmée : ") + failure.what());
    }
    const std::size_t wanted = static_cast<std::size_t>(out.width) *
                               static_cast<std::size_t>(out.height) *
                               static_cast<std::size_t>(out.channels);
    if (out.data.size() != wanted) refuse_picture("image JPEG abîmée : des pixels manquent");
    return out;
}

Pixels decode(const layout::Picture& picture) {
    return format_of(picture) == PictureFormat::jpeg ? decode_jpeg(*picture.bytes)
                                                     : decode_png(*picture.bytes);
}

}  // namespace paraphe::pdf
