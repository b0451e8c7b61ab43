#pragma once

#include <string>

#include "json/schema_node.hpp"

/// The French sentences of violations: what is expected, as a counsellor would say it.
namespace paraphe::json::detail {

/// "un texte ou une liste est attendu, pas un nombre"
std::string expected_type(const SchemaNode&, const Value& found);
std::string expected_format(const std::string& format);
/// "une de ces valeurs est attendue : « a », « b »"
std::string expected_values(const Array&);
/// A value in a sentence: « oui », 12,5, « Exemple »; long ones are cut.
std::string spoken(const Value&);
/// A bound as its field writes it: "12,5", or "100,00 €" for centimes.
std::string spoken_bound(const Number&, const SchemaNode&);
/// "3 éléments", "1 élément": French counts 0 and 1 as one.
std::string counted(std::int64_t, const std::string& one, const std::string& several);

}  // namespace paraphe::json::detail
