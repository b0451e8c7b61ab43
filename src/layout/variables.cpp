#include "layout/fields.hpp"
#include "layout/names.hpp"

/// The part of Fields for variables and user fields (ODF 1.3 part 3 §7.4).
namespace paraphe::layout {

namespace n = names;

std::optional<std::string> Fields::variable(const odf::Element& element) {
    const odf::Name& name = element.name;
    const bool set = name == n::text_variable_set;
    const bool user = name == n::text_user_field_get || name == n::text_user_field_input;
    if (!set && !user && name != n::text_variable_get && name != n::text_expression)
        return std::nullopt;
    // Measured: Writer takes the value, not the text that the file keeps; numbers, which it counts
    // anew by their formulas, are left as they are.
    std::optional<std::string> out;
    const std::string key(element.attribute_or_empty(n::text_name));
    if (set) {
        if (const std::string* value = element.attribute(n::office_string_value)) out = *value;
        if (out)
            variables_[key] = *out;
        else
            variables_.erase(key);
    } else if (name != n::text_expression) {
        const auto& values = user ? user_fields_ : variables_;
        if (const auto found = values.find(key); found != values.end()) out = found->second;
    }
    if (element.attribute_or_empty(n::text_display) == "none") return std::string();
    return out;
}

}  // namespace paraphe::layout
