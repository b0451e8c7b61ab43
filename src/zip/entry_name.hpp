#pragma once

#include <string_view>

namespace paraphe::zip {

enum class NameFault { none, absolute, traversal, bad };

/// A good name is UTF-8 without control characters or backslash, relative, and has no segment that
/// is empty, "." or ".."; "/" at its end makes it a directory.
NameFault judge_name(std::string_view);

}  // namespace paraphe::zip
