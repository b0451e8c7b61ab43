#pragma once

#include <memory>

#include "layout/pages.hpp"

/// Device-independent bitmaps, the photos of metafiles (MS-WMF §2.2.2.9). Private to layout/.
namespace paraphe::layout {

/// The part of a bitmap that is shown, in pixels from its upper left corner.
struct DibPart {
    int x = 0, y = 0, width = 0, height = 0;
};

/// A bitmap as a PNG file of its own. `header` begins with BITMAPINFOHEADER, the palette behind it; `pixels`
/// are the rows. With 1, 4, 8, 16, 24 or 32 bits a pixel, not compressed or in runs; a JPEG or PNG
/// file in their place is taken as it is, whole. nullptr for anything else, for one that is cut
/// short, and beyond 4 million pixels.
std::shared_ptr<const Picture> picture_of_dib(ByteView header, ByteView pixels,
                                              const DibPart* part = nullptr);

/// The same where the rows follow the palette.
std::shared_ptr<const Picture> picture_of_packed_dib(ByteView dib, const DibPart* part = nullptr);

}  // namespace paraphe::layout
