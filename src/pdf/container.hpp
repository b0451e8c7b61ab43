#pragma once

#include "base/bytes.hpp"
#include "pdf/objects.hpp"

namespace paraphe::pdf {

enum class Container { classic, object_streams };

/// The octets of a whole new file: header, objects, cross-references (ISO 32000-1 §7.5). Its
/// identifier is a hash of what stands before, so that it needs no clock.
Bytes serialize(Objects, int root, int info, Container);

/// Big-endian, for cross-reference streams.
void append_big_endian(Bytes&, std::uint64_t value, int octets);

}  // namespace paraphe::pdf
