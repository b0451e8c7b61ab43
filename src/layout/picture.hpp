#pragma once

#include <memory>

#include "layout/pages.hpp"
#include "odf/document.hpp"

/// Pictures of a document. Private to layout/.
namespace paraphe::layout {

/// Reads type and size from the file's first octets, an SVG file or a metafile whole; nullptr for
/// what cannot be set.
std::shared_ptr<const Picture> read_picture(std::shared_ptr<const Bytes>);

/// The one that a draw:image, a draw:fill-image or an embedded object of the document shows: in the
/// element or a part of the package.
std::shared_ptr<const Picture> read_picture(const odf::Document&, const odf::Element&);

}  // namespace paraphe::layout
