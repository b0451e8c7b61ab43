#include "layout/picture.hpp"

#include "base/error.hpp"
#include "layout/collect.hpp"
#include "layout/metafile.hpp"
#include "layout/names.hpp"
#include "odf/picture.hpp"

namespace paraphe::layout {

namespace n = names;

std::shared_ptr<const Picture> read_picture(std::shared_ptr<const Bytes> bytes) {
    if (!bytes) return nullptr;
    if (const std::string_view type = metafile_type(*bytes); !type.empty()) {
        auto drawing = read_metafile(*bytes);
        if (!drawing || drawing->empty()) return nullptr;
        Picture out;
        out.media_type = type;
        out.drawing = std::make_shared<const Drawing>(*std::move(drawing));
        out.bytes = std::move(bytes);
        return std::make_shared<const Picture>(std::move(out));
    }
    const auto facts = odf::picture_facts(*bytes);
    if (!facts) return nullptr;
    Picture out;
    out.media_type = facts->media_type;
    out.width = facts->width;
    out.height = facts->height;
    if (facts->media_type == "image/svg+xml") {
        auto drawing = read_svg(*bytes);
        if (!drawing || drawing->empty()) return nullptr;
        out.drawing = std::make_shared<const Drawing>(*std::move(drawing));
    }
    out.bytes = std::move(bytes);
    return std::make_shared<const Picture>(std::move(out));
}

std::shared_ptr<const Picture> read_picture(const odf::Document& document,
                                            const odf::Element& image) {
    std::shared_ptr<const Bytes> bytes;
    if (const auto data = image.child(n::office_binary_data)) {
        try {
            bytes = std::make_shared<const Bytes>(from_base64(text_content(*data)));
        } catch (const Error&) {
            bytes = nullptr;
        }
    } else {
        std::string_view href = image.attribute_or_empty(n::xlink_href);
        if (href.starts_with("./")) href.remove_prefix(2);
        // An object's own parts are not shown; its picture stands in a folder beside them.
        const std::string path = image.name == n::draw_image || image.name == n::draw_fill_image
                                     ? std::string(href)
                                     : "ObjectReplacements/" + std::string(href);
        for (const odf::Part& part : document.parts)
            if (part.path == path) bytes = part.bytes;
    }
    return read_picture(std::move(bytes));
}

}  // namespace paraphe::layout
