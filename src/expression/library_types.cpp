#include "expression/library_types.hpp"

#include <algorithm>

namespace paraphe::expression::library {

Type element_or_missing(const Deduction& call) {
    if (call.type(0).is_only(Kind::text)) return Type(Kind::text) | Type(Kind::undefined);
    if (call.type(0).is_only(Kind::list)) return call.type(0).item(0);
    const Type element = call.type(0).element();
    return element.is_any() ? element : element | Type(Kind::undefined);
}

Type last_or_missing(const Deduction& call) {
    return call.type(0).is_only(Kind::list) ? call.type(0).item(-1) : element_or_missing(call);
}

Type extreme_or_missing(const Deduction& call) {
    const Type element = call.type(0).element();
    const bool surely = call.type(0).is_only(Kind::list) && call.type(0).min_items() > 0;
    return element.is_any() || surely ? element : element | Type(Kind::undefined);
}

Type same_as_input(const Deduction& call) {
    const Type& input = call.type(0);
    if (input.is_only(Kind::text)) return Type::list_of(Kind::text);
    if (!input.may_be(Kind::list)) return Kind::list;
    const Type out = Type::list_of(input.element());
    return input.is_only(Kind::list) ? out.with_items_between(input.min_items(), input.max_items())
                                     : out;
}

Type part_of_input(const Deduction& call) {
    const Type all = same_as_input(call);
    return all.with_items_between(0, all.max_items());
}

Type unique_of_input(const Deduction& call) {
    const Type all = same_as_input(call);
    return all.with_items_between(std::min<std::size_t>(all.min_items(), 1), all.max_items());
}

Type member_type(Type element, std::string_view attribute_path) {
    while (!attribute_path.empty()) {
        const auto dot = attribute_path.find('.');
        const Field* field = element.field(attribute_path.substr(0, dot));
        if (!field) return Type::any();
        element = field->type;
        if (dot == std::string_view::npos) break;
        attribute_path.remove_prefix(dot + 1);
    }
    return element;
}

Type values_type(const Type& map) {
    if (!map.has_fields() || map.is_open()) return Type::any();
    Type out = Type(Kind::none).without(Kind::none);
    for (const Field& each : map.fields())
        out = out | each.type.without(Kind::undefined);
    return out.impossible() ? Type::any() : out;
}

Type pairs_type(const Deduction& call) {
    return Type::list_of(
        Type::tuple_of({{{}, Kind::text, {}}, {{}, values_type(call.type(0)), {}}}));
}

Type groups_type(const Deduction& call) {
    const Type all = same_as_input(call);
    Type key = member_type(all.element(), call.text(1));
    if (!key.is_any()) key = key.without(Kind::undefined);
    if (call.types.size() > 2 && !call.types[2].is_only(Kind::undefined)) key = key | call.types[2];
    const Type items = Type::list_of(all.element()).with_items_between(1, all.max_items());
    return Type::list_of(Type::tuple_of(
        {{"grouper", key.impossible() ? Type::any() : key, {}}, {"list", items, {}}}));
}

}  // namespace paraphe::expression::library
