#include "pdf/conformance_parts.hpp"

/// The file as octets, and its streams (ISO 19005-3 §6.1).
namespace paraphe::pdf::conformance {

namespace {

constexpr Rule header{"P0602", "ISO 19005-3 §6.1.2",
                      "produisez de nouveau le fichier en PDF 1.7 ou moins"};
constexpr Rule identifier{"P0603", "ISO 19005-3 §6.1.3",
                          "produisez de nouveau le fichier avec un identifiant (ID)"};
constexpr Rule layout{"P0604", "ISO 19005-3 §6.1.3, §6.1.9",
                      "demandez le fichier tel qu’il a été produit ; l’outil qui l’a complété ou "
                      "signé l’a mal prolongé"};
constexpr Rule filter{"P0605", "ISO 19005-3 §6.1.7",
                      "produisez de nouveau le fichier ; un flux n’emploie ni LZW, ni chiffrement, "
                      "ni fichier extérieur"};

void check_header(Run& run) {
    const ByteView all = run.octets;
    const bool version = all.size() > 9 && all.starts_with("%PDF-1.") && all[7] >= '0' &&
                         all[7] <= '7' && (all[8] == '\n' || all[8] == '\r');
    if (!version) {
        run.findings.add(header, {}, "l’en-tête du fichier n’est pas celui de PDF 1.0 à 1.7");
        return;
    }
    const std::size_t line = all[8] == '\r' && all[9] == '\n' ? 10 : 9;
    bool marked = all.size() > line + 5 && all[line] == '%';
    for (std::size_t i = 1; i <= 4 && marked; ++i)
        marked = (static_cast<unsigned char>(all[line + i]) & 0x80) != 0;
    if (!marked) run.findings.add(header, {}, "l’en-tête ne dit pas que le fichier est binaire");
}

void check_trailer(Run& run) {
    Handle id = run.pdf.getTrailer().getKey("/ID");
    if (!id.isArray() || id.getArrayNItems() != 2 || !id.getArrayItem(0).isString())
        run.findings.add(identifier, {}, "le fichier n’a pas d’identifiant");
    const std::size_t end = run.octets.rfind("%%EOF");
    const ByteView rest = end == ByteView::npos ? ByteView() : run.octets.substr(end + 5);
    if (rest != "" && rest != "\n" && rest != "\r" && rest != "\r\n")
        run.findings.add(layout, {}, "des données suivent la fin du fichier");
    for (const auto& [object, entry] : run.pdf.getXRefTable()) {
        if (entry.getType() != 1 || entry.getOffset() <= 0) continue;
        const auto offset = static_cast<std::size_t>(entry.getOffset());
        if (offset >= run.octets.size()) continue;
        const char before = run.octets[offset - 1];
        if (before != '\n' && before != '\r')
            run.findings.add(layout, {object.getObj(), 0},
                             "un objet ne commence pas au début d’une ligne");
    }
}

void check_streams(Run& run) {
    for (Handle object : run.pdf.getAllObjects()) {
        if (!object.isStream()) continue;
        for (Handle one : elements_of(at(object, "/Filter"))) {
            const std::string name = name_of(one);
            if (name == "LZWDecode" || name == "LZW" || name == "Crypt")
                run.findings.add(filter, place_of(object),
                                 "un flux emploie le filtre interdit " + name);
        }
        if (!at(object, "/F").isNull())
            run.findings.add(filter, place_of(object), "un flux renvoie à un fichier extérieur");
    }
}

}  // namespace

void check_syntax(Run& run) {
    check_header(run);
    check_trailer(run);
    check_streams(run);
}

}  // namespace paraphe::pdf::conformance
