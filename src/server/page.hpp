#pragma once

#include <string>

#include "base/error.hpp"
#include "expression/value.hpp"
#include "server/routes.hpp"

namespace paraphe::server {

/// A file of src/server/web, built in. Throws Error{not_found}.
const std::string& web_file(const std::string& name);

/// Fills web/NAME.html; every value is escaped. The session's form token and the user's name are
/// added to `data`.
Response page(const std::string& name, expression::Map data, const Call&, int status = 200);

/// For people: what happened, in French where the error speaks French, and the way back.
Response error_page(Site&, const Request&, int status, const Error&);

}  // namespace paraphe::server
