#include "pdf/difference.hpp"

#include <algorithm>

#include "pdf/conformance_parts.hpp"

namespace paraphe::pdf {

namespace {

using namespace conformance;

Bytes raw(Handle stream) {
    const auto data = stream.getRawStreamData();
    return Bytes(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
}

/// An object as octets, its stream as it is stored.
Bytes octets_of(Handle object) {
    return object.isStream() ? object.getDict().unparse() + raw(object) : object.unparseResolved();
}

std::string kind_of(Handle object) {
    const std::string type = name_of(at(object, "/Type"));
    if (type == "Metadata") return "les métadonnées";
    if (type.starts_with("Font") || type == "CMap" || !at(object, "/Length1").isNull())
        return "une police";
    if (type.starts_with("Struct") || is_name(at(object, "/Type"), "/OBJR") ||
        (at(object, "/S").isName() && !at(object, "/P").isNull()))
        return "la structure du document";
    if (type == "Annot") return "un lien ou un champ";
    if (type == "EmbeddedFile" || type == "Filespec") return "un fichier joint";
    if (type == "Page" || type == "Pages") return "la description d’une page";
    if (type == "XObject") return "une image";
    if (!at(object, "/CreationDate").isNull()) return "les propriétés du document";
    return "un objet";
}

class Comparison {
public:
    Comparison(QPDF& first, QPDF& second, const std::vector<ObjectId>& first_pages,
               const std::vector<ObjectId>& second_pages)
        : first_(first), second_(second), first_pages_(first_pages), second_pages_(second_pages) {}

    void fill(Difference& out) {
        if (first_pages_.size() != second_pages_.size()) {
            out.what = "le nombre de pages, " + std::to_string(first_pages_.size()) + " et " +
                       std::to_string(second_pages_.size());
            return;
        }
        for (std::size_t i = 0; i < first_pages_.size(); ++i) {
            Handle content = at(get(first_, first_pages_[i]), "/Contents");
            Handle other = at(get(second_, second_pages_[i]), "/Contents");
            if (!content.isStream() || !other.isStream() || octets_of(content) == octets_of(other))
                continue;
            out.object = content.getObjectID();
            out.page = static_cast<int>(i) + 1;
            out.what = "le contenu de la page " + std::to_string(out.page);
            return;
        }
        const int count =
            static_cast<int>(std::max(first_.getObjectCount(), second_.getObjectCount()));
        for (int number = 1; number <= count; ++number) {
            Handle one = first_.getObject(number, 0), other = second_.getObject(number, 0);
            if (is_of_container(one) || is_of_container(other)) continue;
            if (octets_of(one) == octets_of(other)) continue;
            out.object = number;
            out.what = kind_of(one.isNull() ? other : one);
            return;
        }
        out.what = "l’enveloppe du fichier";
    }

private:
    static Handle get(QPDF& pdf, ObjectId id) { return pdf.getObject(id.number, id.generation); }
    static bool is_of_container(Handle object) {
        return is_name(at(object, "/Type"), "/ObjStm") || is_name(at(object, "/Type"), "/XRef");
    }

    QPDF& first_;
    QPDF& second_;
    const std::vector<ObjectId>& first_pages_;
    const std::vector<ObjectId>& second_pages_;
};

}  // namespace

std::optional<Difference> first_difference(const File& file, const File& other) {
    const Bytes &a = file.bytes(), &b = other.bytes();
    if (a == b) return std::nullopt;
    Difference out;
    const auto parted = std::mismatch(
        a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())),
        b.begin());
    out.offset = static_cast<std::size_t>(parted.first - a.begin());
    const auto &one = Inside::of(file), &two = Inside::of(other);
    const std::scoped_lock lock(one.mutex, two.mutex);
    guarded(one.source, [&] { Comparison(one.pdf, two.pdf, one.pages, two.pages).fill(out); });
    return out;
}

File first_revision(const File& file) {
    return File::read(file.bytes().substr(0, file.revisions().front().end), file.source());
}

}  // namespace paraphe::pdf
