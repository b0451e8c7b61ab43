#pragma once

#include <optional>
#include <string_view>

#include "expression/statement.hpp"

namespace paraphe::tmpl {

/// What a statement tag with a mistake opens, divides or closes all the same, so that its partner
/// is no second mistake, and names that it declares may be anything; nullopt when it stands alone.
/// `content` is what the tag holds. For checking only, never run. Private to template/.
std::optional<expression::Statement> stand_in(std::string_view content);

}  // namespace paraphe::tmpl
