#include "locale/library.hpp"

#include <unicode/uversion.h>

namespace paraphe::locale {

std::string library_version() {
    UVersionInfo version;
    u_getVersion(version);
    char text[U_MAX_VERSION_STRING_LENGTH];
    u_versionToString(version, text);
    return std::string("ICU ") + text;
}

}  // namespace paraphe::locale
