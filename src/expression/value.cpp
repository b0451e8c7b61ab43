#include "expression/value.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/suggestion.hpp"
#include "base/utf8.hpp"
#include "expression/content.hpp"

namespace paraphe::expression {

namespace {

/// Below this size a walk is faster than a hash.
constexpr std::size_t indexed_from = 9;

/// Equal keys have equal writings: 1, 1.0 and true are one key, as in Python.
std::string canonical(const Value& key) {
    switch (key.kind()) {
        case Kind::text:
            return "t" + key.text();
        case Kind::boolean:
            return key.boolean() ? "n1" : "n0";
        case Kind::integer:
            return "n" + std::to_string(key.integer());
        case Kind::decimal: {
            const Decimal number = key.number();
            if (number.scale()) return "n" + number.to_string();
            return "n" + Decimal::fraction(number.numerator(), 1).to_string() + "/" +
                   Decimal::fraction(number.denominator(), 1).to_string();
        }
        case Kind::money:
            return "m" + key.money().exact_centimes().to_string();
        case Kind::date:
            return "d" + key.date().to_string();
        case Kind::none:
            return "-";
        case Kind::list:
            if (key.list().form != List::Form::list) {  // a tuple is a key when its members are
                std::string out = "(";
                for (const Value& each : key.items()) {
                    const std::string writing = canonical(each);
                    out += std::to_string(writing.size()) + ":" + writing;
                }
                return out;
            }
            [[fallthrough]];
        default:
            throw Error(ErrorKind::malformed_input,
                        std::string(name(key.kind())) + " ne peut pas être une clé", {},
                        "prenez un texte ou un nombre comme clé", "P0111");
    }
}

[[noreturn]] void wrong_kind(Kind is, Kind wanted) {
    throw Error(ErrorKind::internal,
                "value is " + std::string(name(is)) + ", not " + std::string(name(wanted)));
}

void append_pointer(const Origin& origin, std::string& out) {
    if (!origin.parent) return;
    append_pointer(*origin.parent, out);
    out += '/';
    if (origin.is_index) {
        out += std::to_string(origin.index);
        return;
    }
    for (const char c : origin.key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
}

}  // namespace

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::undefined:
            return "une valeur absente";
        case Kind::none:
            return "une valeur vide (none)";
        case Kind::boolean:
            return "un oui/non";
        case Kind::integer:
            return "un nombre entier";
        case Kind::decimal:
            return "un nombre";
        case Kind::money:
            return "un montant";
        case Kind::date:
            return "une date";
        case Kind::duration:
            return "une durée";
        case Kind::text:
            return "un texte";
        case Kind::list:
            return "une liste";
        case Kind::map:
            return "un groupe de champs";
        case Kind::object:
            return "un objet";
        case Kind::picture:
            return "une image";
        case Kind::content:
            return "un contenu mis en forme";
    }
    return "une valeur";
}

std::string Origin::pointer() const {
    std::string out;
    append_pointer(*this, out);
    return out;
}

Value::Value(const Decimal& number) {
    if (const auto integer = number.to_int64())
        storage_ = *integer;
    else
        storage_ = number;
}

Value::Value(std::string text) : storage_(std::make_shared<const std::string>(std::move(text))) {}
Value::Value(List list) : storage_(std::make_shared<const List>(std::move(list))) {}
Value::Value(std::vector<Value> items) : Value(List{std::move(items), List::Form::list, nullptr}) {}
Value::Value(Map map) : storage_(std::make_shared<const Map>(std::move(map))) {}
Value::Value(std::shared_ptr<Object> object) : storage_(std::move(object)) {}
Value::Value(Picture picture) : storage_(std::make_shared<const Picture>(std::move(picture))) {}
Value::Value(Content content) : storage_(std::make_shared<const Content>(std::move(content))) {}

Value Value::none() {
    Value out;
    out.storage_ = None{};
    return out;
}

Value Value::undefined(std::string message, std::string remedy) {
    return undefined(Undefined{std::move(message), std::move(remedy), {}, nullptr, false});
}

Value Value::undefined(Undefined explanation) {
    Value out;
    out.storage_ = std::make_shared<const Undefined>(std::move(explanation));
    return out;
}

bool Value::boolean() const {
    if (const auto* out = std::get_if<bool>(&storage_)) return *out;
    wrong_kind(kind(), Kind::boolean);
}

std::int64_t Value::integer() const {
    if (const auto* out = std::get_if<std::int64_t>(&storage_)) return *out;
    wrong_kind(kind(), Kind::integer);
}

Decimal Value::number() const {
    if (const auto* out = std::get_if<std::int64_t>(&storage_)) return Decimal(*out);
    if (const auto* out = std::get_if<Decimal>(&storage_)) return *out;
    wrong_kind(kind(), Kind::decimal);
}

const Money& Value::money() const {
    if (const auto* out = std::get_if<Money>(&storage_)) return *out;
    wrong_kind(kind(), Kind::money);
}

const Date& Value::date() const {
    if (const auto* out = std::get_if<Date>(&storage_)) return *out;
    wrong_kind(kind(), Kind::date);
}

const Duration& Value::duration() const {
    if (const auto* out = std::get_if<Duration>(&storage_)) return *out;
    wrong_kind(kind(), Kind::duration);
}

const std::string& Value::text() const {
    if (const auto* out = std::get_if<std::shared_ptr<const std::string>>(&storage_)) return **out;
    wrong_kind(kind(), Kind::text);
}

const List& Value::list() const {
    if (const auto* out = std::get_if<std::shared_ptr<const List>>(&storage_)) return **out;
    wrong_kind(kind(), Kind::list);
}

const std::shared_ptr<const Map>& Value::shared_map() const {
    if (const auto* out = std::get_if<std::shared_ptr<const Map>>(&storage_)) return *out;
    wrong_kind(kind(), Kind::map);
}

const Map& Value::map() const {
    return *shared_map();
}

const std::shared_ptr<Object>& Value::object() const {
    if (const auto* out = std::get_if<std::shared_ptr<Object>>(&storage_)) return *out;
    wrong_kind(kind(), Kind::object);
}

const Picture& Value::picture() const {
    if (const auto* out = std::get_if<std::shared_ptr<const Picture>>(&storage_)) return **out;
    wrong_kind(kind(), Kind::picture);
}

const Content& Value::content() const {
    if (const auto* out = std::get_if<std::shared_ptr<const Content>>(&storage_)) return **out;
    wrong_kind(kind(), Kind::content);
}

const Undefined* Value::explanation() const {
    const auto* out = std::get_if<std::shared_ptr<const Undefined>>(&storage_);
    return out ? out->get() : nullptr;
}

Value Value::with_origin(std::shared_ptr<const Origin> origin) const {
    Value out = *this;
    out.origin_ = std::move(origin);
    return out;
}

Map::Map(std::vector<Entry> entries) : entries_(std::move(entries)) {
    if (entries_.size() < indexed_from) return;
    index_.reserve(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i)
        index_[canonical(entries_[i].key)] = i;
}

const Value* Map::find(std::string_view key) const {
    if (!index_.empty()) {
        std::string wanted = "t";
        wanted += key;
        const auto found = index_.find(wanted);
        return found == index_.end() ? nullptr : &entries_[found->second].value;
    }
    for (const Entry& entry : entries_)
        if (entry.key.is_text() && entry.key.text() == key) return &entry.value;
    return nullptr;
}

const Value* Map::find(const Value& key) const {
    if (key.is_text()) return find(std::string_view(key.text()));
    if (!index_.empty()) {
        const auto found = index_.find(canonical(key));
        return found == index_.end() ? nullptr : &entries_[found->second].value;
    }
    const std::string wanted = canonical(key);
    for (const Entry& entry : entries_)
        if (canonical(entry.key) == wanted) return &entry.value;
    return nullptr;
}

void Map::set(Value key, Value value) {
    if (const Value* there = find(key)) {
        const_cast<Value&>(*there) = std::move(value);
        return;
    }
    std::string written = canonical(key);
    entries_.push_back({std::move(key), std::move(value)});
    if (!index_.empty()) {
        index_[std::move(written)] = entries_.size() - 1;
    } else if (entries_.size() >= indexed_from) {
        for (std::size_t i = 0; i < entries_.size(); ++i)
            index_[canonical(entries_[i].key)] = i;
    }
}

Value Object::attribute(std::string_view attribute_name) const {
    return Value::undefined(name() + " n'a pas de champ « " + std::string(attribute_name) + " »");
}

void Object::assign(std::string_view, Value) {
    throw Error(ErrorKind::malformed_input, "on ne peut rien affecter à " + name(), {},
                "créez un namespace(…) pour garder une valeur modifiable", "P0111");
}

Value Object::call(std::string_view method, const std::vector<Value>&) {
    throw Error(ErrorKind::malformed_input,
                name() + " n'a pas de méthode « " + std::string(method) + " »", {}, {}, "P0105");
}

std::string Object::text() const {
    throw Error(ErrorKind::malformed_input, name() + " ne s'imprime pas", {}, {}, "P0113");
}

void throw_undefined(const Value& value) {
    const Undefined* why = value.explanation();
    if (!why)
        throw Error(ErrorKind::malformed_input, "la valeur est absente", {},
                    "gardez-la par « default(…) » ou « if … is defined »", "P0112");
    std::string remedy = why->remedy;
    if (remedy.empty() && why->siblings) {
        std::vector<std::string> candidates;
        for (const Map::Entry& entry : why->siblings->entries())
            if (entry.key.is_text()) candidates.push_back(entry.key.text());
        remedy = did_you_mean(why->name, candidates);
    }
    if (remedy.empty()) remedy = "gardez-la par « default(…) » ou « if … is defined »";
    throw Error(ErrorKind::malformed_input, why->message, {}, remedy, "P0112");
}

bool is_among(const Value& wanted, const std::vector<Value>& values) {
    return std::any_of(values.begin(), values.end(),
                       [&](const Value& each) { return equal(each, wanted); });
}

bool truth(const Value& value) {
    switch (value.kind()) {
        case Kind::undefined:
            if (value.explanation() && value.explanation()->lenient) return false;
            throw_undefined(value);
        case Kind::none:
            return false;
        case Kind::boolean:
            return value.boolean();
        case Kind::integer:
            return value.integer() != 0;
        case Kind::decimal:
            return !value.number().is_zero();
        case Kind::money:
            return !value.money().exact_centimes().is_zero();
        case Kind::duration:
            return value.duration() != Duration{};
        case Kind::text:
            return !value.text().empty();
        case Kind::list:
            return !value.items().empty();
        case Kind::map:
            return value.map().size() != 0;
        case Kind::content:
            return !value.content().text().empty();
        case Kind::date:
        case Kind::object:
        case Kind::picture:
            return true;
    }
    return true;
}

}  // namespace paraphe::expression
