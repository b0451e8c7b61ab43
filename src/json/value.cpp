#include "json/value.hpp"

#include <functional>

#include "base/error.hpp"

namespace paraphe::json {

std::string to_string(Type type) {
    switch (type) {
        case Type::null:
            return "null";
        case Type::boolean:
            return "boolean";
        case Type::number:
            return "number";
        case Type::string:
            return "string";
        case Type::array:
            return "array";
        case Type::object:
            return "object";
    }
    return {};
}

// --- Object -------------------------------------------------------------------------------------

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
/// Up to here a walk is as fast as a hash.
constexpr std::size_t few = 16;

std::size_t hash(std::string_view key) {
    return std::hash<std::string_view>{}(key);
}

}  // namespace

Object::Object() = default;
Object::Object(const Object&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

Object::Object(std::initializer_list<Member> members) {
    for (const Member& member : members)
        set(member.key, member.value);
}

bool Object::empty() const {
    return members_.empty();
}
std::size_t Object::size() const {
    return members_.size();
}
const Member* Object::begin() const {
    return members_.data();
}
const Member* Object::end() const {
    return members_.data() + members_.size();
}

/// A slot holds an index plus one; 0 is free. At most half of them are taken.
std::size_t Object::index_of(std::string_view key) const {
    if (slots_.empty()) {
        for (std::size_t i = 0; i < members_.size(); ++i)
            if (members_[i].key == key) return i;
        return nowhere;
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = hash(key) & mask; slots_[slot] != 0; slot = (slot + 1) & mask)
        if (members_[slots_[slot] - 1].key == key) return slots_[slot] - 1;
    return nowhere;
}

void Object::remember(std::size_t index) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash(members_[index].key) & mask;
    while (slots_[slot] != 0)
        slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(index + 1);
}

void Object::rebuild() {
    slots_.clear();
    if (members_.size() <= few) return;
    std::size_t size = 64;
    while (size < members_.size() * 4)
        size *= 2;
    slots_.assign(size, 0);
    for (std::size_t i = 0; i < members_.size(); ++i)
        remember(i);
}

const Value* Object::find(std::string_view key) const {
    const std::size_t index = index_of(key);
    return index == nowhere ? nullptr : &members_[index].value;
}

Value* Object::find(std::string_view key) {
    const std::size_t index = index_of(key);
    return index == nowhere ? nullptr : &members_[index].value;
}

bool Object::insert(std::string key, Value value) {
    if (index_of(key) != nowhere) return false;
    members_.push_back({std::move(key), std::move(value)});
    if (members_.size() <= few) return true;
    if (slots_.size() < members_.size() * 2)
        rebuild();
    else
        remember(members_.size() - 1);
    return true;
}

Value& Object::set(std::string key, Value value) {
    const std::size_t index = index_of(key);
    if (index != nowhere) return members_[index].value = std::move(value);
    insert(std::move(key), std::move(value));
    return members_.back().value;
}

bool Object::erase(std::string_view key) {
    const std::size_t index = index_of(key);
    if (index == nowhere) return false;
    members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(index));
    rebuild();
    return true;
}

bool Object::operator==(const Object& other) const {
    if (size() != other.size()) return false;
    for (const Member& member : members_) {
        const Value* same = other.find(member.key);
        if (same == nullptr || !(*same == member.value)) return false;
    }
    return true;
}

// --- Value --------------------------------------------------------------------------------------

namespace {

[[noreturn]] void refuse_type(Type wanted, Type found) {
    throw Error(ErrorKind::malformed_input,
                "JSON " + to_string(wanted) + " expected, " + to_string(found) + " found", {}, {},
                "json_type");
}

}  // namespace

bool Value::as_boolean() const {
    if (const bool* value = if_boolean()) return *value;
    refuse_type(Type::boolean, type());
}

const Number& Value::as_number() const {
    if (const Number* value = if_number()) return *value;
    refuse_type(Type::number, type());
}

std::int64_t Value::as_int64() const {
    if (const auto value = as_number().to_int64()) return *value;
    throw Error(ErrorKind::malformed_input,
                "JSON integer of 64 bits expected, " + as_number().text() + " found", {}, {},
                "json_type");
}

const std::string& Value::as_string() const {
    if (const std::string* value = if_string()) return *value;
    refuse_type(Type::string, type());
}

const Array& Value::as_array() const {
    if (const Array* value = if_array()) return *value;
    refuse_type(Type::array, type());
}

Array& Value::as_array() {
    if (Array* value = std::get_if<Array>(&value_)) return *value;
    refuse_type(Type::array, type());
}

const Object& Value::as_object() const {
    if (const Object* value = if_object()) return *value;
    refuse_type(Type::object, type());
}

Object& Value::as_object() {
    if (Object* value = std::get_if<Object>(&value_)) return *value;
    refuse_type(Type::object, type());
}

const Value* Value::find(std::string_view key) const {
    const Object* object = if_object();
    return object == nullptr ? nullptr : object->find(key);
}

const Value& Value::at(std::string_view key) const {
    if (const Value* value = find(key)) return *value;
    throw Error(ErrorKind::malformed_input, "JSON member '" + std::string(key) + "' is missing", {},
                {}, "json_member");
}

std::string Value::string_or(std::string_view key, std::string_view otherwise) const {
    const Value* value = find(key);
    return value == nullptr ? std::string(otherwise) : value->as_string();
}

}  // namespace paraphe::json
