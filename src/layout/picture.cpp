#include "layout/picture.hpp"

#include "layout/metafile.hpp"
#include "odf/picture.hpp"

namespace paraphe::layout {

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

}  // namespace paraphe::layout
