#include "text/library.hpp"

#include <ft2build.h>
#include <hb.h>
#include FT_FREETYPE_H

#include "locale/library.hpp"

namespace paraphe::text {

namespace {

std::string ask() {
    FT_Library library = nullptr;
    int major = 0, minor = 0, patch = 0;
    if (FT_Init_FreeType(&library) == 0) {
        FT_Library_Version(library, &major, &minor, &patch);
        FT_Done_FreeType(library);
    }
    return "FreeType " + std::to_string(major) + "." + std::to_string(minor) + "." +
           std::to_string(patch) + ", HarfBuzz " + hb_version_string() + ", " +
           locale::library_version();
}

}  // namespace

std::string library_versions() {
    static const std::string known = ask();
    return known;
}

}  // namespace paraphe::text
