#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/diagnostic.hpp"
#include "expression/check.hpp"
#include "expression/registry.hpp"
#include "expression/value.hpp"
#include "odf/document.hpp"

/// Templates: a document that a lawyer wrote in Writer, with tags in its text.
/// In: odf::Document and data. Out: odf::Document. compile() turns the author's file once into
/// constant pieces and instructions; merge() fills in data and shares every constant piece.
///
/// A signature slot, {{ signature("beneficiaire") }}, becomes
/// <text:bookmark text:name="paraphe.signature.beneficiaire"/>, where layout reserves a box.
/// (The folder is template/; the namespace cannot be, since that word belongs to the language.)
namespace paraphe::tmpl {

/// Gives the file of a clause by the name in its include ("clauses/rgpd"), or nullopt.
struct Clause {
    Bytes bytes;
    std::string source;  ///< file name, for messages
};
using Loader = std::function<std::optional<Clause>(const std::string& name)>;

struct Program;

/// A file that a document is made from; its content names the version.
struct Source {
    enum class Role { template_file, clause } role = Role::template_file;
    std::string name;  ///< file name without folders; of a clause the name in its include
    Sha256 sha256;
};

/// A field that a clause takes from where it is included: a free name with its path,
/// "beneficiaire.nom"; "[]" stands for each item of a list ("menage.membres[].nom").
struct Need {
    std::string path;
    Location where;         ///< in the clause
    std::string quote;      ///< the tag that uses it; empty when only declared
    bool declared = false;  ///< stands in the clause's property "champs"
};

/// A compiled template; immutable, cheap to copy, usable by several threads.
class Template {
public:
    explicit Template(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

    /// Signature slots in document order, each once.
    const std::vector<std::string>& slots() const;
    /// Names of the clauses that were included, each once.
    const std::vector<std::string>& clauses() const;
    /// What a document is made from: the template, then each clause in the order of inclusion.
    const std::vector<Source>& sources() const;
    /// Fields that the whole template takes from its data, by path; clauses' own names left out.
    std::vector<Need> needs() const;
    /// How many constant pieces the program shares with every merge.
    std::size_t constants() const;
    const Program& program() const { return *program_; }

private:
    std::shared_ptr<const Program> program_;
};

struct Compiled {
    std::optional<Template> result;  ///< empty when there are errors
    Diagnostics diagnostics;         ///< French, all of them, by place
};

/// Never throws for what the author wrote. `source` of the document names the file in diagnostics.
/// Codes: P0100… as the expression language; P0200 lone delimiter, P0201 tag in tracked changes,
/// P0202 block not closed or not opened, P0203 block over illegal scopes, P0204 include, P0205
/// signature, P0207 tag in an attribute (check: P0206 unknown signatory).
Compiled compile(const odf::Document&, const Loader&);

/// Compiles, or throws Error{malformed_input, "template"} with all diagnostics in its message.
Template compile_or_throw(const odf::Document&, const Loader&);

/// What one document may measure: more is an Error at the loop or clause that exceeds it, P0218
/// (turns) or P0219 (size). A page has about 500 elements.
struct OutputLimits {
    std::size_t turns = 2'000'000;  ///< of all loops together
    std::size_t nodes = 4'000'000;  ///< elements and texts
    std::size_t octets = 256u << 20;
};

class Trace;

/// What the merged document is for. To be written only: the copies of table rows are turned into
/// markup one by one (odf::written), so that ten thousand take little more than their octets; the
/// octets of write_package() and write_flat() are the same.
enum class Purpose { reading, writing };

/// The filled document. `data` is a map. Throws Error{malformed_input} with the place in the
/// template and the French problem: missing data is an error, never a blank. The document's
/// properties name the files that it was made from with their SHA-256 ("paraphe:modele",
/// "paraphe:clause:clauses/rgpd"). A Trace records which way each block went (coverage.hpp).
odf::Document merge(const Template&, const expression::Value& data, const expression::Registry&,
                    const expression::Limits& = {}, const OutputLimits& = {}, Trace* = nullptr,
                    Purpose = Purpose::reading);

/// Everything that the schema's type can tell before any data exist. `slots`: names that may sign;
/// nullopt when not known.
Diagnostics check(const Template&, const expression::Type& data, const expression::Registry&,
                  const std::optional<std::set<std::string>>& slots = std::nullopt);

/// compile() and check() in one run: mistakes of syntax do not hide those against the schema.
/// Sorted by place.
Diagnostics check(const odf::Document&, const Loader&, const expression::Type& data,
                  const expression::Registry&,
                  const std::optional<std::set<std::string>>& slots = std::nullopt);

// --- Plain text and HTML ------------------------------------------------------------------------

enum class TextMode { plain, html };
/// HTML when the file's name ends in ".html".
TextMode mode_of(const std::string& file);

struct TextProgram;

/// A compiled text template: Jinja2's text rules ({%- -%}, raw, include).
class TextTemplate {
public:
    explicit TextTemplate(std::shared_ptr<const TextProgram> program)
        : program_(std::move(program)) {}
    const TextProgram& program() const { return *program_; }

private:
    std::shared_ptr<const TextProgram> program_;
};

struct CompiledText {
    std::optional<TextTemplate> result;  ///< empty when there are errors
    Diagnostics diagnostics;             ///< French, all of them, by place
};

/// Never throws for what the author wrote; `source` names the file in diagnostics. Codes: P0100… as
/// the expression language; P0202 block not closed or not opened, P0204 include, P0214 too many
/// includes, P0215 blocks nested too deep.
CompiledText compile_text(std::string_view text, const std::string& source, TextMode,
                          const Loader& = {});
/// Throws Error{malformed_input} for the first fault, with line and column.
TextTemplate compile_text_or_throw(std::string_view text, const std::string& source, TextMode,
                                   const Loader& = {});
/// In HTML mode every value is escaped. A Trace records which way each block went (coverage.hpp).
std::string render_text(const TextTemplate&, const expression::Value& data,
                        const expression::Registry&, const expression::Limits& = {},
                        Trace* = nullptr);
Diagnostics check_text(const TextTemplate&, const expression::Type& data,
                       const expression::Registry&);
/// compile_text() and check_text() in one run: mistakes of syntax do not hide those against the
/// schema. Sorted by place.
Diagnostics check_text(std::string_view text, const std::string& source, TextMode, const Loader&,
                       const expression::Type& data, const expression::Registry&);

/// standard functions are the registry's; this adds `signature`, which templates of documents use.
void add_functions(expression::Registry&);

}  // namespace paraphe::tmpl
