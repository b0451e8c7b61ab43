#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "expression/data.hpp"
#include "expression/type.hpp"
#include "expression/value.hpp"
#include "json/schema.hpp"
#include "json/value.hpp"
#include "template/template.hpp"
#include "workflow/definition.hpp"

/// A kind of contract: workflow, data schema, templates, clauses and messages, as one immutable
/// bundle named by the hash of its content. Its parameters (yearly scales, local rules) are dated
/// revisions outside that hash.
namespace paraphe::kind {

/// Files by their path in the bundle, with "/" everywhere:
///     workflow.scxml  schema.json  samples/*.json  scenarios/*.json
///     templates/*.{fodt,odt}  clauses/**.{fodt,odt}  messages/*.{txt,html}
/// and, outside the content hash, parameters.json.
using Files = std::map<std::string, Bytes>;

/// Collects the files of a kind from a checkout: `directory` is …/workflows/<kind>; templates come
/// from …/templates/<kind> (as templates/), …/templates/clauses (as clauses/) and
/// …/templates/messages/<kind> (as messages/). `templates` overrides …/templates.
/// Throws Error{not_found} when there is no such directory,
/// Error{malformed_input} when a file is too large or there are too many.
Files collect(const std::filesystem::path& directory, const std::filesystem::path& templates = {});

struct ManifestEntry {
    std::string path;
    Sha256 hash;
    std::size_t size = 0;

    bool operator==(const ManifestEntry&) const = default;
};

/// What a kind consists of; its canonical JSON (RFC 8785) is what `hash` digests.
struct Manifest {
    std::string kind;
    std::vector<ManifestEntry> entries;  ///< by path, without parameters.json
    Sha256 hash;

    json::Value to_json() const;
};
Manifest manifest(const std::string& kind, const Files&);

/// One revision of the parameters, in force from a day on until the next.
/// parameters.json: {"revisions": [{"from": "2026-01-01", "source": …, "status": …, NAME:
/// VALUE…}…], NAME: VALUE…}; names beside "kind" and "revisions" hold for every revision that does
/// not say else.
struct ParameterRevision {
    Date from;
    std::string reference;  ///< text of law or decision
    json::Value json;       ///< as written
    json::Value in_force;   ///< JSON of `values`, for the journal
    expression::Value values;
    Sha256 hash;  ///< of the canonical JSON of the revision
};

/// A loaded kind; immutable.
struct Kind {
    std::string name;
    Files files;
    Manifest manifest;
    workflow::Definition workflow;
    json::Value schema_json;
    json::Schema schema;
    expression::Typing typing;                  ///< of the dossier, from the schema
    expression::Type dossier_type;              ///< of `dossier`, from the schema
    expression::Type parameters_type;           ///< of `parametres`
    std::vector<ParameterRevision> parameters;  ///< by date
    /// Compiled documents by their path in the bundle; what has mistakes is absent, see check.
    std::map<std::string, tmpl::Template> templates;
    Diagnostics template_findings;                 ///< of the compiler
    std::map<std::string, json::Value> samples;    ///< by file name without ".json"
    std::map<std::string, json::Value> scenarios;  ///< by file name without ".json"

    /// The title of the workflow, else the name.
    const std::string& title() const;
    /// What people call a slot: the title of the schema's field of that name, wherever it stands
    /// ("protecteur": "Curateur ou tuteur"), else the name.
    std::string slot_title(std::string_view slot) const;
    /// The bytes behind a name of the workflow: "masp/contrat.fodt" → templates/contrat.fodt;
    /// "masp/a-relire" → messages/a-relire.txt. nullptr when there is none.
    const Bytes* template_source(std::string_view name) const;
    /// The path in the bundle behind such a name; nullopt when there is none.
    std::optional<std::string> template_path(std::string_view name) const;
    /// Path in the bundle of the template that renders `document`; nullopt when the workflow never
    /// renders it.
    std::optional<std::string> template_of(std::string_view document) const;
    /// The revision in force on `day`. Throws Error{not_found} when the kind has parameters, but
    /// none so early; nullptr when it has none at all.
    const ParameterRevision* parameters_on(Date day) const;
    /// The same as the value of `parametres`; an empty map when the kind has none.
    expression::Value parameter_values(Date day) const;
    /// A revision of the dossier's data, typed by the schema. Does not validate.
    expression::Value typed(const json::Value& data) const;
    std::vector<json::Violation> validate(const json::Value& data) const;
};

/// The functions that guards, dates, templates and messages of a kind may call: those of rules/ and
/// `signature`.
const expression::Registry& registry();

/// Reads the parts, each on its own; clauses that no template includes are left out. Throws
/// Error{malformed_input} for what cannot be read at all (with file and line), Error{not_found}
/// when workflow.scxml or schema.json is missing.
Kind load(const std::string& name, Files);
/// collect, then load; the name is the directory's.
Kind load(const std::filesystem::path& directory, const std::filesystem::path& templates = {});

/// Everything that does not fit together, in French: the workflow's own findings with the schema's
/// types, templates against the schema, templates and messages that the workflow names and nobody
/// wrote, slots asked to sign that the document does not have and the other way round, or only
/// sometimes, samples that break the schema, parameters that their schema refuses.
Diagnostics check(const Kind&);

}  // namespace paraphe::kind
