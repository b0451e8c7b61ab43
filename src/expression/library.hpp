#pragma once

#include "expression/operations.hpp"
#include "expression/registry.hpp"

/// The parts of standard_registry(), one file each, and what they share.
namespace paraphe::expression::library {

void add_text_filters(Registry&);
void add_list_filters(Registry&);
void add_number_filters(Registry&);
void add_french_filters(Registry&);
void add_content_filters(Registry&);
void add_tests(Registry&);
void add_methods(Registry&);
void add_functions(Registry&);

/// What str() of Jinja2 takes here: all that prints on its own.
Type printable();
Type sequence();     ///< list, map or text
Type number_like();  ///< integer, decimal, boolean

inline Parameter needed(std::string name, Type type) {
    return {std::move(name), type, false, {}};
}
inline Parameter optional(std::string name, Type type) {
    return {std::move(name), type, true, {}};
}
inline Parameter optional(std::string name, Type type, Value standard) {
    return {std::move(name), type, true, std::move(standard)};
}
Entry filter(std::string name, std::vector<Parameter>, Type result, std::string documentation,
             Function);

/// Lower case for text, else the value: how Jinja2 compares unless case_sensitive.
Value ignore_case(const Value&);

// Of str in Python, on code points.
std::string python_title(std::string_view);
std::string capitalized(std::string_view);
std::string stripped(std::string_view, const Value& characters, bool left, bool right);
std::string replaced(std::string_view text, std::string_view old, std::string_view by,
                     std::int64_t count, Scope&);
std::vector<std::string> split_lines(std::string_view);

}  // namespace paraphe::expression::library
