#pragma once

#include <string_view>

namespace paraphe::pdf {

/// Nothing but spaces of any kind: no words for anybody.
bool is_blank(std::string_view utf8);

}  // namespace paraphe::pdf
