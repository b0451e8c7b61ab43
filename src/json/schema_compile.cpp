#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/error.hpp"
#include "base/suggestion.hpp"
#include "json/schema_node.hpp"
#include "json/uri.hpp"

namespace paraphe::json {

using detail::SchemaGraph;
using detail::SchemaNode;

namespace {

struct TypeName {
    std::string_view name;
    unsigned bits;
};

constexpr std::array type_names{
    TypeName{"null", detail::bit_null},
    TypeName{"boolean", detail::bit_boolean},
    TypeName{"integer", detail::bit_integer},
    TypeName{"number", detail::bit_number | detail::bit_integer},
    TypeName{"string", detail::bit_string},
    TypeName{"array", detail::bit_array},
    TypeName{"object", detail::bit_object},
};

class Compiler {
public:
    Compiler(SchemaGraph& graph, const PatternCompiler& patterns)
        : graph_(graph), patterns_(patterns) {}

    void run() {
        const std::string base = own_id(graph_.document, "");
        resources_.emplace(base, Resource{&graph_.document, "", base});
        graph_.root = node(graph_.document, "", base);
        for (std::size_t i = 0; i < pending_.size(); ++i)
            resolve(*pending_[i]);
        refuse_circles();
    }

private:
    /// A document, or a subschema with an `$id` of its own.
    struct Resource {
        const Value* value;
        std::string pointer;
        std::string base;
    };

    [[noreturn]] void fail(const std::string& pointer, const std::string& problem,
                           const std::string& remedy = {}) const {
        throw Error(ErrorKind::malformed_input, problem, {graph_.source, 0, 0, pointer}, remedy,
                    "schema");
    }

    static std::string own_id(const Value& schema, const std::string& base) {
        const Value* id = schema.find("$id");
        if (id == nullptr || !id->is_string() || schema.find("$ref") != nullptr) return base;
        if (id->as_string().starts_with('#')) return base;
        return resolve_uri(base, id->as_string()).uri;
    }

    const SchemaNode* node(const Value& schema, const std::string& pointer,
                           const std::string& outer_base) {
        if (const auto known = by_value_.find(&schema); known != by_value_.end())
            return known->second;
        SchemaNode& made = graph_.nodes.emplace_back();
        by_value_.emplace(&schema, &made);
        made.source = &schema;
        made.pointer = pointer;
        made.base = own_id(schema, outer_base);
        if (const bool* boolean = schema.if_boolean()) {
            made.never = !*boolean;
            return &made;
        }
        if (!schema.is_object())
            fail(pointer, "a schema is an object or a boolean, not " + to_string(schema.type()));
        annotations(made);
        if (const Value* reference = schema.find("$ref"); reference != nullptr) {
            if (!reference->is_string()) fail(pointer + "/$ref", "a text is expected here");
            pending_.push_back(&made);
            definitions(made);
            return &made;
        }
        remember_id(made);
        assertions(made);
        definitions(made);
        return &made;
    }

    void remember_id(const SchemaNode& made) {
        const Value* id = made.source->find("$id");
        if (id == nullptr) return;
        if (!id->is_string()) fail(made.pointer + "/$id", "a text is expected here");
        if (id->as_string().starts_with('#'))
            anchors_.emplace(made.base + id->as_string(), &made);
        else
            resources_.emplace(made.base, Resource{made.source, made.pointer, made.base});
    }

    // --- Forms of keywords ---

    const Value* keyword(const SchemaNode& made, std::string_view name) const {
        return made.source->find(name);
    }

    static std::string at(const SchemaNode& made, std::string_view name) {
        return append_pointer(made.pointer, name);
    }

    std::string text(const SchemaNode& made, std::string_view name) const {
        const Value* value = keyword(made, name);
        if (value == nullptr) return {};
        if (!value->is_string()) fail(at(made, name), "a text is expected here");
        return value->as_string();
    }

    std::optional<Number> number(const SchemaNode& made, std::string_view name) const {
        const Value* value = keyword(made, name);
        if (value == nullptr) return std::nullopt;
        if (!value->is_number()) fail(at(made, name), "a number is expected here");
        return value->as_number();
    }

    std::optional<std::int64_t> count(const SchemaNode& made, std::string_view name) const {
        const auto value = number(made, name);
        if (!value) return std::nullopt;
        const auto integer = value->to_int64();
        if (!integer || *integer < 0)
            fail(at(made, name), "a whole number from 0 is expected here");
        return integer;
    }

    std::vector<std::string> names(const Value& value, const std::string& pointer) const {
        if (!value.is_array()) fail(pointer, "a list of texts is expected here");
        std::vector<std::string> out;
        for (const Value& item : value.as_array()) {
            if (!item.is_string()) fail(pointer, "a list of texts is expected here");
            out.push_back(item.as_string());
        }
        return out;
    }

    const SchemaNode* subschema(const SchemaNode& made, std::string_view name) {
        const Value* value = keyword(made, name);
        return value == nullptr ? nullptr : node(*value, at(made, name), made.base);
    }

    std::vector<const SchemaNode*> subschemas(const SchemaNode& made, std::string_view name) {
        std::vector<const SchemaNode*> out;
        const Value* value = keyword(made, name);
        if (value == nullptr) return out;
        if (!value->is_array() || value->as_array().empty())
            fail(at(made, name), "a list of at least one schema is expected here");
        for (std::size_t i = 0; i < value->as_array().size(); ++i)
            out.push_back(node(value->as_array()[i], append_pointer(at(made, name), i), made.base));
        return out;
    }

    template <typename Action>
    void each_member(const SchemaNode& made, std::string_view name, Action action) {
        const Value* value = keyword(made, name);
        if (value == nullptr) return;
        if (!value->is_object()) fail(at(made, name), "an object is expected here");
        for (const Member& member : value->as_object())
            action(member, append_pointer(at(made, name), member.key));
    }

    Pattern pattern(const std::string& text, const std::string& pointer) const {
        if (!patterns_)
            throw Error(ErrorKind::internal,
                        "a schema with patterns was compiled without a "
                        "pattern compiler");
        try {
            return patterns_(text);
        } catch (const Error& error) {
            fail(pointer, "the pattern " + quote(text) + " is wrong: " + error.problem());
        }
    }

    // --- Keywords ---

    void annotations(SchemaNode& made) {
        made.title = text(made, "title");
        made.description = text(made, "description");
        made.default_value = keyword(made, "default");
    }

    void definitions(SchemaNode& made) {
        each_member(made, "definitions", [&](const Member& member, const std::string& pointer) {
            node(member.value, pointer, made.base);
        });
    }

    void assertions(SchemaNode& made) {
        types(made);
        made.constant = keyword(made, "const");
        if (const Value* values = keyword(made, "enum")) {
            if (!values->is_array()) fail(at(made, "enum"), "a list is expected here");
            made.enumeration = &values->as_array();
        }
        made.format = text(made, "format");
        made.pattern = text(made, "pattern");
        if (keyword(made, "pattern") != nullptr)
            made.matches = pattern(made.pattern, at(made, "pattern"));
        made.min_length = count(made, "minLength");
        made.max_length = count(made, "maxLength");
        made.minimum = number(made, "minimum");
        made.maximum = number(made, "maximum");
        made.exclusive_minimum = number(made, "exclusiveMinimum");
        made.exclusive_maximum = number(made, "exclusiveMaximum");
        made.multiple_of = number(made, "multipleOf");
        if (made.multiple_of && !(*made.multiple_of > Number(0)))
            fail(at(made, "multipleOf"), "a number above zero is expected here");
        list_keywords(made);
        object_keywords(made);
        made.all_of = subschemas(made, "allOf");
        made.any_of = subschemas(made, "anyOf");
        made.one_of = subschemas(made, "oneOf");
        made.negated = subschema(made, "not");
        made.condition = subschema(made, "if");
        made.consequence = subschema(made, "then");
        made.alternative = subschema(made, "else");
    }

    void types(SchemaNode& made) {
        const Value* value = keyword(made, "type");
        if (value == nullptr) return;
        made.types = value->is_string() ? std::vector<std::string>{value->as_string()}
                                        : names(*value, at(made, "type"));
        for (const std::string& name : made.types) {
            const auto found = std::find_if(type_names.begin(), type_names.end(),
                                            [&](const TypeName& one) { return one.name == name; });
            if (found != type_names.end()) {
                made.type_bits |= found->bits;
                continue;
            }
            std::vector<std::string> known;
            for (const TypeName& one : type_names)
                known.emplace_back(one.name);
            const auto near = nearest(name, known);
            fail(at(made, "type"), "unknown type '" + name + "'",
                 near ? "did you mean '" + *near + "'?" : "");
        }
    }

    void list_keywords(SchemaNode& made) {
        if (const Value* items = keyword(made, "items"); items != nullptr && items->is_array()) {
            made.items_by_position = true;
            for (std::size_t i = 0; i < items->as_array().size(); ++i)
                made.positions.push_back(
                    node(items->as_array()[i], append_pointer(at(made, "items"), i), made.base));
        } else {
            made.items = subschema(made, "items");
        }
        made.additional_items = subschema(made, "additionalItems");
        made.contains = subschema(made, "contains");
        made.min_items = count(made, "minItems");
        made.max_items = count(made, "maxItems");
        if (const Value* unique = keyword(made, "uniqueItems")) {
            if (!unique->is_boolean())
                fail(at(made, "uniqueItems"), "true or false is expected here");
            made.unique_items = unique->as_boolean();
        }
    }

    void object_keywords(SchemaNode& made) {
        each_member(made, "properties", [&](const Member& member, const std::string& pointer) {
            made.properties.push_back({member.key, node(member.value, pointer, made.base)});
        });
        each_member(made, "patternProperties",
                    [&](const Member& member, const std::string& pointer) {
                        made.pattern_properties.push_back(
                            {pattern(member.key, pointer), node(member.value, pointer, made.base)});
                    });
        made.additional_properties = subschema(made, "additionalProperties");
        made.property_names = subschema(made, "propertyNames");
        if (const Value* required = keyword(made, "required"))
            made.required = names(*required, at(made, "required"));
        each_member(made, "dependencies", [&](const Member& member, const std::string& pointer) {
            detail::DependencyNode dependency{member.key, {}, nullptr};
            if (member.value.is_array())
                dependency.required = names(member.value, pointer);
            else
                dependency.schema = node(member.value, pointer, made.base);
            made.dependencies.push_back(std::move(dependency));
        });
        made.min_properties = count(made, "minProperties");
        made.max_properties = count(made, "maxProperties");
    }

    // --- References ---

    void resolve(SchemaNode& made) {
        const std::string& written = made.source->at("$ref").as_string();
        const UriReference reference = resolve_uri(made.base, written);
        const std::string where = at(made, "$ref");
        if (reference.uri == detail::metaschema_uri && resources_.count(reference.uri) == 0)
            load_metaschema();
        if (const auto anchor = anchors_.find(reference.uri + "#" + reference.fragment);
            anchor != anchors_.end()) {
            made.reference = anchor->second;
            return;
        }
        const auto found = resources_.find(reference.uri);
        if (found == resources_.end())
            fail(where, "the reference " + quote(written) + " leads out of the document",
                 "put the schema under \"definitions\" and refer to \"#/definitions/…\"");
        // Copied: compiling the target may add resources.
        const Resource resource = found->second;
        const Value* value = nullptr;
        if (reference.fragment.empty() || reference.fragment[0] == '/')
            value = paraphe::json::resolve(*resource.value, reference.fragment);
        if (value == nullptr)
            fail(where, "the reference " + quote(written) + " leads nowhere", suggestion(written));
        made.reference = node(*value, resource.pointer + reference.fragment, resource.base);
    }

    std::string suggestion(const std::string& written) const {
        const Value* definitions = graph_.document.find("definitions");
        if (definitions == nullptr || !definitions->is_object()) return {};
        std::vector<std::string> known;
        for (const Member& member : definitions->as_object())
            known.push_back(append_pointer("#/definitions", member.key));
        const auto near = nearest(written, known);
        return near ? "did you mean " + quote(*near) + "?" : "";
    }

    void load_metaschema() {
        const std::string uri(detail::metaschema_uri);
        graph_.metaschema = parse(detail::metaschema_text(), uri);
        resources_.emplace(uri, Resource{&graph_.metaschema, "", uri});
        node(graph_.metaschema, "", uri);
    }

    void refuse_circles() const {
        for (const SchemaNode* start : pending_) {
            std::unordered_set<const SchemaNode*> seen;
            for (const SchemaNode* at = start; at->reference != nullptr; at = at->reference)
                if (!seen.insert(at).second)
                    fail(append_pointer(start->pointer, "$ref"), "the reference runs in a circle");
        }
    }

    SchemaGraph& graph_;
    const PatternCompiler& patterns_;
    std::unordered_map<const Value*, const SchemaNode*> by_value_;
    std::unordered_map<std::string, Resource> resources_;
    std::unordered_map<std::string, const SchemaNode*> anchors_;
    std::vector<SchemaNode*> pending_;
};

}  // namespace

Schema::Schema(std::shared_ptr<const SchemaGraph> graph) : graph_(std::move(graph)) {}

Schema Schema::compile(const Value& schema, const std::string& source,
                       const PatternCompiler& patterns) {
    auto graph = std::make_shared<SchemaGraph>();
    graph->source = source;
    graph->document = schema;
    Compiler(*graph, patterns).run();
    return Schema(std::move(graph));
}

const std::string& Schema::source() const {
    return graph_->source;
}

}  // namespace paraphe::json
