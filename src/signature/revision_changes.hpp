#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pdf/file.hpp"

/// For signature/ alone: what later revisions of a PDF did to an earlier one.
namespace paraphe::signature {

/// One entry of a cross-reference section.
struct WrittenObject {
    int number = 0;
    int generation = 0;
    bool free = false;
};

/// The objects that a revision's own cross-reference section (ISO 32000-1 §7.5.4, §7.5.8) writes
/// or frees; object 0 is left out. Nullopt when the section does not say so plainly.
std::optional<std::vector<WrittenObject>> written_objects(const pdf::File&, const pdf::Revision&);

struct Changes {
    std::vector<std::string> forbidden;   ///< French, what changed that nobody may change
    std::vector<std::string> unexamined;  ///< French
};

/// Compares the file as it was at the end of revision `index` with what it is now. Allowed are:
/// filling signature fields that were empty, adding invisible signature fields, a document security
/// store, and metadata (ETSI EN 319 142-1 §5.4, ISO 32000-2 §12.8.2.2).
Changes changes_since(const pdf::File& now, int index);

}  // namespace paraphe::signature
