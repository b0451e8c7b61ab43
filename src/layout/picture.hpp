#pragma once

#include <memory>

#include "layout/pages.hpp"

/// Pictures of a document. Private to layout/.
namespace paraphe::layout {

/// Reads type and size from the file's first octets, an SVG file or a metafile whole; nullptr for
/// what cannot be set.
std::shared_ptr<const Picture> read_picture(std::shared_ptr<const Bytes>);

}  // namespace paraphe::layout
