#include <qrencode.h>

#include <memory>

#include "base/error.hpp"
#include "template/contents.hpp"

namespace paraphe::tmpl {

namespace {

struct CodeDeleter {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

constexpr int margin = 4;                  // modules, ISO/IEC 18004 §6.3.8
constexpr std::size_t most_octets = 2331;  // version 40, level M
constexpr double module_millimetres = 0.75;

}  // namespace

expression::Picture qr_code(const std::string& text) {
    if (text.empty())
        throw Error(ErrorKind::malformed_input, "un code QR ne peut pas être vide", {},
                    "donnez-lui un texte ou une adresse", "P0267");
    const std::unique_ptr<QRcode, CodeDeleter> code(
        text.size() > most_octets
            ? nullptr
            : QRcode_encodeData(static_cast<int>(text.size()),
                                reinterpret_cast<const unsigned char*>(text.data()), 0,
                                QR_ECLEVEL_M));
    if (!code)
        throw Error(ErrorKind::malformed_input, "ce texte est trop long pour un code QR", {},
                    "donnez une adresse de moins de 300 caractères", "P0267");
    const int size = code->width + 2 * margin;
    std::string modules;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width;) {
            const auto dark = [&](int at) { return (code->data[y * code->width + at] & 1) != 0; };
            if (!dark(x)) {
                ++x;
                continue;
            }
            const int begin = x;
            while (x < code->width && dark(x))
                ++x;
            const std::string run = std::to_string(x - begin);
            modules += "M" + std::to_string(begin + margin) + " " + std::to_string(y + margin) +
                       "h" + run + "v1h-" + run + "z";
        }
    const int hundredths = static_cast<int>(size * module_millimetres * 100);
    const std::string side = std::to_string(hundredths / 100) + "." +
                             std::to_string(hundredths % 100 / 10) +
                             std::to_string(hundredths % 10) + "mm";
    const std::string number = std::to_string(size);
    expression::Picture out;
    out.media_type = "image/svg+xml";
    out.bytes = std::make_shared<const Bytes>(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + side + "\" height=\"" + side +
        "\" viewBox=\"0 0 " + number + " " + number + "\"><rect width=\"" + number +
        "\" height=\"" + number + "\" fill=\"#ffffff\"/><path fill=\"#000000\" d=\"" + modules +
        "\"/></svg>");
    return out;
}

}  // namespace paraphe::tmpl
