#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>

#include "json/schema.hpp"

/// The compiled form of a schema, shared by compiler, validator and view.
namespace paraphe::json::detail {

/// `type` as a set; integer is a part of number.
enum TypeBit : unsigned {
    bit_null = 1,
    bit_boolean = 2,
    bit_integer = 4,
    bit_number = 8,
    bit_string = 16,
    bit_array = 32,
    bit_object = 64,
};

struct SchemaNode;

struct PropertyNode {
    std::string name;
    const SchemaNode* schema;
};

struct PatternPropertyNode {
    Pattern pattern;
    const SchemaNode* schema;
};

/// "If member `name` is there": then either the members of `required`, or `schema`.
struct DependencyNode {
    std::string name;
    std::vector<std::string> required;
    const SchemaNode* schema;
};

/// Pointers go into the graph that holds the node; nullptr and nullopt: not said.
struct SchemaNode {
    const Value* source = nullptr;
    std::string pointer;
    std::string base;  ///< URI against which its references are read
    const SchemaNode* reference = nullptr;
    bool never = false;

    unsigned type_bits = 0;  ///< 0: any
    std::vector<std::string> types;
    const Array* enumeration = nullptr;
    const Value* constant = nullptr;
    const Value* default_value = nullptr;
    std::string title;
    std::string description;

    std::string format;
    std::string pattern;
    Pattern matches;
    std::optional<std::int64_t> min_length, max_length;

    std::optional<Number> minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of;

    const SchemaNode* items = nullptr;  ///< of every item
    bool items_by_position = false;
    std::vector<const SchemaNode*> positions;
    const SchemaNode* additional_items = nullptr;
    const SchemaNode* contains = nullptr;
    std::optional<std::int64_t> min_items, max_items;
    bool unique_items = false;

    std::vector<PropertyNode> properties;
    std::vector<PatternPropertyNode> pattern_properties;
    const SchemaNode* additional_properties = nullptr;
    const SchemaNode* property_names = nullptr;
    std::vector<std::string> required;
    std::vector<DependencyNode> dependencies;
    std::optional<std::int64_t> min_properties, max_properties;

    std::vector<const SchemaNode*> all_of, any_of, one_of;
    const SchemaNode* negated = nullptr;
    const SchemaNode* condition = nullptr;
    const SchemaNode* consequence = nullptr;
    const SchemaNode* alternative = nullptr;

    const SchemaNode* property(std::string_view name) const {
        for (const PropertyNode& one : properties)
            if (one.name == name) return one.schema;
        return nullptr;
    }
};

struct SchemaGraph {
    std::string source;
    Value document;
    Value metaschema;              ///< null unless the document refers to it
    std::deque<SchemaNode> nodes;  ///< addresses hold
    const SchemaNode* root = nullptr;
};

/// What a reference stands for; the node itself when it is none.
inline const SchemaNode& target(const SchemaNode& node) {
    const SchemaNode* at = &node;
    while (at->reference != nullptr)
        at = at->reference;
    return *at;
}

/// A title beside a `$ref` is nearer than the title behind it: the field knows its name better
/// than its type does. (Keywords that judge are ignored there, draft-07 §8.3.)
inline const std::string& title_of(const SchemaNode& node) {
    const SchemaNode* at = &node;
    while (at->title.empty() && at->reference != nullptr)
        at = at->reference;
    return at->title;
}

/// The draft-07 metaschema, which a schema may refer to though it stands elsewhere.
inline constexpr std::string_view metaschema_uri = "http://json-schema.org/draft-07/schema";
std::string_view metaschema_text();

}  // namespace paraphe::json::detail
