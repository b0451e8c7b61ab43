#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "json/schema.hpp"
#include "json/value.hpp"
#include "kind/orders.hpp"

/// Who may have what of a contract's data.
///
/// The schema marks properties with "x-destinataires", a list of slots and of recipients of packs.
/// The nearest mark counts: on the property itself, else on what it stands in, up to the root of
/// the schema; a mark beside a $ref counts before one in what it refers to. What no mark covers,
/// and what the schema does not describe, is for nobody.
namespace paraphe::kind {

using Audiences = std::set<std::string>;

/// Everyone who receives a document: who is asked to sign it, and whom the workflow hands it or the
/// whole dossier.
Audiences audiences_of(const Orders&, std::string_view document);

/// Does the schema mark anything at all?
bool marks_audiences(const json::SchemaView&);

/// The part of `data` that each of `audiences` may have; nullopt when nothing of it is left.
std::optional<json::Value> projection(const json::SchemaView&, const json::Value& data,
                                      const Audiences&);

/// What travels inside the PDF of a document (ISO 19005-3 §6.8), so that a partner's software need
/// not type it again. Nothing, unless the schema names it at its root:
///     "x-fichiers-joints": {"contrat": {"donnees": ["reference", "contrat.debut"], "odt": true}}
/// and never a field that one of the document's audiences may not have.
struct AssociatedFiles {
    std::vector<std::string> fields;  ///< paths with dots through objects
    bool odt = false;                 ///< the filled document itself
    Audiences audiences;

    /// The fields of `data` that all audiences may have; nullopt when there are none.
    std::optional<json::Value> data(const json::SchemaView&, const json::Value& data) const;
};
/// Does the schema name files to join to any document?
bool joins_files(const json::SchemaView&);
AssociatedFiles associated_files(const json::SchemaView&, const Orders&, std::string_view document);

/// What is wrong with "x-fichiers-joints": K0007 for what does not exist, K0008 for a field that an
/// audience may not have.
Diagnostics check_associated_files(const json::SchemaView&, const Orders&,
                                   const std::string& source);

}  // namespace paraphe::kind
