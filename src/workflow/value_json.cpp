#include "workflow/value_json.hpp"

#include <limits>

#include "base/error.hpp"

namespace paraphe::workflow {

namespace {

using expression::Kind;
using expression::Value;

std::string digits(Decimal::Integer number) {
    if (number == 0) return "0";
    const bool negative = number < 0;
    std::string out;
    for (; number != 0; number /= 10) {
        const auto digit = static_cast<int>(number % 10);
        out.insert(out.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
    }
    return negative ? "-" + out : out;
}

std::string fraction(const Decimal& value) {
    return value.is_integer() ? digits(value.numerator())
                              : digits(value.numerator()) + "/" + digits(value.denominator());
}

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(ErrorKind::malformed_input, problem);
}

Decimal read_fraction(const std::string& text) {
    const std::size_t slash = text.find('/');
    const auto numerator = Decimal::parse(text.substr(0, slash));
    const auto denominator =
        slash == std::string::npos ? Decimal(1) : Decimal::parse(text.substr(slash + 1));
    if (!numerator || !denominator) refuse("'" + text + "' is not a fraction");
    return *numerator / *denominator;
}

json::Value tagged(const char* tag, json::Value value) {
    json::Object out;
    out.set(tag, std::move(value));
    return out;
}

json::Value map_to_json(const expression::Map& map) {
    json::Object out;
    bool reserved = false;
    for (const expression::Map::Entry& entry : map.entries()) {
        if (!entry.key.is_text()) refuse("only text names a member of the data");
        reserved = reserved || entry.key.text().rfind('$', 0) == 0;
        out.set(entry.key.text(), to_json(entry.value));
    }
    return reserved ? tagged("$map", std::move(out)) : json::Value(std::move(out));
}

Value map_from_json(const json::Object& object) {
    expression::Map out;
    for (const json::Member& member : object)
        out.set(member.key, value_from_json(member.value));
    return Value(std::move(out));
}

Value untag(const json::Member& member) {
    if (member.key == "$date") {
        const auto date = Date::parse(member.value.as_string());
        if (!date) refuse("'" + member.value.as_string() + "' is not a date");
        return *date;
    }
    if (member.key == "$centimes")
        return Money::from_exact_centimes(read_fraction(member.value.as_string()));
    if (member.key == "$decimal") return read_fraction(member.value.as_string());
    if (member.key == "$undefined") return Value();
    if (member.key == "$map") return map_from_json(member.value.as_object());
    if (member.key == "$duration") {
        const json::Array& parts = member.value.as_array();
        const auto part = [&](std::size_t i) {
            const std::int64_t number = parts.at(i).as_int64();
            if (number < std::numeric_limits<int>::min() ||
                number > std::numeric_limits<int>::max())
                refuse("a duration is too long");
            return static_cast<int>(number);
        };
        if (parts.size() != 2) refuse("a duration has two parts");
        return expression::Duration{part(0), part(1)};
    }
    refuse("unknown kind of value '" + member.key + "'");
}

}  // namespace

json::Value to_json(const Value& value) {
    switch (value.kind()) {
        case Kind::undefined:
            return tagged("$undefined", true);
        case Kind::none:
            return nullptr;
        case Kind::boolean:
            return value.boolean();
        case Kind::integer:
            return value.integer();
        case Kind::decimal:
            return tagged("$decimal", fraction(value.number()));
        case Kind::money:
            return tagged("$centimes", fraction(value.money().exact_centimes()));
        case Kind::date:
            return tagged("$date", value.date().to_string());
        case Kind::duration:
            return tagged("$duration", json::Array{value.duration().months, value.duration().days});
        case Kind::text:
            return value.text();
        case Kind::list: {
            json::Array out;
            for (const Value& item : value.items())
                out.push_back(to_json(item));
            return out;
        }
        case Kind::map:
            return map_to_json(value.map());
        case Kind::object:
        case Kind::picture:
        case Kind::content:
            break;
    }
    refuse("a value of the datamodel cannot be stored: " +
           std::string(expression::name(value.kind())));
}

Value value_from_json(const json::Value& value) {
    switch (value.type()) {
        case json::Type::null:
            return Value::none();
        case json::Type::boolean:
            return value.as_boolean();
        case json::Type::number: {
            const auto decimal = value.as_number().to_decimal();
            if (!decimal) refuse("the number " + value.as_number().text() + " is too long");
            return *decimal;
        }
        case json::Type::string:
            return value.as_string();
        case json::Type::array: {
            std::vector<Value> items;
            for (const json::Value& item : value.as_array())
                items.push_back(value_from_json(item));
            return Value(std::move(items));
        }
        case json::Type::object:
            break;
    }
    const json::Object& object = value.as_object();
    if (object.size() == 1 && object.begin()->key.rfind('$', 0) == 0) return untag(*object.begin());
    return map_from_json(object);
}

}  // namespace paraphe::workflow
