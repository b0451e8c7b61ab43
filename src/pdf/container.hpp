#pragma once

#include <cstddef>
#include <vector>

#include "base/bytes.hpp"
#include "pdf/objects.hpp"

namespace paraphe::pdf {

enum class Container { classic, object_streams };

struct Serialized {
    Bytes bytes;
    /// Where the content of each object stands, in the order of their numbers; 0: in a stream.
    std::vector<std::size_t> offsets;
};

/// The octets of a whole new file: header, objects, cross-references (ISO 32000-1 §7.5). Its
/// identifier is a hash of what stands before, so that it needs no clock.
Serialized serialize(Objects, int root, int info, Container);

/// Big-endian, for cross-reference streams.
void append_big_endian(Bytes&, std::uint64_t value, int octets);

}  // namespace paraphe::pdf
