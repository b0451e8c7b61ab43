#pragma once

#include "base/bytes.hpp"

namespace paraphe::pdf {

/// zlib format (RFC 1950), by libdeflate at level 1: measured against zlib 6, +2 % of octets for a
/// quarter of the time. One compressor a thread, kept.
Bytes deflate(ByteView);

}  // namespace paraphe::pdf
