#include <algorithm>

#include "json/schema_node.hpp"

namespace paraphe::json {

using detail::SchemaNode;
using detail::target;

namespace {

/// The first of a node and the parts of its allOf (depth first) for which `has` holds.
template <typename Has>
const SchemaNode* first_with(const SchemaNode& node, Has has, int depth = 0) {
    const SchemaNode& at = target(node);
    if (has(at)) return &at;
    // allOf may refer back to itself.
    if (depth > 16) return nullptr;
    for (const SchemaNode* part : at.all_of)
        if (const SchemaNode* found = first_with(*part, has, depth + 1)) return found;
    return nullptr;
}

template <typename Visit>
void each_part(const SchemaNode& node, Visit visit, int depth = 0) {
    const SchemaNode& at = target(node);
    visit(at);
    if (depth > 16) return;
    for (const SchemaNode* part : at.all_of)
        each_part(*part, visit, depth + 1);
}

const std::string nothing;
const std::vector<std::string> no_types;

}  // namespace

bool SchemaView::is_never() const {
    return target(*node_).never;
}

const std::vector<std::string>& SchemaView::types() const {
    const SchemaNode* found =
        first_with(*node_, [](const SchemaNode& node) { return !node.types.empty(); });
    return found == nullptr ? no_types : found->types;
}

std::string SchemaView::type() const {
    std::string only;
    for (const std::string& name : types()) {
        if (name == "null") continue;
        if (!only.empty()) return {};
        only = name;
    }
    return only;
}

bool SchemaView::is_nullable() const {
    const auto& names = types();
    return std::find(names.begin(), names.end(), "null") != names.end();
}

const std::string& SchemaView::format() const {
    const SchemaNode* found =
        first_with(*node_, [](const SchemaNode& node) { return !node.format.empty(); });
    return found == nullptr ? nothing : found->format;
}

const std::string& SchemaView::pattern() const {
    const SchemaNode* found =
        first_with(*node_, [](const SchemaNode& node) { return !node.pattern.empty(); });
    return found == nullptr ? nothing : found->pattern;
}

const std::string& SchemaView::title() const {
    const std::string& own = detail::title_of(*node_);
    if (!own.empty()) return own;
    const SchemaNode* found =
        first_with(*node_, [](const SchemaNode& node) { return !node.title.empty(); });
    return found == nullptr ? nothing : found->title;
}

const std::string& SchemaView::description() const {
    for (const SchemaNode* at = node_; at != nullptr; at = at->reference)
        if (!at->description.empty()) return at->description;
    const SchemaNode* found =
        first_with(*node_, [](const SchemaNode& node) { return !node.description.empty(); });
    return found == nullptr ? nothing : found->description;
}

std::vector<SchemaView::Property> SchemaView::properties() const {
    std::vector<Property> out;
    each_part(*node_, [&](const SchemaNode& node) {
        for (const detail::PropertyNode& property : node.properties) {
            const auto known = std::find_if(out.begin(), out.end(), [&](const Property& one) {
                return one.name == property.name;
            });
            if (known == out.end())
                out.push_back(
                    {property.name, SchemaView(property.schema), is_required(property.name)});
        }
    });
    return out;
}

std::optional<SchemaView> SchemaView::property(std::string_view name) const {
    const SchemaNode* found =
        first_with(*node_, [&](const SchemaNode& node) { return node.property(name) != nullptr; });
    if (found == nullptr) return std::nullopt;
    return SchemaView(found->property(name));
}

bool SchemaView::is_required(std::string_view name) const {
    return first_with(*node_, [&](const SchemaNode& node) {
               return std::find(node.required.begin(), node.required.end(), name) !=
                      node.required.end();
           }) != nullptr;
}

bool SchemaView::allows_other_properties() const {
    return first_with(*node_, [](const SchemaNode& node) {
               return node.additional_properties != nullptr &&
                      target(*node.additional_properties).never;
           }) == nullptr;
}

std::optional<SchemaView> SchemaView::additional_properties() const {
    const SchemaNode* found = first_with(
        *node_, [](const SchemaNode& node) { return node.additional_properties != nullptr; });
    if (found == nullptr) return std::nullopt;
    return SchemaView(found->additional_properties);
}

std::optional<SchemaView> SchemaView::items() const {
    const SchemaNode* found =
        first_with(*node_, [](const SchemaNode& node) { return node.items != nullptr; });
    if (found == nullptr) return std::nullopt;
    return SchemaView(found->items);
}

const Array* SchemaView::enumeration() const {
    const SchemaNode* found =
        first_with(*node_, [](const SchemaNode& node) { return node.enumeration != nullptr; });
    return found == nullptr ? nullptr : found->enumeration;
}

const Value* SchemaView::constant() const {
    const SchemaNode* found =
        first_with(*node_, [](const SchemaNode& node) { return node.constant != nullptr; });
    return found == nullptr ? nullptr : found->constant;
}

const Value* SchemaView::default_value() const {
    for (const SchemaNode* at = node_; at != nullptr; at = at->reference)
        if (at->default_value != nullptr) return at->default_value;
    const SchemaNode* found =
        first_with(*node_, [](const SchemaNode& node) { return node.default_value != nullptr; });
    return found == nullptr ? nullptr : found->default_value;
}

std::vector<SchemaView> SchemaView::any_of() const {
    std::vector<SchemaView> out;
    for (const SchemaNode* branch : target(*node_).any_of)
        out.push_back(SchemaView(branch));
    return out;
}

std::vector<SchemaView> SchemaView::one_of() const {
    std::vector<SchemaView> out;
    for (const SchemaNode* branch : target(*node_).one_of)
        out.push_back(SchemaView(branch));
    return out;
}

std::vector<SchemaView::Conditional> SchemaView::conditionals() const {
    std::vector<Conditional> out;
    each_part(*node_, [&](const SchemaNode& node) {
        if (node.condition == nullptr) return;
        Conditional each{SchemaView(node.condition), std::nullopt, std::nullopt};
        if (node.consequence != nullptr) each.consequence = SchemaView(node.consequence);
        if (node.alternative != nullptr) each.alternative = SchemaView(node.alternative);
        out.push_back(std::move(each));
    });
    return out;
}

SchemaView::ItemCount SchemaView::items_between() const {
    ItemCount out;
    const auto said = [&](std::optional<std::int64_t> SchemaNode::*count, std::size_t& into) {
        const SchemaNode* found =
            first_with(*node_, [&](const SchemaNode& node) { return (node.*count).has_value(); });
        if (found != nullptr)
            into = static_cast<std::size_t>(std::max<std::int64_t>(*(found->*count), 0));
    };
    said(&SchemaNode::min_items, out.least);
    said(&SchemaNode::max_items, out.most);
    return out;
}

const Value& SchemaView::source() const {
    return *node_->source;
}
const Value* SchemaView::keyword(std::string_view name) const {
    const auto held = [&](const SchemaNode& node) {
        return node.source->is_object() ? node.source->find(name) : nullptr;
    };
    for (const SchemaNode* at = node_; at != nullptr; at = at->reference)
        if (const Value* found = held(*at)) return found;
    const SchemaNode* found =
        first_with(*node_, [&](const SchemaNode& node) { return held(node) != nullptr; });
    return found == nullptr ? nullptr : held(*found);
}
const std::string& SchemaView::pointer() const {
    return node_->pointer;
}

SchemaView Schema::root() const {
    return SchemaView(graph_->root);
}

namespace {

bool is_index(std::string_view key) {
    return !key.empty() && key.size() < 10 &&
           std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The schema of a member, wherever in allOf, anyOf, oneOf, then and else it is described.
const SchemaNode* member(const SchemaNode& node, const std::string& key, int depth = 0) {
    const SchemaNode& at = target(node);
    if (const SchemaNode* found = at.property(key)) return found;
    if (is_index(key)) {
        if (at.items != nullptr) return at.items;
        if (at.items_by_position) {
            const auto index = static_cast<std::size_t>(std::stoul(key));
            return index < at.positions.size() ? at.positions[index] : at.additional_items;
        }
    }
    if (depth <= 16) {
        for (const auto* branches : {&at.all_of, &at.any_of, &at.one_of})
            for (const SchemaNode* branch : *branches)
                if (const SchemaNode* found = member(*branch, key, depth + 1)) return found;
        for (const SchemaNode* branch : {at.consequence, at.alternative})
            if (branch != nullptr)
                if (const SchemaNode* found = member(*branch, key, depth + 1)) return found;
    }
    for (const detail::PatternPropertyNode& property : at.pattern_properties)
        if (property.pattern(key)) return property.schema;
    return at.additional_properties;
}

}  // namespace

std::optional<SchemaView> Schema::at(std::string_view instance_pointer) const {
    const SchemaNode* node = graph_->root;
    for (const std::string& key : split_pointer(instance_pointer)) {
        node = member(*node, key);
        if (node == nullptr) return std::nullopt;
    }
    return SchemaView(node);
}

}  // namespace paraphe::json
