#include <cstdio>

#include "layout/collect.hpp"
#include "layout/drawing.hpp"
#include "layout/names.hpp"
#include "layout/picture.hpp"

/// What frames without text show: pictures, and those that stand for embedded objects.
namespace paraphe::layout {

namespace n = names;

std::shared_ptr<const Picture> Collector::picture(const odf::Element& image) {
    if (const auto found = pictures_.find(&image); found != pictures_.end()) return found->second;
    auto out = read_picture(document_, image);
    pictures_[&image] = out;
    return out;
}

std::shared_ptr<const Picture> Collector::frame_picture(const odf::Element& element) {
    // Of several pictures of one frame, the first that we can read.
    std::shared_ptr<const Picture> out;
    bool object = false, image = false;
    for (const auto& node : element.children) {
        const auto* child = std::get_if<odf::ElementPtr>(&node);
        if (child == nullptr) continue;
        const odf::Name name = (*child)->name;
        const bool is_object = name == n::draw_object || name == n::draw_object_ole;
        object = object || is_object;
        if (!is_object && name != n::draw_image) continue;
        image = image || !is_object;
        const auto one = picture(**child);
        if (!one || (out && one->drawing)) continue;
        out = one;
        // Of a drawing that we would not show whole, Writer often adds a photo.
        if (!one->drawing || one->drawing->missing.empty()) break;
    }
    if (!out && object)
        warnings_.add("P0415",
                      "un objet incorporé (diagramme, formule, tableur…) n’a pas d’image que nous "
                      "sachions lire : sa place reste vide",
                      &element,
                      "ouvrez le document dans LibreOffice et enregistrez-le : l’image de l’objet "
                      "y est jointe ; ou insérez une image PNG");
    else if (!out)
        warnings_.add("P0415",
                      image
                          ? "une image n’est pas un PNG, un JPEG, un SVG ou un métafichier "
                            "lisible, ou manque : sa place reste vide"
                          : "le contenu d’un cadre ne peut pas être composé : sa place reste vide",
                      &element, "insérez une image PNG ou JPEG");
    if (out && out->drawing) {
        const bool svg = out->media_type == "image/svg+xml";
        const std::string what = object ? "l’image d’un objet incorporé est dessinée sans "
                                 : svg  ? "une image SVG est dessinée sans "
                                        : "une image (métafichier) est dessinée sans ";
        const std::string remedy =
            svg ? "dans le logiciel de dessin, convertissez tout en tracés de couleur unie, ou "
                  "enregistrez l’image en PNG"
                : "comparez le PDF avec Writer ; au besoin, remplacez-la par une image PNG";
        for (const std::string& missing : out->drawing->missing)
            warnings_.add("P0424", what + missing, &element, remedy);
        for (const char32_t sign : unprintable(*out->drawing, styles_.fonts())) {
            char code[16];
            std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(sign));
            warnings_.add("P0424", what + "le signe " + code + ", qu’aucune police ne possède",
                          &element, remedy);
        }
    }
    return out;
}

}  // namespace paraphe::layout
