#include "expression/data.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "expression/content.hpp"

namespace paraphe::expression {

/// One place of the schema: how its value is read.
struct Typing::Shape {
    struct Property {
        std::string name;
        std::shared_ptr<const Shape> shape;
        const json::Value* standard = nullptr;
        std::shared_ptr<const json::Value> standard_owner;
    };

    Type type;
    std::string format;
    std::vector<Property> properties;
    std::shared_ptr<const Shape> others;   ///< of further properties
    std::shared_ptr<const Shape> element;  ///< of a list
    std::vector<std::shared_ptr<const Shape>> branches;
};

namespace {

using Shape = Typing::Shape;
using ShapePtr = std::shared_ptr<const Shape>;

/// A schema that refers to itself stops being known here.
constexpr int max_schema_depth = 24;

ShapePtr unknown() {
    static const ShapePtr shape = std::make_shared<const Shape>();
    return shape;
}

Type base_type(const std::string& name, const std::string& format) {
    if (name == "boolean") return Kind::boolean;
    if (format == "centimes" && (name == "integer" || name == "number")) return Kind::money;
    if (format == "decimal" && (name == "string" || name == "number" || name == "integer"))
        return Type::number();
    if (name == "integer") return Kind::integer;
    if (name == "number") return Type::number();
    if (name == "string" && format == "image") return Kind::picture;
    if (name == "string") return format == "date" ? Kind::date : Kind::text;
    if (name == "array") return Kind::list;
    if (name == "object") return Kind::map;
    if (name == "null") return Kind::none;
    return Type::any();
}

ShapePtr build(const json::SchemaView& view, int depth);

/// A scalar of the schema as a value of the language; nullopt for lists, groups and null.
std::optional<Value> scalar(const json::Value& json) {
    if (const auto* text = json.if_string()) return Value(*text);
    if (const auto* flag = json.if_boolean()) return Value(*flag);
    if (const auto* number = json.if_number())
        if (const auto integer = number->to_int64()) return Value(*integer);
    return std::nullopt;
}

/// The values of `const` or `enum`; empty where they are not all told.
std::vector<Value> listed_values(const json::SchemaView& view) {
    std::vector<const json::Value*> all;
    if (const json::Value* constant = view.constant())
        all.push_back(constant);
    else if (const json::Array* values = view.enumeration())
        for (const json::Value& each : *values)
            all.push_back(&each);
    std::vector<Value> out;
    for (const json::Value* each : all) {
        if (each->is_null()) continue;
        auto value = scalar(*each);
        if (!value) return {};
        out.push_back(std::move(*value));
    }
    return out;
}

std::vector<std::string> required_names(const json::SchemaView& view) {
    std::vector<std::string> out;
    if (const json::Value* required = view.source().find("required"))
        if (const json::Array* names = required->if_array())
            for (const json::Value& each : *names)
                if (const auto* name = each.if_string()) out.push_back(*name);
    return out;
}

/// What a branch (then, else, one of oneOf) says of the fields that it names.
std::vector<Field> branch_fields(const json::SchemaView& branch, int depth) {
    std::vector<Field> out;
    for (const json::SchemaView::Property& property : branch.properties()) {
        const ShapePtr shape = build(property.schema, depth + 1);
        Type type = property.schema.is_never() ? Type(Kind::undefined) : shape->type;
        if (!property.required && !property.schema.default_value() && !type.is_any())
            type = type | Type(Kind::undefined);
        else if (property.required)
            type = type.without(Kind::undefined);
        out.push_back({property.name, std::move(type), property.schema.title()});
    }
    for (const std::string& name : required_names(branch))
        if (std::none_of(out.begin(), out.end(),
                         [&](const Field& each) { return each.name == name; }))
            out.push_back({name, Type::any().without(Kind::undefined), {}});
    return out;
}

/// What `if` asks, when it asks only for constants and presence; empty when for more.
std::vector<Condition> conditions_of(const json::SchemaView& view) {
    for (const char* other : {"not", "anyOf", "oneOf", "allOf", "if", "minProperties"})
        if (view.source().find(other)) return {};
    std::vector<Condition> out;
    for (const json::SchemaView::Property& property : view.properties()) {
        std::vector<Value> values = listed_values(property.schema);
        if (values.empty()) return {};
        out.push_back({property.name, std::move(values)});
    }
    for (const std::string& name : required_names(view))
        out.push_back({name, {}});
    return out;
}

void add_conditionals(const json::SchemaView& view, std::vector<Implication>& out, int depth) {
    for (const json::SchemaView::Conditional& each : view.conditionals()) {
        Implication made;
        made.conditions = conditions_of(each.condition);
        if (each.consequence) made.then = branch_fields(*each.consequence, depth);
        if (each.alternative) made.otherwise = branch_fields(*each.alternative, depth);
        out.push_back(std::move(made));
    }
    const json::Value* dependencies = view.source().find("dependencies");
    const json::Object* members = dependencies ? dependencies->if_object() : nullptr;
    if (!members) return;
    for (const json::Member& member : *members) {
        const json::Array* names = member.value.if_array();
        if (!names) continue;
        Implication made{{{member.key, {}}}, {}, {}};
        for (const json::Value& each : *names)
            if (const auto* name = each.if_string())
                made.then.push_back({*name, Type::any().without(Kind::undefined), {}});
        out.push_back(std::move(made));
    }
}

/// Alternatives of oneOf or anyOf that a constant of one field tells apart.
void add_alternatives(const std::vector<json::SchemaView>& branches,
                      const std::vector<Field>& outside, std::vector<Implication>& out, int depth) {
    if (branches.size() < 2) return;
    std::vector<std::vector<Field>> all;
    for (const json::SchemaView& branch : branches)
        all.push_back(branch_fields(branch, depth));
    for (const Field& first : all.front()) {
        // Any boolean has its two values counted; only a constant tells alternatives apart.
        const auto told = [&](const std::vector<Field>& fields) -> const std::vector<Value>* {
            const auto field = std::find_if(fields.begin(), fields.end(), [&](const Field& each) {
                return each.name == first.name;
            });
            if (field == fields.end() || !field->type.values()) return nullptr;
            const bool open = field->type.may_be(Kind::boolean) && field->type.values()->size() > 1;
            return open ? nullptr : field->type.values();
        };
        std::vector<Implication> made;
        for (const std::vector<Field>& fields : all) {
            const std::vector<Value>* values = told(fields);
            if (!values) break;
            Implication each{{{first.name, *values}}, fields, {}};
            // What only the other alternatives have is not there.
            for (const std::vector<Field>& others : all)
                for (const Field& other : others) {
                    const auto known = [&](const std::vector<Field>& in) {
                        return std::any_of(in.begin(), in.end(), [&](const Field& one) {
                            return one.name == other.name;
                        });
                    };
                    if (!known(each.then) && !known(outside))
                        each.then.push_back({other.name, Kind::undefined, {}});
                }
            made.push_back(std::move(each));
        }
        if (made.size() != all.size()) continue;
        out.insert(out.end(), made.begin(), made.end());
        return;
    }
}

Type object_type(const json::SchemaView& view, const std::vector<json::SchemaView>& branches,
                 Shape& shape, int depth) {
    std::vector<Field> fields;
    for (const json::SchemaView::Property& property : view.properties()) {
        Shape::Property out;
        out.name = property.name;
        out.shape = build(property.schema, depth + 1);
        if (const json::Value* standard = property.schema.default_value()) {
            out.standard_owner = std::make_shared<const json::Value>(*standard);
            out.standard = out.standard_owner.get();
        }
        Type type = out.shape->type;
        if (!property.required && !out.standard && !type.is_any())
            type = type | Type(Kind::undefined);
        fields.push_back({property.name, type, property.schema.title()});
        shape.properties.push_back(std::move(out));
    }
    std::vector<Implication> implications;
    add_conditionals(view, implications, depth);
    // Fields that only a condition brings in: they may be missing where it is not proved.
    for (const json::SchemaView::Conditional& each : view.conditionals())
        for (const auto* branch : {&each.consequence, &each.alternative}) {
            if (!*branch) continue;
            for (const json::SchemaView::Property& property : (*branch)->properties()) {
                if (std::any_of(fields.begin(), fields.end(),
                                [&](const Field& field) { return field.name == property.name; }))
                    continue;
                Shape::Property out;
                out.name = property.name;
                out.shape = build(property.schema, depth + 1);
                Type type = out.shape->type;
                if (!type.is_any()) type = type | Type(Kind::undefined);
                fields.push_back({property.name, std::move(type), property.schema.title()});
                shape.properties.push_back(std::move(out));
            }
        }
    add_alternatives(branches, fields, implications, depth);
    const auto additional = view.additional_properties();
    const bool others_may_come = additional && !additional->is_never();
    if (others_may_come) shape.others = build(*additional, depth + 1);
    const json::Value* said = view.source().find("additionalProperties");
    const bool open = others_may_come || (said && said->if_boolean() && *said->if_boolean()) ||
                      view.source().find("patternProperties") != nullptr;
    if (fields.empty() && view.allows_other_properties()) return Kind::map;
    Type out = Type::map_of(std::move(fields), open);
    std::erase_if(implications, [](const Implication& each) { return each.conditions.empty(); });
    return implications.empty() ? out : out.with_implications(std::move(implications));
}

/// An object with the fields that its alternatives add; what it says of its own fields stands.
Type with_alternatives(const Type& own, const Type& branches) {
    if (!own.has_fields() || !branches.has_fields()) return own | branches;
    std::vector<Field> fields = own.fields();
    for (const Field& each : branches.fields())
        if (!own.field(each.name)) fields.push_back(each);
    return own.with_fields(std::move(fields));
}

/// The type with what const and enum leave of it.
Type with_listed(Type type, const json::SchemaView& view, const std::string& format) {
    if (format == "date" || format == "centimes" || format == "decimal" || format == "image")
        return type;
    if (type.is_only(Kind::boolean) && !view.constant() && !view.enumeration())
        return type.with_values({Value(true), Value(false)});
    std::vector<Value> values = listed_values(view);
    if (values.empty()) return type;
    if (const json::Array* all = view.enumeration())
        if (std::none_of(all->begin(), all->end(), [](const auto& each) { return each.is_null(); }))
            type = type.without(Kind::none);
    return type.with_values(std::move(values));
}

ShapePtr build(const json::SchemaView& view, int depth) {
    if (depth > max_schema_depth) return unknown();
    auto shape = std::make_shared<Shape>();
    shape->format = view.format();
    std::vector<std::string> names = view.types();
    const bool has_properties = !view.properties().empty();
    if (names.empty() && has_properties) names = {"object"};
    if (names.empty() && view.items()) names = {"array"};
    auto branches = view.any_of();
    for (const json::SchemaView& branch : view.one_of())
        branches.push_back(branch);

    const auto [least, most] = view.items_between();
    Type type = Type(Kind::none).without(Kind::none);
    for (const std::string& name : names) {
        if (name == "object") {
            type = type | object_type(view, branches, *shape, depth);
        } else if (name == "array") {
            Type list(Kind::list);
            if (const auto items = view.items()) {
                shape->element = build(*items, depth + 1);
                list = Type::list_of(shape->element->type);
            }
            type = type | list.with_items_between(least, most);
        } else {
            type = type | base_type(name, shape->format);
        }
    }
    if (names.empty()) {
        const json::Value* constant = view.constant();
        const json::Array* values = view.enumeration();
        std::vector<const json::Value*> samples;
        if (constant) samples.push_back(constant);
        if (values)
            for (const json::Value& value : *values)
                samples.push_back(&value);
        for (const json::Value* sample : samples)
            type = type | base_type(to_string(sample->type()), {});
    }
    if (!type.impossible()) type = with_listed(std::move(type), view, shape->format);
    // Branches say what the type may be, where the schema itself does not, or add fields to it.
    bool fits = false;
    Type branch_type = Type(Kind::none).without(Kind::none);
    for (const json::SchemaView& branch : branches) {
        ShapePtr part = build(branch, depth + 1);
        if (!part->type.is_any()) {
            branch_type = branch_type | part->type;
            fits = true;
        }
        shape->branches.push_back(std::move(part));
    }
    if (names.empty() && fits) {
        type = type.impossible() ? branch_type : type | branch_type;
        std::vector<Implication> implications;
        if (type.may_be(Kind::map)) add_alternatives(branches, {}, implications, depth);
        if (!implications.empty()) type = type.with_implications(std::move(implications));
    } else if (fits && has_properties) {
        type = with_alternatives(type, branch_type);
    }
    shape->type = type.impossible() ? Type::any().with_items_between(least, most) : type;
    return shape;
}

[[noreturn]] void refuse(const std::shared_ptr<const Origin>& origin, const std::string& problem,
                         const std::string& remedy) {
    throw Error(ErrorKind::malformed_input, problem, {{}, 0, 0, origin->pointer()}, remedy,
                "P0111");
}

Value picture(std::string_view uri, const std::shared_ptr<const Origin>& origin) {
    try {
        return parse_picture_uri(uri);
    } catch (const Error& error) {
        throw Error(error.kind(), error.problem(), {{}, 0, 0, origin->pointer()}, error.remedy(),
                    error.code());
    }
}

std::shared_ptr<const Origin> child(const std::shared_ptr<const Origin>& parent, std::string key) {
    return std::make_shared<const Origin>(Origin{parent, std::move(key), 0, false});
}

/// The branch of anyOf/oneOf that describes this JSON value, as far as its kind tells.
const Shape& chosen(const Shape& shape, const json::Value& json) {
    if (shape.branches.empty() || !shape.format.empty() || !shape.properties.empty() ||
        shape.element)
        return shape;
    for (const ShapePtr& branch : shape.branches) {
        const Type& type = branch->type;
        const bool fits =
            (json.is_object() && type.may_be(Kind::map)) ||
            (json.is_array() && type.may_be(Kind::list)) ||
            (json.is_string() && (type.may_be(Kind::text) || type.may_be(Kind::picture) ||
                                  type.may_be(Kind::date) || branch->format == "decimal")) ||
            (json.is_number() && (type.may_be(Kind::integer) || type.may_be(Kind::money))) ||
            (json.is_boolean() && type.may_be(Kind::boolean)) ||
            (json.is_null() && type.may_be(Kind::none));
        if (fits && !type.is_any()) return chosen(*branch, json);
    }
    return shape;
}

const Shape* shape_of_property(const Shape& shape, std::string_view name) {
    for (const Shape::Property& property : shape.properties)
        if (property.name == name) return property.shape.get();
    for (const ShapePtr& branch : shape.branches)
        if (const Shape* found = shape_of_property(*branch, name)) return found;
    return shape.others ? shape.others.get() : nullptr;
}

Value convert(const json::Value& json, const Shape& described,
              const std::shared_ptr<const Origin>& origin) {
    const Shape& shape = chosen(described, json);
    if (const auto* text = json.if_string()) {
        if (shape.format == "date") {
            if (const auto date = Date::parse(*text)) return *date;
            refuse(origin, "« " + *text + " » n'est pas une date", "une date s'écrit AAAA-MM-JJ");
        }
        if (shape.format == "decimal") {
            if (const auto number = Decimal::parse(*text)) return *number;
            refuse(origin, "« " + *text + " » n'est pas un nombre", "écrivez-le comme 12.50");
        }
        // Where nothing is said of the field, a picture is known by its beginning.
        if (shape.format == "image" || (shape.type.is_any() && is_picture_uri(*text)))
            return picture(*text, origin);
        return *text;
    }
    if (const auto* number = json.if_number()) {
        if (shape.format == "centimes") {
            const auto centimes = number->to_int64();
            if (!centimes)
                refuse(origin, "un montant est un nombre entier de centimes, pas " + number->text(),
                       "écrivez 1234 pour 12,34 €");
            return Money::from_centimes(*centimes);
        }
        if (const auto integer = number->to_int64()) return *integer;
        if (number->is_integer())
            refuse(origin, "le nombre entier " + number->text() + " dépasse 64 bits",
                   "écrivez-le comme un texte");
        if (const auto decimal = number->to_decimal()) return *decimal;
        refuse(origin, "le nombre " + number->text() + " a trop de chiffres",
               "37 chiffres au plus");
    }
    if (const auto* array = json.if_array()) {
        List out;
        out.items.reserve(array->size());
        const Shape& element = shape.element ? *shape.element : *unknown();
        for (std::size_t i = 0; i < array->size(); ++i)
            out.items.push_back(convert(
                (*array)[i], element, std::make_shared<const Origin>(Origin{origin, {}, i, true})));
        if (shape.element)
            out.element = std::shared_ptr<const Type>(shape.element, &shape.element->type);
        return out;
    }
    if (const auto* object = json.if_object()) {
        std::vector<Map::Entry> entries;
        entries.reserve(object->size());
        for (const json::Member& member : *object) {
            const Shape* of = shape_of_property(shape, member.key);
            entries.push_back({member.key, convert(member.value, of ? *of : *unknown(),
                                                   child(origin, member.key))});
        }
        for (const Shape::Property& property : shape.properties)
            if (property.standard && !object->contains(property.name))
                entries.push_back({property.name, convert(*property.standard, *property.shape,
                                                          child(origin, property.name))});
        return Map(std::move(entries));
    }
    if (const auto* boolean = json.if_boolean()) return *boolean;
    return Value::none();
}

}  // namespace

Typing::Typing() : shape_(unknown()) {}
Typing::Typing(const json::SchemaView& view) : shape_(build(view, 0)) {}

const Type& Typing::type() const {
    return shape_->type;
}

Value Typing::value(const json::Value& json) const {
    const auto root = std::make_shared<const Origin>();
    return convert(json, *shape_, root).with_origin(root);
}

Value from_json(const json::Value& json, const json::Schema* schema) {
    return (schema ? Typing(*schema) : Typing()).value(json);
}

Type type_from_schema(const json::Schema& schema) {
    return Typing(schema).type();
}

}  // namespace paraphe::expression
