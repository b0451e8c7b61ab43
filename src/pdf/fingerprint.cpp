#include "pdf/fingerprint.hpp"

#include <libdeflate.h>

#include <set>

#include "text/library.hpp"

namespace paraphe::pdf {

Fingerprint fingerprint(const layout::Pages& pages) {
    Fingerprint out;
    out.engine = pages.metadata.producer;
    out.libraries = text::library_versions() + ", libdeflate " + LIBDEFLATE_VERSION_STRING;
    std::set<const text::Face*> faces;
    std::set<std::string> fonts;
    for (const layout::Page& page : pages.pages) {
        for (const layout::Item& item : page.items) {
            const auto* run = std::get_if<layout::GlyphRun>(&item);
            if (run == nullptr || !faces.insert(run->face.get()).second) continue;
            fonts.insert(run->face->postscript_name() +
                         " sha256:" + run->face->fingerprint().hex());
        }
    }
    out.fonts.assign(fonts.begin(), fonts.end());
    out.sources = pages.metadata.sources;
    out.created = pages.metadata.created;
    return out;
}

}  // namespace paraphe::pdf
