#pragma once

#include <string>

#include "base/bytes.hpp"
#include "layout/pages.hpp"
#include "pdf/fingerprint.hpp"
#include "pdf/objects.hpp"

namespace paraphe::pdf {

/// Writes the information dictionary; gives its number. It says what the XMP packet says
/// (ISO 19005-3 §6.6.2.3). Throws Error{internal} when `created` is no RFC 3339 instant.
int write_info(Objects&, const layout::Metadata&);

/// Writes the XMP packet: PDF/A-3 level A, PDF/UA-1, provenance, with their extension schemas.
int write_xmp(Objects&, const layout::Metadata&, const Fingerprint&);

/// The output intent sRGB with its profile.
int write_output_intent(Objects&);

/// An ICC profile (ISO 15076-1, version 4.2): sRGB's primaries and its exact transfer curve,
/// adapted to D50. Made here, so that no file of the system enters the document.
Bytes srgb_profile();

/// The title, or what stands for it: PDF/UA-1 §7.1 wants one.
std::string title_of(const layout::Metadata&);

}  // namespace paraphe::pdf
