#pragma once

#include <string_view>

#include "expression/registry.hpp"

/// What filters and methods give for the types of what they are given; each fits Entry::deduce.
/// Private to expression/.
namespace paraphe::expression::library {

/// An item of a list, which is undefined where the list may be empty.
Type element_or_missing(const Deduction&);  ///< the first
Type last_or_missing(const Deduction&);
Type extreme_or_missing(const Deduction&);  ///< some item

Type same_as_input(const Deduction&);    ///< as many items, in another order
Type part_of_input(const Deduction&);    ///< some of them
Type unique_of_input(const Deduction&);  ///< each value once: of some there remains one
/// Of `groupby`: pairs whose parts are also called grouper and list.
Type groups_type(const Deduction&);
/// A list of (key, value), from a map.
Type pairs_type(const Deduction&);

/// What the values of a map may be; any() when it may have others than its fields.
Type values_type(const Type& map);
/// The type of attribute='a.b' on the elements of a list.
Type member_type(Type element, std::string_view attribute_path);

}  // namespace paraphe::expression::library
