#pragma once

#include <string>

namespace paraphe::locale {

/// "ICU 72.1": of the library in use, for what must be made again octet for octet.
std::string library_version();

}  // namespace paraphe::locale
