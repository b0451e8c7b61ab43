#pragma once

#include <string>

namespace paraphe::text {

/// "FreeType 2.12.1, HarfBuzz 6.0.0, ICU 72.1": of the libraries in use, on which the place of
/// every glyph depends.
std::string library_versions();

}  // namespace paraphe::text
