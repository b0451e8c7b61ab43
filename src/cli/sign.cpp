#include <filesystem>
#include <ostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "crypto/signer.hpp"
#include "json/json.hpp"
#include "signature/signature.hpp"
#include "text/font_map.hpp"

namespace paraphe::cli {

namespace {

pdf::Strokes read_strokes(const std::string& file) {
    pdf::Strokes out;
    if (file.empty()) return out;
    const auto value = json::parse(read_file(file, 1u << 20), file);
    for (const auto& stroke : value.as_array()) {
        auto& line = out.emplace_back();
        for (const auto& point : stroke.as_array()) {
            const auto& pair = point.as_array();
            if (pair.size() < 2)
                throw Error(ErrorKind::malformed_input, "a point has x and y", {file, 0, 0, {}});
            const auto x = pair[0].as_number().to_decimal();
            const auto y = pair[1].as_number().to_decimal();
            if (!x || !y) throw Error(ErrorKind::malformed_input, "a coordinate is too long");
            const auto thousandth = [](const Decimal& d) {
                return static_cast<double>(*(d * Decimal(1000)).round(0).to_int64()) / 1000;
            };
            line.push_back({thousandth(*x), thousandth(*y)});
        }
    }
    return out;
}

}  // namespace

int sign(const SignOptions& options, Console& console) {
    const auto signer = read_key(options.key, options.password_file);
    Bytes input = read_file(options.input);
    const Instant now = console.clock.now();
    if (input.substr(0, 2) == "PK") {
        write_file(options.output,
                   signature::odf_sign(std::move(input), options.input, now, signer));
    } else {
        const pdf::File file = pdf::File::read(std::move(input), options.input);
        signature::pades::Request request;
        request.field = options.field;
        if (request.field.empty()) {
            std::vector<std::string> empty;
            for (const auto& field : file.signature_fields())
                if (!field.is_signed()) empty.push_back(field.name);
            request.field = the_field(empty, options.input);
        }
        request.at = now;
        request.name = options.name.empty() ? signer.certificate().common_name() : options.name;
        request.reason = options.reason;
        request.location = options.location;
        const auto fonts = text::FontMap::load(std::filesystem::path(home_folder(options.home)) /
                                               "fonts" / "fonts.map");
        request.visible.face = fonts.find("Carlito", 400, false).face;
        request.visible.name = request.name;
        request.visible.capacity = options.capacity;
        request.visible.reason = options.reason;
        request.visible.strokes = read_strokes(options.strokes);
        pdf::FontCache cache;
        write_file(options.output, signature::pades::sign(file, request, signer, cache));
    }
    console.out << options.output << ": signed by " << signer.certificate().common_name() << '\n';
    return 0;
}

}  // namespace paraphe::cli
