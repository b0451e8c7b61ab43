#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "pdf/file.hpp"

/// The chain of cross-reference sections, read by ourselves before libqpdf sees the file: it tells
/// the revisions, and what is refused by name.
namespace paraphe::pdf {

struct Sections {
    std::vector<Revision> revisions;  ///< oldest first
    bool newest_is_stream = false;
};

/// Throws Error{malformed_input} with codes "not_pdf", "damaged_pdf", "hybrid_pdf",
/// "encrypted_pdf", "too_large".
Sections read_sections(ByteView, const std::string& source, const Limits&);

inline Location in_file(const std::string& source) {
    return {source, 0, 0, {}};
}
[[noreturn]] void refuse_damaged(const std::string& source, const std::string& problem);

/// Throws "too_large" when a Flate stream could inflate beyond `most` octets.
void check_inflation(ByteView deflated, std::size_t most, const std::string& source);

/// Octets that a stream of structure (object stream, cross-reference) may inflate to.
inline constexpr std::size_t most_inflated = 64u << 20;

}  // namespace paraphe::pdf
