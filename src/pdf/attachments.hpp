#pragma once

#include <vector>

#include "pdf/file.hpp"
#include "pdf/writer.hpp"

namespace paraphe::pdf {

/// The files that the document associates with itself (/AF of the catalog, ISO 19005-3 §6.8), in
/// that order: what write() was given. Throws Error{malformed_input} for one that cannot be read.
std::vector<Attachment> attachments(const File&);

}  // namespace paraphe::pdf
