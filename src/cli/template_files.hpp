#pragma once

#include <string>

#include "expression/registry.hpp"
#include "json/schema.hpp"
#include "template/template.hpp"

/// Templates and schemas as files on a disk, for the commands that read them.
namespace paraphe::cli {

/// A template of plain text or HTML, by its name.
bool is_text(const std::string& file);

/// "clauses/rgpd" → FOLDER/clauses/rgpd.fodt; never anything outside FOLDER.
tmpl::Loader loader_of(const std::string& folder);
/// `given`, or templates/ of the installation.
std::string templates_of(const std::string& given, const std::string& home);

/// Throws Error with file and line.
json::Schema read_schema(const std::string& file);

/// The functions of the law, and `signature`.
const expression::Registry& document_registry();

}  // namespace paraphe::cli
