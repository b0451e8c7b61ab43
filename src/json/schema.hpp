#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.hpp"

/// JSON Schema draft-07 without remote references.
/// In: a schema (trusted as little as data) and an instance. Out: every violation at once, in
/// French, under the titles that the schema gives its fields; and a read-only view of the schema,
/// from which expressions take their types and forms their fields.
/// Own formats beside date, date-time, email and uri: `iban`, `siren`, `siret` (with their check
/// digits), `centimes` (an integer, at most 2^53 either side of zero), `decimal` (a JSON number or
/// a string of digits with a point). Unknown formats, and unknown keywords, mean nothing.
namespace paraphe::json {

/// Says whether the pattern is found anywhere in a text (ECMA 262, not anchored). May throw Error.
using Pattern = std::function<bool(std::string_view)>;
/// Compiles a pattern; throws Error{malformed_input} for one that is wrong. locale/regex.hpp
/// implements it by ICU, with limits on time and stack.
using PatternCompiler = std::function<Pattern(const std::string&)>;

struct Violation {
    std::string pointer;         ///< JSON Pointer of the value at fault, also of a missing member
    std::string keyword;         ///< "required", "format", …
    std::string message;         ///< « Date de début » : une date AAAA-MM-JJ est attendue
    std::string schema_pointer;  ///< "/properties/debut/format"
    std::string title;           ///< of the field at fault, or its name; empty for the whole

    bool operator==(const Violation&) const = default;
};

namespace detail {
struct SchemaNode;
struct SchemaGraph;
}  // namespace detail

/// A subschema, read-only; lives as long as its Schema (or a copy of it). What stands behind a
/// `$ref` is seen as if it stood here.
class SchemaView {
public:
    struct Property;
    struct Conditional;

    /// `false`: nothing is valid.
    bool is_never() const;
    /// "null", "boolean", "integer", "number", "string", "array", "object"; empty: any.
    const std::vector<std::string>& types() const;
    /// The one type beside "null"; empty when there are several or none is said.
    std::string type() const;
    bool is_nullable() const;
    const std::string& format() const;
    const std::string& pattern() const;
    const std::string& title() const;
    const std::string& description() const;
    /// In the order of the schema, also those of `allOf`.
    std::vector<Property> properties() const;
    std::optional<SchemaView> property(std::string_view name) const;
    bool is_required(std::string_view name) const;
    /// False when only the properties listed may come (additionalProperties: false).
    bool allows_other_properties() const;
    /// What every other property must be; nullopt when nothing is said.
    std::optional<SchemaView> additional_properties() const;
    /// Of a list: of every item; nullopt when nothing is said or items differ by position.
    std::optional<SchemaView> items() const;
    /// nullptr when not said.
    const Array* enumeration() const;
    const Value* constant() const;
    const Value* default_value() const;
    /// The branches of anyOf and oneOf.
    std::vector<SchemaView> any_of() const;
    std::vector<SchemaView> one_of() const;
    /// Each if/then/else, also those of `allOf`.
    std::vector<Conditional> conditionals() const;
    /// How many items a list has; any number when not said.
    struct ItemCount {
        std::size_t least = 0;
        std::size_t most = SIZE_MAX;
    };
    ItemCount items_between() const;
    /// The object that the subschema was read from, references not followed.
    const Value& source() const;
    /// A keyword of others ("x-aide"): beside the subschema's $ref, else in what it refers to, else
    /// in the parts of allOf; nullptr when none has it.
    const Value* keyword(std::string_view name) const;
    /// Where it stands in its document ("/definitions/adresse").
    const std::string& pointer() const;

private:
    friend class Schema;
    explicit SchemaView(const detail::SchemaNode* node) : node_(node) {}
    const detail::SchemaNode* node_;
};

struct SchemaView::Property {
    std::string name;
    SchemaView schema;
    bool required = false;
};

struct SchemaView::Conditional {
    SchemaView condition;
    std::optional<SchemaView> consequence, alternative;
};

/// A compiled schema; immutable, cheap to copy.
class Schema {
public:
    /// Throws Error{malformed_input, "schema"} for a keyword of a wrong form, a reference that
    /// leads nowhere or out of the document, a pattern that does not compile.
    static Schema compile(const Value&, const std::string& source, const PatternCompiler&);

    /// All violations, in the order of the instance; empty: valid. Throws Error{malformed_input}
    /// only where a pattern runs out of its limits or the instance nests too deep.
    std::vector<Violation> validate(const Value&) const;
    SchemaView root() const;
    /// The subschema that describes the value at a pointer of an instance; nullopt when the schema
    /// says nothing of it.
    std::optional<SchemaView> at(std::string_view instance_pointer) const;
    const std::string& source() const;

private:
    explicit Schema(std::shared_ptr<const detail::SchemaGraph>);
    std::shared_ptr<const detail::SchemaGraph> graph_;
};

/// Integers that a double holds exactly, and so every reader of JSON: ±2^53.
inline constexpr std::int64_t largest_exact_integer = std::int64_t{1} << 53;

}  // namespace paraphe::json
