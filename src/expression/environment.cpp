#include "expression/check.hpp"

namespace paraphe::expression {

namespace {

std::string_view first_name(std::string_view path) {
    return path.substr(0, path.find_first_of(".["));
}

}  // namespace

TypeEnvironment::TypeEnvironment(Type data) : data_(std::move(data)) {
    open_ = data_.is_any() || !data_.has_fields() || data_.is_open();
    levels_.emplace_back();
}

std::optional<Type> TypeEnvironment::find(std::string_view name) const {
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
        if (const auto found = level->names.find(name); found != level->names.end())
            return found->second;
    if (const Field* field = data_.field(name)) return field->type;
    if (open_) return Type::any();
    return std::nullopt;
}

void TypeEnvironment::declare(std::string_view name, Type type) {
    Level& level = levels_.back();
    level.names.insert_or_assign(std::string(name), std::move(type));
    // What was proved spoke of the former value.
    for (auto path = level.paths.begin(); path != level.paths.end();)
        path = first_name(path->first) == name ? level.paths.erase(path) : std::next(path);
}

void TypeEnvironment::narrow(std::string path, Type type) {
    levels_.back().paths.insert_or_assign(std::move(path), std::move(type));
}

std::optional<Type> TypeEnvironment::narrowed(std::string_view path) const {
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
        if (const auto found = level->paths.find(path); found != level->paths.end())
            return found->second;
        if (level->names.find(first_name(path)) != level->names.end()) return std::nullopt;
    }
    return std::nullopt;
}

void TypeEnvironment::push() {
    levels_.emplace_back();
}

void TypeEnvironment::pop() {
    if (levels_.size() > 1) levels_.pop_back();
}

std::vector<std::string> TypeEnvironment::names() const {
    std::vector<std::string> out;
    for (const Level& level : levels_)
        for (const auto& [name, type] : level.names)
            out.push_back(name);
    if (data_.has_fields())
        for (const Field& field : data_.fields())
            out.push_back(field.name);
    return out;
}

}  // namespace paraphe::expression
